"""Plain data as bytes, and back, between the grader and the learner's process.

The format is a fixed table of exact types: nothing is named by the sender, looked up or evaluated.
Every size is checked before anything of that size is made, and whatever the bytes are, `decode`
either returns plain data or raises `WireError`. The same file runs on both sides.

One value is a tag and what the tag says follows (integers are little-endian)::

    N T F                none, true, false
    i size bytes         int, signed
    f c                  float (8 bytes), complex (16 bytes)
    s b size bytes       str (UTF-8), bytes
    l t d count values   list, tuple, dict (key, value, key, value, ...)
    g dtype bytes        NumPy scalar
    a dtype ndim shape bytes   NumPy array
    x size bytes         the name of a type that does not cross
"""

import math
import struct

import numpy as np

from grader.calling import Foreign

MAX_FRAME = 32 * 2**20
MAX_VALUES = 100_000
MAX_DEPTH = 30
MAX_INT_BYTES = 128  # what still converts to a float
MAX_DICT = 2000
MAX_NAME = 100
MAX_NDIM = 16
MAX_CHARACTERS = 10_000  # in one entry of an array of strings

SIZE = struct.Struct("<I")
LENGTH = struct.Struct("<Q")
FLOAT = struct.Struct("<d")
COMPLEX = struct.Struct("<dd")

NUMBERS = """
    bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 longdouble
    complex64 complex128 clongdouble
""".split()
DTYPES = {np.dtype(name).str: np.dtype(name) for name in NUMBERS}


class WireError(ValueError):
    """The value cannot be sent, or the bytes are no value."""


def encode(value, *, strict=True):
    """Return plain data as bytes.

    Parameters
    ----------
    value : plain data
        What the table above holds.
    strict : bool, default=True
        Whether anything else raises; otherwise the name of its type is sent in its place.

    Raises
    ------
    WireError
        If it is too large or too deep or, when strict, not plain.
    """
    return b"".join(_Encoder(strict).parts(value))


def decode(data):
    """Return the plain data that `encode` made bytes of.

    Raises
    ------
    WireError
        If the bytes are anything else.
    """
    reader = _Decoder(data)
    value = reader.value(0)
    if reader.at != len(data):
        raise WireError("bytes left over")
    return value


def frame(payload):
    """Return bytes to send: the payload with its length before it."""
    if len(payload) > MAX_FRAME:
        raise WireError("too large to send")
    return SIZE.pack(len(payload)) + payload


class Frames:
    """Cuts a stream of bytes into the payloads that `frame` wrapped."""

    def __init__(self, limit=MAX_FRAME):
        self.limit, self.buffer = limit, bytearray()

    def feed(self, data):
        """Take the next bytes of the stream."""
        self.buffer += data

    def next(self):
        """Return the next whole payload, or None if more bytes are needed."""
        if len(self.buffer) < SIZE.size:
            return None
        (size,) = SIZE.unpack_from(self.buffer)
        if size > self.limit:
            raise WireError("a message over the limit")
        end = SIZE.size + size
        if len(self.buffer) < end:
            return None
        payload = bytes(self.buffer[SIZE.size : end])
        del self.buffer[:end]
        return payload


class _Encoder:
    def __init__(self, strict):
        self.strict, self.values, self.size = strict, 0, 0

    def parts(self, value, depth=0):
        """Yield the bytes of one value."""
        self.values += 1
        if self.values > MAX_VALUES or depth > MAX_DEPTH:
            raise WireError("too many values or too deep")
        kind = type(value)
        if kind in (list, tuple, dict):
            yield from self.container(value, depth)
            return
        try:
            data = LEAVES[kind](value) if kind in LEAVES else _numpy_bytes(value)
        except WireError:
            if self.strict:
                raise
            data = _sized(b"x", kind.__name__.encode(errors="replace")[:MAX_NAME])
        self.size += len(data)
        if self.size > MAX_FRAME:
            raise WireError("too large to send")
        yield data

    def container(self, value, depth):
        yield {list: b"l", tuple: b"t", dict: b"d"}[type(value)] + SIZE.pack(len(value))
        if isinstance(value, dict):
            if len(value) > MAX_DICT:
                raise WireError("a dict with too many keys")
            for key, item in value.items():
                if type(key) not in KEYS:
                    raise WireError("a dict with unusual keys")
                yield from self.parts(key, depth + 1)
                yield from self.parts(item, depth + 1)
        else:
            for item in value:
                yield from self.parts(item, depth + 1)


def _sized(tag, data):
    return tag + SIZE.pack(len(data)) + data


def _int_bytes(value):
    size = value.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise WireError("an int with too many digits")
    return _sized(b"i", value.to_bytes(size, "little", signed=True))


def _text_bytes(value):
    return _sized(b"s", value.encode(errors="replace"))


