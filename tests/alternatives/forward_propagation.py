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


# %% shape_trace: a loop and lists
def shape_trace(sizes, n_examples):
    shapes = []
    for i in range(len(sizes) - 1):
        shapes.append([(sizes[i], sizes[i + 1]), (sizes[i + 1],), (n_examples, sizes[i + 1])])
    return shapes


# %% activation_memory: a dictionary of sizes
def activation_memory(sizes, n_examples, dtype):
    width = {"float16": 2, "float32": 4, "float64": 8}[dtype]
    total = 0
    for size in sizes[:-1]:
        total += size * n_examples * width
    return total


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


# %% debug_linear_forward: the column form, transposed twice
def debug_linear_forward(X, W, b):
    return (np.dot(W.T, X.T) + b.reshape(-1, 1)).T


# %% linear_forward_vectorized: einsum and where
def linear_forward_vectorized(X, W, b):
    Z = np.einsum("ij,jk->ik", X, W) + b
    return np.where(Z > 0, Z, 0)


# %% linear_forward_vectorized: broadcasting and sum
def linear_forward_vectorized(X, W, b):
    Z = (X[:, :, None] * W[None, :, :]).sum(axis=1) + b
    return Z.clip(min=0)
