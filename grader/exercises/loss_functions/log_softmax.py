"""The two stable building blocks: log-sum-exp and log-softmax."""

import numpy as np

from grader.exercise import Exercise, case

PATTERN = (
    "https://fahimfaisal.info/ml_and_llm_learning/50_ml_coding_interview_patterns/"
    "CODING_PATTERNS_DEEP_DIVE.html",
)


def logsumexp(Z):
    """Compute the logarithm of a sum of exponentials, row by row.

    Parameters
    ----------
    Z : ndarray of shape (N, C)
        Exponents of any size; -inf stands for a term of 0.

    Returns
    -------
    out : ndarray of shape (N,)
        ``log(exp(Z[n, 0]) + ... + exp(Z[n, C - 1]))``; -inf for a row of -inf.
    """
    top = Z.max(axis=1)
    # A row of -inf is shifted by 0: -inf minus -inf would be nan.
    shift = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return shift + np.log(np.exp(Z - shift[:, None]).sum(axis=1))


def _row_cases(rng):
    yield case("four rows of three", rng.normal(size=(4, 3)))
    yield case("a batch of one", rng.normal(size=(1, 5)))
    yield case("as many rows as classes", 3 * rng.normal(size=(3, 3)))
    yield case("exponents near 10000", 1e4 + rng.normal(size=(2, 3)), quiet=True)
    yield case("exponents near -10000", -1e4 + rng.normal(size=(2, 3)), quiet=True)
    far = np.array([[900.0, 901.0], [-900.0, -903.0]])
    yield case("two rows far apart", far, quiet=True)


def _sum_cases(rng):
    yield from _row_cases(rng)
    yield case("a row of -inf", np.array([[-np.inf, -np.inf], [0.0, 1.0]]), quiet=True)


def _naive(Z):
    """`exp` overflows above 709. Take the largest exponent of each row out of the sum first."""
    return np.log(np.exp(Z).sum(axis=1))


def _one_shift_for_all(Z):
    """Shifted by the largest of all rows, a row far below it ends in log(0). Shift each row."""
    top = Z.max()
    return top + np.log(np.exp(Z - top).sum(axis=1))


def _shift_not_added(Z):
    """You took the maximum out of the sum and did not put it back."""
    return logsumexp(Z) - Z.max(axis=1)


def _over_the_batch(Z):
    """The sum runs over the classes of one example, axis 1; yours runs over the batch."""
    return logsumexp(Z.T)


def _axis_kept(Z):
    """The numbers are right; the contract wants shape (N,), so do not keep the summed axis."""
    return logsumexp(Z)[:, None]


def _nan_for_no_term(Z):
    """In a row of -inf the maximum is -inf, and -inf minus -inf is nan: shift such a row by 0."""
    top = Z.max(axis=1)
    return top + np.log(np.exp(Z - top[:, None]).sum(axis=1))


def _warns_for_no_term(Z):
    """Right but for warnings: `np.where` computes both sides. Shift a row of -inf by 0 instead."""
    top = Z.max(axis=1)
    shifted = top + np.log(np.exp(Z - top[:, None]).sum(axis=1))
    return np.where(np.isneginf(top), -np.inf, shifted)


def _over_everything(Z):
    """That is one number for the whole batch; the contract wants one for each row."""
    top = Z.max()
    return top + np.log(np.exp(Z - top).sum())


def _axis_kept_once(Z):
    """The maximum has shape (N, 1), the sum (N,): added, they make (N, N). Give both one shape."""
    top = Z.max(axis=1, keepdims=True)
    return top + np.log(np.exp(Z - top).sum(axis=1))


def _axis_dropped_too_early(Z):
    """`Z - Z.max(axis=1)` lines the maxima up with the classes: give them shape (N, 1)."""
    top = Z.max(axis=1)
    return top + np.log(np.exp(Z - top).sum(axis=1))


