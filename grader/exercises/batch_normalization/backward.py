"""The backward pass, step by step and in one expression."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import batches
from grader.exercises.batch_normalization.forward import batchnorm_train


def batchnorm_backward(dout, cache):
    """Compute the gradients of batch normalization in training mode.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output.
    cache : tuple of ndarray
        ``(X_hat, gamma, inv_std)``, as `batchnorm_train` returned it.

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to the input; every example takes part in it.
    dgamma : ndarray of shape (D,)
        Gradient with respect to the scale.
    dbeta : ndarray of shape (D,)
        Gradient with respect to the shift.
    """
    X_hat, gamma, inv_std = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * X_hat).sum(axis=0)
    dX_hat = dout * gamma
    # The parts along the mean and along X_hat are taken out.
    through_mean = dX_hat.mean(axis=0)
    through_var = X_hat * (dX_hat * X_hat).mean(axis=0)
    dX = inv_std * (dX_hat - through_mean - through_var)
    return dX, dgamma, dbeta


def _backward_cases(rng):
    for plain in batches(rng):
        if "by hand" not in plain.label and "0.001" not in plain.label:
            _, cache = batchnorm_train(*plain.args)
            yield case(plain.label, rng.normal(size=plain.args[0].shape), cache)


def _parts(dout, cache):
    X_hat, gamma, inv_std = cache
    return X_hat, dout * gamma, inv_std


def _variance_path_forgotten(dout, cache):
    """The variance depends on the inputs too: one path is missing from `dX`."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    dX = inv_std * (dX_hat - dX_hat.mean(axis=0))
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def _mean_path_forgotten(dout, cache):
    """The columns of `dX` should add up to 0: the path through the mean is missing."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    dX = inv_std * (dX_hat - X_hat * (dX_hat * X_hat).mean(axis=0))
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def _statistics_as_constants(dout, cache):
    """You treated mean and variance as constants; in training they depend on every input."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    return inv_std * dX_hat, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def _gamma_missing(dout, cache):
    """Gamma stands between the output and `X_hat`, so it belongs in `dX`."""
    X_hat, _, inv_std = cache
    dX, dgamma, dbeta = batchnorm_backward(dout, (X_hat, np.ones_like(inv_std), inv_std))
    return dX, dgamma, dbeta


def _scale_missing(dout, cache):
    """Dividing by the deviation scales the gradient as well: where is `inv_std` in `dX`?"""
    dX, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dX / cache[2], dgamma, dbeta


def _batch_averaged(dout, cache):
    """Gamma and beta served every example, so their gradients add up; you averaged."""
    dX, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dX, dgamma / len(dout), dbeta / len(dout)


def _dgamma_without_x_hat(dout, cache):
    """The output is `gamma * X_hat + beta`: the slope with respect to gamma is `X_hat`."""
    dX, _, dbeta = batchnorm_backward(dout, cache)
    return dX, dout.sum(axis=0), dbeta


def _gamma_in_dgamma(dout, cache):
    """In `gamma * X_hat`, the slope with respect to gamma is `X_hat` alone: gamma is too much."""
    dX, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dX, cache[1] * dgamma, dbeta


def _variance_path_added(dout, cache):
    """The part along `X_hat` is taken out of `dX`: yours is added."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    through_var = X_hat * (dX_hat * X_hat).mean(axis=0)
    dX = inv_std * (dX_hat - dX_hat.mean(axis=0) + through_var)
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def _variance_path_unspread(dout, cache):
    """The gradient of the variance is one number a feature; each row takes `X_hat` times it."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    dX = inv_std * (dX_hat - dX_hat.mean(axis=0) - (dX_hat * X_hat).mean(axis=0))
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def _divided_by_inv_std(dout, cache):
    """`inv_std` is one over the deviation already: multiply by it."""
    dX, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dX / cache[2] ** 2, dgamma, dbeta


def _gradients_swapped(dout, cache):
    """The order is `dX`, `dgamma`, `dbeta`: your last two have changed places."""
    dX, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dX, dbeta, dgamma


def _sums_for_means(dout, cache):
    """Both corrections are means over the batch; you subtracted sums."""
    X_hat, dX_hat, inv_std = _parts(dout, cache)
    dX = inv_std * (dX_hat - dX_hat.sum(axis=0) - X_hat * (dX_hat * X_hat).sum(axis=0))
    return dX, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


batchnorm_backward_exercise = Exercise(
    reference=batchnorm_backward,
    cases=_backward_cases,
    points=5,
    mistakes=(
        _variance_path_forgotten,
        _mean_path_forgotten,
        _statistics_as_constants,
        _gamma_missing,
        _scale_missing,
        _batch_averaged,
        _dgamma_without_x_hat,
        _gamma_in_dgamma,
        _variance_path_added,
        _variance_path_unspread,
        _divided_by_inv_std,
        _gradients_swapped,
        _sums_for_means,
    ),
    atol=1e-8,
    difficulty=4,
    minutes=20,
    follow_up="You test it by finite differences, with the sum of all outputs as the loss. Enough?",
    follow_up_answer=(
        "No. The upstream gradient is then 1 everywhere and the true `dX` is 0: the outputs of a "
        "feature sum to N times beta whatever the input. A forgotten path through the variance "
        "would pass. The sum of squares is hardly better. With gamma 1 and beta 0 it is N for "
        "every feature, eps aside. I take a random upstream gradient and a gamma that is not 1. "
        "As a quick check, the columns of `dX` sum to 0, and eps aside so do those of "
        "`dX * X_hat`."
    ),
    asked=("https://cs231n.github.io/assignments2025/assignment2/",),
)


