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


two_networks_by_hand_exercise = Exercise(
    reference=two_networks_by_hand,
    cases=_no_arguments,
    points=2,
    mistakes=(_tanh_skipped, _output_sums_reported, _biases_skipped, _hidden_sigmoid_skipped),
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