logsumexp_exercise = Exercise(
    reference=logsumexp,
    cases=_sum_cases,
    points=3,
    mistakes=(
        _nan_for_no_term,
        _naive,
        _one_shift_for_all,
        _shift_not_added,
        _over_the_batch,
        _axis_kept,
        _warns_for_no_term,
        _over_everything,
        _axis_kept_once,
        _axis_dropped_too_early,
    ),
    minutes=8,
    follow_up="Bound its value between the maximum and the maximum plus a constant. Which one?",
    follow_up_answer=(
        "The constant is log C. With the maximum m taken out, the sum of `exp(z - m)` has one "
        "term equal to 1 and none above it, so it lies between 1 and C. The upper bound is "
        "reached when all C exponents are equal, the lower one approached when one is far ahead. "
        "So it is a smooth maximum."
    ),
    asked=PATTERN,
)


def log_softmax(Z):
    """Compute the logarithm of softmax, row by row.

    Parameters
    ----------
    Z : ndarray of shape (N, C)
        Logits of any size.

    Returns
    -------
    log_probs : ndarray of shape (N, C)
        ``Z - logsumexp(Z)``; exact where softmax itself would underflow to 0.
    """
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def _log_cases(rng):
    yield from _row_cases(rng)
    yield case("one class far behind", np.array([[0.0, 1000.0], [-800.0, 5.0]]), quiet=True)


def _log_of_softmax(Z):
    """Softmax underflows to 0 and its log is -inf: subtract logsumexp instead of taking a log."""
    return np.log(_softmax(Z))


def _clipped(Z):
    """The clip at 1e-12 floors yours at -27.6: beyond that both value and gradient are wrong."""
    return np.log(np.clip(_softmax(Z), 1e-12, 1.0))


def _unshifted(Z):
    """`exp` overflows above 709: subtract each row's maximum before exponentiating."""
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))


def _shifted_only_inside(Z):
    """The maximum left the sum and stayed in front: shift by it in both places."""
    return Z - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))


def _axis_dropped(Z):
    """Shape (N,) lines up with the classes, not with the rows: keep the axis you reduce."""
    shifted = Z - Z.max(axis=1)
    return shifted - np.log(np.exp(shifted).sum(axis=1))


def _down_the_columns(Z):
    """Each row is one example, so its probabilities add up to 1 along axis 1."""
    return log_softmax(Z.T).T


def _over_everything(Z):
    """Your probabilities add up to 1 over the whole batch: keep the sum per row."""
    shifted = Z - Z.max()
    return shifted - np.log(np.exp(shifted).sum())


def _without_the_log(Z):
    """That is softmax itself; the logarithm is what the loss needs."""
    return _softmax(Z)


def _largest_of_all_rows(Z):
    """Shifted by the largest of all rows, a row far below it ends in log(0). Shift each row."""
    shifted = Z - Z.max()
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _log_of_naive_softmax(Z):
    """Inf / inf is nan: shift each row, and write the log of the quotient as a difference."""
    E = np.exp(Z)
    return np.log(E / E.sum(axis=1, keepdims=True))


log_softmax_exercise = Exercise(
    reference=log_softmax,
    cases=_log_cases,
    points=3,
    mistakes=(
        _log_of_softmax,
        _clipped,
        _unshifted,
        _shifted_only_inside,
        _axis_dropped,
        _down_the_columns,
        _over_everything,
        _without_the_log,
        _largest_of_all_rows,
        _log_of_naive_softmax,
    ),
    minutes=6,
    follow_up="For one row its Jacobian is C by C. Which of its entries are negative?",
    follow_up_answer=(
        "All those off the diagonal: entry (c, k) is `1 - p[c]` where k = c and `-p[k]` "
        "elsewhere. A larger logit raises its own log-probability and lowers all others. "
        "Cross-entropy turns the sign, so in its gradient only the true class is negative."
    ),
    asked=PATTERN,
)
