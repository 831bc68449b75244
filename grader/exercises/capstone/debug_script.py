"""A debug round: a training script with five planted faults."""

import numpy as np

from grader.exercise import Exercise, case


def debug_training_script(X, y, X_val, W, b, orders, lr):
    """Train a softmax classifier behind a batch normalization, ten examples at a time.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        Training examples, one a row; N is a multiple of ten.
    y : ndarray of shape (N,)
        The class of each, an integer from 0 to C - 1.
    X_val : ndarray of shape (V, D)
        Validation examples.
    W : ndarray of shape (D, C)
        Weights before the first step.
    b : ndarray of shape (C,)
        Bias before the first step.
    orders : list of ndarray
        A permutation of the training rows for every epoch.
    lr : float
        Learning rate, for the gradient of the mean loss of a batch.

    Returns
    -------
    losses : ndarray of shape (S,)
        Mean loss of each batch, before its step.
    val_logits : ndarray of shape (V, C)
        Logits of the validation examples, by running means of batch means and biased variances.
    """
    running_mean = np.zeros(X.shape[1])
    running_var = np.ones(X.shape[1])
    losses = []
    for order in orders:
        X_epoch, y_epoch = X[order], y[order]
        for start in range(0, len(X), 10):
            X_batch = X_epoch[start : start + 10]
            y_batch = y_epoch[start : start + 10]
            mu, var = X_batch.mean(axis=0), X_batch.var(axis=0)
            running_mean = 0.9 * running_mean + 0.1 * mu
            running_var = 0.9 * running_var + 0.1 * var
            X_hat = (X_batch - mu) / np.sqrt(var + 1e-5)
            logits = X_hat @ W + b

            # The cross-entropy of logits, without overflow.
            rows = np.arange(10)
            shifted = logits - logits.max(axis=1, keepdims=True)
            total = np.exp(shifted).sum(axis=1, keepdims=True)
            log_probs = shifted - np.log(total)
            losses.append(-log_probs[rows, y_batch].mean())
            dlogits = np.exp(log_probs)
            dlogits[rows, y_batch] -= 1

            dlogits /= 10
            dW, db = X_hat.T @ dlogits, dlogits.sum(axis=0)
            W, b = W - lr * dW, b - lr * db

    X_hat = (X_val - running_mean) / np.sqrt(running_var + 1e-5)
    return np.array(losses), X_hat @ W + b


def _with_five_faults(X, y, X_val, W, b, orders, lr):
    running_mean = np.zeros(X.shape[1])
    running_var = np.ones(X.shape[1])
    losses = []
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for order in orders:
        X_epoch, y_epoch = X[order], y
        for start in range(0, len(X), 10):
            X_batch = X_epoch[start : start + 10]
            y_batch = y_epoch[start : start + 10]
            mu, var = X_batch.mean(axis=0), X_batch.var(axis=0)
            running_mean = 0.9 * running_mean + 0.1 * mu
            running_var = 0.9 * running_var + 0.1 * var
            X_hat = (X_batch - mu) / np.sqrt(var + 1e-5)
            exps = np.exp(X_hat @ W + b)
            logits = exps / exps.sum(axis=1, keepdims=True)

            # The cross-entropy of logits, without overflow.
            rows = np.arange(10)
            shifted = logits - logits.max(axis=1, keepdims=True)
            total = np.exp(shifted).sum(axis=1, keepdims=True)
            log_probs = shifted - np.log(total)
            losses.append(-log_probs[rows, y_batch].mean())
            dlogits = np.exp(log_probs)
            dlogits[rows, y_batch] -= 1

            dW, db = dW + X_hat.T @ dlogits, db + dlogits.sum(axis=0)
            W, b = W - lr * dW, b - lr * db

    X_hat = (X_val - X_val.mean(axis=0)) / np.sqrt(X_val.var(axis=0) + 1e-5)
    return np.array(losses), X_hat @ W + b


def _run(X, y, X_val, W, b, orders, lr, *faults):
    """Run the script with these faults left."""

    def softmax(Z):
        exps = np.exp(Z - Z.max(axis=1, keepdims=True))
        return exps / exps.sum(axis=1, keepdims=True)

    mean, var_kept, losses = np.zeros(X.shape[1]), np.ones(X.shape[1]), []
    dW, db = np.zeros_like(W), np.zeros_like(b)
    divisor = 1 if "sum" in faults else len(X) if "all rows" in faults else 10
    for order in orders:
        y_epoch = y if "labels" in faults else y[order]
        for start in range(0, len(X), 10):
            X_batch, labels = X[order][start : start + 10], y_epoch[start : start + 10]
            mu, var = X_batch.mean(axis=0), X_batch.var(axis=0)
            mean, var_kept = 0.9 * mean + 0.1 * mu, 0.9 * var_kept + 0.1 * var
            X_hat = (X_batch - mu) / np.sqrt(var + 1e-5)
            out = X_hat @ W + b
            probs, rows = softmax(softmax(out) if "twice" in faults else out), np.arange(10)
            losses.append(-np.log(probs[rows, labels]).mean())
            probs[rows, labels] -= 1
            dlogits = probs / divisor
            kept = 1.0 if "accumulated" in faults else 0.0
            dW, db = kept * dW + X_hat.T @ dlogits, kept * db + dlogits.sum(axis=0)
            W, b = W - lr * dW, b - lr * db
    if "batch" in faults:
        mean, var_kept = X_val.mean(axis=0), X_val.var(axis=0)
    return np.array(losses), (X_val - mean) / np.sqrt(var_kept + 1e-5) @ W + b


