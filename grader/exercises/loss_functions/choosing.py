"""Choosing a loss, and two numbers worth knowing by heart."""

from grader.exercise import Exercise, case

ANSWERS = {
    "house prices, a few of them wrong by a factor of ten": "huber",
    "temperature, Gaussian noise": "mse",
    "delivery time, report the median": "mae",
    "spam or not": "bce_with_logits",
    "one of ten digits, integer labels": "softmax_cross_entropy",
    "several tags for one photo": "bce_with_logits",
    "face embeddings, same person or not": "triplet_margin",
    "a linear classifier with a margin": "hinge",
    "a latent distribution towards its prior": "kl_divergence",
}


def pick_loss(task):
    """Choose the loss for a task.

    Parameters
    ----------
    task : str
        One of the nine that are spelt out above.

    Returns
    -------
    name : str
        ``"mse"``, ``"mae"``, ``"huber"``, ``"bce_with_logits"``,
        ``"softmax_cross_entropy"``, ``"hinge"``, ``"triplet_margin"``
        or ``"kl_divergence"``.
    """
    table = {
        "house prices, a few of them wrong by a factor of ten": "huber",
        "temperature, Gaussian noise": "mse",
        "delivery time, report the median": "mae",
        "spam or not": "bce_with_logits",
        "one of ten digits, integer labels": "softmax_cross_entropy",
        "several tags for one photo": "bce_with_logits",
        "face embeddings, same person or not": "triplet_margin",
        "a linear classifier with a margin": "hinge",
        "a latent distribution towards its prior": "kl_divergence",
    }
    return table[task]


def _tasks(rng):
    for task in ANSWERS:
        yield case(task, task)


def _fits(args, got):
    """Judge a name without giving the right one away."""
    if not isinstance(got, str) or got not in ANSWERS.values():
        return "name should be one of the eight in the docstring"
    return "" if got == ANSWERS[args[0]] else f"name is {got!r}; another loss fits better"


def _squares_everywhere(task):
    """Squared error for every number: what does one price wrong by a factor of ten do to it?"""
    name = ANSWERS[task]
    return "mse" if name in ("huber", "mae") else name


def _softmax_for_tags(task):
    """Softmax makes the tags compete; a photo with two of them needs one sigmoid for each."""
    return "softmax_cross_entropy" if "tags" in task else ANSWERS[task]


def _absolute_for_outliers(task):
    """The absolute error is robust too, but it has no curvature near 0, where fits settle."""
    return "mae" if ANSWERS[task] == "huber" else ANSWERS[task]


def _squares_for_classes(task):
    """Squared error on class probabilities: its slope dies exactly on confident mistakes."""
    name = ANSWERS[task]
    return "mse" if name in ("bce_with_logits", "softmax_cross_entropy") else name


def _binary_for_embeddings(task):
    """There is no class to predict: what counts is which of two distances is larger."""
    return "bce_with_logits" if "embeddings" in task else ANSWERS[task]


def _mean_for_the_median(task):
    """Squared error is smallest at the mean. Which error is smallest at the median?"""
    return "mse" if ANSWERS[task] == "mae" else ANSWERS[task]


def _binary_for_digits(task):
    """Ten sigmoids could say yes to several digits; exactly one of the ten is true."""
    return "bce_with_logits" if "digits" in task else ANSWERS[task]


def _softmax_for_spam(task):
    """Two classes are one yes or no: a single logit is enough, with the likelihood of a coin."""
    return "softmax_cross_entropy" if "spam" in task else ANSWERS[task]


def _binary_for_a_margin(task):
    """The likelihood never stops pushing. Which loss is silent once the margin is reached?"""
    return "bce_with_logits" if "margin" in task else ANSWERS[task]


def _huber_for_the_median(task):
    """Huber sits between mean and median. Which loss is smallest at the median itself?"""
    return "huber" if ANSWERS[task] == "mae" else ANSWERS[task]


pick_loss_exercise = Exercise(
    reference=pick_loss,
    cases=_tasks,
    accept=_fits,
    points=2,
    mistakes=(
        _squares_everywhere,
        _softmax_for_tags,
        _absolute_for_outliers,
        _squares_for_classes,
        _binary_for_embeddings,
        _mean_for_the_median,
        _binary_for_digits,
        _softmax_for_spam,
        _binary_for_a_margin,
        _huber_for_the_median,
    ),
    difficulty=1,
    minutes=6,
    follow_up="The metric is recall at 90 % precision. Do you minimise it directly? What instead?",
    follow_up_answer=(
        "No. It counts examples at a threshold, so it is flat almost everywhere and has no useful "
        "gradient. I train on cross-entropy from logits, perhaps with a weight on the positives. "
        "Then I take the lowest threshold that reaches 90 % precision on validation data, and "
        "compare models by their recall there."
    ),
)


def cat_or_dog():
    """Report five numbers for a sigmoid neuron that looks for cats.

    The photo shows one: the label is 1. The neuron says 0.3; then it says 0.01.

    Returns
    -------
    loss : float
        Binary cross-entropy at 0.3, in nats.
    bce_slope : float
        Slope of the binary cross-entropy with respect to the logit, at 0.3.
    mse_slope : float
        Slope of ``(a - 1) ** 2`` with respect to the logit, at 0.3.
    bce_slope_confident : float
        Slope of the binary cross-entropy with respect to the logit, at 0.01.
    mse_slope_confident : float
        Slope of ``(a - 1) ** 2`` with respect to the logit, at 0.01.
    """
    return 1.203973, -0.7, -0.294, -0.99, -0.019602


def _no_arguments(rng):
    yield case("the five numbers")


def _slopes_by_the_output():
    """Those are slopes with respect to the output; one more factor leads to the logit."""
    return 1.203973, -3.333333, -1.4, -100.0, -1.98


def _slope_of_bce_times_sigmoid():
    """In the cross-entropy the sigmoid's slope has cancelled; you multiplied by it once more."""
    return 1.203973, -0.147, -0.294, -0.009801, -0.019602


def _signs_lost():
    """The label is 1, so raising the logit lowers the loss: every slope is negative."""
    return 1.203973, 0.7, 0.294, 0.99, 0.019602


def _two_lost():
    """The derivative of the square brings down a 2; yours has half of the slope."""
    return 1.203973, -0.7, -0.147, -0.99, -0.009801


def _mse_slopes_by_the_output():
    """Your squared error slopes are in the output; one more factor leads to the logit."""
    return 1.203973, -0.7, -1.4, -0.99, -1.98


def _log_base_ten():
    """The slopes are right; the loss is in another unit. Take the natural logarithm."""
    return 0.522879, -0.7, -0.294, -0.99, -0.019602


cat_or_dog_exercise = Exercise(
    reference=cat_or_dog,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _slopes_by_the_output,
        _slope_of_bce_times_sigmoid,
        _signs_lost,
        _two_lost,
        _mse_slopes_by_the_output,
        _log_base_ten,
    ),
    rtol=2e-4,
    kind="derive",
    minutes=10,
    follow_up="By what factor does squared error learn more slowly from the confident mistake?",
    follow_up_answer=(
        "About 50: the slopes are -0.99 and -0.0196. The ratio is `1 / (2 * a * (1 - a))`, "
        "because squared error carries the slope of the sigmoid. At 0.3 it is only 2.4, and it "
        "grows without bound as the mistake gets more confident."
    ),
)