def batchnorm_backward_fast(dout, cache):
    """Compute the input gradient of batch normalization in one expression.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to the output.
    cache : tuple of ndarray
        ``(X_hat, gamma, inv_std)``, as `batchnorm_train` returned it.

    Returns
    -------
    dX : ndarray of shape (N, D)
        The same as in the step by step form.
    """
    X_hat, gamma, inv_std = cache
    n_examples = len(dout)
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    collected = n_examples * dout - dbeta - X_hat * dgamma
    return gamma * inv_std / n_examples * collected


def _batch_size_forgotten(dout, cache):
    """`dout` itself is not multiplied by N, so the sums weigh N times too much."""
    X_hat, gamma, inv_std = cache
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    return gamma * inv_std / len(dout) * (dout - dbeta - X_hat * dgamma)


def _divided_once_too_little(dout, cache):
    """The sums run over N examples, and means are wanted: yours is N times too large."""
    return batchnorm_backward_fast(dout, cache) * len(dout)


def _plus_dgamma(dout, cache):
    """The part along `X_hat` is taken out, so it is subtracted."""
    X_hat, gamma, inv_std = cache
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    n = len(dout)
    return gamma * inv_std / n * (n * dout - dbeta + X_hat * dgamma)


def _dbeta_left_out(dout, cache):
    """The columns of `dX` should sum to 0: the term with `dbeta`, through the mean, is missing."""
    X_hat, gamma, inv_std = cache
    n = len(dout)
    return gamma * inv_std / n * (n * dout - X_hat * (dout * X_hat).sum(axis=0))


def _gamma_left_out(dout, cache):
    """Gamma stands between the output and `X_hat`, so it belongs in the expression."""
    X_hat, gamma, inv_std = cache
    return batchnorm_backward_fast(dout, (X_hat, np.ones_like(gamma), inv_std))


def _dgamma_unspread(dout, cache):
    """`dgamma` is one number a feature; each example takes its share of it by `X_hat`."""
    X_hat, gamma, inv_std = cache
    dgamma, dbeta = (dout * X_hat).sum(axis=0), dout.sum(axis=0)
    n = len(dout)
    return gamma * inv_std / n * (n * dout - dbeta - dgamma)


batchnorm_backward_fast_exercise = Exercise(
    reference=batchnorm_backward_fast,
    cases=_backward_cases,
    points=3,
    mistakes=(
        _batch_size_forgotten,
        _divided_once_too_little,
        _plus_dgamma,
        _dgamma_unspread,
        _dbeta_left_out,
        _gamma_left_out,
    ),
    atol=1e-8,
    no_loops=True,
    difficulty=4,
    minutes=12,
    follow_up="Double the weights in front. What happens to the output and to this gradient?",
    follow_up_answer=(
        "The output stays: mean and deviation double as well and cancel it, eps aside. `X_hat` and "
        "`dout` are as before and `inv_std` is half as large, so `dX` is halved, and so is the "
        "gradient of those weights. A step then changes weights twice as large by half as much, a "
        "quarter in relative terms. That is how the layer calms a rate that is too large."
    ),
)


def batchnorm_undone(mu, var, eps):
    """Choose the scale and shift with which batch normalization changes nothing.

    Parameters
    ----------
    mu : ndarray of shape (D,)
        Mean of each feature in the batch.
    var : ndarray of shape (D,)
        Its biased variance.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    gamma : ndarray of shape (D,)
        The scale.
    beta : ndarray of shape (D,)
        The shift.
    db : ndarray of shape (D,)
        Gradient of a bias added in front of the layer, whatever the loss.
    """
    return np.sqrt(var + eps), mu, np.zeros_like(mu)


def _statistics(rng):
    yield case("three features", rng.normal(size=3), rng.uniform(0.2, 4, size=3), 1e-5)
    yield case("a large eps", rng.normal(size=2), rng.uniform(0.2, 4, size=2), 0.5)
    yield case("one feature", rng.normal(size=1), rng.uniform(0.2, 4, size=1), 1e-3)


def _identity_parameters(mu, var, eps):
    """Gamma = 1 and beta = 0 leave the features normalised; you want them back as they were."""
    return np.ones_like(mu), np.zeros_like(mu), np.zeros_like(mu)


def _normalised_again(mu, var, eps):
    """That would normalise once more. Solve `gamma * X_hat + beta = X` for gamma and beta."""
    return 1 / np.sqrt(var + eps), -mu, np.zeros_like(mu)


def _variance_as_scale(mu, var, eps):
    """The layer divides by the root of var + eps; multiply by just that."""
    return var + eps, mu, np.zeros_like(mu)


def _eps_left_out(mu, var, eps):
    """Nearly: the layer divides by the root of var + eps, not of var."""
    return np.sqrt(var), mu, np.zeros_like(mu)


def _bias_has_a_gradient(mu, var, eps):
    """The mean takes any bias out again, so the loss cannot depend on it."""
    return np.sqrt(var + eps), mu, np.ones_like(mu)


batchnorm_undone_exercise = Exercise(
    reference=batchnorm_undone,
    cases=_statistics,
    points=2,
    mistakes=(
        _identity_parameters,
        _normalised_again,
        _variance_as_scale,
        _eps_left_out,
        _bias_has_a_gradient,
    ),
    kind="derive",
    minutes=8,
    follow_up="So why normalise at all, if the layer may learn to undo it?",
    follow_up_answer=(
        "Because the mean and scale of a feature, so far a by-product of all weights in front, "
        "become two parameters of their own. Being able to undo it means that the network loses no "
        "power. It does not make the layer idle: even with that gamma and beta, the scale of the "
        "weights in front is divided out at every step, which smooths the loss and allows larger "
        "steps."
    ),
)
