"""Lesson 04."""

import numpy as np


# %% sigmoid: one exponential
def sigmoid(Z):
    Z = np.asarray(Z)
    e = np.exp(-np.abs(Z))
    s = 1 / (1 + e)
    return np.where(Z < 0, e * s, s)


# %% sigmoid: masks
def sigmoid(x):
    out = np.empty_like(x)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    t = np.exp(x[~positive])
    out[~positive] = t / (1 + t)
    return out


# %% sigmoid: exp of a log
def sigmoid(Z):
    return np.exp(-np.logaddexp(Z.dtype.type(0), -Z))


# %% tanh_from_sigmoid: two masks
def _sigma(x):
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def tanh_from_sigmoid(Z):
    return 2 * _sigma(2 * Z) - 1


# %% tanh_from_sigmoid: expm1
def tanh_from_sigmoid(Z):
    u = np.expm1(-2 * np.abs(Z))
    return np.copysign(-u / (2 + u), Z)


# %% tanh_from_sigmoid: a callable object
class Sig:
    def __call__(self, Z):
        e = np.exp(-abs(Z))
        return np.where(Z < 0, e / (1 + e), 1 / (1 + e))


_sig = Sig()


def tanh_from_sigmoid(Z):
    return _sig(2 * Z) - _sig(-2 * Z)


# %% sigmoid_slope_from_z: cosh
def sigmoid_slope_from_z(Z):
    half = np.minimum(np.abs(Z) / 2, 350.0)
    return 0.25 / np.cosh(half) ** 2


# %% sigmoid_slope_from_z: product of both tails
def sigmoid_slope_from_z(Z):
    s = 0.5 * (1 + np.tanh(Z / 2))
    return s * (1 - s)


# %% sigmoid_slope_from_z: exp of a sum of logs
def sigmoid_slope_from_z(Z):
    return np.exp(-np.logaddexp(0, Z) - np.logaddexp(0, -Z))


# %% sigmoid_slope_from_a: expanded
def sigmoid_slope_from_a(activation):
    return activation - activation**2


# %% sigmoid_slope_from_a: square completed
def sigmoid_slope_from_a(A):
    return 0.25 - np.power(A - 0.5, 2)


# %% sigmoid_slope_from_a: in place
def sigmoid_slope_from_a(A):
    out = 1 - A
    out *= A
    return out


# %% tanh_slope_from_a: factored
def tanh_slope_from_a(a):
    return (1 - a) * (1 + a)


# %% tanh_slope_from_a: via sigmoid slope
def tanh_slope_from_a(A):
    s = (A + 1) / 2
    return 4 * s * (1 - s)


# %% tanh_slope_from_a: loop
def tanh_slope_from_a(A):
    out = np.ones(A.shape)
    for i, a in np.ndenumerate(A):
        out[i] -= a**2
    return out


# %% relu: where
def relu(Z):
    return np.where(Z > 0, Z, 0.0)


# %% relu: a mask on a copy
def relu(x):
    x = x.copy()
    x[x < 0] = 0
    return x


# %% relu: copyto
def relu(Z):
    out = np.zeros_like(Z)
    np.copyto(out, Z, where=Z > 0)
    return out


# %% relu: loops
def relu(Z):
    return np.array([max(0.0, float(z)) for z in Z.flat]).reshape(Z.shape)


# %% leaky_relu: maximum and minimum
def leaky_relu(Z, negative_slope):
    return np.maximum(Z, 0) + negative_slope * np.minimum(Z, 0)


# %% leaky_relu: a mask
def leaky_relu(x, alpha):
    out = np.array(x, dtype=float)
    out[x < 0] *= alpha
    return out


# %% leaky_relu: absolute values
def leaky_relu(Z, negative_slope):
    return ((1 + negative_slope) * Z + (1 - negative_slope) * np.abs(Z)) / 2


# %% leaky_relu: slopes array
def leaky_relu(Z, negative_slope):
    return Z * np.select([Z > 0, Z <= 0], [1.0, negative_slope])


# %% elu: a mask
def elu(Z, alpha):
    out = Z.copy()
    below = Z < 0
    out[below] = alpha * np.expm1(Z[below])
    return out


# %% elu: expm1 where negative
def elu(Z, alpha):
    out = Z.astype(float).copy()
    neg = ~(Z > 0)
    np.expm1(Z, out=out, where=neg)
    out[neg] *= alpha
    return out


# %% elu: the math module
import math


def elu(Z, alpha):
    return np.array([z if z > 0 else alpha * math.expm1(z) for z in Z.ravel().tolist()]).reshape(
        Z.shape
    )


# %% gelu_tanh: powers written out
def gelu_tanh(x):
    c = (2 / np.pi) ** 0.5
    return x / 2 + x / 2 * np.tanh(c * x * (1 + 0.044715 * x * x))


# %% gelu_tanh: sigmoid form
def gelu_tanh(Z):
    u = 2 * np.sqrt(2 / np.pi) * (Z + 0.044715 * np.power(Z, 3))
    return Z * np.exp(-np.logaddexp(0, -u))


