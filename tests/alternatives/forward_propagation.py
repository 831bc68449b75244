"""Lesson 01."""

import math

import numpy as np


# %% neuron: a loop and the math module
import math


def neuron(x, w, b, activation):
    total = b
    for xi, wi in zip(x, w):
        total += xi * wi
    table = {
        "identity": lambda t: t,
        "relu": lambda t: t if t > 0 else 0,
        "sigmoid": lambda t: 1 / (1 + math.exp(-t)),
        "tanh": math.tanh,
    }
    if activation not in table:
        raise ValueError("unknown")
    return table[activation](total)


# %% neuron: a NumPy scalar is returned
def neuron(inputs, weights, bias, kind):
    z = np.sum(inputs * weights) + bias
    match kind:
        case "identity":
            return z
        case "relu":
            return np.maximum(0, z)
        case "sigmoid":
            return np.exp(z) / (1 + np.exp(z))
        case "tanh":
            return np.tanh(z)
        case _:
            raise ValueError(kind)


# %% neuron: concatenated ones
def neuron(x, w, b, activation):
    z = np.append(x, 1) @ np.append(w, b)
    if activation == "relu":
        return (z + abs(z)) / 2
    elif activation == "sigmoid":
        return np.reciprocal(1 + np.exp(-z))
    elif activation == "tanh":
        return np.sinh(z) / np.cosh(z)
    elif activation == "identity":
        return z
    else:
        raise ValueError("no such activation: " + str(activation))


# %% neuron: inner and select
def neuron(x, w, b, activation):
    z = np.inner(x, w) + b
    if activation == "tanh":
        return 2 / (1 + np.exp(-2 * z)) - 1
    if activation == "sigmoid":
        return 0.5 * (np.tanh(z / 2) + 1)
    if activation == "relu":
        return z * (z > 0)
    if activation != "identity":
        raise ValueError
    return z


# %% linear_forward: einsum
def linear_forward(X, W, b):
    return np.einsum("nd,dm->nm", X, W) + b[None, :], (X, W)


# %% linear_forward: loops and a helper
def _dot(row, column):
    total = 0.0
    for left, right in zip(row, column):
        total += left * right
    return total


def linear_forward(batch, weights, bias):
    n, m = batch.shape[0], weights.shape[1]
    out = np.empty((n, m))
    for i in range(n):
        for j in range(m):
            out[i, j] = _dot(batch[i], weights[:, j]) + bias[j]
    return out, (batch, weights)


# %% linear_forward: a list as the cache
def linear_forward(X, W, b):
    Z = np.dot(X, W)
    Z = Z + np.tile(b, (len(X), 1))
    return [Z, [X.copy(), W]]


# %% to_row_convention: transpose and squeeze
def to_row_convention(W_col, b_col):
    return np.transpose(W_col), b_col[:, 0]


# %% to_row_convention: built entry by entry
def to_row_convention(W_col, b_col):
    m, d = W_col.shape
    W = np.zeros((d, m))
    for i in range(d):
        for j in range(m):
            W[i, j] = W_col[j, i]
    return W, np.array([b_col[j, 0] for j in range(m)])


# %% to_row_convention: probe the layer with unit vectors
def to_row_convention(W_col, b_col):
    D = W_col.shape[1]
    b = (W_col @ np.zeros((D, 1)) + b_col).ravel()
    return (W_col @ np.eye(D)).T, b


# %% to_row_convention: rot90 and flipud
def to_row_convention(W_col, b_col):
    return np.flipud(np.rot90(W_col)), np.concatenate(b_col)


# %% layer_forward: a table of functions
TABLE = {
    "identity": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "tanh": lambda z: np.tanh(z),
}


def layer_forward(X, W, b, activation):
    if activation not in TABLE:
        raise ValueError(f"no activation {activation}")
    Z = X.dot(W) + b
    return TABLE[activation](Z), (X, W, Z)


# %% layer_forward: vectorize
def layer_forward(X, W, b, activation):
    Z = np.einsum("nd,dm->nm", X, W, optimize=True) + b
    if activation == "identity":
        return +Z, (X, W, Z)
    if activation == "relu":
        return Z.clip(min=0), (X, W, Z)
    if activation == "sigmoid":
        return np.vectorize(lambda z: np.exp(z) / (np.exp(z) + 1))(Z), (X, W, Z)
    if activation == "tanh":
        return -1 + 2 / (1 + np.exp(-2 * Z)), (X, W, Z)
    raise ValueError


# %% layer_forward: getattr
class F:
    @staticmethod
    def identity(z):
        return z

    @staticmethod
    def relu(z):
        return np.where(z >= 0, z, 0)

    @staticmethod
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    tanh = staticmethod(np.tanh)


