"""The sanity ladder: what is known before training begins."""

import numpy as np

from grader.exercise import Exercise, case


def sanity_ladder(first_loss, n_classes, gradient_error, small_losses):
    """Name the first rung of the sanity ladder that fails.

    Parameters
    ----------
    first_loss : float
        Loss before training, on balanced classes.
    n_classes : int
        Number of classes.
    gradient_error : float
        Largest relative error of a gradient check; must be below 1e-5.
    small_losses : list of float
        Losses of a training run on twenty samples; the last must be below 0.01.

    Returns
    -------
    rung : str
        ``"first loss"`` if it is not within 0.15 of ln C, else ``"gradients"``, else
        ``"overfit"``, else ``"passed"``. A nan fails its rung.
    """
    # Each test asks for the good case: a nan is in no range and fails.
    if not abs(first_loss - np.log(n_classes)) < 0.15:
        return "first loss"
    if not gradient_error < 1e-5:
        return "gradients"
    if not small_losses[-1] < 0.01:
        return "overfit"
    return "passed"


def _ladder_cases(rng):
    def near(c):
        return float(np.log(c) + rng.uniform(0.05, 0.12) * rng.choice([-1, 1]))

    good = [2.3, 0.5, 0.002]
    yield case("all is well, ten classes", near(10), 10, 3e-8, good)
    yield case("all is well, three classes", near(3), 3, 3e-8, good)
    yield case("a first loss of 2.3 for three classes", 2.3, 3, 3e-8, good)
    yield case("a first loss far too low", 0.4, 10, 3e-8, good)
    yield case("a wrong gradient", near(10), 10, 0.02, good)
    yield case("a gradient error of 1e-4", near(4), 4, 1e-4, good)
    yield case("twenty samples cannot be overfitted", near(10), 10, 3e-8, [2.3, 1.9, 1.8])
    yield case("the loss rose again at the end", near(10), 10, 3e-8, [2.3, 0.004, 0.7])
    yield case("the first loss is nan", float("nan"), 10, 3e-8, good)
    yield case("the gradient error is nan", near(10), 10, float("nan"), good)
    yield case("the last loss is nan", near(10), 10, 3e-8, [2.3, 0.004, float("nan")])
    yield case("two rungs fail", near(5), 5, 0.3, [2.3, 1.9, 1.8])


def _nan_climbs(first_loss, n_classes, gradient_error, small_losses):
    """Give it nan: `nan > 0.15` is False, so your test lets it pass."""
    if abs(first_loss - np.log(n_classes)) >= 0.15:
        return "first loss"
    if gradient_error >= 1e-5:
        return "gradients"
    return "overfit" if small_losses[-1] >= 0.01 else "passed"


def _always_ten_classes(first_loss, n_classes, gradient_error, small_losses):
    """2.303 is ln 10. What is chance for three classes?"""
    return sanity_ladder(first_loss, 10, gradient_error, small_losses)


def _only_too_high(first_loss, n_classes, gradient_error, small_losses):
    """A first loss far below chance is suspicious too: who told the network?"""
    return sanity_ladder(
        max(first_loss, np.log(n_classes)), n_classes, gradient_error, small_losses
    )


def _best_loss_taken(first_loss, n_classes, gradient_error, small_losses):
    """You look at the lowest loss. Where did the run end?"""
    return sanity_ladder(first_loss, n_classes, gradient_error, [np.nanmin(small_losses)])


def _looser_gradients(first_loss, n_classes, gradient_error, small_losses):
    """An error of 1e-4 is a fault in float64. The limit of this ladder is 1e-5."""
    return sanity_ladder(first_loss, n_classes, gradient_error / 100, small_losses)


def _last_failure_named(first_loss, n_classes, gradient_error, small_losses):
    """With two rungs broken you name the higher. Which one would you mend first?"""
    if not small_losses[-1] < 0.01:
        return "overfit"
    return sanity_ladder(first_loss, n_classes, gradient_error, small_losses)


def _log_of_base_two(first_loss, n_classes, gradient_error, small_losses):
    """Chance in nats, not in bits: the losses of this course use the natural logarithm."""
    shift = np.log2(n_classes) - np.log(n_classes)
    return sanity_ladder(first_loss - shift, n_classes, gradient_error, small_losses)


sanity_ladder_exercise = Exercise(
    reference=sanity_ladder,
    cases=_ladder_cases,
    points=2,
    mistakes=(
        _nan_climbs,
        _always_ten_classes,
        _only_too_high,
        _best_loss_taken,
        _looser_gradients,
        _last_failure_named,
        _log_of_base_two,
    ),
    minutes=8,
    follow_up="Which fault climbs all three rungs? Name a check that catches it.",
    follow_up_answer=(
        "Labels shuffled apart from their rows. The first loss is still ln C, the gradients are "
        "right, and twenty wrong labels can be learned by heart. Looking at a few examples with "
        "their labels, as the network receives them, catches it; so does a validation accuracy "
        "that stays at chance. A leak climbs all three too; poison or a search for copies finds "
        "it."
    ),
    asked=("https://mlmentorship.com/questions/debug-model-not-learning/",),
)