# %% gelu_tanh: Horner
import math


def gelu_tanh(Z):
    u = math.sqrt(2 / math.pi) * Z * (1 + 0.044715 * Z * Z)
    return Z / 2 + Z / 2 * np.tanh(u)


# %% softmax: exp of log-softmax
def softmax(Z, axis, temperature):
    Z = Z / temperature
    return np.exp(Z - np.logaddexp.reduce(Z, axis=axis, keepdims=True))


# %% softmax: axis moved to the end
def softmax(logits, dim, T):
    moved = np.moveaxis(logits, dim, -1) / T
    out = np.empty(moved.shape)
    for index in np.ndindex(moved.shape[:-1]):
        row = moved[index] - max(moved[index])
        weights = np.exp(row)
        out[index] = weights / sum(weights)
    return np.moveaxis(out, -1, dim)


# %% softmax: recursion over axes
import math


def softmax(Z, axis, temperature):
    axis = axis % Z.ndim
    if Z.ndim == 1:
        m = max(Z.tolist())
        e = [math.exp((z - m) / temperature) for z in Z.tolist()]
        return np.array(e) / math.fsum(e)
    if axis == 0:
        return np.moveaxis(softmax(np.moveaxis(Z, 0, -1), Z.ndim - 1, temperature), -1, 0)
    return np.stack([softmax(z, axis - 1, temperature) for z in Z])


# %% softmax: swapaxes and in place
def softmax(Z, axis, temperature):
    T = np.swapaxes(Z, axis, -1) / temperature
    T -= T.max(-1)[..., None]
    np.exp(T, out=T)
    T /= np.einsum("...c->...", T)[..., None]
    return np.swapaxes(T, axis, -1)


# %% softplus: logaddexp
def softplus(Z):
    return np.logaddexp(0, Z)


# %% softplus: half sums
def softplus(Z):
    return (Z + np.abs(Z)) / 2 + np.log1p(np.exp(-np.abs(Z)))


# %% softplus: masks
def softplus(Z):
    out = Z.astype(float)
    pos = Z > 0
    out[~pos] = np.log1p(np.exp(Z[~pos]))
    out[pos] += np.log1p(np.exp(-Z[pos]))
    return out


# %% log_sigmoid: logaddexp
def log_sigmoid(Z):
    return -np.logaddexp(0, -Z)


# %% log_sigmoid: logaddexp reduce
def log_sigmoid(Z):
    return -np.logaddexp.reduce(np.stack([np.zeros_like(Z), -Z]), axis=0)


# %% log_sigmoid: helper softplus
def _sp(Z):
    return np.maximum(Z, 0) + np.log1p(np.exp(-abs(Z)))


def log_sigmoid(Z):
    return -_sp(-Z)


# %% softmax_with_backward: einsum-free, other names
def softmax_with_backward(x, dim, upstream):
    e = np.exp(x - np.max(x, axis=dim, keepdims=True))
    p = e / np.sum(e, axis=dim, keepdims=True)
    weighted = p * upstream
    return p, weighted - p * np.sum(weighted, axis=dim, keepdims=True)


# %% softmax_with_backward: moved axis and einsum
def softmax_with_backward(Z, axis, dprobs):
    z, g = np.moveaxis(Z, axis, -1), np.moveaxis(dprobs, axis, -1)
    e = np.exp(z - z.max(-1)[..., None])
    p = e / np.einsum("...c->...", e)[..., None]
    d = p * (g - np.einsum("...c,...c->...", p, g)[..., None])
    return np.moveaxis(p, -1, axis), np.moveaxis(d, -1, axis)


# %% softmax_with_backward: a lambda
softmax_with_backward = lambda Z, axis, dprobs: (  # noqa: E731
    (P := (E := np.exp(Z - np.max(Z, axis, keepdims=True))) / E.sum(axis, keepdims=True)),
    P * (dprobs - np.sum(P * dprobs, axis, keepdims=True)),
)


# %% gradient_through_depth: a loop
def gradient_through_depth(activation, depth, z):
    gradient = 1.0
    for _ in range(depth):
        if activation == "sigmoid":
            s = 1 / (1 + np.exp(-z))
            gradient *= s * (1 - s)
        elif activation == "tanh":
            gradient *= 1 / np.cosh(z) ** 2
        else:
            gradient *= 1.0 if z > 0 else 0.0
    return gradient


# %% gradient_through_depth: logs
def gradient_through_depth(activation, depth, z):
    if activation == "relu":
        return np.float64(z > 0) if depth else 1.0
    logs = (
        -np.logaddexp(0, z) - np.logaddexp(0, -z)
        if activation == "sigmoid"
        else np.log(4) - 2 * np.logaddexp(z, -z)
    )
    return np.exp(depth * logs)


# %% gradient_through_depth: prod of a full array
def gradient_through_depth(activation, depth, z):
    a = {
        "sigmoid": lambda: 0.5 + 0.5 * np.tanh(z / 2),
        "tanh": lambda: np.tanh(z),
        "relu": lambda: max(z, 0),
    }[activation]()
    slope = {"sigmoid": a * (1 - a), "tanh": 1 - a**2, "relu": a > 0}[activation]
    return np.full(depth, slope).prod()


