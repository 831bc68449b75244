"""Splitting and scaling, without a look at the rows one is judged on."""

import numpy as np

from grader.exercise import Exercise, case


def split_data(X, y, order, n_val):
    """Split a data set into training and validation rows.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    y : ndarray of shape (N,)
        Their targets.
    order : ndarray of shape (N,)
        A permutation of the row numbers.
    n_val : int
        Rows for validation: the first of `order`.

    Returns
    -------
    X_train : ndarray of shape (K, D)
        The rows left over, in the order of `order`.
    y_train : ndarray of shape (K,)
        Their targets.
    X_val : ndarray of shape (V, D)
        The validation rows.
    y_val : ndarray of shape (V,)
        Their targets.

    Raises
    ------
    ValueError
        If ``X`` and ``y`` differ in length, or one of the two parts would be empty.
    """
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows and y has {len(y)}")
    if not 0 < n_val < len(X):
        raise ValueError(f"n_val must be 1 to {len(X) - 1}: {n_val}")
    val, train = order[:n_val], order[n_val:]
    return X[train], y[train], X[val], y[val]


def _split_cases(rng):
    for label, n, n_val in (
        ("seven rows, two for validation", 7, 2),
        ("as many rows for validation as for training", 6, 3),
        ("one row left for training", 4, 3),
        ("one row for validation", 9, 1),
    ):
        yield case(label, rng.normal(size=(n, 3)), rng.integers(0, 50, n), _order(rng, n), n_val)
    yield case("nothing for validation", rng.normal(size=(4, 2)), np.arange(4), _order(rng, 4), 0)
    yield case("nothing for training", rng.normal(size=(4, 2)), np.arange(4), _order(rng, 4), 4)
    yield case("a label is missing", rng.normal(size=(5, 2)), np.arange(4), _order(rng, 5), 2)


def _order(rng, n):
    """Return a permutation that is far from the order of the rows."""
    return (np.arange(n)[::-1] + int(rng.integers(0, n)) * 2) % n if n % 2 else np.arange(n)[::-1]


def _labels_not_moved(X, y, order, n_val):
    """Row 0 of your training part: does its label still belong to it?"""
    X_train, _, X_val, _ = split_data(X, y, order, n_val)
    return X_train, y[n_val:], X_val, y[:n_val]


def _not_shuffled(X, y, order, n_val):
    """You cut the rows as they stand. Sorted data would put whole classes on one side."""
    return split_data(X, y, np.arange(len(order)), n_val)


def _last_for_validation(X, y, order, n_val):
    """The contract takes the first rows of `order` for validation; you took the last."""
    return split_data(X, y, np.roll(order, n_val), n_val)


def _validation_kept_in_training(X, y, order, n_val):
    """Your training part holds every row. Which of them will you be judged on?"""
    _, _, X_val, y_val = split_data(X, y, order, n_val)
    return X[order], y[order], X_val, y_val


def _parts_swapped(X, y, order, n_val):
    """The parts are right and stand in the wrong order: training comes first."""
    X_train, y_train, X_val, y_val = split_data(X, y, order, n_val)
    return X_val, y_val, X_train, y_train


def _grouped_by_kind(X, y, order, n_val):
    """The order of the four is X_train, y_train, X_val, y_val; yours has both X first."""
    X_train, y_train, X_val, y_val = split_data(X, y, order, n_val)
    return X_train, X_val, y_train, y_val


def _empty_parts_allowed(X, y, order, n_val):
    """A part without rows has no mean and no score: say so here, with a ValueError."""
    if len(X) != len(y):
        raise ValueError
    return X[order[n_val:]], y[order[n_val:]], X[order[:n_val]], y[order[:n_val]]


split_data_exercise = Exercise(
    reference=split_data,
    cases=_split_cases,
    points=2,
    mistakes=(
        _labels_not_moved,
        _not_shuffled,
        _last_for_validation,
        _validation_kept_in_training,
        _parts_swapped,
        _grouped_by_kind,
        _empty_parts_allowed,
    ),
    minutes=6,
    follow_up="When is a random split wrong, and what do you do then?",
    follow_up_answer=(
        "When rows depend on each other. A series is split by time, so that training never sees "
        "the future; rows of one patient or one scene stay on one side, so I draw groups. With a "
        "rare class a random split is legal but may be unlucky, so I stratify."
    ),
)


