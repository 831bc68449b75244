"""What a classifier takes for what."""

import numpy as np

from grader.exercise import Exercise, case


def confusion_matrix(pred, target, n_classes):
    """Count how often each class was taken for each.

    Parameters
    ----------
    pred : ndarray of shape (N,)
        Predicted labels, integers from 0 to C - 1.
    target : ndarray of shape (N,)
        True labels, integers from 0 to C - 1.
    n_classes : int
        Number of classes, C.

    Returns
    -------
    counts : ndarray of shape (C, C)
        Row: the truth. Column: the prediction.
    """
    counts = np.zeros((n_classes, n_classes), dtype=int)
    # counts[target, pred] += 1 would count a repeated pair once.
    np.add.at(counts, (target, pred), 1)
    return counts


def _confusion_cases(rng):
    for label, n, c in (
        ("thirty examples of four classes", 30, 4),
        ("two classes", 12, 2),
        ("as many examples as classes", 5, 5),
        ("more classes than examples", 3, 6),
    ):
        yield case(label, rng.integers(0, c, n), rng.integers(0, c, n), c)
    target = rng.integers(0, 3, 9)
    yield case("all right", target.copy(), target, 3)
    yield case("the last class never occurs", np.array([0, 1, 1, 0]), np.array([0, 0, 1, 0]), 3)
    yield case("nothing to count", np.zeros(0, int), np.zeros(0, int), 2)


def _rows_predicted(pred, target, n_classes):
    """Your matrix is transposed: a row stands for the truth, as in scikit-learn."""
    return confusion_matrix(target, pred, n_classes)


def _repeats_lost(pred, target, n_classes):
    """No entry of yours is above 1: indexed assignment counts a repeated pair once."""
    return np.minimum(confusion_matrix(pred, target, n_classes), 1)


def _shares_instead_of_counts(pred, target, n_classes):
    """You return shares of all examples; counts are asked for."""
    return confusion_matrix(pred, target, n_classes) / max(len(pred), 1)


def _rows_normalised(pred, target, n_classes):
    """You divided each row by its sum. That is the next step; return the counts."""
    counts = confusion_matrix(pred, target, n_classes)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def _size_from_the_data(pred, target, n_classes):
    """A class that does not occur today still has its row: use `n_classes`."""
    seen = max(pred.max(initial=0), target.max(initial=0)) + 1
    return confusion_matrix(pred, target, int(seen))


def _diagonal_left_out(pred, target, n_classes):
    """The right answers belong into the matrix too, on its diagonal."""
    wrong = pred != target
    return confusion_matrix(pred[wrong], target[wrong], n_classes)


confusion_matrix_exercise = Exercise(
    reference=confusion_matrix,
    cases=_confusion_cases,
    points=2,
    mistakes=(
        _rows_predicted,
        _repeats_lost,
        _shares_instead_of_counts,
        _rows_normalised,
        _size_from_the_data,
        _diagonal_left_out,
    ),
    minutes=6,
    follow_up="Read recall and precision of class k off the matrix: which sums do you divide by?",
    follow_up_answer=(
        "Both have `counts[k, k]` on top. Recall divides by the sum of row k, all that are k; "
        "precision by the sum of column k, all that were called k. An empty row or column leaves "
        "0/0, undefined. In a matrix from elsewhere I first ask which axis is the truth, since "
        "the transpose swaps the two."
    ),
)


def worst_class(counts):
    """Find the class with the lowest recall.

    Parameters
    ----------
    counts : ndarray of shape (C, C)
        Confusion matrix: the row is the truth, the column the prediction.

    Returns
    -------
    worst : int
        The class; the lowest number if several are equal. A class without examples has no recall
        and is left out.
    its_recall : float
        Share of its examples that were recognised.
    taken_for : int
        The wrong class its examples were given most often; the lowest number if several are equal.
    """
    totals = counts.sum(axis=1)
    shares = counts.diagonal() / np.maximum(totals, 1)
    recalls = np.where(totals > 0, shares, np.inf)
    worst = int(np.argmin(recalls))
    mistakes = counts[worst].copy()
    mistakes[worst] = -1
    return worst, float(recalls[worst]), int(np.argmax(mistakes))


def _worst_cases(rng):
    counts = rng.integers(0, 9, (4, 4)) + np.diag(rng.integers(12, 30, 4))
    yield case("four classes", counts)
    yield case(
        "few mistakes in a rare class, many in a common one",
        np.array([[90, 7, 3], [0, 1, 2], [1, 0, 40]]),
    )
    yield case("a class without examples", np.array([[8, 2, 1], [0, 0, 0], [1, 1, 9]]), quiet=True)
    yield case("low precision and high recall", np.array([[20, 1, 0], [9, 30, 2], [8, 3, 70]]))
    yield case("a class that is never recognised", np.array([[5, 0, 1], [2, 6, 1], [1, 3, 0]]))
    yield case("two classes", np.array([[15, 4], [1, 9]]))
    yield case("two equally bad", np.array([[9, 1, 0], [0, 6, 2], [2, 0, 6]]))
    yield case("mostly wrong", np.array([[2, 1, 7], [0, 5, 1], [1, 0, 5]]))


def _columns_summed(counts):
    """You divide by the column sums: that is precision. Recall asks of all that are class k."""
    return worst_class(counts.T)


def _most_mistakes(counts):
    """A common class collects many mistakes. What share of its examples are they?"""
    wrong = counts.sum(axis=1) - counts.diagonal()
    return _described(counts, int(np.argmax(wrong)))


def _absent_class_worst(counts):
    """A class without examples has a recall of 0/0. It is not the worst one."""
    return _described(counts, int(np.argmin(counts.diagonal() / np.maximum(counts.sum(axis=1), 1))))


def _best_class(counts):
    """You found the class with the highest recall."""
    totals = np.maximum(counts.sum(axis=1), 1)
    return _described(counts, int(np.argmax(counts.diagonal() / totals)))


def _taken_for_itself(counts):
    """Most of its examples were right; the diagonal is no confusion."""
    worst, share, _ = worst_class(counts)
    return worst, share, int(np.argmax(counts[worst]))


def _who_is_taken_for_it(counts):
    """You looked down the column: who is taken for it. Asked is what it is taken for."""
    worst, share, _ = worst_class(counts)
    column = counts[:, worst].copy()
    column[worst] = -1
    return worst, share, int(np.argmax(column))


def _last_of_equals(counts):
    """Of two equally bad classes, the one with the lower number is asked for."""
    totals = counts.sum(axis=1)
    recalls = np.where(totals > 0, counts.diagonal() / np.maximum(totals, 1), np.inf)
    return _described(counts, int(np.flatnonzero(recalls == recalls.min())[-1]))


def _described(counts, k):
    row = counts[k].copy()
    row[k] = -1
    return k, float(counts[k, k] / max(counts[k].sum(), 1)), int(np.argmax(row))


worst_class_exercise = Exercise(
    reference=worst_class,
    cases=_worst_cases,
    points=2,
    mistakes=(
        _columns_summed,
        _most_mistakes,
        _absent_class_worst,
        _best_class,
        _taken_for_itself,
        _who_is_taken_for_it,
        _last_of_equals,
    ),
    minutes=8,
    follow_up="The worst class has 12 examples. How far would you trust its recall?",
    follow_up_answer=(
        "Not far. At a recall of 0.75 the standard error with 12 examples is sqrt(0.75 * 0.25 / "
        "12) = 0.125, so two of them reach from 0.5 to 1. And it was picked as the lowest of all "
        "classes, so it is probably a little unlucky too. I look at the images and pool several "
        "splits before I act."
    ),
)