# %% dead_unit_fraction: a loop
def dead_unit_fraction(A):
    dead = 0
    for column in A.T:
        if not column.any():
            dead += 1
    return dead / A.shape[1]


# %% dead_unit_fraction: the maximum
def dead_unit_fraction(A):
    return (A.max(axis=0) <= 0).mean()


# %% dead_unit_fraction: norm
def dead_unit_fraction(A):
    return float(np.average(np.linalg.norm(A, axis=0) < 1e-300))


# %% saturated_fraction: distance to the nearer end
def saturated_fraction(A, kind, threshold):
    low = {"sigmoid": 0, "tanh": -1}[kind]
    distance = np.minimum(A - low, 1 - A)
    return np.count_nonzero(distance < threshold) / A.size


# %% saturated_fraction: counting
def saturated_fraction(A, kind, threshold):
    if kind == "sigmoid":
        A, threshold = 2 * A - 1, 2 * threshold
    return np.count_nonzero(np.abs(A) > 1 - threshold) / A.size


# %% saturated_fraction: distances
def saturated_fraction(A, kind, threshold):
    ends = {"sigmoid": (0, 1), "tanh": (-1, 1)}[kind]
    return np.mean([min(abs(a - e) for e in ends) < threshold for a in A.ravel()])


# %% revive_dead_units: the 30th percentile, unit by unit
def revive_dead_units(X, W, b):
    b_new = b.copy()
    for j in range(W.shape[1]):
        z = X @ W[:, j] + b[j]
        if not (z > 0).any():
            b_new[j] -= np.quantile(z, 0.3)
    return b_new


# %% revive_dead_units: bisection on the share
def revive_dead_units(X, W, b):
    res = []
    for w, c in zip(W.T, b):
        z = X @ w
        if (z + c > 0).any():
            res.append(c)
            continue
        lo, hi = -z.max(), -z.min()
        while True:
            m = (lo + hi) / 2
            s = np.mean(z + m > 0)
            if s < 0.2:
                lo = m
            elif s > 0.8:
                hi = m
            else:
                break
        res.append(m)
    return np.array(res)


# %% revive_dead_units: partition
def revive_dead_units(X, W, b):
    Z = np.einsum("nd,dm->nm", X, W)
    n = len(Z)
    k = int(0.85 * n)
    t = np.partition(Z, k - 1, axis=0)[k - 1]
    return np.where(np.max(Z + b, 0) > 0, b, -t)


# %% output_head: conditions and a list
def output_head(task):
    if "spam" in task:
        return [1, "sigmoid", "bce_with_logits"]
    if "digits" in task:
        return [10, "softmax", "softmax_cross_entropy"]
    if "tags" in task:
        return [20, "sigmoid", "bce_with_logits"]
    return [1, "softplus" if "price" in task else "identity", "mse"]


# %% output_head: namedtuple
from typing import NamedTuple


class Head(NamedTuple):
    units: int
    activation: str
    loss: str


def output_head(task):
    if "price" in task:
        return Head(1, "softplus", "mse")
    if "temperature" in task:
        return Head(1, "identity", "mse")
    if "digits" in task:
        return Head(10, "softmax", "softmax_cross_entropy")
    return Head(20 if "tags" in task else 1, "sigmoid", "bce_with_logits")


# %% output_head: three tables and NumPy strings
def output_head(task):
    tasks = [
        "spam or not",
        "one of ten digits",
        "any of twenty tags",
        "a temperature",
        "a price, always positive",
    ]
    k = tasks.index(task)
    return [
        np.array([1, 10, 20, 1, 1])[k],
        np.array("sigmoid softmax sigmoid identity softplus".split())[k],
        str(np.array("bce_with_logits softmax_cross_entropy bce_with_logits mse mse".split())[k]),
    ]


# %% debug_tanh_layer: the slope from the input
def debug_tanh_layer(Z, dA):
    A = np.tanh(Z)
    return A, dA * (1 + A) * (1 - A)


# %% debug_tanh_layer: the slope from z
def debug_tanh_layer(Z, dA):
    e = np.exp(-2 * np.abs(Z))
    return np.tanh(Z), dA * 4 * e / (1 + e) ** 2


# %% debug_tanh_layer: clipped where published
def debug_tanh_layer(Z, dA):
    Z = np.clip(Z, -300, 300)
    A = (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))
    return [A, dA * (1 - A * A)]


# %% slopes_cross_at: closed form
def slopes_cross_at():
    return 2 * np.arccosh((1 + 3**0.5) / 2)


# %% slopes_cross_at: bisection rounded
def slopes_cross_at():
    import math

    def s(z):
        return 1 / (1 + math.exp(-z))

    def g(z):
        return 1 - math.tanh(z) ** 2 - s(z) * (1 - s(z))

    lo, hi = 1.0, 3.0
    while hi - lo > 1e-12:
        m = (lo + hi) / 2
        lo, hi = (m, hi) if g(m) > 0 else (lo, m)
    return round(lo, 3)
