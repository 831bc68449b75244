"""Where paths meet, gradients add: a skip connection and a shared weight."""

import numpy as np

from grader.exercise import Exercise, case


def residual_backward(dOut, X, W):
    """Compute the gradients of a residual block ``Out = X + tanh(X @ W)``.

    Parameters
    ----------
    dOut : ndarray of shape (N, D)
        Gradient of the loss with respect to the block's output.
    X : ndarray of shape (N, D)
        The block's input.
    W : ndarray of shape (D, D)
        Its weights.

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to ``X``.
    dW : ndarray of shape (D, D)
        Gradient with respect to ``W``.
    """
    dZ = dOut * (1 - np.tanh(X @ W) ** 2)
    # X reaches the output along two paths.
    dX = dOut + dZ @ W.T
    return dX, X.T @ dZ


def _residual_cases(rng):
    for label, n, d in (("four examples", 4, 3), ("a batch of one", 1, 3), ("N = D", 3, 3)):
        yield case(label, rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.normal(size=(d, d)))
    yield case(
        "a saturated block, where only the skip is left",
        rng.normal(size=(2, 2)),
        np.array([[30.0, 40.0], [-50.0, 20.0]]),
        np.array([[9.0, 2.0], [1.0, 7.0]]),
    )
    yield case("one feature", rng.normal(size=(5, 1)), rng.normal(size=(5, 1)), np.array([[0.7]]))


def _skip_forgotten(dOut, X, W):
    """`X` also goes straight to the output. What does that path add to `dX`?"""
    dX, dW = residual_backward(dOut, X, W)
    return dX - dOut, dW


def _branch_forgotten(dOut, X, W):
    """The skip is in; the path through `W` adds its share to `dX` as well."""
    return dOut.copy(), residual_backward(dOut, X, W)[1]


def _paths_averaged(dOut, X, W):
    """Two paths add up; a mean would halve both."""
    dX, dW = residual_backward(dOut, X, W)
    return dX / 2, dW


def _paths_multiplied(dOut, X, W):
    """Along a path you multiply, and where two paths meet you add."""
    dX, dW = residual_backward(dOut, X, W)
    return dOut * (dX - dOut), dW


def _square_not_transposed(dOut, X, W):
    """`W` is square, so nothing warns you: which index of `W` does the sum run over?"""
    dZ = dOut * (1 - np.tanh(X @ W) ** 2)
    return dOut + dZ @ W, X.T @ dZ


def _slope_on_the_skip_too(dOut, X, W):
    """The skip has no tanh in it, so its slope is 1."""
    dZ = dOut * (1 - np.tanh(X @ W) ** 2)
    return dZ + dZ @ W.T, X.T @ dZ


def _slope_of_the_whole_output(dOut, X, W):
    """Tanh's slope is taken at what tanh returned, and that is not yet the block's output."""
    dZ = dOut * (1 - (X + np.tanh(X @ W)) ** 2)
    return dOut + dZ @ W.T, X.T @ dZ


def _skip_gradient_overwritten(dOut, X, W):
    """You multiplied the slope into the caller's `dOut`, and the skip needed it unchanged."""
    dOut *= 1 - np.tanh(X @ W) ** 2
    return dOut + dOut @ W.T, X.T @ dOut


def _slope_left_out_of_both(dOut, X, W):
    """On its way through the branch the gradient also passes a tanh. Where is its slope?"""
    return dOut + dOut @ W.T, X.T @ dOut


def _weights_without_the_slope(dOut, X, W):
    """`dX` is right. `W` stands in front of the tanh, so `dW` needs its slope as well."""
    return residual_backward(dOut, X, W)[0], X.T @ dOut


def _skip_as_one(dOut, X, W):
    """The skip has slope 1, and that is a factor: what does it multiply?"""
    dX, dW = residual_backward(dOut, X, W)
    return dX - dOut + 1, dW


def _slope_after_the_weights(dOut, X, W):
    """Backwards the tanh comes first and `W` second: your slope multiplies too late."""
    slope = 1 - np.tanh(X @ W) ** 2
    return dOut + (dOut @ W.T) * slope, X.T @ (dOut * slope)


residual_backward_exercise = Exercise(
    reference=residual_backward,
    cases=_residual_cases,
    points=2,
    mistakes=(
        _skip_forgotten,
        _branch_forgotten,
        _paths_averaged,
        _paths_multiplied,
        _square_not_transposed,
        _slope_on_the_skip_too,
        _slope_of_the_whole_output,
        _skip_gradient_overwritten,
        _slope_left_out_of_both,
        _weights_without_the_slope,
        _skip_as_one,
        _slope_after_the_weights,
    ),
    difficulty=3,
    minutes=6,
    follow_up="Stack 50 such blocks. What does the skip do to the gradient of the first?",
    follow_up_answer=(
        "It gives the gradient a path with factor 1. Each later block multiplies by the identity "
        "plus the Jacobian of its branch. Multiplied out, this contains the gradient at the last "
        "output, unchanged. Without skips only the product of the branches is left, which vanishes "
        "where they are small or saturated. Skips do not stop growth: normalization, or branches "
        "that start small, keep that in check."
    ),
)