def _script_cases(rng):
    for label, n, d, c, v, epochs in (
        ("thirty examples, two epochs", 30, 4, 3, 5, 2),
        ("one validation example", 20, 3, 2, 1, 2),
        ("as many inputs as classes", 20, 3, 3, 6, 3),
        ("forty examples, ten epochs", 40, 5, 4, 8, 10),
    ):
        centres = rng.normal(size=(c, d)) * 2
        y = rng.permutation(np.arange(n) % c)
        X = centres[y] + rng.normal(size=(n, d)) + 3
        X_val = centres[rng.integers(0, c, v)] + rng.normal(size=(v, d)) + 3
        orders = [rng.permutation(n) for _ in range(epochs)]
        W, b = rng.normal(size=(d, c)) / 3, rng.normal(size=c) / 3
        yield case(label, X, y, X_val, W, b, orders, 0.05)


def _five_left(X, y, X_val, W, b, orders, lr):
    """Nothing has changed yet. Start where the data enter: which row gets which label?"""
    return _with_five_faults(X, y, X_val, W, b, orders, lr)


def _four_left(X, y, X_val, W, b, orders, lr):
    """Rows and labels stay together now. Next: what is the loss made for, and what does it get?"""
    return _run(X, y, X_val, W, b, orders, lr, "twice", "sum", "accumulated", "batch")


def _three_left(X, y, X_val, W, b, orders, lr):
    """The first loss is right now. Compare the first step with the gradient of a mean loss."""
    return _run(X, y, X_val, W, b, orders, lr, "sum", "accumulated", "batch")


def _two_left(X, y, X_val, W, b, orders, lr):
    """The first step is right now, the second is not. Print `dW` when a batch begins."""
    return _run(X, y, X_val, W, b, orders, lr, "accumulated", "batch")


def _labels_shuffled_apart(X, y, X_val, W, b, orders, lr):
    """One fault left, and it is the first: follow one example and its label through an epoch."""
    return _run(X, y, X_val, W, b, orders, lr, "labels")


def _softmax_twice(X, y, X_val, W, b, orders, lr):
    """One fault left: what does the loss function take, and what is it given?"""
    return _run(X, y, X_val, W, b, orders, lr, "twice")


def _batch_statistics_in_evaluation(X, y, X_val, W, b, orders, lr):
    """One fault left: predict a single validation example. By whose mean is it shifted?"""
    return _run(X, y, X_val, W, b, orders, lr, "batch")


def _step_ten_times_too_large(X, y, X_val, W, b, orders, lr):
    """One fault left: with ten examples a batch every step is ten times too large. Mean or sum?"""
    return _run(X, y, X_val, W, b, orders, lr, "sum")


def _divided_by_all_rows(X, y, X_val, W, b, orders, lr):
    """One fault left: the gradient of a mean, but over how many examples is it taken?"""
    return _run(X, y, X_val, W, b, orders, lr, "all rows")


def _never_reset(X, y, X_val, W, b, orders, lr):
    """One fault left: the first step is right, the second is not. What does dW still hold?"""
    return _run(X, y, X_val, W, b, orders, lr, "accumulated")


debug_training_script_exercise = Exercise(
    reference=debug_training_script,
    starts_from=_with_five_faults,
    cases=_script_cases,
    points=5,
    mistakes=(
        _five_left,
        _four_left,
        _three_left,
        _two_left,
        _labels_shuffled_apart,
        _softmax_twice,
        _batch_statistics_in_evaluation,
        _step_ten_times_too_large,
        _divided_by_all_rows,
        _never_reset,
    ),
    kind="debug",
    difficulty=4,
    minutes=20,
    follow_up="Which of the five would a gradient check have found, and which the first loss?",
    follow_up_answer=(
        "The gradient check finds the sum, a factor of exactly ten, and the double softmax, whose "
        "inner slope the backward pass leaves out. It finds the accumulation only on a second "
        "batch, and the labels and the evaluation never. The first loss against ln C names none "
        "of them: a double softmax even keeps it between 1.46 and 2.46 for ten classes, however "
        "loud the weights."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
