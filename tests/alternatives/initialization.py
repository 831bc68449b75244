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
