"""Rare positives: what to measure, and what to weigh."""

import numpy as np

from grader.exercise import Exercise, case


def precision_recall_f1(pred, target):
    """Compute precision, recall and F1 of 0/1 predictions.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predictions, 0 or 1.
    target : ndarray of shape (N,)
        The truth, 0 or 1.

    Returns
    -------
    precision : float
        Share of true positives among the predicted; 0 if none was predicted.
    recall : float
        Share of true positives among the actual; 0 if there is none.
    f1 : float
        Their harmonic mean; 0 if both are 0.
    """
    hits = int(((pred == 1) & (target == 1)).sum())
    n_predicted = int((pred == 1).sum())
    n_actual = int((target == 1).sum())
    precision = hits / n_predicted if n_predicted else 0.0
    recall = hits / n_actual if n_actual else 0.0
    # With the fractions cleared there is no 0/0 where both are 0.
    both = n_predicted + n_actual
    f1 = 2 * hits / both if both else 0.0
    return precision, recall, f1


def _positive_cases(rng):
    target = (np.arange(40) % 8 == 0).astype(int)
    pred = target.copy()
    pred[[0, 3, 5, 9, 33]] = [0, 1, 1, 1, 1]
    yield case("five positives among forty", pred, target)
    flipped = np.where(rng.uniform(size=40) < 0.3, 1 - target, target)
    flipped[:3] = [0, 1, 1]
    yield case("noisy predictions", flipped, target)
    yield case("always no", np.zeros(40, int), target, quiet=True)
    yield case("always yes", np.ones(40, int), target)
    yield case("no positive at all", pred, np.zeros(40, int), quiet=True)
    yield case("nothing positive, nothing predicted", np.zeros(5, int), np.zeros(5, int))
    yield case("all right", target.copy(), target)
    yield case("none of the predicted is one", 1 - target, target, quiet=True)


def _precision_and_recall_swapped(pred, target):
    """Both are right and swapped: which one asks of all that you flagged?"""
    precision, recall, f1 = precision_recall_f1(pred, target)
    return recall, precision, f1


def _plain_mean(pred, target):
    """F1 is the harmonic mean: one bad half should pull it down."""
    precision, recall, _ = precision_recall_f1(pred, target)
    return precision, recall, (precision + recall) / 2


def _accuracy_for_precision(pred, target):
    """Your precision counts right negatives as well; that is accuracy."""
    _, recall, f1 = precision_recall_f1(pred, target)
    return float((pred == target).mean()), recall, f1


def _recall_of_the_negatives(pred, target):
    """You measure the class 0. The positives are the ones that matter here."""
    return precision_recall_f1(1 - pred, 1 - target)


def _nothing_by_nothing(pred, target):
    """Nothing predicted, nothing to divide by: the contract says 0, yours is nan."""
    hits = np.float64(((pred == 1) & (target == 1)).sum())
    precision, recall = hits / (pred == 1).sum(), hits / (target == 1).sum()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _undefined_is_one(pred, target):
    """Who predicts no positive has made no false alarm, yet the contract says 0, not 1."""
    _, recall, f1 = precision_recall_f1(pred, target)
    return (precision_recall_f1(pred, target)[0] if pred.any() else 1.0), recall, f1


precision_recall_f1_exercise = Exercise(
    reference=precision_recall_f1,
    cases=_positive_cases,
    points=2,
    mistakes=(
        _precision_and_recall_swapped,
        _plain_mean,
        _accuracy_for_precision,
        _recall_of_the_negatives,
        _nothing_by_nothing,
        _undefined_is_one,
    ),
    minutes=8,
    follow_up="Missing a tumour costs fifty times a false alarm. Which of the three do you report?",
    follow_up_answer=(
        "Recall, with the precision it costs beside it. Not F1, which weighs a miss like a false "
        "alarm. Better still is the mean cost, `(50 * FN + FP) / N`, at the threshold that "
        "minimises it: with calibrated probabilities that is 1/51, about 0.02, instead of 0.5."
    ),
)


def imbalance_settings(y):
    """Compute the weight and the start that suit rare positives; use one of the two.

    Parameters
    ----------
    y : ndarray of shape (N,)
        Training labels, 0 or 1.

    Returns
    -------
    pos_weight : float
        ``negatives / positives``: the factor of a positive's loss that balances both classes.
    output_bias : float
        ``log(positives / negatives)``: the first output is then the share of positives.

    Raises
    ------
    ValueError
        If one of the classes does not occur.
    """
    positives = int((y == 1).sum())
    negatives = len(y) - positives
    if not positives or not negatives:
        raise ValueError(f"need both classes: {positives}, {negatives}")
    return negatives / positives, float(np.log(positives / negatives))


def _settings_cases(rng):
    for label, n, k in (
        ("one in twenty", 200, 10),
        ("one in a hundred", 300, 3),
        ("half and half", 8, 4),
        ("more positives than negatives", 12, 9),
        ("one positive", 7, 1),
    ):
        yield case(label, rng.permutation((np.arange(n) < k).astype(int)))
    yield case("no positive", np.zeros(5, int), quiet=True)
    yield case("no negative", np.ones(4, int), quiet=True)


def _weight_upside_down(y):
    """You give the rare class the smaller weight. Which one should speak louder?"""
    weight, bias = imbalance_settings(y)
    return 1 / weight, bias


def _all_by_positives(y):
    """Your weight divides all examples by the positives. Weigh one side against the other."""
    weight, bias = imbalance_settings(y)
    return weight + 1, bias


def _log_of_the_rate(y):
    """The log of the share is not the logit: put your bias through a sigmoid."""
    weight, _ = imbalance_settings(y)
    return weight, float(np.log(np.mean(y)))


def _bias_sign_lost(y):
    """Through a sigmoid your bias gives the share of the negatives."""
    weight, bias = imbalance_settings(y)
    return weight, -bias


def _rate_as_bias(y):
    """The bias adds to a logit. Which number does the sigmoid turn into the share?"""
    weight, _ = imbalance_settings(y)
    return weight, float(np.mean(y))


def _one_class_accepted(y):
    """With one class there is nothing to balance: the contract asks for a ValueError."""
    positives = np.float64((y == 1).sum())
    with np.errstate(all="ignore"):
        return float((len(y) - positives) / positives), float(
            np.log(positives / (len(y) - positives))
        )


imbalance_settings_exercise = Exercise(
    reference=imbalance_settings,
    cases=_settings_cases,
    points=2,
    mistakes=(
        _weight_upside_down,
        _all_by_positives,
        _log_of_the_rate,
        _bias_sign_lost,
        _rate_as_bias,
        _one_class_accepted,
    ),
    minutes=5,
    follow_up="You train with pos_weight. What is the network's output no longer, and who cares?",
    follow_up_answer=(
        "It is no longer a probability: its odds are too high by the factor `pos_weight`. Whoever "
        "multiplies it by a cost, or sets a threshold from costs, cares; a ranking does not. I "
        "recalibrate on rows as they occur, or subtract `log(pos_weight)` from the logit."
    ),
)
