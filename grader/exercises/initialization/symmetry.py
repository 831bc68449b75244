"""Which hidden units are copies of one another."""

import numpy as np

from grader.exercise import Exercise, case


def symmetry_report(W, b):
    """Count the hidden units of a layer that training can tell apart.

    Units with equal incoming weights, equal biases and equal outgoing weights stay
    equal for ever. Here the outgoing weights are all equal.

    Parameters
    ----------
    W : ndarray of shape (D, M)
        Incoming weights, a column a unit.
    b : ndarray of shape (M,)
        Biases.

    Returns
    -------
    n_different : int
        How many different units the layer really has.
    trapped : bool
        Whether all units are copies of one.
    """
    units = np.unique(np.vstack([W, b]).T, axis=0)
    return len(units), len(units) == 1


def _symmetry_cases(rng):
    yield case("random weights", rng.normal(size=(3, 5)), np.zeros(5))
    yield case("zeros", np.zeros((3, 5)), np.zeros(5))
    yield case("one constant", np.full((4, 3), 0.3), np.zeros(3))
    yield case("equal weights, different biases", np.full((4, 3), 0.3), rng.normal(size=3))
    pair = rng.normal(size=(3, 2))
    yield case("two pairs of twins", np.repeat(pair, 2, axis=1), np.zeros(4))
    yield case("equal rows, not columns", np.tile(rng.normal(size=4), (3, 1)), np.zeros(4))
    yield case("a single unit", rng.normal(size=(3, 1)), np.zeros(1))
    yield case("one constant, biases of one other", np.full((3, 4), 0.3), np.full(4, 0.7))
    alike = np.array([[1.0, 2.0, 3.0, 0.0], [3.0, 4.0, 1.0, 5.0]])
    yield case("units that only add up alike", alike, np.array([1.0, 0.0, 1.0, 0.0]))


def _rows_compared(W, b):
    """A unit's weights stand in a column; you compared rows, which belong to inputs."""
    n = len(np.unique(W, axis=0))
    return n, n == 1


def _biases_ignored(W, b):
    """Different biases break the tie as well: compare them too."""
    n = len(np.unique(W.T, axis=0))
    return n, n == 1


def _only_zeros_trapped(W, b):
    """Not only zeros trap a layer: units that are copies get equal gradients for ever."""
    n, _ = symmetry_report(W, b)
    return n, not W.any() and not b.any()


def _entries_counted(W, b):
    """You counted different numbers; the question is about different columns."""
    n = len(np.unique(W))
    return n, n == 1


def _any_twins_trapped(W, b):
    """Twins alone do not trap a layer: trapped means that all units are copies of one."""
    n, _ = symmetry_report(W, b)
    return n, n < W.shape[1]


def _trapped_by_weights_alone(W, b):
    """Your count looks at the biases, your verdict does not: one that differs sets a unit free."""
    n, _ = symmetry_report(W, b)
    return n, bool((W == W[:, :1]).all())


def _rank_reported(W, b):
    """Different is not independent: a unit that is a mixture of others is no copy of one."""
    n = int(np.linalg.matrix_rank(np.vstack([W, b])))
    return n, n == 1


def _said_the_other_way(W, b):
    """You say it the other way round: a layer is trapped if all its units are copies of one."""
    n, trapped = symmetry_report(W, b)
    return n, not trapped


def _never_trapped(W, b):
    """You never call a layer trapped: one whose units are all copies of one is."""
    return symmetry_report(W, b)[0], False


def _always_trapped(W, b):
    """You call every layer trapped: one with two different units is not."""
    return symmetry_report(W, b)[0], True


def _bias_added(W, b):
    """Different units can have the same sums: put the biases beside the weights, not onto them."""
    n = len(np.unique((W + b).T, axis=0))
    return n, n == 1


def _sums_compared(W, b):
    """Different weights can have the same sum: compare the columns entry by entry."""
    n = len(np.unique(W.sum(axis=0) + b))
    return n, n == 1


def _free_by_any_bias(W, b):
    """A bias breaks the tie only if it differs: equal biases, whatever their size, do not."""
    n, trapped = symmetry_report(W, b)
    return n, bool(trapped and not b.any())


def _all_units_counted(W, b):
    """You report how many units there are: copies count once."""
    return W.shape[1], symmetry_report(W, b)[1]


symmetry_report_exercise = Exercise(
    reference=symmetry_report,
    cases=_symmetry_cases,
    points=2,
    mistakes=(
        _rows_compared,
        _biases_ignored,
        _only_zeros_trapped,
        _entries_counted,
        _any_twins_trapped,
        _trapped_by_weights_alone,
        _rank_reported,
        _never_trapped,
        _always_trapped,
        _said_the_other_way,
        _bias_added,
        _sums_compared,
        _free_by_any_bias,
        _all_units_counted,
    ),
    minutes=7,
    follow_up="Logistic regression starts from zeros and trains well. Why does that work?",
    follow_up_answer=(
        "It has no hidden units, so there are no copies to tell apart. Each weight sees its own "
        "input and gets its own slope, `X.T @ (p - y) / N`, which is not 0 although the weights "
        "are. The loss is convex as well, so no start can trap it. The same holds for softmax "
        "regression."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)
