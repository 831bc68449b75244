"""Lesson 05."""

import numpy as np


# %% compute_fans: reversed and a product
def compute_fans(shape, layout):
    shape = list(shape)
    if layout == "in_out":
        fan_in, fan_out = shape
    elif layout == "out_in":
        fan_out, fan_in = shape
    elif layout == "oihw":
        area = np.prod(shape[2:])
        fan_in, fan_out = shape[1] * area, shape[0] * area
    else:
        raise ValueError("layout?")
    return fan_in, fan_out


# %% he_normal: standard normal scaled
def he_normal(shape, rng):
    fan_in, fan_out = shape
    return rng.standard_normal((fan_in, fan_out)) * (2.0 / fan_in) ** 0.5


# %% he_normal: filled column by column
def he_normal(shape, rng):
    W = np.empty(shape)
    for j in range(shape[1]):
        W[:, j] = rng.normal(0.0, np.sqrt(2.0 / shape[0]), shape[0])
    return W


# %% glorot_normal: mean of the fans
def glorot_normal(shape, rng):
    mean_fan = sum(shape) / 2
    return rng.standard_normal(shape) / np.sqrt(mean_fan)


# %% glorot_uniform: a stretched unit interval
def glorot_uniform(shape, rng):
    a = np.sqrt(3) * np.sqrt(2.0 / (shape[0] + shape[1]))
    return (2 * rng.random(shape) - 1) * a


# %% signal_after: a loop
def signal_after(depth, width, std):
    scale = 1.0
    for _ in range(depth):
        scale *= std * (width / 2) ** 0.5
    return scale


# %% expected_initial_loss: softmax of zeros
def expected_initial_loss(n_classes):
    return -np.log(np.full(n_classes, 1 / n_classes))[0]


# %% init_output_bias: two logs
import math


def init_output_bias(p):
    return math.log(p) - math.log1p(-p)


# %% symmetry_report: a set of tuples
def symmetry_report(W, b):
    units = {(*W[:, j], b[j]) for j in range(W.shape[1])}
    return len(units), len(units) == 1


# %% forward_std: a dictionary of functions
def forward_std(X, weights, activation):
    f = {"relu": lambda z: z.clip(0), "tanh": np.tanh}[activation]
    out = []
    for W in weights:
        X = f(np.dot(X, W))
        out.append(np.std(X))
    return out


# %% scale_layers: a product scaled twice
def scale_layers(X, weights):
    new = []
    h = X
    for W in weights:
        z = h @ W
        s = np.sqrt(((z - z.mean()) ** 2).mean())
        new.append(W * (1 / s))
        h = np.where(z > 0, z, 0) / s
    return new


# %% debug_he_initialization: unpacked
def debug_he_initialization(shape, rng):
    n_out, n_in = shape
    return np.sqrt(2 / n_in) * rng.standard_normal((n_out, n_in))


# %% symmetry_report: every pair compared at once
def symmetry_report(W: np.ndarray, b: np.ndarray) -> tuple:
    same = (W[:, :, None] == W[:, None, :]).all(axis=0) & (b[:, None] == b[None, :])
    n = np.sum(1 / same.sum(axis=0))
    n = round(n)
    return n, np.bool_(n == 1)


# %% symmetry_report: sorted units and their steps
def symmetry_report(W, b):
    M = np.concatenate([W, b[None]])
    M = M[:, np.lexsort(M)]
    n = 1 + np.count_nonzero(np.any(np.diff(M, axis=1) != 0, axis=0))
    return n, bool(np.all(M == M[:, :1]))


# %% three_scales: a list of single precision
def three_scales():
    return [np.float32(0.0505), np.float32(0.0439), np.float32(0.076)]


# %% three_scales: rounded and remembered
import functools


@functools.lru_cache
def three_scales():
    fan_in, fan_out = 784, 256
    glorot = (2 / (fan_in + fan_out)) ** 0.5
    return round((2 / fan_in) ** 0.5, 4), round(glorot, 4), round(glorot * 3**0.5, 4)


# %% he_normal: Box-Muller
def he_normal(shape, rng):
    u, v = rng.random(shape), rng.random(shape)
    z = np.sqrt(-2 * np.log1p(-u)) * np.cos(2 * np.pi * v)
    return z / np.sqrt(shape[0] / 2)


# %% he_normal: a generator spawned from the one given
def he_normal(shape, rng):
    (child,) = rng.spawn(1)
    return child.normal(size=shape) * np.sqrt(2 / shape[0])


# %% glorot_normal: one long draw
def glorot_normal(shape, rng):
    D, M = shape
    return (rng.normal(size=D * M) * np.sqrt(2 / (D + M))).reshape(shape)


# %% glorot_normal: a bound method
class Glorot:
    def __init__(self, gain):
        self.gain = gain

    def draw(self, shape, rng):
        return rng.normal(0, np.sqrt(2 * self.gain / sum(shape)), shape)


glorot_normal = Glorot(1).draw


