"""What batch normalization changes, read off an experiment."""

from grader.exercise import Exercise, case


def what_batchnorm_changes():
    """Answer four questions from the experiment of this section.

    Returns
    -------
    without_small : bool
        Whether the network without the layer learns from weights of scale 0.001.
    with_small : bool
        Whether the network with the layer learns from weights of scale 0.001.
    output_scale : float
        Factor on the output if the weights in front are multiplied by 5.
    gradient_scale : float
        Factor on the gradient of those weights then.
    """
    return False, True, 1.0, 0.2


def _no_arguments(rng):
    yield case("the four answers")


def _weights_scale_through():
    """Mean and deviation grow with the weights and are divided out: look at the output again."""
    return False, True, 5.0, 0.2


def _gradient_unchanged():
    """The output does not change, but the same change of it now takes a 5 times larger step."""
    return False, True, 1.0, 1.0


def _gradient_grows():
    """The gradient of larger weights is smaller here: that is the self-stabilising effect."""
    return False, True, 1.0, 5.0


def _relative_step():
    """0.04 is the relative step: a smaller gradient on larger weights. Asked is the gradient."""
    return False, True, 1.0, 0.04


def _small_weights_fine():
    """Without normalization a scale of 0.001 leaves next to nothing of the signal."""
    return True, True, 1.0, 0.2


def _tiny_weights_stop_both():
    """Look at the figure again: from which weights does the loss fall with the layer?"""
    return False, False, 1.0, 0.2


what_batchnorm_changes_exercise = Exercise(
    reference=what_batchnorm_changes,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _weights_scale_through,
        _gradient_unchanged,
        _gradient_grows,
        _relative_step,
        _small_weights_fine,
        _tiny_weights_stop_both,
    ),
    kind="derive",
    difficulty=3,
    minutes=10,
    follow_up="Does it reduce internal covariate shift? What has been measured instead?",
    follow_up_answer=(
        "That is disputed. The original paper claimed it, and later measurements did not confirm "
        "it: Santurkar and colleagues added noise that brought the shift back, and training was as "
        "good. What they measured instead is a smoother loss. Gradients change less along a step, "
        "so larger steps are safe. I would add that the scale of the weights in front is divided "
        "out."
    ),
)