def _numpy_bytes(value):
    is_array = type(value) is np.ndarray
    if not is_array and not isinstance(value, np.generic):
        raise WireError(f"{type(value).__name__} is not plain data")
    code = value.dtype.newbyteorder("=").str
    if value.dtype.kind != "U" and code not in DTYPES:
        raise WireError(f"{value.dtype} is not plain data")
    if value.nbytes > MAX_FRAME or value.dtype.itemsize > 4 * MAX_CHARACTERS:
        raise WireError("too large to send")
    if code == "<U0":
        code = "<U1"
    head = bytes([len(code)]) + code.encode()
    raw = value.astype(code, copy=False).tobytes()
    if not is_array:
        return b"g" + head + raw
    if value.ndim > MAX_NDIM or math.prod(max(n, 1) for n in value.shape) > MAX_FRAME:
        raise WireError("an array of unusual shape")
    shape = b"".join(map(LENGTH.pack, value.shape))
    return b"a" + head + bytes([value.ndim]) + shape + raw


KEYS = {str, int, bool, float}
LEAVES = {
    type(None): lambda value: b"N",
    bool: lambda value: b"T" if value else b"F",
    int: _int_bytes,
    float: lambda value: b"f" + FLOAT.pack(value),
    complex: lambda value: b"c" + COMPLEX.pack(value.real, value.imag),
    str: _text_bytes,
    bytes: lambda value: _sized(b"b", value),
    Foreign: lambda value: _sized(b"x", str(value.type_name).encode(errors="replace")[:MAX_NAME]),
}


class _Decoder:
    def __init__(self, data):
        self.data, self.at, self.values = data, 0, 0

    def take(self, size):
        """Return the next bytes, exactly so many."""
        end = self.at + size
        if end > len(self.data):
            raise WireError("too short")
        piece, self.at = self.data[self.at : end], end
        return piece

    def number(self, layout=SIZE):
        return layout.unpack(self.take(layout.size))[0]

    def value(self, depth):
        """Return one value."""
        self.values += 1
        if self.values > MAX_VALUES or depth > MAX_DEPTH:
            raise WireError("too many values or too deep")
        tag = bytes(self.take(1))
        if tag in CONSTANTS:
            return CONSTANTS[tag]
        if tag == b"f":
            return self.number(FLOAT)
        if tag == b"c":
            return complex(*COMPLEX.unpack(self.take(COMPLEX.size)))
        if tag in b"isbx":
            return self.sized(tag, self.take(self.number()))
        if tag in b"ltd":
            return self.container(tag, self.number(), depth + 1)
        if tag in b"ga":
            return self.array(tag)
        raise WireError("an unknown tag")

    def sized(self, tag, data):
        if tag == b"b":
            return data
        if tag == b"i":
            if len(data) > MAX_INT_BYTES:
                raise WireError("an int with too many digits")
            return int.from_bytes(data, "little", signed=True)
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise WireError("not UTF-8") from None
        if tag == b"s":
            return text
        if len(text) > MAX_NAME or not text.isprintable():
            raise WireError("not a name of a type")
        return Foreign(text)

    def container(self, tag, count, depth):
        if count > MAX_VALUES - self.values:
            raise WireError("too many values")
        if tag == b"d":
            return self.dictionary(count, depth)
        items = [self.value(depth) for _ in range(count)]
        return items if tag == b"l" else tuple(items)

    def dictionary(self, count, depth):
        if count > MAX_DICT:
            raise WireError("a dict with too many keys")
        pairs = {}
        for _ in range(count):
            key = self.value(depth)
            if type(key) not in KEYS or key in pairs:
                raise WireError("a dict with unusual keys")
            pairs[key] = self.value(depth)
        return pairs

    def array(self, tag):
        dtype = self.dtype()
        if tag == b"g":
            shape = ()
        else:
            shape = tuple(self.number(LENGTH) for _ in range(self.take(1)[0]))
            filled = math.prod(max(n, 1) for n in shape)
            if len(shape) > MAX_NDIM or filled > MAX_FRAME:
                raise WireError("an array of unusual shape")
        raw = self.take(dtype.itemsize * math.prod(shape))
        array = np.frombuffer(raw, dtype).reshape(shape)
        _refuse_impossible(array)
        return array[()] if tag == b"g" else array

    def dtype(self):
        code = bytes(self.take(self.take(1)[0]))
        if code[1:2] != b"U":
            dtype = DTYPES.get(code.decode("latin-1"))
        elif code[:1] == b"<" and code[2:].isdigit() and 0 < int(code[2:]) <= MAX_CHARACTERS:
            dtype = np.dtype(f"<U{int(code[2:])}")
        else:
            dtype = None
        if dtype is None:
            raise WireError("an unknown dtype")
        return dtype


def _refuse_impossible(array):
    """Raise for bits that no array of this dtype holds: a bool of 2, a character past the last."""
    if not array.size:
        return
    if array.dtype.kind == "b" and array.view(np.uint8).max() > 1:
        raise WireError("a bool that is neither")
    if array.dtype.kind == "U":
        codes = np.frombuffer(array.tobytes(), np.uint32)
        if codes.max() > 0x10FFFF or np.any((codes >= 0xD800) & (codes < 0xE000)):
            raise WireError("a character that is none")


CONSTANTS = {b"N": None, b"T": True, b"F": False}
