"""Depth without non-linearity is one layer."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.forward_propagation._inputs import network


def collapse_linear(params):
    """Merge linear layers without activations into one.

    Parameters
    ----------
    params : list of tuple of ndarray
        One ``(W, b)`` a layer, in the order in which a batch meets them.

    Returns
    -------
    W : ndarray of shape (D, M)
        Weights of the one layer that computes the same.
    b : ndarray of shape (M,)
        Its bias.
    """
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W @ W_next, b @ W_next + b_next
    return W, b


def _collapse_cases(rng):
    yield case("two layers", network(rng, [3, 4, 2]))
    yield case("three layers of one width", network(rng, [3, 3, 3, 3]))
    yield case("four layers", network(rng, [2, 5, 1, 4, 3]))
    yield case("a single layer", network(rng, [3, 2]))


def _biases_added(params):
    """The first bias passes through the later weights too: (X W1 + b1) W2 + b2."""
    W, _ = collapse_linear(params)
    widths = {b.shape for _, b in params}
    return W, sum(b for _, b in params) if len(widths) == 1 else params[-1][1]


def _only_the_last_bias(params):
    """Put in `X = 0`: the first bias still arrives, multiplied by the weights behind it."""
    return collapse_linear(params)[0], params[-1][1]


def _multiplied_from_the_left(params):
    """Examples are rows, so a batch meets the first `W` first: W1 @ W2, not W2 @ W1."""
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W, b = W_next @ W, b @ W_next + b_next
    return W, b


def _new_weights_for_the_bias(params):
    """`W` is right. You carry `b` on through the merged `W`; the next layer has its own."""
    W, b = params[0]
    for W_next, b_next in params[1:]:
        W = W @ W_next
        b = b @ W + b_next if b.shape[0] == W.shape[0] else b @ W_next + b_next
    return W, b


def _later_biases_left_out(params):
    """The first bias travels well. Each later layer adds one of its own on the way."""
    return collapse_linear([params[0], *((W, np.zeros_like(b)) for W, b in params[1:])])


def _last_layers_left_out(params):
    """You merge two layers and stop. There may be more: loop over all that follow."""
    return collapse_linear(params[:2])


collapse_linear_exercise = Exercise(
    reference=collapse_linear,
    cases=_collapse_cases,
    points=3,
    mistakes=(
        _only_the_last_bias,
        _biases_added,
        _multiplied_from_the_left,
        _new_weights_for_the_bias,
        _later_biases_left_out,
        _last_layers_left_out,
    ),
    minutes=8,
    follow_up="When are two linear layers in a row useful all the same?",
    follow_up_answer=(
        "As a bottleneck. From 1000 inputs to 1000 units over 10 in the middle takes 50 times "
        "fewer weights than one layer. The price is a map of rank 10 at most. LoRA fine-tunes "
        "large models this way: it learns such a product and adds it to a frozen weight matrix."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)
