"""The hinge loss, which asks for a margin."""

import numpy as np

from grader.exercise import Exercise, case


def hinge(scores, y):
    """Compute the mean hinge loss of a binary classifier.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        Raw scores, not probabilities.
    y : ndarray of shape (N,)
        Labels, -1 or 1.

    Returns
    -------
    loss : float
        Mean of ``max(0, 1 - y * score)``.

    Raises
    ------
    ValueError
        If a label is neither -1 nor 1.
    """
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels must be -1 or 1")
    return float(np.mean(np.maximum(0, 1 - y * scores)))


def _signs(rng, n):
    return rng.choice([-1.0, 1.0], size=n)


def _valid(rng):
    yield case("six scores", 2 * rng.normal(size=6), _signs(rng, 6))
    yield case("a margin of exactly 1", np.array([1.0, -1.0, 1.0]), np.array([1.0, -1.0, -1.0]))
    yield case("one score", rng.normal(size=1), np.array([-1.0]))
    yield case("far beyond the margin", np.array([8.0, -9.0]), np.array([1.0, -1.0]))
    yield case("one beyond, one on the wrong side", np.array([5.0, -0.5]), np.ones(2))
    yield case("far on the wrong side", np.array([-30.0, 40.0, 0.5]), np.array([1.0, -1.0, 1.0]))


def _hinge_cases(rng):
    yield from _valid(rng)
    yield case("labels 0 and 1", rng.normal(size=3), np.array([0.0, 1.0, 1.0]))


def _any_label(scores, y):
    """Put in the label 0: the loss is 1 whatever the score. Refuse such a label."""
    return float(np.mean(np.maximum(0, 1 - y * scores)))


def _of_probabilities(scores, y):
    """Hinge wants the raw score. After a sigmoid no example can ever reach the margin."""
    return hinge(1 / (1 + np.exp(-scores)), y)


def _never_zero(scores, y):
    """An example beyond the margin costs nothing; yours earns a reward there."""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return float(np.mean(1 - y * scores))


def _no_margin(scores, y):
    """That is the perceptron loss: being right by a hair is not enough, the margin is 1."""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return float(np.mean(np.maximum(0, -y * scores)))


def _squared(scores, y):
    """That is the squared hinge; the plain one grows linearly with the violation."""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return float(np.mean(np.maximum(0, 1 - y * scores) ** 2))


def _both_labels_demanded(scores, y):
    """A batch may hold one class alone: ask of each label whether it is -1 or 1."""
    if set(y) != {-1, 1}:
        raise ValueError("labels")
    return hinge(scores, y)


def _summed(scores, y):
    """Yours doubles when the batch is duplicated: the contract is a mean."""
    return hinge(scores, y) * len(y)


def _clamped_after_the_mean(scores, y):
    """An example beyond the margin must not pay for another: clamp each one, then average."""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return float(max(0, np.mean(1 - y * scores)))


def _label_forgotten(scores, y):
    """A negative example should have a low score. Where is the label in your margin?"""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return float(np.mean(np.maximum(0, 1 - scores)))


def _one_loss_each(scores, y):
    """One loss for each example is left; the contract is a single number, their mean."""
    if not np.all(np.isin(y, (-1, 1))):
        raise ValueError("labels")
    return np.maximum(0, 1 - y * scores)


hinge_exercise = Exercise(
    reference=hinge,
    cases=_hinge_cases,
    points=2,
    mistakes=(
        _any_label,
        _of_probabilities,
        _never_zero,
        _no_margin,
        _squared,
        _both_labels_demanded,
        _summed,
        _clamped_after_the_mean,
        _label_forgotten,
        _one_loss_each,
    ),
    minutes=6,
    follow_up="Which examples does it learn from, and which does it ignore from then on?",
    follow_up_answer=(
        "From those with `y * s` below 1: the wrong ones, and the right ones that are too close. "
        "Beyond the margin loss and slope are 0, so an example is ignored as long as it stays "
        "there. It counts again if the weights move it back. In a support vector machine only "
        "examples on or inside the margin fix the solution."
    ),
)


def hinge_backward(scores, y):
    """Compute the gradient of the mean hinge loss.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        Raw scores.
    y : ndarray of shape (N,)
        Labels, -1 or 1.

    Returns
    -------
    dscores : ndarray of shape (N,)
        Gradient of the mean; 0 where the margin is 1 or more.
    """
    violated = y * scores < 1
    return np.where(violated, -y, 0.0) / len(y)


def _all_examples(scores, y):
    """An example beyond the margin has slope 0: it costs nothing, so nothing pulls on it."""
    return -y / len(y)


def _only_errors(scores, y):
    """Examples that are right but inside the margin still have a slope; you left them out."""
    return np.where(y * scores < 0, -y, 0.0) / len(y)


def _by_the_label(scores, y):
    """You differentiated by the label, but training moves the score: what is the slope in s?"""
    return np.where(y * scores < 1, -scores, 0.0) / len(y)


def _label_lost(scores, y):
    """Which way must the score move? That depends on the label, so its sign belongs in there."""
    return np.where(y * scores < 1, -1.0, 0.0) / len(y)


def _uphill(scores, y):
    """Raising the score of a violated positive example lowers the loss: its slope is negative."""
    return -hinge_backward(scores, y)


def _one_at_the_corner(scores, y):
    """At a margin of exactly 1 the contract asks for 0; `<=` gives the slope of the other side."""
    return np.where(y * scores <= 1, -y, 0.0) / len(y)


def _mean_lost(scores, y):
    """A mean over n examples: each slope carries 1/n."""
    return hinge_backward(scores, y) * len(y)


def _over_the_violated(scores, y):
    """You divided by the number of violated examples; the mean of the loss runs over all N."""
    violated = y * scores < 1
    return np.where(violated, -y, 0.0) / max(1, violated.sum())


hinge_backward_exercise = Exercise(
    reference=hinge_backward,
    cases=_valid,
    points=2,
    mistakes=(
        _all_examples,
        _only_errors,
        _by_the_label,
        _label_lost,
        _uphill,
        _one_at_the_corner,
        _mean_lost,
        _over_the_violated,
    ),
    minutes=5,
    follow_up="Is it differentiable at the corner? What does a framework return there?",
    follow_up_answer=(
        "No. In the score the slope is `-y` on one side and 0 on the other, and every value "
        "between is a subgradient. A framework returns one of them by convention: PyTorch's "
        "`relu` gives 0 at the corner, its `clamp(min=0)` passes the gradient on. It rarely "
        "matters, since few margins are exactly 1."
    ),
)
