"""A chain of two units, worked out on paper."""

from grader.exercise import Exercise, case


def chain_by_hand():
    """Report four gradients of a chain of two units, worked out on paper.

    The chain is ``z1 = w1 * x + b1``, ``a1 = tanh(z1)``, ``pred = w2 * a1 + b2`` and
    ``loss = (pred - y)**2``, with ``x = 1.5``, ``w1 = 0.8``, ``b1 = -0.2``, ``w2 = -1.2``,
    ``b2 = 0.3`` and ``y = 0.5``.

    Returns
    -------
    dw2 : float
        Gradient of the loss with respect to ``w2``, to four digits.
    db2 : float
        The same for ``b2``.
    dw1 : float
        The same for ``w1``.
    db1 : float
        The same for ``b1``.
    """
    dw2, db2 = -1.696699, -2.227826
    dw1, db1 = 1.684134, 1.122756
    return dw2, db2, dw1, db1


def _no_arguments(rng):
    yield case("the chain of two units")


def _slope_of_the_sigmoid():
    """The last two: the hidden unit is a tanh. What is its slope, written with `a1`?"""
    return -1.696699, -2.227826, 0.728105, 0.485403


def _slope_of_tanh_left_out():
    """Two of the four are right. Between `a1` and `z1` stands a tanh: its slope is a factor too."""
    return -1.696699, -2.227826, 4.010087, 2.673391


def _weight_left_out():
    """The way from `pred` back to `a1` goes through `w2`: did it enter your last two numbers?"""
    return -1.696699, -2.227826, -1.403445, -0.935630


def _two_left_out():
    """All four are half of what they should be: this loss has no ½ in front of the square."""
    return -0.848349, -1.113913, 0.842067, 0.561378


def _error_reversed():
    """All four signs are turned: the derivative of (pred - y)² starts with 2 (pred - y)."""
    return 1.696699, 2.227826, -1.684134, -1.122756


def _inputs_left_out():
    """For a weight, the last factor is what that weight multiplies: `a1` for `w2`, `x` for `w1`."""
    return -2.227826, -2.227826, 1.122756, 1.122756


def _slope_at_the_activation():
    """The slope of tanh is 1 - a1²; your last two use 1 - tanh(a1)², so tanh was taken twice."""
    return -1.696699, -2.227826, 2.357196, 1.571464


def _weight_for_its_input():
    """In `dw1` the last factor is what `w1` multiplies. Which number is that, and is it `w1`?"""
    return -1.696699, -2.227826, 0.898205, 1.122756


def _slope_at_the_sum():
    """With `z1` in the slope your last two become 0: tanh's 1 - a² wants the activation."""
    return -1.696699, -2.227826, 0.0, 0.0


def _activation_not_squared():
    """Your slope is 1 - a1. Differentiate tanh again: which power of `a1` stands there?"""
    return -1.696699, -2.227826, 0.956028, 0.637352


def _sigmoid_on_the_way_forward():
    """Already `a1` is off: the hidden unit is a tanh, and you put in a sigmoid."""
    return -1.575104, -2.154539, 0.762471, 0.508314


def _label_left_out():
    """The loss starts from `pred - y`. Your first factor has no `y` in it."""
    return -0.935105, -1.227826, 0.928180, 0.618787


def _hidden_layer_first():
    """Four good numbers in another order: the docstring wants those of the output unit first."""
    return 1.684134, 1.122756, -1.696699, -2.227826


def _rounded_on_the_way():
    """You went on with `a1` rounded to two digits. Keep six, and round at the end."""
    return -1.69024, -2.224, 1.690949, 1.127299


def _two_digits_only():
    """Right, but two digits after the point are too few: the docstring asks for four."""
    return -1.7, -2.23, 1.68, 1.12


chain_by_hand_exercise = Exercise(
    reference=chain_by_hand,
    cases=_no_arguments,
    points=2,
    mistakes=(
        _slope_of_the_sigmoid,
        _slope_of_tanh_left_out,
        _weight_left_out,
        _two_left_out,
        _error_reversed,
        _inputs_left_out,
        _slope_at_the_activation,
        _weight_for_its_input,
        _slope_at_the_sum,
        _activation_not_squared,
        _sigmoid_on_the_way_forward,
        _label_left_out,
        _hidden_layer_first,
        _rounded_on_the_way,
        _two_digits_only,
    ),
    # Four significant digits are within half a thousandth, so 1.123 for 1.122756 passes.
    rtol=5e-4,
    kind="derive",
    minutes=12,
    follow_up="One backward pass gave all four. How many forward passes would nudging need?",
    follow_up_answer=(
        "Eight with central differences, two for each of the four numbers. Five with one-sided "
        "ones, which share the unmoved point. That count grows with the parameters, while a "
        "backward pass costs about two forward passes for any number of them. Its slopes are exact "
        "as well."
    ),
)