def layer_forward(X, W, b, activation):
    if not hasattr(F, activation) or activation.startswith("_"):
        raise ValueError(activation)
    Z = np.matmul(X, W) + b
    return getattr(F, activation)(Z), (X, W, Z)


# %% mlp_forward: recursion
def _act(name, Z):
    return {
        "identity": Z,
        "relu": Z * (Z > 0),
        "tanh": np.tanh(Z),
        "sigmoid": 1 / (1 + np.exp(-Z)),
    }[name]


def mlp_forward(X, params, hidden, output):
    (W, b), rest = params[0], params[1:]
    Z = np.add(np.matmul(X, W), b)
    if not rest:
        return _act(output, Z), [(X, W, Z)]
    out, caches = mlp_forward(_act(hidden, Z), rest, hidden, output)
    return out, [(X, W, Z), *caches]


# %% mlp_forward: reduce
import functools


def mlp_forward(X, params, hidden, output):
    def f(Z, name):
        return {
            "relu": np.fmax(Z, 0.0),
            "tanh": np.tanh(Z),
            "identity": Z,
            "sigmoid": np.exp(-np.logaddexp(0, -Z)),
        }[name]

    def step(state, layer):
        A, caches, left = state
        W, b = layer
        Z = np.einsum("nd,dm->nm", A, W) + b
        return f(Z, hidden if left > 1 else output), (*caches, (A, W, Z)), left - 1

    A, caches, _ = functools.reduce(step, params, (X, (), len(params)))
    return A, list(caches)


# %% mlp_forward: class of layers
class Layer:
    def __init__(self, W, b, act):
        self.W, self.b, self.act = W, b, act

    def __call__(self, A):
        self.cache = (A, self.W, A @ self.W + self.b)
        Z = self.cache[-1]
        return {
            "relu": lambda: np.maximum(0, Z),
            "tanh": lambda: np.tanh(Z),
            "sigmoid": lambda: 1 / (1 + np.exp(-Z)),
            "identity": lambda: Z,
        }[self.act]()


def mlp_forward(X, params, hidden="relu", output="identity"):
    net = [
        Layer(W, b, output if k + 1 == len(params) else hidden) for k, (W, b) in enumerate(params)
    ]
    out = X
    for layer in net:
        out = layer(out)
    return out, [layer.cache for layer in net]


# %% count_params: shapes added up
def count_params(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += (sizes[i - 1] + 1) * sizes[i]
    return total


# %% count_params: NumPy
def count_params(layer_sizes):
    s = np.asarray(layer_sizes)
    return np.sum((s[:-1] + 1) * s[1:])


# %% count_params: reduce
from functools import reduce


def count_params(sizes):
    def add(so_far, units):
        total, before = so_far
        return total + units * (before + 1), units

    return reduce(add, sizes[1:], (0, sizes[0]))[0]


# %% count_params: recursion
def count_params(sizes):
    if len(sizes) < 2:
        return 0
    d, m, *_ = sizes
    return (d + 1) * m + count_params(sizes[1:])


# %% shape_trace: a loop and lists
def shape_trace(sizes, n_examples):
    shapes = []
    for i in range(len(sizes) - 1):
        shapes.append([(sizes[i], sizes[i + 1]), (sizes[i + 1],), (n_examples, sizes[i + 1])])
    return shapes


# %% shape_trace: real arrays
def shape_trace(sizes, n_examples):
    A = np.zeros((n_examples, sizes[0]))
    out = []
    for D, M in zip(sizes[:-1], sizes[1:]):
        W = np.zeros((D, M))
        b = np.zeros(M)
        A = A @ W + b
        out.append((W.shape, b.shape, A.shape))
    return out


# %% shape_trace: a generator, a tuple outside
import itertools


def _t(sizes, n):
    for a, b in itertools.pairwise(sizes):
        yield (a, b), (b,), (n, b)


def shape_trace(sizes, n_examples):
    return tuple(_t(sizes, n_examples))


# %% activation_memory: a dictionary of sizes
def activation_memory(sizes, n_examples, dtype):
    width = {"float16": 2, "float32": 4, "float64": 8}[dtype]
    total = 0
    for size in sizes[:-1]:
        total += size * n_examples * width
    return total


# %% activation_memory: nbytes of empty arrays
def activation_memory(sizes, n_examples, dtype):
    return sum(np.empty((n_examples, s), dtype=dtype).nbytes for s in sizes[:-1])


# %% activation_memory: bits of finfo
def activation_memory(sizes, n_examples, dtype):
    return (np.finfo(dtype).bits / 8) * n_examples * (sum(sizes) - sizes[-1])


# %% collapse_linear: homogeneous coordinates
def collapse_linear(params):
    def augmented(W, b):
        return np.block([[W, np.zeros((len(W), 1))], [b[None], np.ones((1, 1))]])

    product = augmented(*params[0])
    for W, b in params[1:]:
        product = product @ augmented(W, b)
    return product[:-1, :-1], product[-1, :-1]


# %% collapse_linear: the images of the corners
def collapse_linear(params):
    def run(X):
        for W, b in params:
            X = X @ W + b
        return X

    d = params[0][0].shape[0]
    b = run(np.zeros((1, d)))[0]
    return run(np.eye(d)) - b, b


# %% collapse_linear: suffix products
def collapse_linear(params):
    P = np.eye(params[-1][0].shape[1])
    b = 0
    for W, c in reversed(params):
        b = b + c @ P
        P = W @ P
    return P, b


# %% collapse_linear: least squares
def collapse_linear(params):
    D = params[0][0].shape[0]
    X = np.random.default_rng(3).normal(size=(4 * D + 4, D))
    A = X
    for W, b in params:
        A = A @ W + b
    S, *_ = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), A, rcond=None)
    return S[:-1], S[-1]


