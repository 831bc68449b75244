"""A debug round: a published training step for a tanh layer, in one-dimensional arrays."""

import numpy as np

from grader.exercise import Exercise, case


def debug_tanh_network_step(x, W1, w2, target, lr):
    """Take one gradient step on a tanh layer with a sigmoid output, for one example.

    The loss is ``0.5 * (output - target)**2``, and there are no biases.

    Parameters
    ----------
    x : ndarray of shape (D,)
        The example.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer; left as they are.
    w2 : ndarray of shape (H,)
        Weights of the output unit; left as they are.
    target : float
        What the output should be.
    lr : float
        Step size.

    Returns
    -------
    W1_new : ndarray of shape (D, H)
        Hidden weights after the step.
    w2_new : ndarray of shape (H,)
        Output weights after the step.
    """
    A1 = np.tanh(x @ W1)
    output = 1 / (1 + np.exp(-(A1 @ w2)))

    d_output = (output - target) * output * (1 - output)
    d_hidden = d_output * w2 * (1 - A1**2)
    return W1 - lr * np.outer(x, d_hidden), w2 - lr * d_output * A1


def _as_published(x, W1, w2, target, lr):
    A1 = np.tanh(np.dot(x, W1))
    output = 1 / (1 + np.exp(-np.dot(A1, w2)))

    d_output = (output - target) * output * (1 - output)
    d_hidden = np.dot(d_output, w2.T) * A1 * (1 - A1)
    w2 -= lr * np.dot(A1.T, d_output)
    W1 -= lr * np.dot(x.T, d_hidden)
    return W1, w2


def _cases(rng):
    W1 = np.array([[0.4, 0.3], [0.2, 0.7], [0.6, 0.5]])
    yield case(
        "the published network", np.array([0.5, 0.2, 0.1]), W1, np.array([0.8, 0.6]), 1.0, 0.1
    )
    for label, d, h, target, lr in (
        ("negative activations too", 4, 6, 0.0, 0.5),
        ("as many inputs as hidden units", 3, 3, 1.0, 0.3),
        ("one hidden unit", 3, 1, 1.0, 0.2),
        ("one input", 1, 4, 0.0, 1.0),
    ):
        yield case(
            label, rng.normal(size=d), rng.normal(size=(d, h)), rng.normal(size=h), target, lr
        )


def _parts(x, W1, w2, target):
    A1 = np.tanh(x @ W1)
    output = 1 / (1 + np.exp(-(A1 @ w2)))
    return A1, (output - target) * output * (1 - output)


def _left_as_it_was(x, W1, w2, target, lr):
    """`.T` does nothing to a 1-D `x`, and `np.dot` asks for equal lengths. Which shape has `W1`?"""
    return _as_published(x, W1, w2, target, lr)


def _sigmoid_slope_kept(x, W1, w2, target, lr):
    """It runs now. One unit of the forward pass is a tanh: does the backward pass know?"""
    A1, d_output = _parts(x, W1, w2, target)
    d_hidden = d_output * w2 * A1 * (1 - A1)
    return W1 - lr * np.outer(x, d_hidden), w2 - lr * d_output * A1


def _weights_changed_in_place(x, W1, w2, target, lr):
    """The numbers are right; `-=` on an array writes into the caller's weights."""
    A1, d_output = _parts(x, W1, w2, target)
    d_hidden = d_output * w2 * (1 - A1**2)
    w2 -= lr * d_output * A1
    W1 -= lr * np.outer(x, d_hidden)
    return W1, w2


def _new_weights_used(x, W1, w2, target, lr):
    """You step `w2` first and send the gradient back through the new one: both need the old."""
    A1, d_output = _parts(x, W1, w2, target)
    w2 = w2 - lr * d_output * A1
    d_hidden = d_output * w2 * (1 - A1**2)
    return W1 - lr * np.outer(x, d_hidden), w2


def _outer_product_transposed(x, W1, w2, target, lr):
    """`W1` is (D, H): the inputs run along the rows of its gradient. Which factor comes first?"""
    A1, d_output = _parts(x, W1, w2, target)
    step = np.outer(d_output * w2 * (1 - A1**2), x)
    return W1 - lr * (step if x.size == w2.size else step.T), w2 - lr * d_output * A1