# %% glorot_uniform: signs and sizes drawn apart
def glorot_uniform(shape, rng):
    W = rng.random(shape)
    flip = rng.integers(0, 2, shape).astype(bool)
    return np.where(flip, -W, W) * np.sqrt(6) / np.sqrt(np.sum(shape))


# %% glorot_uniform: a callable object
class Glorot:
    def __call__(self, shape, rng):
        v = 2 / sum(shape)
        return rng.uniform(-np.sqrt(3 * v), np.sqrt(3 * v), shape)


glorot_uniform = Glorot()


# %% compute_fans: a table of functions, a KeyError turned
def compute_fans(shape, layout):
    rules = {
        "in_out": lambda d, m: (d, m),
        "out_in": lambda m, d: (d, m),
        "oihw": lambda o, i, h, w: (i * h * w, o * h * w),
    }
    try:
        return rules[layout](*shape)
    except KeyError:
        raise ValueError(f"unknown layout {layout!r}") from None


# %% compute_fans: all weights divided by one axis
def compute_fans(shape, layout):
    n = 1
    for s in shape:
        n *= s
    out_axis = {"in_out": 1, "out_in": 0, "oihw": 0}
    if layout not in out_axis:
        raise ValueError
    k = out_axis[layout]
    return n / shape[k], n / shape[1 - k]


# %% debug_he_initialization: drawn inputs first and transposed
def debug_he_initialization(shape, rng):
    n_out, n_in = shape
    return rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out)).T


# %% debug_he_initialization: row by row
def debug_he_initialization(shape, rng):
    return np.array([rng.normal(0, (2 / shape[1]) ** 0.5, shape[1]) for _ in range(shape[0])])


# %% signal_after: a sum of logarithms
import math


def signal_after(depth, width, std):
    return math.exp(depth * (math.log(std) + 0.5 * math.log(width / 2)))


# %% signal_after: a fold over the layers
import functools


def signal_after(depth, width, std, gain=0.5):
    return functools.reduce(lambda v, _: v * gain * width * std**2, range(depth), 1.0) ** 0.5


# %% forward_std: accumulated layers, a root of two means
from itertools import accumulate


def forward_std(X, weights, activation):
    act = np.tanh if activation == "tanh" else (lambda Z: Z * (Z > 0))
    layers = list(accumulate(weights, lambda A, W: act(A @ W), initial=X))[1:]
    return [np.sqrt(np.mean(A**2) - np.mean(A) ** 2) for A in layers]


# %% forward_std: recursion
def forward_std(X, weights, activation):
    if not weights:
        return ()
    A = X.dot(weights[0])
    A = (abs(A) + A) / 2 if activation == "relu" else 1 - 2 / (np.exp(2 * A) + 1)
    return (float(np.std(A)), *forward_std(A, weights[1:], activation))


# %% expected_initial_loss: logaddexp of zeros
def expected_initial_loss(n_classes):
    return np.logaddexp.reduce(np.zeros(n_classes))


# %% expected_initial_loss: a telescoping sum
import math


def expected_initial_loss(n_classes):
    return math.fsum(math.log1p(1 / k) for k in range(1, n_classes))


# %% init_output_bias: an inverse hyperbolic tangent
def init_output_bias(positive_share):
    return 2 * np.arctanh(2 * positive_share - 1)


# %% init_output_bias: bisection
import math


def init_output_bias(positive_share):
    low, high = -50.0, 50.0
    for _ in range(200):
        mid = (low + high) / 2
        if 1 / (1 + math.exp(-mid)) < positive_share:
            low = mid
        else:
            high = mid
    return (low + high) / 2


# %% scale_layers: recursion
def scale_layers(X, weights):
    if len(weights) == 0:
        return []
    first, *rest = weights
    W = first * (1 / (X @ first).std())
    return [W, *scale_layers((X @ W).clip(min=0), rest)]


# %% scale_layers: by the scale of the sums before
def scale_layers(X, weights):
    A, before, scaled = X, 1.0, []
    for W in weights:
        Z = A @ W
        scaled.append(W * before / Z.std())
        A, before = np.maximum(Z, 0), Z.std()
    return scaled


# %% compute_fans: an exception of one's own
class UnknownLayout(ValueError):
    """No such layout."""


def compute_fans(shape, layout):
    if layout == "oihw":
        outputs, inputs, *window = shape
        area = int(np.prod(window))
        return inputs * area, outputs * area
    if layout not in ("in_out", "out_in"):
        raise UnknownLayout(layout)
    return tuple(shape) if layout == "in_out" else tuple(shape)[::-1]


# %% three_scales: fractions
from decimal import Decimal
from fractions import Fraction


def three_scales():
    return Fraction(505, 10_000), Decimal("0.0439"), Fraction("0.0760")


# %% forward_std: an array
def forward_std(X, weights, activation):
    scales = np.empty(len(weights))
    for i, W in enumerate(weights):
        Z = X @ W
        X = np.tanh(Z) if activation == "tanh" else np.clip(Z, 0, None)
        scales[i] = np.std(X)
    return scales
