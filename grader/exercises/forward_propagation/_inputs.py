"""Random layers and networks, for the cases of this lesson."""

import numpy as np

from grader.exercise import case


def layer(rng, n, d, m):
    """Return a batch, weights and a bias of the given sizes."""
    return rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)


def network(rng, sizes):
    """Return one ``(W, b)`` a layer."""
    return [(rng.normal(size=(d, m)), rng.normal(size=m)) for d, m in zip(sizes, sizes[1:])]


def linear_cases(rng):
    """Yield a linear layer in every size that hides a fault."""
    yield case("four examples, three inputs, two units", *layer(rng, 4, 3, 2))
    yield case("a batch of one", *layer(rng, 1, 3, 2))
    yield case("as many examples as inputs and units", *layer(rng, 3, 3, 3))
    yield case("one input, one unit", *layer(rng, 5, 1, 1))
    yield case("a single precision layer", *(a.astype(np.float32) for a in layer(rng, 4, 2, 3)))
    _, W, b = layer(rng, 2, 3, 2)
    yield case("integer inputs", np.arange(6).reshape(2, 3), W, b)