def _inner_product_where_it_fits(x, W1, w2, target, lr):
    """With D = H your product of `x` and `d_hidden` is one number, and `W1` needs a matrix."""
    A1, d_output = _parts(x, W1, w2, target)
    d_hidden = d_output * w2 * (1 - A1**2)
    step = x @ d_hidden if x.size == w2.size else np.outer(x, d_hidden)
    return W1 - lr * step, w2 - lr * d_output * A1


def _factor_two_added(x, W1, w2, target, lr):
    """The loss is half the squared error, so its derivative is the error itself, without a 2."""
    return debug_tanh_network_step(x, W1, w2, target, 2 * lr)


def _tanh_slope_at_the_output(x, W1, w2, target, lr):
    """The output is a sigmoid and the hidden unit a tanh: you gave both the slope of tanh."""
    A1 = np.tanh(x @ W1)
    output = 1 / (1 + np.exp(-(A1 @ w2)))
    d_output = (output - target) * (1 - output**2)
    d_hidden = d_output * w2 * (1 - A1**2)
    return W1 - lr * np.outer(x, d_hidden), w2 - lr * d_output * A1


def _product_mended_only(x, W1, w2, target, lr):
    """The product is right now. Compare the slope with the forward pass, then look at each `-=`."""
    A1, d_output = _parts(x, W1, w2, target)
    d_hidden = d_output * w2 * A1 * (1 - A1)
    w2 -= lr * d_output * A1
    W1 -= lr * np.outer(x, d_hidden)
    return W1, w2


def _hidden_slope_dropped(x, W1, w2, target, lr):
    """The slope of the sigmoid is gone, and nothing has taken its place. What is tanh's?"""
    A1, d_output = _parts(x, W1, w2, target)
    return W1 - lr * np.outer(x, d_output * w2), w2 - lr * d_output * A1


def _output_slope_dropped(x, W1, w2, target, lr):
    """The output is a sigmoid under a squared error: its slope was right where it stood."""
    A1 = np.tanh(x @ W1)
    d_output = 1 / (1 + np.exp(-(A1 @ w2))) - target
    return W1 - lr * np.outer(x, d_output * w2 * (1 - A1**2)), w2 - lr * d_output * A1


def _tanh_taken_again(x, W1, w2, target, lr):
    """`A1` is what tanh returned; your slope takes tanh of it once more."""
    A1, d_output = _parts(x, W1, w2, target)
    d_hidden = d_output * w2 * (1 - np.tanh(A1) ** 2)
    return W1 - lr * np.outer(x, d_hidden), w2 - lr * d_output * A1


def _steps_uphill(x, W1, w2, target, lr):
    """The gradients are right now. They point uphill: which way should the step go?"""
    return debug_tanh_network_step(x, W1, w2, target, -lr)


debug_tanh_network_step_exercise = Exercise(
    reference=debug_tanh_network_step,
    starts_from=_as_published,
    cases=_cases,
    points=3,
    mistakes=(
        _left_as_it_was,
        _sigmoid_slope_kept,
        _weights_changed_in_place,
        _new_weights_used,
        _outer_product_transposed,
        _inner_product_where_it_fits,
        _factor_two_added,
        _tanh_slope_at_the_output,
        _product_mended_only,
        _hidden_slope_dropped,
        _output_slope_dropped,
        _tanh_taken_again,
        _steps_uphill,
    ),
    kind="debug",
    difficulty=3,
    minutes=10,
    follow_up="Rewrite it for a batch. Which of its faults would the shapes have shown at once?",
    follow_up_answer=(
        "With `W2` as (H, 1): `d_output = (output - Y) * output * (1 - output) / N` and `d_hidden "
        "= d_output @ W2.T * (1 - A1**2)`. The steps use `A1.T @ d_output` and `X.T @ d_hidden`. "
        "Shapes show the lost outer product alone: `.T` does nothing to a 1-D `x`, and `W1` needs "
        "(D, H). The sigmoid's slope and the writing in place fit every shape. A gradient check "
        "finds the first, comparing the arguments with copies the second."
    ),
    asked=("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",),
)
