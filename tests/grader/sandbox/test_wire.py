"""What crosses, what does not, and that no bytes at all can do harm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.calling import Foreign
from grader.sandbox import wire

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**900), 2**900)
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=20)
    | st.binary(max_size=20)
)
DTYPES = (
    hnp.boolean_dtypes()
    | hnp.integer_dtypes(endianness="=")
    | hnp.unsigned_integer_dtypes(endianness="=")
    | hnp.floating_dtypes(endianness="=")
    | hnp.complex_number_dtypes(endianness="=")
)
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
PLAIN = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(one, other):
    """Say whether two values are of the same types and the same bits."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, (np.ndarray, np.generic)):
        return (one.dtype, one.shape) == (other.dtype, other.shape) and (
            one.tobytes() == other.tobytes()
        )
    return repr(one) == repr(other)


@settings(deadline=None)
@given(PLAIN)
def test_plain_data_comes_back_bit_for_bit(value):
    assert same(wire.decode(wire.encode(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        -0.0,
        float("nan"),
        float("-inf"),
        np.float32(0.1),
        np.bool_(True),
        np.str_("µ"),
        np.str_(""),
        np.longdouble(1) / 3,
        np.array(3),
        np.array(-0.0),
        np.array(["a", "bc"]),
        np.zeros((0, 3), np.float32),
        np.arange(12).reshape(3, 4)[::2, ::-1],
        {"a": [1, (2, None)], 3: "µ"},
    ],
    ids=repr,
)
def test_a_value_keeps_type_and_bits(value):
    assert same(wire.decode(wire.encode(value)), value)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ((n for n in ()), "generator"),
        ({1, 2}, "set"),
        (np.ma.array([1.0]), "MaskedArray"),
        (np.ones((1, 1)).view(np.matrix), "matrix"),
        (np.array([object()]), "ndarray"),
        (np.datetime64("2020-01-01"), "datetime64"),
        (type("Float", (float,), {})(1.0), "Float"),
        (np.zeros(3, [("x", float)]), "ndarray"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_anything_else_crosses_as_the_name_of_its_type(value, name):
    assert wire.decode(wire.encode([value], strict=False)) == [Foreign(name)]


def test_anything_else_is_refused_when_strict():
    with pytest.raises(wire.WireError, match="generator"):
        wire.encode([n for n in "x"] + [(n for n in "x")])


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        nested(wire.MAX_DEPTH + 1),
        [0] * (wire.MAX_VALUES + 1),
        1 << (8 * wire.MAX_INT_BYTES),
        np.broadcast_to(0.0, (10**6, 10**6)),
        np.zeros((0, 2**40)),
        np.zeros((1,) * (wire.MAX_NDIM + 1)),
        {n: n for n in range(wire.MAX_DICT + 1)},
        {(1, 2): 3},
        "x" * (wire.MAX_FRAME + 1),
    ],
    ids="deep long digits large endless flat keys key text".split(),
)
def test_what_is_too_large_is_refused_before_it_is_made(value):
    with pytest.raises(wire.WireError):
        wire.encode(value)


def test_no_int_that_crosses_is_too_large_for_a_float():
    largest = (1 << (8 * wire.MAX_INT_BYTES - 1)) - 1

    assert float(wire.decode(wire.encode(largest))) > 1e307


def test_a_list_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)

    with pytest.raises(wire.WireError):
        wire.encode(endless, strict=False)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_wire_error(data):
    decoded_or_refused(data)


@settings(max_examples=500, deadline=None)
@given(PLAIN, st.data())
def test_damaged_values_are_a_value_or_a_wire_error(value, draw):
    data = bytearray(wire.encode(value))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    decoded_or_refused(bytes(data[: draw.draw(st.integers(0, len(data)))]))
    decoded_or_refused(bytes(data))


def decoded_or_refused(data):
    try:
        value = wire.decode(data)
    except wire.WireError:
        return
    wire.decode(wire.encode(value))
    repr(value).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"?",
        b"NN",
        b"l\xff\xff\xff\xff",
        b"s\x01\x00\x00\x00\xff",
        b"s\x03\x00\x00\x00\xed\xa0\x80",
        b"x\x01\x00\x00\x00\n",
        b"d\x01\x00\x00\x00NN",
        b"d\x02\x00\x00\x00TNTN",
        b"g\x03|O8" + bytes(8),
        b"g\x03<U0",
        b"g\x05<U999" + bytes(9),
        b"g\x03<U1\x00\xd8\x00\x00",
        b"g\x03<U1\x00\x00\x11\x00",
        b"g\x03|b1\x02",
        b"a\x03<f8\x02" + b"\xff" * 16,
        b"a\x03<f8\x02" + bytes(8) + b"\xff" * 8,
        b"a\x03<f8\x11" + bytes(17 * 8),
        b"i\x01\x04\x00\x00" + bytes(1025),
    ],
    ids=lambda data: repr(data[:8]),
)
def test_impossible_bytes_are_refused(data):
    with pytest.raises(wire.WireError):
        wire.decode(data)


def test_frames_are_cut_where_they_were_wrapped():
    frames = wire.Frames()
    for byte in wire.frame(b"one") + wire.frame(b"") + wire.frame(b"three")[:-1]:
        frames.feed(bytes([byte]))

    assert [frames.next() for _ in range(3)] == [b"one", b"", None]


def test_a_frame_over_the_limit_is_refused_at_its_head():
    frames = wire.Frames(limit=10)
    frames.feed(wire.SIZE.pack(11))

    with pytest.raises(wire.WireError):
        frames.next()


def test_the_format_needs_no_pickle_and_evaluates_nothing():
    text = open(wire.__file__).read()

    assert not [word for word in ("pickle", "dill", "eval(", "getattr(") if word in text]
