"""Fan-in and fan-out in every layout."""

from grader.exercise import Exercise, case


def compute_fans(shape, layout):
    """Count the inputs and outputs of one unit.

    Parameters
    ----------
    shape : tuple of int
        Shape of a weight array.
    layout : str
        ``"in_out"`` for (D, M), ``"out_in"`` for (M, D), ``"oihw"`` for the weights of
        a convolution (output channels, input channels, height, width).

    Returns
    -------
    fan_in : int
        Inputs that one output sums over.
    fan_out : int
        Outputs that one input takes part in.

    Raises
    ------
    ValueError
        If `layout` is none of the three.
    """
    if layout == "in_out":
        return shape[0], shape[1]
    if layout == "out_in":
        return shape[1], shape[0]
    if layout == "oihw":
        out_channels, in_channels, height, width = shape
        window = height * width
        return in_channels * window, out_channels * window
    raise ValueError(f"there is no layout {layout!r}")


def _cases(rng):
    d, m = (int(n) for n in rng.integers(3, 200, size=2))
    yield case("(784, 256), inputs first", (784, 256), "in_out")
    yield case("(256, 784), outputs first", (256, 784), "out_in")
    yield case("a random layer, inputs first", (d, d + m), "in_out")
    yield case("a random layer, outputs first", (d, d + m), "out_in")
    yield case("64 filters of 3 by 3 on 3 channels", (64, 3, 3, 3), "oihw")
    yield case("filters that are not square", (16, d, 5, 2), "oihw")
    yield case("an unknown layout", (3, 4), "hwio")


def _first_axis_always(shape, layout):
    """`shape[0]` is the fan-in only if inputs come first. What does (256, 784) say in PyTorch?"""
    if layout not in ("in_out", "out_in", "oihw"):
        raise ValueError(layout)
    return shape[0], shape[1]


def _receptive_field_forgotten(shape, layout):
    """One output of a 3 by 3 filter sums over 9 positions of every input channel."""
    if layout == "oihw":
        return shape[1], shape[0]
    return compute_fans(shape, layout)


def _field_on_one_side(shape, layout):
    """An input also takes part in several outputs: the filter's area counts in the fan-out too."""
    fan_in, fan_out = compute_fans(shape, layout)
    return (fan_in, shape[0]) if layout == "oihw" else (fan_in, fan_out)


def _swapped(shape, layout):
    """You have the two the wrong way round: the fan-in is what one output sums over."""
    return compute_fans(shape, layout)[::-1]


def _unknown_accepted(shape, layout):
    """An unknown layout should raise ValueError; a guess would scale every weight wrongly."""
    known = layout in ("in_out", "out_in", "oihw")
    return compute_fans(shape, layout) if known else (shape[0], shape[1])


def _one_side_of_the_window(shape, layout):
    """Your window is a line: how many positions has one of 3 by 3?"""
    if layout == "oihw":
        return shape[1] * shape[2], shape[0] * shape[2]
    return compute_fans(shape, layout)


def _channels_swapped(shape, layout):
    """Read `oihw` letter by letter: which of the two channel numbers stands first?"""
    fans = compute_fans(shape, layout)
    return fans[::-1] if layout == "oihw" else fans


def _read_as_hwio(shape, layout):
    """You read the window's size first, as in (height, width, in, out): here it stands last."""
    if layout == "oihw":
        return shape[0] * shape[1] * shape[2], shape[0] * shape[1] * shape[3]
    return compute_fans(shape, layout)


def _all_weights_counted(shape, layout):
    """You counted all weights; one output sums over the weights of its own filter only."""
    fan_in, fan_out = compute_fans(shape, layout)
    return (fan_in * shape[0], fan_out) if layout == "oihw" else (fan_in, fan_out)


compute_fans_exercise = Exercise(
    reference=compute_fans,
    cases=_cases,
    points=2,
    mistakes=(
        _first_axis_always,
        _receptive_field_forgotten,
        _field_on_one_side,
        _swapped,
        _unknown_accepted,
        _one_side_of_the_window,
        _channels_swapped,
        _read_as_hwio,
        _all_weights_counted,
    ),
    minutes=6,
    follow_up="Which of the two does He's rule use by default, and when would you take the other?",
    follow_up_answer=(
        "The fan-in, which keeps the scale of the signal on its way forward. I take the fan-out "
        "where the gradient is what I want to keep, as torchvision's ResNets do for their "
        "convolutions. Over a whole network the two differ by a constant factor only, so either "
        "one trains."
    ),
)
