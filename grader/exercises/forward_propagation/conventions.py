"""The same layer for columns and for rows."""

from grader.exercise import Exercise, case


def to_row_convention(W_col, b_col):
    """Turn a layer written for column vectors into one for examples in rows.

    Parameters
    ----------
    W_col : ndarray of shape (M, D)
        Weights of ``z = W_col @ x + b_col``, where ``x`` is a column.
    b_col : ndarray of shape (M, 1)
        Bias, a column too.

    Returns
    -------
    W : ndarray of shape (D, M)
        Weights of ``Z = X @ W + b``, where an example is a row of ``X``.
    b : ndarray of shape (M,)
        Bias, one entry a unit.
    """
    return W_col.T, b_col.reshape(-1)


def _convention_cases(rng):
    yield case("three units, two inputs", rng.normal(size=(3, 2)), rng.normal(size=(3, 1)))
    yield case("as many units as inputs", rng.normal(size=(3, 3)), rng.normal(size=(3, 1)))
    yield case("one unit", rng.normal(size=(1, 4)), rng.normal(size=(1, 1)))
    yield case("one input", rng.normal(size=(4, 1)), rng.normal(size=(4, 1)))


def _weights_not_transposed(W_col, b_col):
    """In rows the layer is `X @ W` with `W` of shape (D, M): the transpose of what you got."""
    return W_col, b_col.reshape(-1)


def _weights_reshaped(W_col, b_col):
    """`reshape` keeps the order in memory and mixes up the entries; `.T` swaps the axes."""
    return W_col.reshape(W_col.shape[::-1]), b_col.reshape(-1)


def _bias_stays_a_column(W_col, b_col):
    """A bias of shape (M, 1) broadcasts along the rows of an (N, M) output: make it (M,)."""
    return W_col.T, b_col


def _bias_becomes_a_row(W_col, b_col):
    """The numbers are in place, but the contract says (M,): one axis, not (1, M)."""
    return W_col.T, b_col.T


def _left_in_columns(W_col, b_col):
    """You return what you got. In rows the axes of `W` are swapped, and `b` has one axis."""
    return W_col, b_col


def _first_entry_of_the_bias(W_col, b_col):
    """`b_col[0]` is the first row of the column, which is one entry. All M are wanted."""
    return W_col.T, b_col[0]


to_row_convention_exercise = Exercise(
    reference=to_row_convention,
    cases=_convention_cases,
    points=1,
    mistakes=(
        _weights_not_transposed,
        _weights_reshaped,
        _bias_stays_a_column,
        _bias_becomes_a_row,
        _left_in_columns,
        _first_entry_of_the_bias,
    ),
    difficulty=1,
    minutes=4,
    follow_up="PyTorch stores (M, D). Which product does its linear layer compute, and why?",
    follow_up_answer=(
        "`X @ W.T + b`: its batches hold examples as rows, and (N, D) times (D, M) needs the "
        "transpose. The storage is that of the column form, where row j belongs to unit j. The "
        "transpose copies nothing, since it is a view and the product reads it as it lies."
    ),
)