# %% xor_params: two differences
def xor_params():
    W1 = np.array([[1.0, -1.0], [-1.0, 1.0]])
    return [(W1, np.zeros(2)), (np.ones((2, 1)), np.zeros(1))]


# %% xor_params: three layers and integers
def xor_params():
    first = (np.array([[1, 1], [1, 1]]), np.array([0, -1]))
    second = (np.array([[1], [-2]]), np.array([0]))
    third = (np.array([[1]]), np.array([0]))
    return [first, second, third]


# %% xor_params: solved by lstsq from random features
def xor_params():
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    r = np.random.default_rng(0)
    W = r.normal(size=(2, 30))
    b = r.normal(size=30)
    H = np.maximum(X @ W + b, 0)
    v = np.linalg.lstsq(H, [0, 1, 1, 0], rcond=None)[0]
    return [(W, b), (v[:, None], np.zeros(1))]


# %% xor_params: lists in place of tuples
def xor_params():
    W1, b1 = np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros(2)
    return [[W1, b1], [np.ones((2, 1)), np.zeros(1)]]


# %% debug_linear_forward: the column form, transposed twice
def debug_linear_forward(X, W, b):
    return (np.dot(W.T, X.T) + b.reshape(-1, 1)).T


# %% debug_linear_forward: einsum
def debug_linear_forward(X, W, b):
    return np.einsum("ij,jk->ik", X, W) + np.broadcast_to(b, (X.shape[0], W.shape[1]))


# %% debug_linear_forward: loops
def debug_linear_forward(X, W, b):
    out = []
    for x in X:
        out.append([x @ W[:, j] + b[j] for j in range(len(b))])
    return np.array(out)


# %% linear_forward_vectorized: einsum and where
def linear_forward_vectorized(X, W, b):
    Z = np.einsum("ij,jk->ik", X, W) + b
    return np.where(Z > 0, Z, 0)


# %% linear_forward_vectorized: broadcasting and sum
def linear_forward_vectorized(X, W, b):
    Z = (X[:, :, None] * W[None, :, :]).sum(axis=1) + b
    return Z.clip(min=0)


# %% linear_forward_vectorized: in place
def linear_forward_vectorized(X, W, b):
    A = np.empty((len(X), W.shape[1]))
    np.matmul(X, W, out=A)
    A += b
    A[A < 0] = 0
    return A


# %% linear_forward_vectorized: class in the cell
class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, X):
        return np.fmax(np.matmul(X, self.W) + self.b, 0)


def linear_forward_vectorized(X, W, b):
    return Dense(W, b)(X)


# %% two_networks_by_hand: rounding on the way, four digits at each step
def two_networks_by_hand():
    def r(z):
        return np.round(z, 4)

    def s(z):
        return r(1 / (1 + np.exp(-z)))

    x = np.array([0.5, 0.2, 0.1])
    W1 = np.array([[0.4, 0.3], [0.2, 0.7], [0.6, 0.5]])
    W2 = np.array([0.8, 0.6])
    a2 = s(np.array([[0.2, -0.1], [0.4, 0.3], [-0.5, 0.6]]) @ [1, 2] + [0.1, -0.2, 0.3])
    a3 = s(r(np.array([[0.5, -0.4, 0.6], [0.7, 0.2, -0.3]]) @ a2 + [0.2, -0.1]))
    return float(s(r(r(np.tanh(x @ W1)) @ W2))), (float(a3[0]), float(a3[1]))


# %% two_networks_by_hand: four digits, typed
def two_networks_by_hand():
    return 0.6058, (0.6514, 0.5464)
