"""Units that saturate or die: the shares of them, and the way back."""

import numpy as np

from grader.compare import show
from grader.exercise import Exercise, case


def dead_unit_fraction(A):
    """Measure which share of ReLU units is dead on a batch.

    Parameters
    ----------
    A : ndarray of shape (N, M)
        Activations behind ReLU, one row an example, one column a unit.

    Returns
    -------
    fraction : float
        Share of the units that are 0 for every example.
    """
    return float(np.mean(np.all(A == 0, axis=0)))


def _relu_batch(rng, n, m, shift):
    return np.maximum(rng.normal(size=(n, m)) + shift, 0)


def _dead_cases(rng):
    healthy = _relu_batch(rng, 8, 4, 0.5)
    half = healthy.copy()
    half[:, [0, 2]] = 0
    yield case("half of the units dead", half)
    yield case("a healthy layer", _relu_batch(rng, 16, 6, 0.3))
    idle = np.vstack([np.zeros(4), healthy])
    idle[:, 3] = 0
    yield case("an example without activity, and one dead unit", idle)
    yield case("a batch of one", np.array([[0.0, 1.5, 0.0, 2.0]]))
    rare = _relu_batch(rng, 20, 3, 1.0)
    rare[:, 1:] = 0
    rare[7, 1] = 0.01
    yield case("a unit that fires once, weakly, beside a dead one", rare)
    square = _relu_batch(rng, 3, 3, 2.0)
    square[:, 1] = 0
    yield case("as many examples as units", square)


def _zero_entries(A):
    """Half of all entries are 0 in a healthy layer. Dead means 0 for every example of the batch."""
    return float(np.mean(A == 0))


def _dead_examples(A):
    """You counted rows, which are examples; units are the columns."""
    return float(np.mean(np.all(A == 0, axis=1)))


def _sometimes_zero(A):
    """A unit that is 0 once is not dead; it has to be 0 for all examples."""
    return float(np.mean(np.any(A == 0, axis=0)))


def _nearly_silent(A):
    """A unit that fires on one example is alive, however weakly: an average hides it."""
    return float(np.mean(A.mean(axis=0) < 0.1))


def _number_of_units(A):
    """You counted the units; the contract asks for their share."""
    return float(np.sum(np.all(A == 0, axis=0)))


def _below_zero(A):
    """Yours finds no dead unit anywhere. ReLU puts out 0 for a dead one, never less."""
    return float(np.mean(np.all(A < 0, axis=0)))


def _zero_on_average(A):
    """Look at all examples, not at the first one only."""
    return float(np.mean(A[0] == 0))


