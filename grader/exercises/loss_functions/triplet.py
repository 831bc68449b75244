"""The triplet loss, which orders distances."""

import numpy as np

from grader.exercise import Exercise, case


def triplet_margin(anchor, positive, negative, margin):
    """Compute the mean triplet loss on plain Euclidean distances.

    Parameters
    ----------
    anchor : ndarray of shape (N, D)
        Embeddings of the anchors.
    positive : ndarray of shape (N, D)
        Embeddings of examples that should be close to them.
    negative : ndarray of shape (N, D)
        Embeddings of examples that should be far from them.
    margin : float
        How much farther the negative should be.

    Returns
    -------
    loss : float
        Mean of ``max(0, d(anchor, positive) - d(anchor, negative) + margin)``.
    """
    near = np.sqrt(((anchor - positive) ** 2).sum(axis=1))
    far = np.sqrt(((anchor - negative) ** 2).sum(axis=1))
    return float(np.mean(np.maximum(0, near - far + margin)))


def _triplets(rng, n, d, spread):
    anchor = rng.normal(size=(n, d))
    return anchor, anchor + 0.3 * rng.normal(size=(n, d)), anchor + spread * rng.normal(size=(n, d))


def _triplet_cases(rng):
    yield case("hard and easy triplets", *_triplets(rng, 6, 3, 0.6), 0.5)
    far = np.array([[9.0, 0.0], [0.2, 0.1]])
    near = np.array([[0.1, 0.0], [0.0, 0.9]])
    yield case("an easy one beside a hard one", np.zeros((2, 2)), near, far, 0.2)
    yield case("no margin", *_triplets(rng, 5, 2, 0.3), 0.0)
    yield case("a batch of one", *_triplets(rng, 1, 4, 0.2), 1.0)
    yield case("as many triplets as entries", *_triplets(rng, 3, 3, 0.4), 0.7)


def _distances(anchor, other):
    return np.sqrt(((anchor - other) ** 2).sum(axis=1))


def _clamped_after_the_mean(anchor, positive, negative, margin):
    """An easy triplet must not pay for a hard one: clamp each first, average after."""
    raw = _distances(anchor, positive) - _distances(anchor, negative) + margin
    return float(max(0, raw.mean()))


def _squared_distances(anchor, positive, negative, margin):
    """Those are squared distances; the contract says plain ones. Papers do either: say which."""
    near, far = _distances(anchor, positive) ** 2, _distances(anchor, negative) ** 2
    return float(np.mean(np.maximum(0, near - far + margin)))


def _sums_of_differences(anchor, positive, negative, margin):
    """Those are sums of absolute differences; the contract says Euclidean distances."""
    near, far = np.abs(anchor - positive).sum(axis=1), np.abs(anchor - negative).sum(axis=1)
    return float(np.mean(np.maximum(0, near - far + margin)))


def _one_distance_for_all(anchor, positive, negative, margin):
    """That is one distance over the whole batch. A row is an embedding: which axis holds it?"""
    near, far = np.linalg.norm(anchor - positive), np.linalg.norm(anchor - negative)
    return float(max(0, near - far + margin))


def _roles_swapped(anchor, positive, negative, margin):
    """You push the positive away and pull the negative in: swap the two distances."""
    return triplet_margin(anchor, negative, positive, margin)


def _margin_subtracted(anchor, positive, negative, margin):
    """The margin asks for more distance, so it is added inside the maximum."""
    return triplet_margin(anchor, positive, negative, -margin)


def _not_clamped(anchor, positive, negative, margin):
    """A triplet that is already right costs 0; yours goes below."""
    return float(np.mean(_distances(anchor, positive) - _distances(anchor, negative) + margin))


def _summed(anchor, positive, negative, margin):
    """Yours doubles when the batch is duplicated: the contract is a mean."""
    return triplet_margin(anchor, positive, negative, margin) * len(anchor)


def _one_loss_each(anchor, positive, negative, margin):
    """One loss for each triplet is left; the contract is a single number, their mean."""
    return np.maximum(0, _distances(anchor, positive) - _distances(anchor, negative) + margin)


def _down_the_columns(anchor, positive, negative, margin):
    """Each row is an embedding, so a distance sums over axis 1; yours sums over the batch."""
    return triplet_margin(anchor.T, positive.T, negative.T, margin)


def _margin_after_the_clamp(anchor, positive, negative, margin):
    """Add the margin before you clamp: a triplet that keeps its distance costs 0."""
    near, far = _distances(anchor, positive), _distances(anchor, negative)
    return float(np.mean(np.maximum(0, near - far) + margin))


def _always_zero(anchor, positive, negative, margin):
    """Yours is 0 for every batch. A negative as near as the positive should cost the margin."""
    return 0.0


def _mean_over_active(anchor, positive, negative, margin):
    """You averaged over the triplets that cost something; the contract is a mean over all N."""
    losses = np.maximum(0, _distances(anchor, positive) - _distances(anchor, negative) + margin)
    return float(losses.sum() / max(1, np.count_nonzero(losses)))


triplet_margin_exercise = Exercise(
    reference=triplet_margin,
    cases=_triplet_cases,
    points=2,
    mistakes=(
        _clamped_after_the_mean,
        _squared_distances,
        _sums_of_differences,
        _one_distance_for_all,
        _roles_swapped,
        _margin_subtracted,
        _not_clamped,
        _summed,
        _one_loss_each,
        _down_the_columns,
        _margin_after_the_clamp,
        _always_zero,
        _mean_over_active,
    ),
    minutes=8,
    follow_up="After an hour of training most triplets cost 0. What do you change?",
    follow_up_answer=(
        "How triplets are chosen. Random ones soon satisfy the margin and have no gradient, so I "
        "would mine in each batch: semi-hard negatives, farther than the positive but within the "
        "margin, and harder ones later. The very hardest are often label errors and can make "
        "embeddings collapse. I would log the share of triplets that cost something."
    ),
)
