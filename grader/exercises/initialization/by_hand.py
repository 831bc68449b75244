"""Numbers worth knowing: scales of one layer, decay over many, the loss at step 0."""

import numpy as np

from grader.exercise import Exercise, case


def three_scales():
    """Report three numbers for a layer from 784 inputs to 256 units, to four decimals.

    Returns
    -------
    he_std : float
        Standard deviation of He's normal weights.
    glorot_std : float
        Standard deviation of Glorot's.
    glorot_limit : float
        Limit of Glorot's uniform weights.
    """
    return 0.0505076, 0.0438529, 0.0759555


def _no_arguments(rng):
    yield case("the numbers")


def _variances():
    """Those are variances; the question is about standard deviations."""
    return 0.00255102, 0.00192308, 0.0759555


def _he_of_the_outputs():
    """Your first number divides by the outputs; He's rule divides by the inputs, 784."""
    return 0.0883883, 0.0438529, 0.0759555


def _lecun_for_glorot():
    """Your second number is LeCun's 1 / fan_in; Glorot's uses both fans."""
    return 0.0505076, 0.0357143, 0.0759555


def _limit_is_std():
    """The limit of the uniform weights is the root of 3 times their standard deviation."""
    return 0.0505076, 0.0438529, 0.0438529


def _he_without_the_two():
    """Your first number is LeCun's; ReLU throws away half, and He's rule makes up for it."""
    return 0.0357143, 0.0438529, 0.0759555


def _he_limit():
    """Your limit knows the inputs only: Glorot's rule looks at both fans."""
    return 0.0505076, 0.0438529, 0.0874818


def _limit_without_root():
    """Your limit lacks a root: its square is 3 times the variance."""
    return 0.0505076, 0.0438529, 0.00576923


def _half_of_the_variance():
    """Glorot's variance is 2 over the sum of the fans, which is 1 over their mean."""
    return 0.0505076, 0.0310087, 0.0537086


def _limit_three_times_std():
    """Your limit is 3 times the deviation; the 3 in `limit**2 / 3` needs a root."""
    return 0.0505076, 0.0438529, 0.1315587


three_scales_exercise = Exercise(
    reference=three_scales,
    cases=_no_arguments,
    points=1,
    mistakes=(
        _variances,
        _he_of_the_outputs,
        _lecun_for_glorot,
        _limit_is_std,
        _he_without_the_two,
        _he_limit,
        _limit_without_root,
        _half_of_the_variance,
        _limit_three_times_std,
    ),
    rtol=1.5e-3,  # 0.0439 for 0.0438529
    kind="derive",
    difficulty=1,
    minutes=5,
    follow_up="And for 64 filters of 3 by 3 on 3 channels?",
    follow_up_answer=(
        "The fan-in is 3 · 9 = 27 and the fan-out 64 · 9 = 576. So He's deviation is `sqrt(2 / "
        "27)`, 0.272, and Glorot's is `sqrt(2 / 603)`, 0.0576. Glorot's limit is √3 times that, "
        "0.0998. The two rules are far apart here because the fans are."
    ),
)


def signal_after(depth, width, std):
    """Predict the scale of a signal behind many ReLU layers.

    Every layer has as many units as inputs and normal weights of mean 0. The signal's
    scale is the root of the mean square of the activations, and it is 1 at the start.

    Parameters
    ----------
    depth : int
        Number of layers.
    width : int
        Units of each layer.
    std : float
        Standard deviation of the weights.

    Returns
    -------
    scale : float
        Of the activations behind the last layer.
    """
    return float((width * std**2 / 2) ** (depth / 2))


def _decay_cases(rng):
    yield case("20 layers of 512 units, 0.01", 20, 512, 0.01)
    yield case("He's rule keeps it", 20, 512, float(np.sqrt(2 / 512)))
    yield case("LeCun's rule with ReLU", 20, 512, float(np.sqrt(1 / 512)))
    yield case("weights of scale 1 explode", 10, 512, 1.0)
    yield case("one layer", 1, 100, float(rng.uniform(0.05, 0.2)))


