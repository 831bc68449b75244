"""Batch normalization on images, and layer and RMS normalization beside it."""

import numpy as np

from grader.exercise import Exercise, case
from grader.exercises.batch_normalization._inputs import batch, scale_and_shift

NORMALIZATION = (
    "https://prachub.com/interview-questions/"
    "explain-normalization-regularization-ctr-imbalance-handling",
)


def batchnorm2d_train(X, gamma, beta, eps):
    """Normalise every channel of a batch of images.

    Parameters
    ----------
    X : ndarray of shape (N, C, H, W)
        Images, channels second.
    gamma : ndarray of shape (C,)
        Scale of each channel.
    beta : ndarray of shape (C,)
        Shift of each channel.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, C, H, W)
        Statistics are taken over the batch and both image axes.
    """
    mu = X.mean(axis=(0, 2, 3), keepdims=True)
    var = X.var(axis=(0, 2, 3), keepdims=True)
    X_hat = (X - mu) / np.sqrt(var + eps)
    return gamma[:, None, None] * X_hat + beta[:, None, None]


def _image_cases(rng):
    def images(*shape):
        return 3 * rng.normal(size=shape) + 2, *scale_and_shift(rng, shape[1]), 1e-5

    yield case("four images, three channels", *images(4, 3, 5, 2))
    yield case("as many channels as columns", *images(2, 4, 3, 4))
    yield case("every axis alike", *images(3, 3, 3, 3))
    yield case("images of one pixel", *images(6, 3, 1, 1))
    yield case("a single image", *images(1, 2, 4, 4))


def _statistics_per_pixel(X, gamma, beta, eps):
    """You kept one statistic a pixel: the image axes belong to the average of a channel too."""
    X_hat = (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps)
    return gamma[:, None, None] * X_hat + beta[:, None, None]


def _gamma_along_the_columns(X, gamma, beta, eps):
    """Gamma of shape (C,) meets the last axis, the columns: give it two more axes behind."""
    mu, var = X.mean(axis=(0, 2, 3), keepdims=True), X.var(axis=(0, 2, 3), keepdims=True)
    return gamma * ((X - mu) / np.sqrt(var + eps)) + beta


def _per_image(X, gamma, beta, eps):
    """You left the batch out of the average: that is instance normalization."""
    mu, var = X.mean(axis=(2, 3), keepdims=True), X.var(axis=(2, 3), keepdims=True)
    return gamma[:, None, None] * (X - mu) / np.sqrt(var + eps) + beta[:, None, None]


def _channels_taken_last(X, gamma, beta, eps):
    """You kept one statistic a column. Channels are axis 1 here; average over all other axes."""
    mu, var = X.mean(axis=(0, 1, 2), keepdims=True), X.var(axis=(0, 1, 2), keepdims=True)
    return gamma[:, None, None] * (X - mu) / np.sqrt(var + eps) + beta[:, None, None]


def _image_by_image(X, gamma, beta, eps):
    """You averaged over the channels of one image: that is layer normalization."""
    mu, var = X.mean(axis=(1, 2, 3), keepdims=True), X.var(axis=(1, 2, 3), keepdims=True)
    return gamma[:, None, None] * (X - mu) / np.sqrt(var + eps) + beta[:, None, None]


def _image_variance_not_rooted(X, gamma, beta, eps):
    """The deviation is the root of var + eps; you divided by the variance itself."""
    mu, var = X.mean(axis=(0, 2, 3), keepdims=True), X.var(axis=(0, 2, 3), keepdims=True)
    return gamma[:, None, None] * (X - mu) / (var + eps) + beta[:, None, None]


def _image_unbiased(X, gamma, beta, eps):
    """Inside the layer the variance is biased: divide by all the pixels of a channel."""
    mu = X.mean(axis=(0, 2, 3), keepdims=True)
    var = X.var(axis=(0, 2, 3), ddof=1, keepdims=True)
    return gamma[:, None, None] * (X - mu) / np.sqrt(var + eps) + beta[:, None, None]


