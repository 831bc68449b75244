"""Training, running statistics, evaluation."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import batch, batches, scale_and_shift

LAYERS = (
    "https://prachub.com/interview-questions/implement-common-neural-network-layers-in-pytorch",
    "https://www.datainterview.com/coding/batch-normalization-forward-pass?library=numpy",
)


def batchnorm_train(X, gamma, beta, eps):
    """Normalise every feature over the batch, then scale and shift it.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        ``gamma * X_hat + beta`` with ``X_hat = (X - mu) / sqrt(var + eps)``.
    cache : tuple of ndarray
        ``(X_hat, gamma, inv_std)``, of shapes (N, D), (D,) and (D,), where
        ``inv_std`` is ``1 / sqrt(var + eps)``.
    """
    mu = X.mean(axis=0)
    # The biased variance: on this batch the output has variance 1.
    var = X.var(axis=0)
    inv_std = 1 / np.sqrt(var + eps)
    X_hat = (X - mu) * inv_std
    return gamma * X_hat + beta, (X_hat, gamma, inv_std)


def _normalised(X, gamma, beta, mu, inv_std):
    X_hat = (X - mu) * inv_std
    return gamma * X_hat + beta, (X_hat, gamma, inv_std)


def _divided_by_the_variance(X, gamma, beta, eps):
    """The standard deviation is the root of var + eps; you divided by the variance itself."""
    return _normalised(X, gamma, beta, X.mean(axis=0), 1 / (X.var(axis=0) + eps))


def _unbiased_variance(X, gamma, beta, eps):
    """Inside the layer the variance is biased, so that the output's variance is 1 on the batch."""
    with np.errstate(all="ignore"):
        var = X.var(axis=0, ddof=1) if len(X) > 1 else X.var(axis=0)
    return _normalised(X, gamma, beta, X.mean(axis=0), 1 / np.sqrt(var + eps))


def _deviation_kept_back(X, gamma, beta, eps):
    """The output is right. The cache wants `1 / sqrt(var + eps)`, not the root itself."""
    out, (X_hat, gamma, inv_std) = batchnorm_train(X, gamma, beta, eps)
    return out, (X_hat, gamma, 1 / inv_std)


def _over_the_features(X, gamma, beta, eps):
    """You normalised each example over its features: that is layer normalization."""
    mu, var = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    return _normalised(X, gamma, beta, mu, 1 / np.sqrt(var + eps))


def _gamma_and_beta_swapped(X, gamma, beta, eps):
    """Try gamma = 2 and beta = 5: the output should have mean 5 and deviation 2."""
    return batchnorm_train(X, beta, gamma, eps)


def _not_scaled(X, gamma, beta, eps):
    """Gamma and beta are not applied: the layer must be able to undo its own normalization."""
    _, (X_hat, gamma, inv_std) = batchnorm_train(X, gamma, beta, eps)
    return X_hat, (X_hat, gamma, inv_std)


def _eps_outside_the_root(X, gamma, beta, eps):
    """Here eps stands inside the root: with features of scale 0.001 it matters."""
    return _normalised(X, gamma, beta, X.mean(axis=0), 1 / (X.std(axis=0) + eps))


def _one_variance_for_all(X, gamma, beta, eps):
    """Each feature has a variance of its own; you took one over the whole batch."""
    mu = X.mean(axis=0)
    inv_std = np.full(X.shape[1], 1 / np.sqrt(((X - mu) ** 2).mean() + eps))
    return _normalised(X, gamma, beta, mu, inv_std)


def _one_mean_for_all(X, gamma, beta, eps):
    """Each feature has a mean and a variance of its own: over which axis do you average?"""
    return _normalised(X, gamma, beta, X.mean(), 1 / np.sqrt(X.var() + eps))


def _mean_left_in(X, gamma, beta, eps):
    """The batch is divided by its deviation only: the mean is still to be subtracted."""
    return _normalised(X, gamma, beta, 0.0, 1 / np.sqrt(X.var(axis=0) + eps))


def _squares_summed(X, gamma, beta, eps):
    """The variance is a mean of squares: divide their sum by N."""
    return _normalised(X, gamma, beta, X.mean(axis=0), 1 / np.sqrt(len(X) * X.var(axis=0) + eps))


def _output_cached(X, gamma, beta, eps):
    """The output is right. The cache wants `X_hat`, before gamma and beta."""
    out, (_, gamma, inv_std) = batchnorm_train(X, gamma, beta, eps)
    return out, (out, gamma, inv_std)


def _no_eps(X, gamma, beta, eps):
    """A constant feature gives 0 / 0: that is what eps is for."""
    with np.errstate(all="ignore"):
        return _normalised(X, gamma, beta, X.mean(axis=0), 1 / X.std(axis=0))