def _half_forgotten(depth, width, std):
    """ReLU keeps half of the mean square; without it your factor is too large by a root of 2."""
    return float((width * std**2) ** (depth / 2))


def _variance_reported(depth, width, std):
    """That is the mean square; the scale is its root."""
    return float((width * std**2 / 2) ** depth)


def _width_forgotten(depth, width, std):
    """A unit sums over all its inputs: their number belongs in the factor."""
    return float((std**2 / 2) ** (depth / 2))


def _depth_times(depth, width, std):
    """Each layer multiplies: over 20 layers a factor goes to the power of 20."""
    return float(depth * np.sqrt(width * std**2 / 2))


def _width_not_rooted(depth, width, std):
    """Variances add over the inputs, so the scale grows with the root of the width."""
    return float((width * std / np.sqrt(2)) ** depth)


def _one_layer_only(depth, width, std):
    """That is the factor of one layer: what do `depth` of them make of it?"""
    return float(np.sqrt(width * std**2 / 2))


def _half_behind_the_root(depth, width, std):
    """ReLU halves the mean square, not the scale: the half belongs under the root."""
    return float((np.sqrt(width) * std / 2) ** depth)


def _deviation_not_squared(depth, width, std):
    """Variances add over the inputs: what you multiply by the width is the deviation."""
    return float((width * std / 2) ** (depth / 2))


def _doubled_by_relu(depth, width, std):
    """ReLU takes half of the mean square away; in yours it doubles."""
    return float((2 * width * std**2) ** (depth / 2))


def _one_layer_short(depth, width, std):
    """Count the layers again: the signal meets all of them, the first one as well."""
    return float((width * std**2 / 2) ** ((depth - 1) / 2))


def _power_before_the_half(depth, width, std):
    """`**` comes before `/`: you halve the result, and the power should be halved."""
    return float((width * std**2 / 2) ** depth / 2)


signal_after_exercise = Exercise(
    reference=signal_after,
    cases=_decay_cases,
    points=2,
    mistakes=(
        _half_forgotten,
        _variance_reported,
        _width_forgotten,
        _depth_times,
        _width_not_rooted,
        _one_layer_only,
        _half_behind_the_root,
        _deviation_not_squared,
        _doubled_by_relu,
        _one_layer_short,
        _power_before_the_half,
    ),
    rtol=1e-5,
    atol=0.0,
    kind="derive",
    difficulty=3,
    minutes=12,
    follow_up="Now the gradient, on its way back. Which fan decides, and when do both agree?",
    follow_up_answer=(
        "The fan-out. An input's gradient sums over all units it feeds, so one ReLU layer "
        "multiplies its variance by `fan_out * std**2 / 2`. Both fans agree where a layer is "
        "square. Otherwise their factors over a whole network differ only by the ratio of the "
        "first width to the last, so He's paper finds either one sufficient."
    ),
)


def expected_initial_loss(n_classes):
    """Predict the cross-entropy of an untrained classifier that favours no class.

    Parameters
    ----------
    n_classes : int
        Number of classes.

    Returns
    -------
    loss : float
        In nats.
    """
    return float(np.log(n_classes))


def _class_cases(rng):
    for n in (2, 10, 1000):
        yield case(f"{n} classes", n)
    yield case("a random number of classes", int(rng.integers(3, 500)))


def _share_reported(n_classes):
    """1 / C is the probability of the true class; the loss is minus its log."""
    return 1 / n_classes


def _in_bits(n_classes):
    """Two classes cost 0.6931 nats. Yours is in bits."""
    return float(np.log2(n_classes))


def _sign_kept(n_classes):
    """A loss is not below 0: minus the log of 1 / C is the log of C."""
    return float(-np.log(n_classes))


def _divided_by_classes(n_classes):
    """You averaged over the classes; only the true class enters the loss of an example."""
    return float(np.log(n_classes) / n_classes)


