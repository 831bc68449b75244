"""One number for all thresholds at once."""

import numpy as np

from grader.exercise import Exercise, case


def average_precision(scores, target):
    """Compute the area under the precision-recall curve, as a sum of steps.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        The higher, the more positive; no two are equal.
    target : ndarray of shape (N,)
        1 for positive, 0 for negative; at least one positive.

    Returns
    -------
    area : float
        Mean, over the positives, of the precision among all examples scored at least as high.
    """
    falling = target[np.argsort(-scores)]
    hits = np.cumsum(falling)
    precisions = hits / np.arange(1, len(falling) + 1)
    return float(precisions[falling == 1].mean())


def _score_cases(rng):
    scores = rng.normal(size=30)
    target = (np.arange(30) % 6 == 0).astype(int)
    yield case("scores without any order", scores, target)
    yield case("good scores", scores + 1.5 * target, target)
    yield case("a perfect order", np.arange(10.0), (np.arange(10) > 6).astype(int))
    yield case("the worst order", -np.arange(10.0), (np.arange(10) > 6).astype(int))
    yield case("one positive in the middle", np.arange(9.0), (np.arange(9) == 4).astype(int))
    yield case("negative logits", scores - 20 + target, target)
    yield case("positives only", rng.permutation(5).astype(float), np.ones(5, int))


def _rising_order(scores, target):
    """You start with the lowest score. Which examples would you flag first?"""
    return average_precision(-scores, target)


def _mean_over_all(scores, target):
    """You average over all examples; only where a positive is found does recall grow."""
    falling = target[np.argsort(-scores)]
    return float((np.cumsum(falling) / np.arange(1, len(falling) + 1)).mean())


def _roc_area(scores, target):
    """That is the area under the ROC curve: it does not see how many negatives there are."""
    falling = target[np.argsort(-scores)]
    negatives = (falling == 0).sum()
    if not negatives:
        return 1.0 - 1e-3
    above = np.cumsum(falling == 0)[falling == 1]
    return float((1 - above / negatives).mean())


def _not_divided_by_positives(scores, target):
    """A sum of precisions grows with the positives. The largest area is 1."""
    return average_precision(scores, target) * float(target.sum() + 1e-9)


def _trapezoids(scores, target):
    """You join the points by straight lines; asked is a sum of steps, a mean over positives."""
    falling = target[np.argsort(-scores)]
    hits = np.cumsum(falling)
    precisions, recalls = hits / np.arange(1, len(falling) + 1), hits / hits[-1]
    return float(((precisions[1:] + precisions[:-1]) / 2 * np.diff(recalls)).sum())


def _precision_at_half(scores, target):
    """That is the precision at one threshold. Let the threshold fall through all scores."""
    flagged = scores > 0.5
    return float(target[flagged].mean()) if flagged.any() else 0.0


average_precision_exercise = Exercise(
    reference=average_precision,
    cases=_score_cases,
    points=3,
    mistakes=(
        _rising_order,
        _mean_over_all,
        _roc_area,
        _not_divided_by_positives,
        _trapezoids,
        _precision_at_half,
    ),
    no_loops=True,
    kind="timed",
    difficulty=3,
    minutes=10,
    follow_up="Scores without any order reach which area, and which one under the ROC curve?",
    follow_up_answer=(
        "Under the precision-recall curve about the share of positives, because the precision is "
        "about that at every threshold. Under the ROC curve 0.5, whatever the share. So with 5 % "
        "positives 0.05 is chance, and I state the share beside the area."
    ),
)
