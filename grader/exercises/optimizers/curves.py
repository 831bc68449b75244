"""Reading loss curves, and stopping in time."""

import numpy as np

from grader.compare import DOUBLE, difference
from grader.exercise import Exercise, case

DEBUGGING = ("https://mlmentorship.com/questions/debug-model-not-learning/",)


def early_stopping(val_losses, weights, patience):
    """Replay a training run and stop it when validation no longer improves.

    Parameters
    ----------
    val_losses : list of float
        Validation loss behind each epoch.
    weights : list of ndarray
        The weights behind each epoch.
    patience : int
        Stop after so many epochs in a row without a new best loss.

    Returns
    -------
    best_weights : ndarray
        The weights behind the best epoch that was reached.
    n_epochs : int
        How many epochs were run before stopping.
    """
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            return weights[best], epoch + 1
    return weights[best], len(val_losses)


def _curve_cases(rng):
    def run(label, losses, patience):
        return case(label, losses, [rng.normal(size=3) for _ in losses], patience)

    yield run("it stops", [5.0, 3.0, 2.0, 2.5, 2.4, 2.3, 1.0], 3)
    yield run("a new best in time", [5.0, 3.0, 3.5, 3.2, 2.0, 2.5, 1.5], 3)
    yield run("it never stops", [5.0, 4.0, 3.0, 2.0], 2)
    yield run("a tie is no improvement", [3.0, 2.0, 2.0, 2.0, 1.0], 2)
    yield run("the first epoch is the best", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2)
    yield run("patience of 1", [3.0, 2.0, 2.1, 1.0], 1)


def _is_stopped_in_time(args, got):
    """Compare, and say which epoch's weights came back from which losses."""
    val_losses, weights, patience = args
    want = early_stopping(*args)
    problem = difference(got, want, ("best_weights", "n_epochs"), DOUBLE)
    if not problem or not isinstance(got, (tuple, list)) or len(got) != 2:
        return problem
    right = next(epoch for epoch, W in enumerate(weights) if W is want[0])
    found = [epoch for epoch, W in enumerate(weights) if np.array_equal(W, got[0])]
    if found and found[0] != right:
        problem = f"best_weights are of epoch {found[0]}, expected epoch {right} (the first is 0)"
    losses = ", ".join(f"{loss:g}" for loss in val_losses)
    return f"losses {losses} and patience {patience}: {problem}"


def _last_weights(val_losses, weights, patience):
    """You returned the weights of the last epoch: restore the best ones."""
    n = early_stopping(val_losses, weights, patience)[1]
    return weights[n - 1], n


def _against_the_previous(val_losses, weights, patience):
    """Compare with the best loss so far, not with the epoch before."""
    best, bad = 0, 0
    for epoch, loss in enumerate(val_losses):
        worse = epoch and loss >= val_losses[epoch - 1]
        bad = bad + 1 if worse else 0
        best = epoch if loss < val_losses[best] else best
        if bad >= patience:
            return weights[best], epoch + 1
    return weights[best], len(val_losses)


def _one_epoch_late(val_losses, weights, patience):
    """You wait one epoch more than the patience."""
    return early_stopping(val_losses, weights, patience + 1)


def _best_of_the_future(val_losses, weights, patience):
    """You looked at epochs that were never run: the best so far counts."""
    n = early_stopping(val_losses, weights, patience)[1]
    return weights[int(np.argmin(val_losses))], n


