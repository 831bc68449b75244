"""Mean squared and mean absolute error, with their gradients."""

import numpy as np

from grader.exercise import Exercise, case

LOG_LOSS_OR_MSE = ("https://huyenchip.com/ml-interviews-book/",)


def mse(pred, target):
    """Compute the mean squared error.

    Parameters
    ----------
    pred : ndarray of shape (N, ...)
        Predictions.
    target : ndarray of shape (N, ...)
        What they should be; of the very shape of `pred`.

    Returns
    -------
    loss : float
        Mean of the squared differences over all entries, without a half in front.

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    if pred.shape != target.shape:
        raise ValueError(f"shapes differ: {pred.shape}, {target.shape}")
    # Unsigned integers would wrap around below 0.
    error = pred.astype(float) - target.astype(float)
    return float(np.mean(error**2))


def _pairs(rng):
    yield case("five predictions", rng.normal(size=5), rng.normal(size=5))
    yield case("a batch of rows", rng.normal(size=(4, 3)), rng.normal(size=(4, 3)))
    yield case("a batch of one", rng.normal(size=(1,)), rng.normal(size=(1,)))
    yield case("single precision", *rng.normal(size=(2, 6)).astype(np.float32))
    yield case("two rows of two", rng.normal(size=(2, 2)), rng.normal(size=(2, 2)))


def _error_cases(rng):
    yield from _pairs(rng)
    small, large = rng.integers(0, 20, size=4), rng.integers(100, 250, size=4)
    yield case("unsigned pixels", small.astype(np.uint8), large.astype(np.uint8))
    yield case("(N,) against (N, 1)", rng.normal(size=3), rng.normal(size=(3, 1)))


def _broadcast(pred, target):
    """Print the shape of the difference: (N,) against (N, 1) makes (N, N). Compare shapes first."""
    return float(np.mean((pred.astype(float) - target.astype(float)) ** 2))


def _wraps_around(pred, target):
    """In uint8, 0 - 20 is 236. Turn integers into floats before you subtract."""
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    error = pred - target
    return float(np.mean(error.astype(float) ** 2))


def _halved(pred, target):
    """There is a factor of a half too much: it is a convention, and the docstring says without."""
    return mse(pred, target) / 2


def _summed(pred, target):
    """Duplicate the batch: a mean must stay as it is, and yours doubles."""
    return mse(pred, target) * pred.size


def _summed_over_rows(pred, target):
    """You divided by the number of rows; the mean here is over all entries."""
    return mse(pred, target) * pred.size / len(pred)


def _rooted(pred, target):
    """That is the root mean squared error; take the root off again."""
    return mse(pred, target) ** 0.5


def _absolute(pred, target):
    """You averaged absolute differences; the squared error punishes large ones more."""
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return float(np.mean(np.abs(pred.astype(float) - target.astype(float))))


def _never_a_float(pred, target):
    """In uint8 the difference wraps around, and so does its square. Convert before you subtract."""
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return float(np.mean((pred - target) ** 2))


def _mean_squared(pred, target):
    """You squared the mean; errors of opposite sign cancel in it. Square each error first."""
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return float(np.mean(pred.astype(float) - target.astype(float)) ** 2)


def _one_loss_each(pred, target):
    """One square for each entry is left; the contract is a single number, their mean."""
    if pred.shape != target.shape:
        raise ValueError("shapes differ")
    return (pred.astype(float) - target.astype(float)) ** 2


mse_exercise = Exercise(
    reference=mse,
    cases=_error_cases,
    points=2,
    mistakes=(
        _broadcast,
        _wraps_around,
        _halved,
        _summed,
        _summed_over_rows,
        _rooted,
        _absolute,
        _never_a_float,
        _mean_squared,
        _one_loss_each,
    ),
    difficulty=1,
    minutes=6,
    follow_up="The targets are Gaussian around the prediction. How does this loss follow from it?",
    follow_up_answer=(
        "The negative log of a Gaussian is `(y - pred)**2 / (2 * sigma**2)` plus `log(sigma)` and "
        "a constant. With one sigma for all independent examples only the squares depend on the "
        "prediction, so least squares is maximum likelihood. If sigma differs between examples, "
        "each square gets the weight `1 / sigma**2`."
    ),
    asked=LOG_LOSS_OR_MSE,
)


def mse_backward(pred, target):
    """Compute the gradient of the mean squared error.

    Parameters
    ----------
    pred : ndarray of shape (N, ...)
        Predictions.
    target : ndarray of shape (N, ...)
        What they should be; of the very shape of `pred`.

    Returns
    -------
    dpred : ndarray of shape (N, ...)
        Gradient of the mean over all entries, with respect to `pred`.
    """
    return 2 * (pred - target) / pred.size


def _size_forgotten(pred, target):
    """Your loss averages; does your gradient? Compare with a finite difference: the ratio is n."""
    return 2 * (pred - target)


def _divided_by_rows(pred, target):
    """The mean is over all entries: divide by `pred.size`, not by the number of rows."""
    return 2 * (pred - target) / len(pred)


def _wrong_sign(pred, target):
    """If `pred` is too large, the loss falls when it shrinks: which sign does the slope have?"""
    return 2 * (target - pred) / pred.size


def _two_forgotten(pred, target):
    """The derivative of a square brings down a factor of two."""
    return (pred - target) / pred.size


def _loss_returned(pred, target):
    """Return one slope for each prediction, not the loss itself."""
    return np.mean((pred - target) ** 2)


def _slopes_averaged(pred, target):
    """You averaged the slopes into one number; each prediction has a slope of its own."""
    return 2 * np.mean(pred - target)


def _share_of_the_loss(pred, target):
    """That is each entry's share of the loss. Its slope brings down a 2 and keeps the sign."""
    return (pred - target) ** 2 / pred.size


