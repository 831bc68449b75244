"""One neuron: a weighted sum, a bias, an activation."""

import numpy as np

from grader.exercise import Exercise, case


def neuron(x, w, b, activation):
    """Compute the output of one neuron.

    Parameters
    ----------
    x : ndarray of shape (D,)
        The inputs.
    w : ndarray of shape (D,)
        One weight an input.
    b : float
        The bias.
    activation : str
        ``"identity"``, ``"relu"``, ``"sigmoid"`` or ``"tanh"``.

    Returns
    -------
    a : float
        The activation of the weighted sum ``z = w[0] * x[0] + ... + b``.

    Raises
    ------
    ValueError
        If `activation` is none of the four.
    """
    z = w @ x + b
    if activation == "identity":
        return float(z)
    if activation == "relu":
        return float(max(z, 0.0))
    if activation == "sigmoid":
        return float(1 / (1 + np.exp(-z)))
    if activation == "tanh":
        return float(np.tanh(z))
    raise ValueError(f"there is no activation {activation!r}")


def _neuron_cases(rng):
    x, w = rng.normal(size=3), rng.normal(size=3)
    yield case("three inputs, identity", x, w, 0.5, "identity")
    yield case("ReLU of a negative sum", np.array([1.0, 2.0]), np.array([-1.0, 0.25]), 0.2, "relu")
    yield case("ReLU of a positive sum", np.abs(x), np.abs(w), 0.2, "relu")
    yield case("sigmoid", rng.normal(size=4), rng.normal(size=4), -0.7, "sigmoid")
    yield case("tanh", rng.normal(size=4), rng.normal(size=4), 0.3, "tanh")
    yield case("a single input", rng.normal(size=1), rng.normal(size=1), -0.4, "tanh")
    yield case("an unknown activation", x, w, 0.5, "softplus")


def _neuron_bias_forgotten(x, w, b, activation):
    """Set every input to 0: the output should be the activation of the bias. Yours lost it."""
    return neuron(x, w, 0.0, activation)


def _neuron_activation_first(x, w, b, activation):
    """The activation acts on the whole sum: add everything up first, then squash once."""
    squashed = [neuron(x[i : i + 1], w[i : i + 1], 0.0, activation) for i in range(len(x))]
    return float(sum(squashed) + b)


def _neuron_bias_after_activation(x, w, b, activation):
    """The bias belongs inside: it shifts the point at which the activation switches."""
    return neuron(x, w, 0.0, activation) + b


def _neuron_not_summed(x, w, b, activation):
    """A neuron has one output: the products are added up, `w @ x`, not kept apart."""
    return np.array([neuron(x[i : i + 1], w[i : i + 1], b, activation) for i in range(len(x))])


def _neuron_unknown_is_identity(x, w, b, activation):
    """A name you do not know should raise ValueError; a silent fallback hides a typo for weeks."""
    known = activation in ("identity", "relu", "sigmoid", "tanh")
    return neuron(x, w, b, activation if known else "identity")


def _neuron_activation_skipped(x, w, b, activation):
    """You return the weighted sum for every name: the activation is still to be applied."""
    z = neuron(x, w, b, "identity")
    return z if activation == "identity" else neuron(np.ones(1), np.array([z]), 0.0, "identity")


def _neuron_exponent_turned(x, w, b, activation):
    """Your sigmoid falls where it should rise: look at the sign in the exponent."""
    sign = -1.0 if activation == "sigmoid" else 1.0
    return neuron(x, sign * w, sign * b, activation)


def _neuron_mean_of_products(x, w, b, activation):
    """A neuron adds its products up; you take their mean."""
    return neuron(x, w / len(x), b, activation)


def _neuron_step(x, w, b, activation):
    """ReLU passes a positive sum on as it is; yours answers 1."""
    a = neuron(x, w, b, activation)
    return float(a > 0) if activation == "relu" else a


neuron_exercise = Exercise(
    reference=neuron,
    cases=_neuron_cases,
    points=2,
    mistakes=(
        _neuron_bias_forgotten,
        _neuron_bias_after_activation,
        _neuron_activation_first,
        _neuron_not_summed,
        _neuron_unknown_is_identity,
        _neuron_activation_skipped,
        _neuron_exponent_turned,
        _neuron_mean_of_products,
        _neuron_step,
    ),
    difficulty=1,
    minutes=5,
    follow_up="Ten thousand neurons read the same input. How do you compute them without a loop?",
    follow_up_answer=(
        "Their weights become the columns of `W`, of shape (D, M). Then `x @ W + b` holds all the "
        "sums, and an elementwise activation takes them at once, with `np.maximum` in place of "
        "`max`. For a batch of shape (N, D) the same line gives (N, M)."
    ),
)
