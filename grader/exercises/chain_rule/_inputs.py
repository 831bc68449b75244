"""Inputs that several exercises of this lesson share."""

import numpy as np

from grader.exercise import case


def two_layers(rng, n_examples, sizes):
    """Return ``X, Y, W1, b1, W2, b2`` of a random network with three layer sizes."""
    n_in, n_hidden, n_out = sizes
    return (
        rng.normal(size=(n_examples, n_in)),
        rng.uniform(size=(n_examples, n_out)),
        rng.normal(size=(n_in, n_hidden)),
        rng.normal(size=n_hidden),
        rng.normal(size=(n_hidden, n_out)),
        rng.normal(size=n_out),
    )


def published_network():
    """Return ``X, Y, W1, b1, W2, b2`` of the 2-2-2 network many pages work through."""
    return (
        np.array([[0.05, 0.10]]),
        np.array([[0.01, 0.99]]),
        np.array([[0.15, 0.20], [0.25, 0.30]]),
        np.array([0.35, 0.35]),
        np.array([[0.40, 0.45], [0.50, 0.55]]),
        np.array([0.60, 0.60]),
    )


def two_layer_cases(rng):
    """Yield cases of a two-layer network, from the published one to square traps."""
    yield case("the published 2-2-2 network", *published_network())
    yield case("four examples, sizes 3-5-2", *two_layers(rng, 4, (3, 5, 2)))
    yield case("a batch of one", *two_layers(rng, 1, (3, 4, 2)))
    yield case("one output unit", *two_layers(rng, 5, (2, 3, 1)))
    yield case("every size equal", *two_layers(rng, 3, (3, 3, 3)))
    yield case("more outputs than examples", *two_layers(rng, 2, (2, 3, 5)))


def with_lr(cases, lr):
    """Return cases with a learning rate as last argument."""
    return [case(one.label, *one.args, lr) for one in cases]