def standardise_splits(X_train, X_val):
    """Standardise two splits by what the training rows say.

    Parameters
    ----------
    X_train : ndarray of shape (N, D)
        One example a row.
    X_val : ndarray of shape (V, D)
        One example a row.

    Returns
    -------
    Z_train : ndarray of shape (N, D)
        ``(X_train - mu) / sigma``; `sigma` divides by N, and is 1 where a column is constant.
    Z_val : ndarray of shape (V, D)
        The same with ``X_val``, `mu` and `sigma` of the training rows.
    """
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    # A constant column carries nothing; 0/0 would carry nan.
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_val - mu) / sigma


def _standardise_cases(rng):
    train, val = rng.normal(3, 2, size=(6, 3)), rng.normal(3, 2, size=(4, 3))
    yield case("six rows and four", train, val)
    poisoned = val.copy()
    poisoned[1] = 1e6
    yield case("the same training rows, the validation rows poisoned", train, poisoned)
    yield case("one validation row", train, val[:1], quiet=True)
    scaled = train * np.array([1.0, 1000.0, 0.001])
    yield case("columns of very different units", scaled, val)
    constant = train.copy()
    constant[:, 1] = 4.0
    yield case("a constant column", constant, val, quiet=True)
    yield case("as many rows as columns", train[:3], val[:3])


def _all_rows_measured(X_train, X_val):
    """Poison a validation row: your training output moves, so it has seen it."""
    both, n = np.concatenate([X_train, X_val]), len(X_train)
    Z, _ = standardise_splits(both, X_val)
    return Z[:n], Z[n:]


def _each_by_itself(X_train, X_val):
    """Your validation part has mean 0 by its own numbers. One row alone: what becomes of it?"""
    return standardise_splits(X_train, X_train)[0], standardise_splits(X_val, X_val)[0]


def _one_scale_for_all(X_train, X_val):
    """One mean and one deviation for all columns: years and euros share no unit."""
    mu, sigma = X_train.mean(), X_train.std()
    return (X_train - mu) / sigma, (X_val - mu) / sigma


def _variance_divided(X_train, X_val):
    """You divide by the variance. Does the result have unit spread?"""
    mu, var = X_train.mean(axis=0), X_train.var(axis=0)
    var = np.where(var == 0, 1.0, var)
    return (X_train - mu) / var, (X_val - mu) / var


def _sample_deviation(X_train, X_val):
    """Your deviation divides by N - 1; the contract says N."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0, ddof=1)
    sigma = np.where(sigma == 0, 1.0, sigma)
    return (X_train - mu) / sigma, (X_val - mu) / sigma


def _constant_column_divided(X_train, X_val):
    """A column that never changes has deviation 0, and you divide by it."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mu) / sigma, (X_val - mu) / sigma


def _small_number_added(X_train, X_val):
    """You add a small number to sigma, and a constant column is divided by it. Use 1 there."""
    mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
    return (X_train - mu) / (sigma + 1e-8), (X_val - mu) / (sigma + 1e-8)


def _only_training_scaled(X_train, X_val):
    """The network would meet validation rows in units it has never seen: scale them too."""
    return standardise_splits(X_train, X_val)[0], X_val


standardise_splits_exercise = Exercise(
    reference=standardise_splits,
    cases=_standardise_cases,
    points=3,
    mistakes=(
        _all_rows_measured,
        _each_by_itself,
        _one_scale_for_all,
        _variance_divided,
        _sample_deviation,
        _constant_column_divided,
        _small_number_added,
        _only_training_scaled,
    ),
    minutes=6,
    follow_up="How would you prove, without reading the code, that a pipeline does not leak?",
    follow_up_answer=(
        "With poison: I overwrite every validation row, labels included, run again with the same "
        "seeds and require the same fitted numbers, bit for bit. One moved bit is a leak. Where "
        "validation chooses the epoch, I poison the test rows instead. The test cannot see "
        "copies, or one patient on both sides; those I search for."
    ),
)