def _log_of_ten(n_classes):
    """Your logarithm has the base 10. Nats have the base e: ten classes cost 2.3026."""
    return float(np.log10(n_classes))


def _always_ten_classes(n_classes):
    """Yours is right for ten classes only: the number of classes is an argument."""
    return float(np.log(10))


def _wrong_classes_counted(n_classes):
    """C - 1 leaves the true class out: an untrained model gives all C classes an equal share."""
    return float(np.log(n_classes - 1))


expected_initial_loss_exercise = Exercise(
    reference=expected_initial_loss,
    cases=_class_cases,
    points=1,
    mistakes=(
        _share_reported,
        _in_bits,
        _sign_kept,
        _divided_by_classes,
        _log_of_ten,
        _always_ten_classes,
        _wrong_classes_counted,
    ),
    difficulty=1,
    minutes=3,
    follow_up="Your ten-class network starts at 45. What do you look at?",
    follow_up_answer=(
        "The size of the logits. An untrained network should start near log 10, 2.30, and this "
        "one is sure of random answers. So I check the scale of the inputs, then that of the last "
        "layer's weights, and that the loss is a mean over the batch. It is not the learning "
        "rate, since no step has been made."
    ),
)


def init_output_bias(positive_share):
    """Choose the bias of a sigmoid output that predicts the base rate before training.

    Parameters
    ----------
    positive_share : float
        Share of positive examples in the training set, between 0 and 1.

    Returns
    -------
    b : float
        The bias.
    """
    return float(np.log(positive_share / (1 - positive_share)))


def _share_cases(rng):
    yield case("one positive in a hundred", 0.01)
    yield case("balanced classes", 0.5)
    yield case("mostly positive", 0.95)
    yield case("a random share", float(rng.uniform(0.05, 0.4)))


def _odds_reported(positive_share):
    """Those are the odds; the sigmoid undoes a logarithm of them."""
    return positive_share / (1 - positive_share)


def _log_of_share(positive_share):
    """Put yours through the sigmoid: it should come out at the share, and does not."""
    return float(np.log(positive_share))


def _of_the_other_class(positive_share):
    """With rare positives the bias has to be negative: you turned the odds over."""
    return float(np.log((1 - positive_share) / positive_share))


def _the_share_itself(positive_share):
    """The bias is a logit, not a probability."""
    return positive_share


def _sigmoid_of_the_share(positive_share):
    """You put the share into the sigmoid. It has to come out: which bias goes in?"""
    return float(1 / (1 + np.exp(-positive_share)))


def _loss_reported(positive_share):
    """That is the first loss under the right bias; the bias itself is asked for."""
    rest = 1 - positive_share
    return float(-positive_share * np.log(positive_share) - rest * np.log(rest))


def _other_base(positive_share):
    """The sigmoid is built on e, so its inverse takes the natural logarithm."""
    return float(np.log10(positive_share / (1 - positive_share)))


def _left_at_zero(positive_share):
    """A bias of 0 predicts one half, which is the base rate of balanced classes only."""
    return 0.0


def _log_of_the_rest(positive_share):
    """You took the share of the negatives alone: the odds need both shares."""
    return float(np.log(1 - positive_share))


init_output_bias_exercise = Exercise(
    reference=init_output_bias,
    cases=_share_cases,
    points=2,
    mistakes=(
        _odds_reported,
        _log_of_share,
        _of_the_other_class,
        _the_share_itself,
        _sigmoid_of_the_share,
        _loss_reported,
        _other_base,
        _left_at_zero,
        _log_of_the_rest,
    ),
    minutes=5,
    follow_up="What is the first loss with it and without it at 1 % positives?",
    follow_up_answer=(
        "About 0.0560 with it and log 2, 0.693, without, if the weights add little at the start. "
        "With it the model predicts the base rate, so the loss is the entropy of that rate. It "
        "saves the first steps, which would only learn that positives are rare. It does not cure "
        "the imbalance."
    ),
)
