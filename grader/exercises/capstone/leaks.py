"""A test on the data: has training seen what it is judged on?"""

import numpy as np

from grader.exercise import Exercise, case


def leaked_rows(X_train, X_val):
    """Find validation rows that stand in the training set as well.

    Parameters
    ----------
    X_train : ndarray of shape (N, D)
        One example a row.
    X_val : ndarray of shape (V, D)
        One example a row.

    Returns
    -------
    rows : list of int
        Numbers of the rows of ``X_val`` that are equal to some row of ``X_train``, rising. An
        array is fine too.
    """
    known = {tuple(row) for row in X_train.tolist()}
    rows = enumerate(X_val.tolist())
    return [i for i, row in rows if tuple(row) in known]


def _leak_cases(rng):
    train, val = rng.normal(size=(6, 3)), rng.normal(size=(4, 3))
    yield case("no row in common", train, val)
    mixed = val.copy()
    mixed[[1, 3]] = train[[4, 0]]
    yield case("two rows in common, at other places", train, mixed)
    mixed = val.copy()
    mixed[2] = train[2]
    yield case("one row in common, at the same place", train, mixed)
    shared = val.copy()
    shared[:, 1] = train[:4, 1]
    yield case("one column in common, no row", train, shared)
    twins = np.concatenate([train, train[:2]])
    yield case("the same training row twice", twins, np.concatenate([val, train[1:2]]))
    turned = np.concatenate([val, train[2:3, [1, 2, 0]]])
    yield case("the same numbers in another order", train, turned)
    again = np.concatenate([val, train[5:6], train[5:6]])
    yield case("the same row twice in validation", train, again)


def _same_place_only(X_train, X_val):
    """You compare row 0 with row 0, row 1 with row 1. A copy may stand anywhere."""
    n = min(len(X_train), len(X_val))
    return [i for i in range(n) if np.array_equal(X_train[i], X_val[i])]


def _one_entry_is_enough(X_train, X_val):
    """Two rows that share one number are two examples. All the columns must agree."""
    return [i for i, row in enumerate(X_val) if (X_train == row).any()]


def _any_order_of_columns(X_train, X_val):
    """Sorted or set-wise comparison forgets which column a number stands in."""
    known = {tuple(sorted(row)) for row in X_train.tolist()}
    return [i for i, row in enumerate(X_val.tolist()) if tuple(sorted(row)) in known]


def _training_rows_named(X_train, X_val):
    """You return numbers of training rows; the validation rows are asked for."""
    return leaked_rows(X_val, X_train)


def _mask_returned(X_train, X_val):
    """You return True or False for every row; the numbers of the True ones are asked for."""
    found = leaked_rows(X_train, X_val)
    return [i in found for i in range(len(X_val))]


def _as_integers(answer, X_train, X_val):
    return [int(i) for i in answer(X_train, X_val)]


leaked_rows_exercise = Exercise(
    reference=leaked_rows,
    cases=_leak_cases,
    driver=_as_integers,
    points=2,
    mistakes=(
        _same_place_only,
        _one_entry_is_enough,
        _any_order_of_columns,
        _training_rows_named,
        _mask_returned,
    ),
    minutes=6,
    follow_up="Two photographs of one patient are not equal as arrays. How do you split them?",
    follow_up_answer=(
        "By patient: I draw patients for validation, and all their photographs go with them. "
        "Otherwise the network can recognise the patient instead of the disease, and the score is "
        "too good. A test asserts that no patient number stands on both sides; without numbers I "
        "search for near copies by distance."
    ),
)
