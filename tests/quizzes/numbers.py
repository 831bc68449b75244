"""Recomputes the number of every numeric question, without looking at the bank.

The function of a question has its id as a name, with underscores; it returns the values in the
order of the parts.
"""

import math

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _softmax(z):
    shifted = np.exp(np.asarray(z, float) - np.max(z))
    return shifted / shifted.sum()


def neuron_by_hand():
    z = np.dot([1, 2, 3], [0.2, -0.5, 0.1]) + 0.4
    return z, max(0.0, z), _sigmoid(z)


def parameters_of_an_mlp():
    return (sum(a * b + b for a, b in [(784, 256), (256, 10)]),)


def parameters_of_a_small_net():
    return (sum(a * b + b for a, b in [(2, 3), (3, 2)]),)


def bytes_of_activations():
    return (np.zeros((128, 784), np.float32).nbytes + np.zeros((128, 256), np.float32).nbytes,)


def tiny_net_forward():
    hidden = np.tanh(np.array([0.5, 0.2, 0.1]) @ [[0.4, 0.3], [0.2, 0.7], [0.6, 0.5]])
    return (_sigmoid(hidden @ [0.8, 0.6]),)


def huber_values():
    return [0.5 * r**2 if r <= 1 else r - 0.5 for r in (0.5, 1, 3)]


def best_constant():
    targets, grid = np.array([1, 2, 3, 4, 100]), np.arange(0, 101, 0.25)[:, None]
    squared, absolute = ((grid - targets) ** 2).mean(axis=1), abs(grid - targets).mean(axis=1)
    return grid[squared.argmin(), 0], grid[absolute.argmin(), 0]


def mse_and_cross_entropy_by_hand():
    y, p = np.array([1, 0, 0]), np.array([0.7, 0.2, 0.1])
    return ((y - p) ** 2).mean(), -(y * np.log(p)).sum()


def initial_cross_entropy():
    return [-math.log(_softmax(np.zeros(n))[0]) for n in (10, 2)]


def bce_at_one_half():
    return (-(0.5 * math.log(0.5) + (1 - 0.5) * math.log(1 - 0.5)),)


def extreme_logits_loss():
    return (np.logaddexp(0, 1000),)


def gradient_of_a_confident_mistake():
    z, h = math.log(0.01 / 0.99), 1e-6
    losses = (lambda z: -np.log(_sigmoid(z)), lambda z: (_sigmoid(z) - 1) ** 2)
    return [(loss(z + h) - loss(z - h)) / (2 * h) for loss in losses]


def sigmoid_applied_twice():
    return (np.min(-np.log(_sigmoid(_sigmoid(np.linspace(-50, 50, 1001))))),)


def kl_both_ways():
    p, q = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    return (p * np.log(p / q)).sum(), (q * np.log(q / p)).sum()


def triplet_satisfied():
    return (max(0.0, 0.02 - 2 + 0.2),)


def logistic_neuron_by_hand():
    def loss(w, b):
        return -np.log(_sigmoid(w * 2 + b))

    h = 1e-6
    dw = (loss(0.5 + h, 0.1) - loss(0.5 - h, 0.1)) / (2 * h)
    db = (loss(0.5, 0.1 + h) - loss(0.5, 0.1 - h)) / (2 * h)
    return _sigmoid(1.1), dw, db


def relu_neuron_by_hand():
    def loss(w):
        return (max(0.0, w * 2 + 0.5) - 4) ** 2

    return ((loss(1.5 + 1e-6) - loss(1.5 - 1e-6)) / 2e-6,)


def gradients_of_a_product():
    def f(x, y):
        return x * y * (x + y)

    h = 1e-6
    dx = (f(2 + h, 3) - f(2 - h, 3)) / (2 * h)
    return dx, (f(2, 3 + h) - f(2, 3 - h)) / (2 * h)


def topological_order_matters():
    def w(a):
        return (a + 1) ** 2 + (a + 1)

    return ((w(2 + 1e-6) - w(2 - 1e-6)) / 2e-6,)


def softmax_cross_entropy_gradient():
    def loss(z):
        return -np.log(_softmax(z)[2])

    z, steps = np.array([1.0, 2.0, 3.0]), 1e-6 * np.eye(3)
    return [(loss(z + step) - loss(z - step)) / 2e-6 for step in steps]


def sigmoid_slope_through_depth():
    z = np.linspace(-5, 5, 100_001)
    slope = (_sigmoid(z) * (1 - _sigmoid(z))).max()
    return slope, slope**10


def slopes_at_three():
    h = 1e-5
    return [(f(3 + h) - f(3 - h)) / (2 * h) for f in (np.tanh, _sigmoid)]


def softmax_values():
    return _softmax([1, 2, 3]).max(), _softmax([2, 4, 6]).max()


def exponential_overflow():
    return [math.log(float(np.finfo(dtype).max)) for dtype in (np.float32, np.float64)]


def he_standard_deviation():
    return (math.sqrt(2 / 784),)


def glorot_std_and_limit():
    std = math.sqrt(2 / (784 + 256))
    return std, math.sqrt(3) * std


def tiny_weights_factor():
    rng = np.random.default_rng(0)
    half = (np.maximum(0, rng.normal(size=1_000_000)) ** 2).mean()
    assert abs(half - 0.5) < 0.005
    factor = 0.01 * math.sqrt(512 * 0.5)
    return factor, factor**20


def fan_in_of_a_convolution():
    return (np.zeros((64, 3, 3, 3))[0].size,)


def gradient_step_by_hand():
    return np.array([0.5, 0.3]) - 0.01 * np.array([0.1, 0.2])


def batches_in_an_epoch():
    sizes = [len(range(1000)[start : start + 64]) for start in range(0, 1000, 64)]
    return len(sizes), sizes[-1]


def classic_momentum_three_steps():
    w = v = 0.0
    for _ in range(3):
        v = 0.9 * v + 1
        w = w - 0.1 * v
    return (w,)


def momentum_speed_up():
    v = 0.0
    for _ in range(500):
        v = 0.9 * v + 1
    return (v,)


def largest_stable_step():
    return (2 / 10,)


def adam_eps_placement():
    g, lr, eps = 1e-6, 0.1, 1e-8
    m, v = 0.1 * g / (1 - 0.9), 0.001 * g**2 / (1 - 0.999)
    return -lr * m / (math.sqrt(v) + eps), -lr * m / math.sqrt(v + eps)


def adagrad_step_hundred():
    return (1 / math.sqrt(sum(1.0**2 for _ in range(100))),)


def clip_by_global_norm():
    return (1 / np.linalg.norm([3, 4, 12]),)


def batchnorm_by_hand():
    X = np.array([[1.0, 2], [3, 4], [5, 6]])
    return ((X - X.mean(axis=0)) / X.std(axis=0))[:, 0]


def batchnorm_batch_of_two():
    x = np.array([3.0, 7.0])
    return (x - x.mean()) / x.std()


def batchnorm_parameter_count():
    learnable = dict(gamma=np.ones(64), beta=np.zeros(64))
    buffers = dict(mean=np.zeros(64), var=np.ones(64))
    return [sum(a.size for a in kind.values()) for kind in (learnable, buffers)]


def running_mean_by_hand():
    mean = 0.0
    for batch in (4.2, 3.8, 4.1):
        mean = 0.9 * mean + 0.1 * batch
    return (mean,)


def fold_batchnorm():
    def layer(x):
        return 3 * (2 * x + 1 - 1) / math.sqrt(4) + 0.5

    return layer(1) - layer(0), layer(0)