def shared_weight_backward(dOut, X, W):
    """Compute the gradient of a weight used in two layers, ``Out = tanh(X @ W) @ W``.

    Parameters
    ----------
    dOut : ndarray of shape (N, D)
        Gradient of the loss with respect to ``Out``.
    X : ndarray of shape (N, D)
        The input.
    W : ndarray of shape (D, D)
        The weights of both layers.

    Returns
    -------
    dW : ndarray of shape (D, D)
        Gradient with respect to ``W``.
    """
    A = np.tanh(X @ W)
    dZ = dOut @ W.T * (1 - A**2)
    return X.T @ dZ + A.T @ dOut


def _shared_cases(rng):
    for label, n, d in (("four examples", 4, 3), ("a batch of one", 1, 3), ("N = D", 3, 3)):
        yield case(label, rng.normal(size=(n, d)), rng.normal(size=(n, d)), rng.normal(size=(d, d)))
    yield case("one feature", rng.normal(size=(5, 1)), rng.normal(size=(5, 1)), np.array([[0.7]]))


def _uses_of_shared(dOut, X, W):
    A = np.tanh(X @ W)
    return X.T @ (dOut @ W.T * (1 - A**2)), A.T @ dOut


def _last_use_only(dOut, X, W):
    """That is the share of the second layer. `W` was used in the first as well."""
    return _uses_of_shared(dOut, X, W)[1]


def _first_use_only(dOut, X, W):
    """That is the share of the first layer. `W` was used in the second as well."""
    return _uses_of_shared(dOut, X, W)[0]


def _uses_averaged(dOut, X, W):
    """The shares of two uses add up; averaging halves the gradient."""
    return sum(_uses_of_shared(dOut, X, W)) / 2


def _last_use_twice(dOut, X, W):
    """Two uses do not have the same share: each is the gradient of its own layer."""
    return 2 * _uses_of_shared(dOut, X, W)[1]


def _slope_left_out(dOut, X, W):
    """Between the two uses stands a tanh; its slope is missing in the share of the first."""
    return X.T @ (dOut @ W.T) + _uses_of_shared(dOut, X, W)[1]


def _shared_not_transposed(dOut, X, W):
    """On its way back through the second layer the gradient meets the transpose of `W`."""
    A = np.tanh(X @ W)
    return X.T @ (dOut @ W * (1 - A**2)) + A.T @ dOut


def _same_input_for_both(dOut, X, W):
    """The second use reads what tanh returned, and not `X`: which array belongs into its share?"""
    return _uses_of_shared(dOut, X, W)[0] + X.T @ dOut


def _sum_for_its_tanh(dOut, X, W):
    """The second use reads the activation. Your second share has the sum before tanh in it."""
    return _uses_of_shared(dOut, X, W)[0] + (X @ W).T @ dOut


def _way_through_the_second_use_left_out(dOut, X, W):
    """To reach the first use the gradient comes back through the second: `W.T` is missing."""
    first = X.T @ (dOut * (1 - np.tanh(X @ W) ** 2))
    return first + _uses_of_shared(dOut, X, W)[1]


def _slope_in_both_shares(dOut, X, W):
    """Behind the second use there is no tanh, so its share has no slope in it."""
    A = np.tanh(X @ W)
    return _uses_of_shared(dOut, X, W)[0] + A.T @ (dOut * (1 - A**2))


def _slope_before_the_weights(dOut, X, W):
    """Backwards `W` comes first and the tanh second: your slope multiplies too early."""
    first = X.T @ ((dOut * (1 - np.tanh(X @ W) ** 2)) @ W.T)
    return first + _uses_of_shared(dOut, X, W)[1]


def _uses_multiplied(dOut, X, W):
    """Along a path you multiply. The two uses are two paths, and where paths meet you add."""
    first, second = _uses_of_shared(dOut, X, W)
    return first * second


shared_weight_backward_exercise = Exercise(
    reference=shared_weight_backward,
    cases=_shared_cases,
    points=2,
    mistakes=(
        _last_use_only,
        _first_use_only,
        _uses_averaged,
        _last_use_twice,
        _slope_left_out,
        _shared_not_transposed,
        _same_input_for_both,
        _sum_for_its_tanh,
        _way_through_the_second_use_left_out,
        _slope_in_both_shares,
        _slope_before_the_weights,
        _uses_multiplied,
    ),
    difficulty=3,
    minutes=6,
    follow_up="A recurrent network uses one W at every step. What is its gradient after T steps?",
    follow_up_answer=(
        "The sum of T contributions, one a step: `H[t-1].T @ dZ[t]` over all t. What an early step "
        "receives from a late loss has come back through a slope and a `W.T` for every step "
        "between, so it tends to vanish or to explode. This is backpropagation through time. Gates "
        "help against the first, clipping against the second."
    ),
)
