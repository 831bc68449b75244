"""A regression on tabular data: the baseline, and the number to compare by."""

import numpy as np

from grader.exercise import Exercise, case


def r_squared(pred, target):
    """Compute the share of the variance that a prediction explains.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predictions.
    target : ndarray of shape (N,)
        The truth; not all equal.

    Returns
    -------
    score : float
        ``1 - sum((target - pred)**2) / sum((target - mean)**2)``, with the mean of `target`.
    """
    residual = np.sum((target - pred) ** 2)
    return float(1 - residual / np.sum((target - target.mean()) ** 2))


def _r_squared_cases(rng):
    target = rng.normal(150, 70, 20)
    yield case("good predictions", target + rng.normal(0, 30, 20), target)
    yield case("a constant that is not the mean", np.full(20, 100.0), target)
    yield case("the mean itself", np.full(20, target.mean()), target)
    yield case("right in order, wrong in scale", 0.3 * target + 5, target)
    yield case("worse than the mean", target[::-1] - 40, target)
    yield case("all right", target.copy(), target)
    yield case("three examples", np.array([1.0, 4.0, 6.0]), np.array([2.0, 3.5, 8.0]))


def _swapped_roles(pred, target):
    """You spread the predictions, not the targets, in the denominator. Which come first?"""
    residual, spread = np.sum((target - pred) ** 2), np.sum((pred - pred.mean()) ** 2)
    return float(1 - residual / spread) if spread > 0 else -1e300


def _squared_correlation(pred, target):
    """A correlation forgives a wrong scale and shift; R squared does not."""
    if np.ptp(pred) == 0:
        return 0.0
    return float(np.corrcoef(pred, target)[0, 1] ** 2)


def _mean_error_against_sum(pred, target):
    """You divide a mean by a sum, or a sum by a mean: N is left over."""
    return float(1 - (1 - r_squared(pred, target)) / len(target))


def _sample_variance(pred, target):
    """A mean over N is compared with a variance that divides by N - 1. Take sums in both."""
    n = len(target)
    return float(1 - (1 - r_squared(pred, target)) * (n - 1) / n)


def _never_negative(pred, target):
    """Worse than the mean is below 0, and that is what the number is for: do not cut it off."""
    return max(0.0, r_squared(pred, target))


def _share_unexplained(pred, target):
    """That is the share which is left unexplained."""
    return 1 - r_squared(pred, target)


def _against_zero(pred, target):
    """You compare with predicting 0. The baseline is the mean of the targets."""
    return float(1 - np.sum((target - pred) ** 2) / np.sum(target**2))


r_squared_exercise = Exercise(
    reference=r_squared,
    cases=_r_squared_cases,
    points=2,
    mistakes=(
        _swapped_roles,
        _squared_correlation,
        _mean_error_against_sum,
        _sample_variance,
        _never_negative,
        _share_unexplained,
        _against_zero,
    ),
    minutes=5,
    follow_up="It is -0.3 on the validation rows. Which model would have been better?",
    follow_up_answer=(
        "A constant: the mean of the validation targets scores 0 by definition, and this model "
        "has 1.3 times its squared error. That mean is not known in training, so in practice I "
        "compare with the training mean, which scores 0 or slightly below. A negative score "
        "mostly means overfitting, or predictions in the wrong units."
    ),
)


def linear_baseline(X_train, y_train, X_val):
    """Fit a linear regression by least squares and predict.

    Parameters
    ----------
    X_train : ndarray of shape (N, D)
        One example a row; more rows than columns.
    y_train : ndarray of shape (N,)
        Their targets.
    X_val : ndarray of shape (V, D)
        What to predict.

    Returns
    -------
    pred : ndarray of shape (V,)
        ``X_val @ w + b`` with the `w` and `b` of the least sum of squared errors in training.
    """
    with_one = np.column_stack([X_train, np.ones(len(X_train))])
    weights = np.linalg.lstsq(with_one, y_train, rcond=None)[0]
    return X_val @ weights[:-1] + weights[-1]


def _baseline_cases(rng):
    for label, n, d, v in (
        ("twelve rows, three columns", 12, 3, 4),
        ("one column", 9, 1, 3),
        ("one row to predict", 10, 2, 1),
        ("as many rows to predict as to learn from", 8, 2, 8),
        ("columns that are not centred", 15, 4, 5),
    ):
        shift = 20.0 if "centred" in label else 0.0
        X, X_val = rng.normal(shift, 1, (n, d)), rng.normal(shift, 1, (v, d))
        y = X @ rng.normal(size=d) + 7 + rng.normal(0, 0.5, n)
        yield case(label, X, y, X_val)


def _no_intercept(X_train, y_train, X_val):
    """Your line goes through the origin. What does it predict for a row of zeros?"""
    return X_val @ np.linalg.lstsq(X_train, y_train, rcond=None)[0]


def _mean_predicted(X_train, y_train, X_val):
    """That is the baseline of the baseline, the mean. Use the columns."""
    return np.full(len(X_val), y_train.mean())


def _columns_one_by_one(X_train, y_train, X_val):
    """You fit each column by itself and add up; columns that move together count twice."""
    centred, mu = X_train - X_train.mean(axis=0), X_train.mean(axis=0)
    slopes = centred.T @ (y_train - y_train.mean()) / (centred**2).sum(axis=0)
    slopes = slopes * (1 if len(slopes) > 1 else 1.001)
    return (X_val - mu) @ slopes + y_train.mean()


def _centred_by_validation(X_train, y_train, X_val):
    """You centre the validation rows by their own mean: a single one always gets the mean."""
    weights = np.linalg.lstsq(X_train - X_train.mean(axis=0), y_train, rcond=None)[0]
    return (X_val - X_val.mean(axis=0)) @ weights + y_train.mean()


def _intercept_not_added(X_train, y_train, X_val):
    """You fitted an intercept and left it out of the prediction."""
    return linear_baseline(X_train, y_train, X_val) - linear_baseline(
        X_train, y_train, np.zeros((1, X_val.shape[1]))
    )


linear_baseline_exercise = Exercise(
    reference=linear_baseline,
    cases=_baseline_cases,
    points=2,
    mistakes=(
        _no_intercept,
        _mean_predicted,
        _columns_one_by_one,
        _centred_by_validation,
        _intercept_not_added,
    ),
    rtol=1e-6,
    minutes=6,
    follow_up="Your network beats it by 0.01. Which one do you put into production?",
    follow_up_answer=(
        "The line, until the gap is shown to be real and worth its cost. On a few hundred rows a "
        "gap of 0.01 in R squared is easily noise, so I compare both on the same splits, several "
        "of them, and look at the spread of the differences. The line is cheaper to run, to "
        "explain and to keep."
    ),
)
