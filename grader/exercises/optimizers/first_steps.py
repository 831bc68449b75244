"""What the bias correction is worth, on paper."""

from grader.exercise import Exercise, case


def first_adam_steps():
    """Report Adam's steps without bias correction, in units of the learning rate.

    The gradient is constant, beta1 is 0.9, beta2 is 0.999 and eps is 0. Three
    digits are enough.

    Returns
    -------
    with_correction : float
        Length of the first step with both corrections.
    without_correction : float
        Length of the first step without any.
    tenth_without : float
        Length of the tenth step without any.
    """
    return 1.0, 3.162278, 6.527881


def _no_arguments(rng):
    yield case("three lengths")


def _too_small():
    """Both moments start too small, but the variance far more, and it stands below: not shorter."""
    return 1.0, 0.316228, 0.153160


def _only_the_mean_counted():
    """That is the shrunken mean alone; the root of the shrunken variance divides it."""
    return 1.0, 0.1, 0.651322


def _without_the_root():
    """You divided by the variance, not by its root."""
    return 1.0, 100.0, 65.426


def _tenth_is_first():
    """The tenth step is not the first: the mean has filled up by then, the variance has not."""
    return 1.0, 3.162278, 3.162278


def _peak_for_the_tenth():
    """That is the peak, around step 12; the tenth step is a little shorter."""
    return 1.0, 3.162278, 6.566985


def _all_corrected():
    """Those are the steps with both corrections: only the first number asks for them."""
    return 1.0, 1.0, 1.0


def _in_units_of_nothing():
    """With both corrections the first step is as long as the rate. What is that in its units?"""
    return 0.1, 3.162278, 6.527881


def _ten_of_rmsprop():
    """The root of 1 - beta2 is 0.0316, and what stands above it is 1 - beta1, not 1."""
    return 1.0, 31.622777, 10.022524


first_adam_steps_exercise = Exercise(
    reference=first_adam_steps,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _too_small,
        _only_the_mean_counted,
        _without_the_root,
        _tenth_is_first,
        _peak_for_the_tenth,
        _all_corrected,
        _in_units_of_nothing,
        _ten_of_rmsprop,
    ),
    rtol=1e-3,
    kind="derive",
    difficulty=3,
    minutes=12,
    follow_up="So why do people warm up the learning rate even with the correction in place?",
    follow_up_answer=(
        "The correction removes the bias of the moments, not their variance: after a few steps "
        "the mean square rests on a few gradients. Adam still moves each coordinate by about the "
        "full `lr`, however unreliable the gradient, and early gradients come from random "
        "weights. A low rate gives the moments and the network time to settle."
    ),
)
