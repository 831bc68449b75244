"""The Kullback-Leibler divergence."""

import numpy as np

from grader.exercise import Exercise, case


def kl_divergence(p, q):
    """Compute the Kullback-Leibler divergence of two discrete distributions.

    Parameters
    ----------
    p : ndarray of shape (C,)
        The distribution that is averaged over; entries may be 0.
    q : ndarray of shape (C,)
        The distribution it is compared with.

    Returns
    -------
    divergence : float
        ``sum(p * log(p / q))`` in nats. A term with p = 0 is 0;
        one with q = 0 < p is infinite.
    """
    seen = p > 0
    p, q = p[seen], q[seen]
    with np.errstate(divide="ignore"):
        return float(np.sum(p * (np.log(p) - np.log(q))))


def _distribution(rng, n):
    raw = rng.uniform(0.1, 1, size=n)
    return raw / raw.sum()


def _cases(rng):
    yield case("a fair against a biased coin", np.array([0.5, 0.5]), np.array([0.9, 0.1]))
    yield case("four outcomes", _distribution(rng, 4), _distribution(rng, 4))
    p = _distribution(rng, 3)
    yield case("equal distributions", p, p.copy())
    yield case("a zero in p", np.array([0.0, 0.3, 0.7]), np.array([0.2, 0.5, 0.3]), quiet=True)
    yield case("a zero in both", np.array([0.0, 0.4, 0.6]), np.array([0.0, 0.5, 0.5]), quiet=True)
    yield case("q excludes what p allows", np.array([0.5, 0.5]), np.array([1.0, 0.0]), quiet=True)


def _swapped(p, q):
    """KL(p || q) averages under p; you averaged under q. Is it 0.5108 or 0.3681 for the coins?"""
    return kl_divergence(q, p)


def _zero_log_zero(p, q):
    """`p * log(p)` tends to 0 as p does, but 0 * log(0) is nan: leave out the terms with p = 0."""
    return float(np.sum(p * np.log(p / q)))


def _cross_entropy(p, q):
    """That is the cross-entropy; it is not 0 for equal distributions. Subtract the entropy of p."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(np.where(p > 0, p * np.log(q), 0.0)))


def _averaged(p, q):
    """`p` is the weight already; the mean over the outcomes divides once too often."""
    return kl_divergence(p, q) / len(p)


def _in_bits(p, q):
    """Yours is in bits; the contract is in nats, the natural logarithm."""
    return kl_divergence(p, q) / np.log(2)


def _symmetrised(p, q):
    """You averaged both directions; the divergence itself is not symmetric, and no metric."""
    return 0.5 * (kl_divergence(p, q) + kl_divergence(q, p))


def _smoothed(p, q):
    """An added epsilon hides the infinite case: where q is 0 and p is not, the answer is inf."""
    return float(np.sum(p * np.log((p + 1e-12) / (q + 1e-12))))


def _warns_at_the_infinite(p, q):
    """Right, and a division by q = 0 warns. Say with `np.errstate` that you expect it."""
    seen = p > 0
    return float(np.sum(p[seen] * np.log(p[seen] / q[seen])))


def _infinite_left_out(p, q):
    """Leave out the terms with p = 0 only. Where q is 0 and p is not, the answer is inf."""
    seen = (p > 0) & (q > 0)
    return float(np.sum(p[seen] * np.log(p[seen] / q[seen])))


def _minus_added(p, q):
    """A divergence is at least 0. The minus belongs to log(q / p), not to log(p / q)."""
    return -kl_divergence(p, q)


def _dropped_too_late(p, q):
    """Right, and log(0) warns: `np.where` and `nansum` drop p = 0 too late. Index by `p > 0`."""
    return float(np.sum(np.where(p > 0, p * np.log(p / q), 0.0)))


kl_divergence_exercise = Exercise(
    reference=kl_divergence,
    cases=_cases,
    points=2,
    mistakes=(
        _swapped,
        _zero_log_zero,
        _cross_entropy,
        _averaged,
        _in_bits,
        _symmetrised,
        _smoothed,
        _warns_at_the_infinite,
        _infinite_left_out,
        _minus_added,
        _dropped_too_late,
    ),
    minutes=7,
    follow_up="A model fits q to p by minimising it. Does it rather cover modes or pick one?",
    follow_up_answer=(
        "It covers them. KL(p || q) averages under p and grows without bound where q is close to "
        "0 and p is not, so q has to spread, even over gaps between modes. Maximum likelihood "
        "does this. The other direction, KL(q || p), punishes mass where p has none and tends to "
        "pick one mode, as in variational inference."
    ),
)