dead_unit_fraction_exercise = Exercise(
    reference=dead_unit_fraction,
    cases=_dead_cases,
    points=2,
    mistakes=(
        _zero_entries,
        _dead_examples,
        _sometimes_zero,
        _nearly_silent,
        _number_of_units,
        _zero_on_average,
        _below_zero,
    ),
    minutes=5,
    follow_up="A unit is dead on this batch. Can it come back, and what would bring it back?",
    follow_up_answer=(
        "Yes. It may fire on another batch, so I count on a large one first. If it is off on all "
        "data its own gradient is 0, and it usually returns only when earlier layers change its "
        "inputs. In the first layer the inputs never change, so I move its bias, draw its weights "
        "anew or give it a leaky slope."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)


def saturated_fraction(A, kind, threshold):
    """Measure which share of activations is saturated.

    Parameters
    ----------
    A : ndarray of shape (N, M)
        Activations.
    kind : str
        ``"sigmoid"``, which saturates at 0 and 1, or ``"tanh"``, at -1 and 1.
    threshold : float
        An activation nearer than this to an end counts.

    Returns
    -------
    fraction : float
        Share of all entries.
    """
    low = 0.0 if kind == "sigmoid" else -1.0
    return float(np.mean((A - low < threshold) | (1.0 - A < threshold)))


def _saturation_cases(rng):
    yield case("sigmoid", 1 / (1 + np.exp(-4 * rng.normal(size=(6, 5)))), "sigmoid", 0.05)
    yield case("tanh", np.tanh(2 * rng.normal(size=(6, 5))), "tanh", 0.05)
    yield case("tanh, both ends", np.array([[-0.999, 0.999, 0.02, -0.03]]), "tanh", 0.01)
    yield case("sigmoid, both ends", np.array([[0.001, 0.999, 0.5, 0.4]]), "sigmoid", 0.01)
    yield case("a wide threshold", np.tanh(rng.normal(size=(3, 4))), "tanh", 0.3)


def _upper_end_only(A, kind, threshold):
    """Activations saturate at both ends; you counted the upper one."""
    return float(np.mean(1.0 - A < threshold))


def _sigmoid_ends_for_tanh(A, kind, threshold):
    """For tanh the lower end is -1; near 0 it is as far from saturation as it gets."""
    return saturated_fraction(A, "sigmoid", threshold)


def _share_of_the_healthy(A, kind, threshold):
    """That is the share which is not saturated."""
    return 1.0 - saturated_fraction(A, kind, threshold)


def _saturated_units(A, kind, threshold):
    """You counted units that are saturated for all examples; here every entry counts for itself."""
    low = 0.0 if kind == "sigmoid" else -1.0
    return float(np.mean(np.all((A - low < threshold) | (1.0 - A < threshold), axis=0)))


def _both_ends_at_once(A, kind, threshold):
    """Yours counts nothing. An entry counts if it is near one end or the other."""
    low = 0.0 if kind == "sigmoid" else -1.0
    return float(np.mean((A - low < threshold) & (1.0 - A < threshold)))


def _count_of_entries(A, kind, threshold):
    """A share lies between 0 and 1; you returned a count."""
    return saturated_fraction(A, kind, threshold) * A.size


saturated_fraction_exercise = Exercise(
    reference=saturated_fraction,
    cases=_saturation_cases,
    points=1,
    mistakes=(
        _sigmoid_ends_for_tanh,
        _upper_end_only,
        _share_of_the_healthy,
        _saturated_units,
        _count_of_entries,
        _both_ends_at_once,
    ),
    minutes=5,
    follow_up="Half of your tanh units are saturated at step 0. What do you suspect first?",
    follow_up_answer=(
        "Pre-activations that are too large: weights drawn at too large a scale, or inputs that "
        "were never standardised. No step has been taken, so the learning rate is innocent. I "
        "print the spread of the inputs and of each layer's z to tell the two apart. Standardised "
        "inputs with Glorot's scale keep z at a spread of about 1 or less."
    ),
)


def revive_dead_units(X, W, b):
    """Choose new biases that bring dead ReLU units back to life.

    A unit that is active on some example keeps its bias. A dead one gets a bias with which it is
    active on at least a tenth and at most nine tenths of the batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        A batch, N at least 20.
    W : ndarray of shape (D, M)
        Weights.
    b : ndarray of shape (M,)
        Biases.

    Returns
    -------
    b_new : ndarray of shape (M,)
        The new biases.
    """
    Z = X @ W + b
    dead = np.all(Z <= 0, axis=0)
    # Half of the examples lie above the median.
    return np.where(dead, b - np.median(Z, axis=0), b)


def _wounded_layer(rng, n, d, m, n_dead):
    b = rng.normal(size=m)
    b[rng.permutation(m)[:n_dead]] -= 30.0
    return rng.normal(size=(n, d)), rng.normal(size=(d, m)), b


def _revival_cases(rng):
    yield case("three of eight units dead", *_wounded_layer(rng, 40, 5, 8, 3))
    yield case("all units dead", *_wounded_layer(rng, 30, 4, 6, 6))
    yield case("no unit dead", *_wounded_layer(rng, 50, 3, 5, 0))
    X, W, b = _wounded_layer(rng, 60, 4, 10, 4)
    yield case("inputs far from 0", X + 3.0, W, b - 20.0)


def _is_revived(args, b_new):
    X, W, b = args
    if not isinstance(b_new, np.ndarray) or b_new.shape != b.shape:
        return f"b_new should be an array of shape {b.shape}, not {show(b_new)}"
    dead = np.all(X @ W + b <= 0, axis=0)
    if not np.allclose(b_new[~dead], b[~dead], rtol=1e-9):
        return "a unit that was alive got another bias"
    active = np.mean(X @ W + b_new > 0, axis=0)[dead]
    if np.all((active >= 0.1) & (active <= 0.9)):
        return ""
    unit = int(np.flatnonzero(dead)[np.argmax(np.abs(active - 0.5))])
    share = float(np.mean(X @ W[:, unit] + b_new[unit] > 0))
    return f"unit {unit} was dead and is now active on {share:.0%} of the batch"


def _bias_to_zero(X, W, b):
    """A bias of 0 helps only where the inputs lie around 0. Look at the unit's pre-activations."""
    dead = np.all(X @ W + b <= 0, axis=0)
    return np.where(dead, 0.0, b)


def _all_reset(X, W, b):
    """You moved healthy units too; only dead ones need help."""
    return b - np.median(X @ W + b, axis=0)


def _nothing_done(X, W, b):
    """A dead unit has gradient 0, so waiting does not help: its bias has to move."""
    return b.copy()


def _always_on(X, W, b):
    """Yours are now active for every example: that is a linear unit. Aim for about half."""
    Z = X @ W + b
    dead = np.all(Z <= 0, axis=0)
    return np.where(dead, b - Z.min(axis=0) + 1.0, b)


def _one_example_only(X, W, b):
    """One active example in the batch is hardly life. Shift by a middle value, not the maximum."""
    Z = X @ W + b
    dead = np.all(Z <= 0, axis=0)
    return np.where(dead, b - Z.max(axis=0) + 1e-6, b)


def _wrong_way(X, W, b):
    """Your dead units are now further below 0 than before: subtract the middle value."""
    Z = X @ W + b
    return np.where(np.all(Z <= 0, axis=0), b + np.median(Z, axis=0), b)


revive_dead_units_exercise = Exercise(
    reference=revive_dead_units,
    cases=_revival_cases,
    points=3,
    mistakes=(_bias_to_zero, _all_reset, _nothing_done, _always_on, _one_example_only, _wrong_way),
    accept=_is_revived,
    difficulty=3,
    minutes=10,
    follow_up="Name three remedies that work before units die, and one that works after.",
    follow_up_answer=(
        "Before: a smaller learning rate, He's initial scale, and a leaky slope; normalization is "
        "a fourth. After: subtract the median of the dead unit's pre-activations from its bias, "
        "so that it fires on about half of the batch. A smaller rate no longer helps then, "
        "because a gradient of 0 gives no step at any rate."
    ),
)