def _ties_count(val_losses, weights, patience):
    """An equal loss is no new best: `<`, not `<=`."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss <= val_losses[best]:
            best = epoch
        if epoch - best >= patience:
            return weights[best], epoch + 1
    return weights[best], len(val_losses)


def _bad_epochs_added_up(val_losses, weights, patience):
    """A new best starts the count anew: yours adds up bad epochs over the whole run."""
    best, bad = 0, 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[best]:
            best = epoch
        else:
            bad += epoch > 0
        if bad >= patience:
            return weights[best], epoch + 1
    return weights[best], len(val_losses)


def _against_the_first(val_losses, weights, patience):
    """Yours compares with the first epoch: the mark to beat is the best loss so far."""
    best = 0
    for epoch, loss in enumerate(val_losses):
        if loss < val_losses[0]:
            best = epoch
        if epoch - best >= patience:
            return weights[best], epoch + 1
    return weights[best], len(val_losses)


def _index_returned(val_losses, weights, patience):
    """You report the index of the last epoch; counted from 0, it is one less than their number."""
    best_weights, n = early_stopping(val_losses, weights, patience)
    return best_weights, n - 1


def _best_epoch_returned(val_losses, weights, patience):
    """You report where the best epoch was; the question is how many were run before stopping."""
    n = early_stopping(val_losses, weights, patience)[1]
    best = int(np.argmin(val_losses[:n]))
    return weights[best], best


def _one_epoch_early(val_losses, weights, patience):
    """You stop one epoch too soon: at a patience of 1 the first worse epoch is still run."""
    return early_stopping(val_losses, weights, patience - 1)


def _index_for_weights(val_losses, weights, patience):
    """You return the number of the best epoch where its weights are asked."""
    n = early_stopping(val_losses, weights, patience)[1]
    return int(np.argmin(val_losses[:n])), n


def _never_stops(val_losses, weights, patience):
    """You run all epochs: stop as soon as the patience is used up."""
    return weights[int(np.argmin(val_losses))], len(val_losses)


def _no_patience(val_losses, weights, patience):
    """You stop at the first worse epoch: `patience` says how many to wait."""
    return early_stopping(val_losses, weights, 1)


early_stopping_exercise = Exercise(
    reference=early_stopping,
    cases=_curve_cases,
    accept=_is_stopped_in_time,
    points=3,
    mistakes=(
        _last_weights,
        _against_the_previous,
        _one_epoch_late,
        _best_of_the_future,
        _ties_count,
        _bad_epochs_added_up,
        _against_the_first,
        _index_returned,
        _best_epoch_returned,
        _one_epoch_early,
        _index_for_weights,
        _never_stops,
        _no_patience,
    ),
    difficulty=3,
    minutes=10,
    follow_up="You also report this validation loss as your result. What is wrong with that?",
    follow_up_answer=(
        "It flatters. The epoch was chosen because its validation loss was the smallest, so part "
        "of that number is luck, and every further epoch or setting tried adds to it. I report "
        "the loss on a test set that chose nothing, and I look at it only once."
    ),
    asked=DEBUGGING,
)


def diagnose(train_losses, val_losses):
    """Say what two loss curves show; the first rule that fits decides.

    1. ``"diverged"``: a loss is not finite, or the last training loss exceeds twice the first.
    2. ``"too slow"``: training fell by less than a tenth from the first epoch to the last.
    3. ``"unstable"``: training rose from one epoch to the next in more than a third of the steps.
    4. ``"overfitting"``: the last validation loss exceeds the smallest one by more than a tenth.
    5. ``"healthy"``: none of these.

    Parameters
    ----------
    train_losses : ndarray of shape (T,)
        Training loss behind each epoch.
    val_losses : ndarray of shape (T,)
        Validation loss behind each epoch.

    Returns
    -------
    verdict : str
        One of the five words.
    """
    both = np.concatenate([train_losses, val_losses])
    first, last = train_losses[0], train_losses[-1]
    if not np.isfinite(both).all() or last > 2 * first:
        return "diverged"
    if last > 0.9 * first:
        return "too slow"
    if np.mean(np.diff(train_losses) > 0) > 1 / 3:
        return "unstable"
    if val_losses[-1] > 1.1 * val_losses.min():
        return "overfitting"
    return "healthy"


def _training_curves(rng):
    t = np.arange(20)
    fall = 2.0 * np.exp(-t / 5) + 0.1
    yield case("a steady fall", fall, fall + 0.05)
    yield case("validation turns", fall, fall + 0.04 * np.maximum(t - 8, 0))
    yield case("a zigzag", fall + 0.6 * (t % 2), fall + 0.05)
    yield case("hardly any fall", 2.3 - 0.002 * t, 2.3 - 0.001 * t)
    yield case("it grows", 2.0 * 1.3**t, 2.0 * 1.3**t)
    broken = fall.copy()
    broken[12:] = np.nan
    yield case("nan from epoch 12 on", broken, broken)
    yield case("a zigzag that overfits", fall + 0.6 * (t % 2), fall + 0.1 * t)
    noise = fall * (1 + 0.01 * rng.normal(size=20))
    yield case("a little noise", np.sort(noise)[::-1].copy(), fall + 0.05)
    val = fall + 0.05
    val[9:] = val[9] * np.linspace(1, 1.05, 11)
    yield case("validation rises by a twentieth", fall, val)
    bumps = fall.copy()
    bumps[[5, 10, 15]] *= 1.5
    yield case("three bumps in twenty epochs", bumps, fall + 0.05)
    small = 0.1 * fall
    yield case("small losses, and validation turns", small, small + 0.004 * np.maximum(t - 8, 0))
    val = fall + 0.05
    val[5] = np.inf
    yield case("an infinite loss in between", fall, val)
    spike = fall.copy()
    spike[3] = 3 * fall[0]
    yield case("a spike that heals", spike, fall + 0.05)


def _nan_missed(train_losses, val_losses):
    """A comparison with nan is False, so it slips through: ask for finite losses first."""
    if train_losses[-1] > 2 * train_losses[0]:
        return "diverged"
    kept = np.isfinite(train_losses)
    return diagnose(train_losses[kept], val_losses[kept])


def _gap_called_overfitting(train_losses, val_losses):
    """A gap alone is no overfitting: validation has to turn and rise."""
    verdict = diagnose(train_losses, val_losses)
    gap = verdict == "healthy" and val_losses[-1] > train_losses[-1]
    return "overfitting" if gap else verdict


def _order_of_rules(train_losses, val_losses):
    """The rules are tried in order: an unstable run is not examined for overfitting."""
    verdict = diagnose(train_losses, val_losses)
    rises = verdict == "unstable" and val_losses[-1] > 1.1 * val_losses.min()
    return "overfitting" if rises else verdict


def _validation_called_unstable(train_losses, val_losses):
    """Unstable means that training itself goes up and down; you looked at validation."""
    verdict = diagnose(train_losses, val_losses)
    return "unstable" if verdict == "overfitting" else verdict


def _slow_unseen(train_losses, val_losses):
    """A curve that hardly falls is not healthy, however smooth it is."""
    verdict = diagnose(train_losses, val_losses)
    return "healthy" if verdict == "too slow" else verdict


def _any_rise_is_unstable(train_losses, val_losses):
    """One rise makes no zigzag: which share of the steps goes up?"""
    verdict = diagnose(train_losses, val_losses)
    rises = verdict in ("healthy", "overfitting") and (np.diff(train_losses) > 0).any()
    return "unstable" if rises else verdict


def _falls_counted(train_losses, val_losses):
    """You count the steps in which training falls; those in which it rises are the bad ones."""
    verdict = diagnose(train_losses, val_losses)
    if verdict in ("diverged", "too slow"):
        return verdict
    if np.mean(np.diff(train_losses) < 0) > 1 / 3:
        return "unstable"
    return "overfitting" if val_losses[-1] > 1.1 * val_losses.min() else "healthy"


def _any_turn_is_overfitting(train_losses, val_losses):
    """Validation may wobble a little: only a rise of more than a tenth counts."""
    verdict = diagnose(train_losses, val_losses)
    turns = verdict == "healthy" and val_losses[-1] > val_losses.min()
    return "overfitting" if turns else verdict


def _a_tenth_as_an_amount(train_losses, val_losses):
    """A tenth of the smallest loss is meant: an added 0.1 is much for small losses."""
    verdict = diagnose(train_losses, val_losses)
    if verdict not in ("overfitting", "healthy"):
        return verdict
    return "overfitting" if val_losses[-1] > val_losses.min() + 0.1 else "healthy"


def _infinite_missed(train_losses, val_losses):
    """An infinite loss is not finite either: asking for nan alone lets it through."""
    if np.isinf(val_losses).any():
        return diagnose(train_losses, np.where(np.isinf(val_losses), val_losses[0], val_losses))
    return diagnose(train_losses, val_losses)


def _growth_unseen(train_losses, val_losses):
    """A run can diverge with finite losses: compare the last training loss with the first."""
    if np.isfinite(train_losses).all() and train_losses[-1] > 2 * train_losses[0]:
        return "too slow"
    return diagnose(train_losses, val_losses)


def _spike_is_divergence(train_losses, val_losses):
    """A spike that heals is no divergence: the last training loss decides, not the largest."""
    diverged = np.isfinite(train_losses).all() and train_losses.max() > 2 * train_losses[0]
    return "diverged" if diverged else diagnose(train_losses, val_losses)


def _fell_to_a_tenth(train_losses, val_losses):
    """Falling by a tenth leaves nine tenths; you ask for a fall to a tenth."""
    verdict = diagnose(train_losses, val_losses)
    slow = verdict != "diverged" and train_losses[-1] > 0.1 * train_losses[0]
    return "too slow" if slow else verdict


def _against_the_first_epoch(train_losses, val_losses):
    """A run that overfits may still end below its first epoch: compare with the smallest loss."""
    verdict = diagnose(train_losses, val_losses)
    if verdict not in ("overfitting", "healthy"):
        return verdict
    return "overfitting" if val_losses[-1] > 1.1 * val_losses[0] else "healthy"


diagnose_exercise = Exercise(
    reference=diagnose,
    cases=_training_curves,
    points=3,
    mistakes=(
        _nan_missed,
        _gap_called_overfitting,
        _order_of_rules,
        _validation_called_unstable,
        _slow_unseen,
        _any_rise_is_unstable,
        _falls_counted,
        _any_turn_is_overfitting,
        _a_tenth_as_an_amount,
        _infinite_missed,
        _growth_unseen,
        _spike_is_divergence,
        _fell_to_a_tenth,
        _against_the_first_epoch,
    ),
    difficulty=3,
    minutes=10,
    follow_up="For each of the five words: what do you change first?",
    follow_up_answer=(
        "Diverged: divide the rate by ten, then clip and compute the loss from logits. Too slow: "
        "overfit one batch to exclude a bug, then raise the rate by 3 to 10. Unstable: check the "
        "shuffling, then a larger batch or a lower rate. Overfitting: stop early, then regularise "
        "or get more data. Healthy: nothing."
    ),
    asked=DEBUGGING,
)