def _image_affine_left_out(X, gamma, beta, eps):
    """The channels are normalised; scale and shift each of them by gamma and beta."""
    return batchnorm2d_train(X, np.ones_like(gamma), np.zeros_like(beta), eps)


def _channels_mixed(X, gamma, beta, eps):
    """You averaged over the channels as well: each channel has statistics of its own."""
    return gamma[:, None, None] * (X - X.mean()) / np.sqrt(X.var() + eps) + beta[:, None, None]


batchnorm2d_train_exercise = Exercise(
    reference=batchnorm2d_train,
    cases=_image_cases,
    points=3,
    mistakes=(
        _statistics_per_pixel,
        _gamma_along_the_columns,
        _per_image,
        _channels_taken_last,
        _image_by_image,
        _image_variance_not_rooted,
        _image_unbiased,
        _image_affine_left_out,
        _channels_mixed,
    ),
    difficulty=3,
    minutes=8,
    follow_up="How many learned numbers and how many buffers has it for 64 channels?",
    follow_up_answer=(
        "128 learned numbers, a gamma and a beta for each channel, and 128 numbers in two buffers, "
        "the running mean and variance. The image size does not enter, because the statistics run "
        "over the batch and both image axes. The buffers get no gradient, but they belong in the "
        "saved model. PyTorch keeps one number more there, a count of batches."
    ),
)


def layernorm_forward(X, gamma, beta, eps):
    """Normalise every example over its features, then scale and shift.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        An example's output depends on that example alone.
    """
    mu = X.mean(axis=1, keepdims=True)
    var = X.var(axis=1, keepdims=True)
    return gamma * (X - mu) / np.sqrt(var + eps) + beta


def _row_cases(rng):
    yield case("six examples, four features", batch(rng, 6, 4), *scale_and_shift(rng, 4), 1e-5)
    yield case("a batch of one", batch(rng, 1, 5), *scale_and_shift(rng, 5), 1e-5)
    yield case("as many examples as features", batch(rng, 3, 3), *scale_and_shift(rng, 3), 1e-5)
    small = batch(rng, 4, 3, scale=1e-3, shift=0.0)
    yield case("features of scale 0.001", small, *scale_and_shift(rng, 3), 1e-5)


def _over_the_batch(X, gamma, beta, eps):
    """You normalised over the batch: with one example all its information is gone."""
    return gamma * (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + eps) + beta


def _axis_lost(X, gamma, beta, eps):
    """Without `keepdims` a mean a row is subtracted along the columns; square batches hide it."""
    mu, var = X.mean(axis=1), X.var(axis=1)
    return gamma * (X - mu) / np.sqrt(var + eps) + beta


def _mean_kept(X, gamma, beta, eps):
    """You left the mean in, in the root as well: that is RMS normalization plus beta."""
    rms = np.sqrt((X**2).mean(axis=1, keepdims=True) + eps)
    return gamma * X / rms + beta


def _mean_not_taken_out(X, gamma, beta, eps):
    """The mean of the row is still to be subtracted."""
    return gamma * X / np.sqrt(X.var(axis=1, keepdims=True) + eps) + beta


def _unbiased_row(X, gamma, beta, eps):
    """The variance is the biased one here as well."""
    mu, var = X.mean(axis=1, keepdims=True), X.var(axis=1, ddof=1, keepdims=True)
    return gamma * (X - mu) / np.sqrt(var + eps) + beta


def _eps_outside(X, gamma, beta, eps):
    """Eps stands inside the root: features of scale 0.001 show the difference."""
    mu, std = X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
    return gamma * (X - mu) / (std + eps) + beta


def _row_variance_not_rooted(X, gamma, beta, eps):
    """The deviation is the root of var + eps; you divided by the variance itself."""
    mu, var = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)
    return gamma * (X - mu) / (var + eps) + beta


def _affine_part_left_out(X, gamma, beta, eps):
    """The rows are normalised; scale and shift each feature by gamma and beta."""
    return layernorm_forward(X, np.ones_like(gamma), np.zeros_like(beta), eps)


