"""Two small networks, worked out on paper."""

from grader.exercise import Exercise, case


def two_networks_by_hand():
    """Report the outputs of the two networks of this section, worked out on paper.

    Returns
    -------
    tanh_sigmoid : float
        Output of the 3-2-1 network.
    sigmoid_sigmoid : tuple of float
        The two outputs of the 2-3-2 network.
    """
    tanh_sigmoid = 0.605763
    sigmoid_sigmoid = (0.651386, 0.546407)
    return tanh_sigmoid, sigmoid_sigmoid


def _no_arguments(rng):
    yield case("both networks")


def _tanh_skipped():
    """Your first number is the output without tanh: the hidden sums went on unsquashed."""
    return 0.609212, (0.651386, 0.546407)


def _output_sums_reported():
    """You stopped at the sums of the last layer; its sigmoid is still to be taken."""
    return 0.429537, (0.625135, 0.186163)


def _biases_skipped():
    """The 2-3-2 network has five biases, and your second answer uses none of them."""
    return 0.605763, (0.588675, 0.573405)


def _hidden_sigmoid_skipped():
    """In your second network the hidden sums went on as they were; each unit squashes first."""
    return 0.605763, (0.629483, 0.457602)


def _sigmoid_for_tanh():
    """Your first number is that of sigmoid hidden units; the first network squashes with tanh."""
    return 0.692124, (0.651386, 0.546407)


def _tanh_for_sigmoid():
    """Your second network has tanh in the hidden layer; it uses the sigmoid in both."""
    return 0.605763, (0.608539, 0.468566)


def _softmax_at_the_end():
    """Your two outputs sum to 1. Each unit has a sigmoid of its own here, for two questions."""
    return 0.605763, (0.608014, 0.391986)


def _tanh_at_the_end():
    """The first network ends in a sigmoid; you took tanh a second time."""
    return 0.404934, (0.651386, 0.546407)


def _first_output_not_squashed():
    """Your first number is the sum of the output unit; its sigmoid is still to be taken."""
    return 0.429537, (0.651386, 0.546407)


def _output_biases_skipped():
    """The second network's output units have biases too, 0.2 and -0.1."""
    return 0.605763, (0.604711, 0.571056)


two_networks_by_hand_exercise = Exercise(
    reference=two_networks_by_hand,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _tanh_skipped,
        _output_sums_reported,
        _biases_skipped,
        _hidden_sigmoid_skipped,
        _sigmoid_for_tanh,
        _tanh_for_sigmoid,
        _softmax_at_the_end,
        _tanh_at_the_end,
        _first_output_not_squashed,
        _output_biases_skipped,
    ),
    rtol=2e-4,
    kind="derive",
    minutes=15,
    follow_up="Which of these steps would you skip if you only needed the predicted class?",
    follow_up_answer=(
        "Only the last sigmoid. It is increasing, so `z > 0` says the same as `p > 0.5`; another "
        "threshold becomes its logit. If the two outputs competed for one class, the larger sum "
        "would win. The hidden activations have to stay, because they change the sums that "
        "follow."
    ),
)