mse_backward_exercise = Exercise(
    reference=mse_backward,
    cases=_pairs,
    points=2,
    mistakes=(
        _size_forgotten,
        _divided_by_rows,
        _wrong_sign,
        _two_forgotten,
        _loss_returned,
        _slopes_averaged,
        _share_of_the_loss,
    ),
    difficulty=1,
    minutes=5,
    follow_up="A colleague leaves out the 1/n. Training still works. Why, and what did change?",
    follow_up_answer=(
        "The direction is the same and the length is n times as large. So plain gradient descent "
        "runs at n times the learning rate, and it works while that is still small enough. What "
        "changed: the best rate now depends on the batch size. Adam nearly hides the fault. A "
        "finite difference shows it at once, with a ratio of n."
    ),
)


def mae_backward(pred, target):
    """Compute the gradient of the mean absolute error.

    Parameters
    ----------
    pred : ndarray of shape (N, ...)
        Predictions.
    target : ndarray of shape (N, ...)
        What they should be; of the very shape of `pred`.

    Returns
    -------
    dpred : ndarray of shape (N, ...)
        Gradient of the mean over all entries; 0 where prediction and target agree.
    """
    return np.sign(pred - target) / pred.size


def _tie_cases(rng):
    yield from _pairs(rng)
    yield case("a tie", np.array([1.5, -2.0, 0.5]), np.array([1.5, -1.0, 0.25]))


def _grows_with_the_error(pred, target):
    """That is the slope of the squared error; an absolute value has slope -1 or 1 but at a tie."""
    return 2 * (pred - target) / pred.size


def _mae_size_forgotten(pred, target):
    """The loss is a mean over n entries, so each entry's slope carries 1/n."""
    return np.sign(pred - target)


def _mae_wrong_sign(pred, target):
    """A prediction above its target has a positive slope: raising it costs more."""
    return np.sign(target - pred) / pred.size


def _tie_counts_as_above(pred, target):
    """At a tie the slope is 0 by convention; `>=` makes it 1."""
    return np.where(pred >= target, 1.0, -1.0) / pred.size


def _error_over_its_size(pred, target):
    """At a tie yours is 0 / 0, which is nan. Which function gives a sign without dividing?"""
    r = pred - target
    return r / np.abs(r) / r.size


def _size_of_the_error(pred, target):
    """That is each entry's share of the loss. Its slope forgets the size and keeps the sign."""
    return np.abs(pred - target) / pred.size


mae_backward_exercise = Exercise(
    reference=mae_backward,
    cases=_tie_cases,
    points=2,
    mistakes=(
        _grows_with_the_error,
        _mae_size_forgotten,
        _mae_wrong_sign,
        _tie_counts_as_above,
        _error_over_its_size,
        _size_of_the_error,
    ),
    difficulty=1,
    minutes=4,
    follow_up="Which constant minimises it over a data set, and which one the squared error?",
    follow_up_answer=(
        "The median, and for squared error the mean. Signs cancel when as many targets lie above "
        "as below; residuals cancel at the mean. On (1, 2, 3, 4, 100) the median is 3 and the "
        "mean 22, so one outlier moves only the mean. With an even count any value between the "
        "two middle targets is a minimum."
    ),
)