def _beta_before_gamma(X, gamma, beta, eps):
    """The shift comes after the scale; yours is scaled along."""
    _, cache = batchnorm_train(X, gamma, beta, eps)
    return gamma * (cache[0] + beta), cache


batchnorm_train_exercise = Exercise(
    reference=batchnorm_train,
    cases=batches,
    points=4,
    mistakes=(
        _divided_by_the_variance,
        _unbiased_variance,
        _deviation_kept_back,
        _over_the_features,
        _gamma_and_beta_swapped,
        _not_scaled,
        _eps_outside_the_root,
        _one_variance_for_all,
        _one_mean_for_all,
        _mean_left_in,
        _squares_summed,
        _output_cached,
        _no_eps,
        _beta_before_gamma,
    ),
    atol=1e-8,
    minutes=10,
    follow_up="A single example in training mode: what comes out, and what does it depend on?",
    follow_up_answer=(
        "Beta comes out, whatever the input. The mean of one example is the example itself, so "
        "`X_hat` is 0, and eps prevents 0 / 0. The output depends on beta alone, and the gradient "
        "for the layers in front is 0. PyTorch refuses such a batch in training mode. A single "
        "image is fine, because a channel still has its pixels to average over."
    ),
    asked=LAYERS,
)


def update_running(running_mean, running_var, X, momentum):
    """Update the statistics that evaluation will use, in PyTorch's form.

    Parameters
    ----------
    running_mean : ndarray of shape (D,)
        Mean of each feature so far.
    running_var : ndarray of shape (D,)
        Variance of each feature so far.
    X : ndarray of shape (N, D)
        The new batch, N at least 2.
    momentum : float
        Weight of the new batch; 0.1 is usual.

    Returns
    -------
    mean_new : ndarray of shape (D,)
        ``(1 - momentum) * running_mean + momentum * mean of the batch``.
    var_new : ndarray of shape (D,)
        The same with the batch's unbiased variance, divided by N - 1.
    """
    mean_new = (1 - momentum) * running_mean + momentum * X.mean(axis=0)
    unbiased = X.var(axis=0, ddof=1)
    var_new = (1 - momentum) * running_var + momentum * unbiased
    return mean_new, var_new


def _drive_running(answer, batches, momentum):
    names = "mean_new", "var_new", "running_mean afterwards", "running_var afterwards"
    d = batches[0].shape[1]
    mean, var = np.zeros(d), np.ones(d)
    path = {f"batch {i + 1}: {name}": None for i in range(len(batches)) for name in names}
    for i, X in enumerate(batches, start=1):
        given = mean, var
        new = answer(mean, var, X, momentum)
        if new is None:
            return None
        if not isinstance(new, (tuple, list, np.ndarray)) or len(new) != 2:
            return path | {f"batch {i}: mean_new": new}
        mean, var = new
        # An update in place shows in what was handed in.
        for name, value in zip(names, (mean, var, *given), strict=True):
            path[f"batch {i}: {name}"] = np.array(value)
    return path


def _running_cases(rng):
    def some(n, d, count):
        return [batch(rng, n, d) for _ in range(count)]

    yield case("three batches", some(6, 3, 3), 0.1)
    yield case("a large momentum", some(5, 2, 4), 0.7)
    yield case("batches of two", some(2, 3, 3), 0.1)
    yield case("a single batch", some(8, 4, 1), 0.25)


def _momentum_on_the_old(running_mean, running_var, X, momentum):
    """Here momentum weights the new batch; you gave it to the old value, as Keras does."""
    return update_running(running_mean, running_var, X, 1 - momentum)


def _biased_buffer(running_mean, running_var, X, momentum):
    """The buffer estimates the population: its variance divides by N - 1, only the layer by N."""
    mean_new, _ = update_running(running_mean, running_var, X, momentum)
    return mean_new, (1 - momentum) * running_var + momentum * X.var(axis=0)


def _deviation_kept(running_mean, running_var, X, momentum):
    """The buffer holds a variance; you averaged standard deviations."""
    mean_new, _ = update_running(running_mean, running_var, X, momentum)
    return mean_new, (1 - momentum) * running_var + momentum * X.std(axis=0, ddof=1)


def _one_number_for_all(running_mean, running_var, X, momentum):
    """Every feature has statistics of its own: over which axis do you average?"""
    mean_new = (1 - momentum) * running_mean + momentum * X.mean()
    return mean_new, (1 - momentum) * running_var + momentum * X.var(ddof=1)


def _replaced(running_mean, running_var, X, momentum):
    """You replaced the statistics by those of the last batch: mix them in with their weight."""
    return X.mean(axis=0), X.var(axis=0, ddof=1)


def _in_place(running_mean, running_var, X, momentum):
    """The old buffers stay as they are: return new arrays in place of changing the given ones."""
    running_mean *= 1 - momentum
    running_mean += momentum * X.mean(axis=0)
    running_var *= 1 - momentum
    running_var += momentum * X.var(axis=0, ddof=1)
    return running_mean, running_var