layernorm_forward_exercise = Exercise(
    reference=layernorm_forward,
    cases=_row_cases,
    points=2,
    mistakes=(
        _over_the_batch,
        _axis_lost,
        _mean_kept,
        _mean_not_taken_out,
        _unbiased_row,
        _eps_outside,
        _row_variance_not_rooted,
        _affine_part_left_out,
    ),
    minutes=5,
    follow_up="Why do transformers take this one?",
    follow_up_answer=(
        "Its statistics come from one token's own features. So batch size, sequence length and "
        "padding do not change them, and generating one token at a time works. Training and "
        "inference compute the same, without running statistics. Many recent models go a step "
        "further and take RMS normalization, which leaves out the mean."
    ),
    asked=NORMALIZATION,
)


def rmsnorm_forward(X, gamma, eps):
    """Divide every example by the root mean square of its features, then scale.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    eps : float
        Added to the mean square, inside the root.

    Returns
    -------
    out : ndarray of shape (N, D)
        No mean is subtracted and no shift added.
    """
    return gamma * X / np.sqrt((X**2).mean(axis=1, keepdims=True) + eps)


def _rms_cases(rng):
    for plain in _row_cases(rng):
        X, gamma, _, eps = plain.args
        yield case(plain.label, X, gamma, eps)


def _centred(X, gamma, eps):
    """You subtracted the mean: that is layer normalization without its shift."""
    return layernorm_forward(X, gamma, np.zeros_like(gamma), eps)


def _norm_taken(X, gamma, eps):
    """A mean of squares, not their sum: yours shrinks with the number of features."""
    return gamma * X / np.sqrt((X**2).sum(axis=1, keepdims=True) + eps)


def _square_divided(X, gamma, eps):
    """You divided by the mean square. Its root has the unit of the features."""
    return gamma * X / ((X**2).mean(axis=1, keepdims=True) + eps)


def _mean_magnitude(X, gamma, eps):
    """That is the mean of the absolute values; square, average, take the root."""
    return gamma * X / (np.abs(X).mean(axis=1, keepdims=True) + eps)


def _eps_beside_the_rms(X, gamma, eps):
    """Eps stands inside the root: features of scale 0.001 show the difference."""
    return gamma * X / (np.sqrt((X**2).mean(axis=1, keepdims=True)) + eps)


def _rms_axis_lost(X, gamma, eps):
    """Without `keepdims` the number of a row meets the columns; square batches hide it."""
    return gamma * X / np.sqrt((X**2).mean(axis=1) + eps)


def _gamma_unused(X, gamma, eps):
    """The rows are divided by their root mean square; scale each feature by gamma."""
    return rmsnorm_forward(X, np.ones_like(gamma), eps)


def _one_square_for_all(X, gamma, eps):
    """You took one number for the whole batch. Each example has a mean square of its own."""
    return gamma * X / np.sqrt((X**2).mean() + eps)


def _squares_over_the_batch(X, gamma, eps):
    """You averaged over the batch, feature by feature; average over the features of a row."""
    return gamma * X / np.sqrt((X**2).mean(axis=0) + eps)


rmsnorm_forward_exercise = Exercise(
    reference=rmsnorm_forward,
    cases=_rms_cases,
    points=1,
    mistakes=(
        _centred,
        _norm_taken,
        _square_divided,
        _mean_magnitude,
        _eps_beside_the_rms,
        _rms_axis_lost,
        _gamma_unused,
        _one_square_for_all,
        _squares_over_the_batch,
    ),
    minutes=4,
    follow_up="What does it save, and what does it give up?",
    follow_up_answer=(
        "It saves the mean: one reduction an example in place of two, no subtraction, and no shift "
        "beta. It gives up centring. The output need not have mean 0, and adding a constant to all "
        "features now changes it, while scaling them all still does not, eps aside. In large "
        "language models it does about as well."
    ),
)
