"""Output heads by task, and where the slopes of tanh and the sigmoid cross."""

from grader.exercise import Exercise, case

HEADS = {
    "spam or not": (1, "sigmoid", "bce_with_logits"),
    "one of ten digits": (10, "softmax", "softmax_cross_entropy"),
    "any of twenty tags": (20, "sigmoid", "bce_with_logits"),
    "a temperature": (1, "identity", "mse"),
    "a price, always positive": (1, "softplus", "mse"),
}


def output_head(task):
    """Choose the last layer and the loss for a task.

    Parameters
    ----------
    task : str
        One of the five that are spelt out above.

    Returns
    -------
    units : int
        Outputs of the last layer.
    activation : str
        ``"identity"``, ``"sigmoid"``, ``"softmax"`` or ``"softplus"``.
    loss : str
        ``"mse"``, ``"bce_with_logits"`` or ``"softmax_cross_entropy"``.
    """
    heads = {
        "spam or not": (1, "sigmoid", "bce_with_logits"),
        "one of ten digits": (10, "softmax", "softmax_cross_entropy"),
        "any of twenty tags": (20, "sigmoid", "bce_with_logits"),
        "a temperature": (1, "identity", "mse"),
        "a price, always positive": (1, "softplus", "mse"),
    }
    return heads[task]


def _tasks(rng):
    for task in HEADS:
        yield case(task, task)


def _softmax_for_tags(task):
    """Tags do not exclude each other: softmax would make them share one unit of probability."""
    return (20, "softmax", "softmax_cross_entropy") if "tags" in task else HEADS[task]


def _two_units_for_two_classes(task):
    """Two softmax units work and are redundant: one sigmoid says the same with half the weights."""
    return (2, "softmax", "softmax_cross_entropy") if "spam" in task else HEADS[task]


def _squashed_temperature(task):
    """A temperature can be anything: a squashed output could not reach it."""
    return (1, "sigmoid", "mse") if "temperature" in task else HEADS[task]


def _identity_for_the_price(task):
    """An identity head can put out a negative price; choose a function that stays above 0."""
    return (1, "identity", "mse") if "price" in task else HEADS[task]


def _one_unit_for_ten_classes(task):
    """Ten classes need ten scores; a single unit would put an order on the digits."""
    return (1, "softmax", "softmax_cross_entropy") if "digits" in task else HEADS[task]


def _identity_with_logits(task):
    """The loss does take the logit. Name what turns it into the prediction at inference."""
    units, activation, loss = HEADS[task]
    return units, "identity" if "mse" not in loss else activation, loss


def _squared_error_for_spam(task):
    """Behind a sigmoid squared error hardly moves a confident mistake: which loss does?"""
    return (1, "sigmoid", "mse") if "spam" in task else HEADS[task]


def _softmax_over_one_unit(task):
    """Softmax over a single unit is always 1: it divides one exponential by itself."""
    return (1, "softmax", "softmax_cross_entropy") if "spam" in task else HEADS[task]


def _sigmoids_for_digits(task):
    """Ten sigmoids could all say yes at once; a digit is exactly one of ten."""
    return (10, "sigmoid", "bce_with_logits") if "digits" in task else HEADS[task]


output_head_exercise = Exercise(
    reference=output_head,
    cases=_tasks,
    points=2,
    mistakes=(
        _softmax_for_tags,
        _two_units_for_two_classes,
        _squashed_temperature,
        _identity_for_the_price,
        _one_unit_for_ten_classes,
        _identity_with_logits,
        _squared_error_for_spam,
        _softmax_over_one_unit,
        _sigmoids_for_digits,
    ),
    difficulty=1,
    minutes=4,
    follow_up="Where does the sigmoid of the spam filter live during training?",
    follow_up_answer=(
        "Inside the loss. `bce_with_logits` takes the logit and does the sigmoid and the "
        "logarithm in one stable formula, so there is no log of 0. At inference I apply the "
        "sigmoid myself, once. For a decision at 0.5 the sign of the logit is enough."
    ),
)


def slopes_cross_at():
    """Report where the slope of tanh falls below the slope of the sigmoid.

    Returns
    -------
    z : float
        The positive pre-activation at which both slopes are equal, to three decimals.
    """
    # The slopes: 1 / cosh(z)**2 and 1 / (2 * c)**2, c = cosh(z / 2).
    # Equal where 2 * c**2 - 1 = 2 * c, so c = (1 + sqrt(3)) / 2.
    return 1.6629


def _no_arguments(rng):
    yield case("the crossing")


def _crossing_of_values():
    """That is where the two functions meet; the question is about their slopes."""
    return 0.0


def _half_way():
    """Your number solves the equation for z / 2; the question is about z."""
    return 0.8314


def _twice():
    """Your number solves the equation for 2 z; the question is about z."""
    return 3.3258


def _where_tanh_is_a_quarter():
    """At that point tanh has slope a quarter; the sigmoid has less than a quarter there."""
    return 1.317


slopes_cross_at_exercise = Exercise(
    reference=slopes_cross_at,
    cases=_no_arguments,
    points=2,
    mistakes=(_crossing_of_values, _half_way, _twice, _where_tanh_is_a_quarter),
    rtol=6e-4,
    kind="derive",
    difficulty=3,
    minutes=12,
    follow_up="Somebody says tanh vanishes less because it is steeper. What do you answer?",
    follow_up_answer=(
        "Only near 0, where its slope is 1 against 0.25. Beyond |z| = 1.66 tanh is the flatter "
        "one: at z = 3 it has 0.0099, the sigmoid 0.0452. So it depends on where the "
        "pre-activations lie, and the weights multiply in too. With a good initialization they "
        "start near 0, and there the claim holds."
    ),
)
