"""Mini-batches of one epoch."""

import numpy as np

from grader.compare import show
from grader.exercise import Exercise, case


def minibatches(X, y, batch_size, rng):
    """Cut one epoch into shuffled mini-batches.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        Examples.
    y : ndarray of shape (N,)
        Their labels.
    batch_size : int
        Examples a batch; the last one may be smaller.
    rng : numpy.random.Generator
        Shuffles; every epoch in another order.

    Returns
    -------
    batches : list of tuple of ndarray
        ``(X_batch, y_batch)``, every example in exactly one of them. A generator is fine too.
    """
    order = rng.permutation(len(X))
    starts = range(0, len(X), batch_size)
    rows = [order[start : start + batch_size] for start in starts]
    return [(X[chosen], y[chosen]) for chosen in rows]


def _drive_minibatches(answer, X, y, batch_size, seed):
    """Run two epochs with one generator, and the first again with another of the same seed."""
    rng = np.random.default_rng(seed)
    epochs = []
    for generator in (rng, rng, np.random.default_rng(seed)):
        batches = answer(X, y, batch_size, generator)
        if batches is None and not epochs:
            return None
        is_a_list = hasattr(batches, "__iter__") and not isinstance(batches, str)
        epochs.append(list(batches) if is_a_list else batches)
    return epochs


def _epoch_cases(rng):
    seeds = [int(seed) for seed in rng.integers(1, 10**6, size=3)]
    yield case("1000 examples, batches of 64", *_numbered(1000), 64, seeds[0])
    yield case("a batch size that divides", *_numbered(60), 20, seeds[1])
    yield case("one batch", *_numbered(30), 64, seeds[2])


def _numbered(n):
    """Return examples whose rows name themselves and whose label is the row's number."""
    return np.column_stack([np.arange(n), 10 * np.arange(n)]).astype(float), np.arange(n)


def _is_an_epoch(args, epochs):
    X, y, batch_size, _ = args
    starts = range(0, len(X), batch_size)
    sizes = [min(batch_size, len(X) - start) for start in starts]
    for batches in epochs:
        if problem := _no_batches(batches):
            return problem
        got = [len(y_batch) for _, y_batch in batches]
        if (len(got), sum(got)) != (len(sizes), len(X)):
            count = f"{len(got)} batch" + "es" * (len(got) != 1)
            return f"{count} with {sum(got)} examples in all, expected {len(sizes)} with {len(X)}"
        if got != sizes:
            at = next(i for i, size in enumerate(got) if size != sizes[i])
            return f"batch {at + 1} of {len(got)} has {got[at]} examples, expected {sizes[at]}"
        labels = np.concatenate([y_batch for _, y_batch in batches])
        if sorted(labels.tolist()) != y.tolist():
            return "some examples are missing or come twice"
        if not np.array_equal(np.concatenate([X_batch for X_batch, _ in batches]), X[labels]):
            return "an example got the label of another one"
    first, second, again = (np.concatenate([y_b for _, y_b in batches]) for batches in epochs)
    if np.array_equal(first, y):
        return "the examples come in their old order"
    if np.array_equal(first, second):
        return "both epochs have the same order"
    if not np.array_equal(first, again):
        return "the same generator gives another order: shuffle with `rng` only"
    return ""


def _no_batches(batches):
    """Say why something is no list of pairs of arrays of one length, or return ""."""
    if not isinstance(batches, list):
        return f"should return a list of pairs (X_batch, y_batch); it returned {show(batches)}"
    for number, pair in enumerate(batches, start=1):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            return f"batch {number} should be a pair (X_batch, y_batch), not {show(pair)}"
        if not all(isinstance(part, np.ndarray) and part.shape for part in pair):
            return f"X_batch and y_batch of batch {number} should be NumPy arrays"
        if len(pair[0]) != len(pair[1]):
            return f"batch {number} has {len(pair[0])} examples and {len(pair[1])} labels"
    return ""


def _last_batch_dropped(X, y, batch_size, rng):
    """1000 in batches of 64: the last 40 examples are never seen."""
    whole = max(len(X) // batch_size, 1) * batch_size
    order = rng.permutation(len(X))[:whole]
    starts = range(0, whole, batch_size)
    return [(X[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts]


def _shuffled_apart(X, y, batch_size, rng):
    """Examples and labels were shuffled apart: one order for both."""
    one, other = rng.permutation(len(X)), rng.permutation(len(X))
    starts = range(0, len(X), batch_size)
    return [(X[one[s : s + batch_size]], y[other[s : s + batch_size]]) for s in starts]


def _not_shuffled(X, y, batch_size, rng):
    """The examples still come in the order of the file: shuffle them first."""
    starts = range(0, len(X), batch_size)
    return [(X[s : s + batch_size], y[s : s + batch_size]) for s in starts]


def _same_order_every_epoch(X, y, batch_size, rng):
    """A generator seeded inside gives every epoch the same order: use the one passed in."""
    return minibatches(X, y, batch_size, np.random.default_rng(0))


def _drawn_with_replacement(X, y, batch_size, rng):
    """Drawn with replacement, some examples come twice and others never."""
    order = rng.integers(len(X), size=len(X))
    starts = range(0, len(X), batch_size)
    return [(X[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts]


def _labels_in_old_order(X, y, batch_size, rng):
    """You shuffled the examples and not their labels: index both by one order."""
    order = rng.permutation(len(X))
    starts = range(0, len(X), batch_size)
    return [(X[order[s : s + batch_size]], y[s : s + batch_size]) for s in starts]


def _one_batch_returned(X, y, batch_size, rng):
    """That is one batch: return all batches of the epoch, as a list of pairs."""
    chosen = rng.permutation(len(X))[:batch_size]
    return X[chosen], y[chosen]


def _filled_up(X, y, batch_size, rng):
    """You fill the last batch with examples that were seen already: it may be small."""
    order = rng.permutation(len(X))
    order = np.resize(order, -(-len(X) // batch_size) * batch_size)
    starts = range(0, len(order), batch_size)
    return [(X[order[s : s + batch_size]], y[order[s : s + batch_size]]) for s in starts]


def _evened_out(X, y, batch_size, rng):
    """Your batches share the rest among them: all but the last hold `batch_size` examples."""
    parts = np.array_split(rng.permutation(len(X)), -(-len(X) // batch_size))
    return [(X[chosen], y[chosen]) for chosen in parts]


minibatches_exercise = Exercise(
    reference=minibatches,
    cases=_epoch_cases,
    driver=_drive_minibatches,
    accept=_is_an_epoch,
    points=2,
    mistakes=(
        _last_batch_dropped,
        _shuffled_apart,
        _not_shuffled,
        _same_order_every_epoch,
        _drawn_with_replacement,
        _labels_in_old_order,
        _one_batch_returned,
        _filled_up,
        _evened_out,
    ),
    minutes=7,
    follow_up="The last batch is small. What does that do to batch normalization?",
    follow_up_answer=(
        "Its mean and variance rest on few rows, so they are noisy, and they enter the running "
        "statistics with the weight of a full batch. Behind a dense layer a single row gives "
        "`beta`, whatever the input, and PyTorch refuses it. So I drop or merge the last batch, "
        "in training only."
    ),
)
