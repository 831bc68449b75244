"""Claims to mark by the learner's own table."""

from grader.exercise import Exercise, case


def claims_about_ablation():
    """Mark four claims about the ablation of this section.

    Returns
    -------
    init_decides_plain_sgd : bool
        Without batch normalization, SGD learns from He weights and not from small ones.
    batchnorm_forgives_init : bool
        With batch normalization, all four networks reach 0.85.
    adam_replaces_init : bool
        Without batch normalization, Adam from small weights comes within 0.05 of Adam from He's.
    batchnorm_always_adds : bool
        Batch normalization adds at least 0.05 in each of the four pairs.
    """
    return True, True, False, False


def _no_arguments(rng):
    yield case("the four claims")


def _initialization_is_nothing():
    """Claim 1: compare the two SGD rows without batch normalization. What is chance, 1 in 10?"""
    return False, True, False, False


def _batchnorm_needs_he():
    """Claim 2: read the four rows with batch normalization. Which of them is below 0.85?"""
    return True, False, False, False


def _adam_mends_everything():
    """Claim 3: Adam rescales steps, and it cannot invent a signal. How wide is the gap?"""
    return True, True, True, False


def _batchnorm_always_helps():
    """Claim 4: an average over all pairs hides it. Look at the pairs that start from He weights."""
    return True, True, False, True


def _effects_never_interact():
    """Claims 3 and 4: a gain in one row need not be there in the others. Compare pair by pair."""
    return True, True, True, True


claims_about_ablation_exercise = Exercise(
    reference=claims_about_ablation,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _initialization_is_nothing,
        _batchnorm_needs_he,
        _adam_mends_everything,
        _batchnorm_always_helps,
        _effects_never_interact,
    ),
    kind="derive",
    difficulty=3,
    minutes=10,
    follow_up="One seed a row: how large must a difference be before you believe it?",
    follow_up_answer=(
        "More than about 0.03 here. Two standard errors of a difference are 0.023 at 97.5 % right "
        "on 359 rows, if the two models err independently, and more where both err more often. The "
        "seed of weights and batches comes on top. So I repeat the runs that matter with five "
        "seeds and compare the means with their spread."
    ),
)