def _summed(running_mean, running_var, X, momentum):
    """The two weights add up to 1: the old value shrinks a little in every step."""
    mean_new = running_mean + momentum * X.mean(axis=0)
    return mean_new, running_var + momentum * X.var(axis=0, ddof=1)


update_running_exercise = Exercise(
    reference=update_running,
    cases=_running_cases,
    driver=_drive_running,
    points=2,
    mistakes=(
        _momentum_on_the_old,
        _biased_buffer,
        _deviation_kept,
        _one_number_for_all,
        _replaced,
        _in_place,
        _summed,
    ),
    minutes=7,
    follow_up="Keras says 0.99 and PyTorch 0.1. Which of them forgets faster?",
    follow_up_answer=(
        "PyTorch, about ten times as fast. Its 0.1 is the weight of the new batch. The 0.99 of "
        "Keras is the weight of the old value, so a new batch counts 0.01. After 100 batches "
        "PyTorch has practically forgotten its start, and Keras still keeps 0.37 of it. To "
        "convert, take one minus the other. Copied as it is, 0.99 in PyTorch keeps little but the "
        "last batch."
    ),
    asked=LAYERS,
)


def batchnorm_eval(X, gamma, beta, running_mean, running_var, eps):
    """Normalise with the running statistics.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    running_mean : ndarray of shape (D,)
        Mean of each feature in training.
    running_var : ndarray of shape (D,)
        Variance of each feature in training.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        An example's output depends on that example alone.
    """
    X_hat = (X - running_mean) / np.sqrt(running_var + eps)
    return gamma * X_hat + beta


def _eval_cases(rng):
    def some(n, d, scale=3.0):
        statistics = rng.normal(size=d), rng.uniform(0.5, 4.0, size=d)
        return batch(rng, n, d, scale), *scale_and_shift(rng, d), *statistics, 1e-5

    yield case("six examples", *some(6, 3))
    yield case("a batch of one", *some(1, 4))
    yield case("as many examples as features", *some(3, 3))
    X, gamma, beta, mean, _, eps = some(4, 2)
    yield case("a feature that never varied", X, gamma, beta, mean, np.array([0.0, 1.0]), 1e-3)
    yield case("two equal examples", np.vstack([X[:1], X[:1]]), gamma, beta, mean, mean**2, eps)


def _batch_statistics(X, gamma, beta, running_mean, running_var, eps):
    """A batch of one gives beta whatever the input: at evaluation the running statistics count."""
    return batchnorm_train(X, gamma, beta, eps)[0]


def _updates_at_eval(X, gamma, beta, running_mean, running_var, eps):
    """Two calls at evaluation must agree; yours moves the running statistics."""
    out = batchnorm_eval(X, gamma, beta, running_mean, running_var, eps)
    running_mean += 0.1 * (X.mean(axis=0) - running_mean)
    return out


def _variance_not_rooted(X, gamma, beta, running_mean, running_var, eps):
    """Divide by the root of the running variance."""
    return gamma * (X - running_mean) / (running_var + eps) + beta


def _eps_beside_the_root(X, gamma, beta, running_mean, running_var, eps):
    """Eps stands inside the root, added to the variance; you added it to the deviation."""
    return gamma * (X - running_mean) / (np.sqrt(running_var) + eps) + beta


def _eps_forgotten(X, gamma, beta, running_mean, running_var, eps):
    """A feature that never varied gives a division by 0: that is what eps is for."""
    with np.errstate(all="ignore"):
        return gamma * (X - running_mean) / np.sqrt(running_var) + beta


def _mean_not_subtracted(X, gamma, beta, running_mean, running_var, eps):
    """The running mean is still to be subtracted."""
    return gamma * X / np.sqrt(running_var + eps) + beta


def _affine_part_forgotten(X, gamma, beta, running_mean, running_var, eps):
    """Gamma and beta were learned: they apply at evaluation too."""
    return (X - running_mean) / np.sqrt(running_var + eps)


batchnorm_eval_exercise = Exercise(
    reference=batchnorm_eval,
    cases=_eval_cases,
    points=2,
    mistakes=(
        _batch_statistics,
        _updates_at_eval,
        _variance_not_rooted,
        _eps_beside_the_root,
        _eps_forgotten,
        _mean_not_subtracted,
        _affine_part_forgotten,
    ),
    difficulty=1,
    minutes=5,
    follow_up="Validation is far worse than training although the data are alike. First suspect?",
    follow_up_answer=(
        "The mode: is the layer really using its running statistics at evaluation? A row alone and "
        "in a batch must give the same output. Then the statistics themselves: updated at all, "
        "momentum the right way round, training batches not tiny. To tell it from overfitting, "
        "evaluate the training set in evaluation mode. If that is bad too, overfitting is not the "
        "reason."
    ),
    asked=LAYERS,
)
