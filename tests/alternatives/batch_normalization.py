"""Lesson 07."""

import numpy as np


# %% batchnorm_train: sums written out
def batchnorm_train(X, gamma, beta, eps):
    N = X.shape[0]
    mu = np.sum(X, axis=0) / N
    centred = X - mu
    var = np.einsum("nd,nd->d", centred, centred) / N
    inv = (var + eps) ** -0.5
    hat = centred * inv
    return np.add(np.multiply(hat, gamma), beta), (hat, gamma, inv)


# %% batchnorm_train: feature by feature
def batchnorm_train(x, g, b, eps):
    out, hat, inv = np.empty_like(x), np.empty_like(x), np.empty(x.shape[1])
    for j in range(x.shape[1]):
        column = x[:, j]
        inv[j] = 1.0 / np.sqrt(np.var(column) + eps)
        hat[:, j] = (column - np.mean(column)) * inv[j]
        out[:, j] = g[j] * hat[:, j] + b[j]
    return out, [hat, g, inv]


# %% update_running: a difference added
def update_running(running_mean, running_var, X, momentum):
    n = len(X)
    batch_var = X.var(axis=0) * n / (n - 1)
    running_mean = running_mean + momentum * (X.mean(axis=0) - running_mean)
    running_var = running_var + momentum * (batch_var - running_var)
    return [running_mean, running_var]


# %% batchnorm_eval: folded into one scale and shift
def batchnorm_eval(X, gamma, beta, running_mean, running_var, eps):
    scale = gamma / np.sqrt(running_var + eps)
    return X * scale + (beta - running_mean * scale)


# %% batchnorm_backward: every step of the graph
def batchnorm_backward(dout, cache):
    hat, gamma, inv = cache
    N = dout.shape[0]
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * hat, axis=0)
    dhat = dout * gamma
    centred = hat / inv
    dvar = np.sum(dhat * centred, axis=0) * -0.5 * inv**3
    dmu = -np.sum(dhat * inv, axis=0) + dvar * np.mean(-2 * centred, axis=0)
    dX = dhat * inv + dvar * 2 * centred / N + dmu / N
    return dX, dgamma, dbeta


# %% batchnorm_backward: a Jacobian a feature
def batchnorm_backward(dout, cache):
    hat, gamma, inv = cache
    N, D = dout.shape
    dX = np.zeros((N, D))
    for d in range(D):
        h = hat[:, d : d + 1]
        J = inv[d] * (np.eye(N) - 1 / N - h @ h.T / N)
        dX[:, d] = J @ (gamma[d] * dout[:, d])
    return dX, (dout * hat).sum(0), dout.sum(0)


# %% batchnorm_backward_fast: means
def batchnorm_backward_fast(dout, cache):
    h, g, s = cache
    return g * s * (dout - dout.mean(0) - h * (dout * h).mean(0))


# %% batchnorm2d_train: as a matrix of pixels
def batchnorm2d_train(X, gamma, beta, eps):
    N, C, H, W = X.shape
    flat = X.transpose(0, 2, 3, 1).reshape(-1, C)
    hat = (flat - flat.mean(0)) / np.sqrt(flat.var(0) + eps)
    return (gamma * hat + beta).reshape(N, H, W, C).transpose(0, 3, 1, 2)


# %% layernorm_forward: transposed
def layernorm_forward(X, gamma, beta, eps):
    T = X.T
    hat = (T - T.mean(axis=0)) / np.sqrt(T.var(axis=0) + eps)
    return hat.T * gamma + beta


# %% rmsnorm_forward: row by row
def rmsnorm_forward(X, gamma, eps):
    return np.array([gamma * row / np.sqrt(np.dot(row, row) / len(row) + eps) for row in X])


# %% fold_batchnorm: a diagonal matrix
def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps):
    S = np.diag(gamma / np.sqrt(running_var + eps))
    return W @ S, b @ S - running_mean @ S + beta


# %% debug_batchnorm_modes: statistics chosen first
def debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training):
    if training:
        mean, var = X.mean(axis=0), X.var(axis=0)
        n = len(X)
        running_mean = running_mean * 0.9 + mean * 0.1
        running_var = running_var * 0.9 + var * n / (n - 1) * 0.1
    else:
        mean, var = running_mean, running_var
    out = (X - mean) * (gamma / np.sqrt(var + 1e-5)) + beta
    return out, running_mean, running_var


# %% BatchNorm: a cache and other names
class BatchNorm:
    def __init__(self, n_features):
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)
        self.training = True
        self._cache = None

    def forward(self, X):
        if not self.training:
            std = np.sqrt(self.running_var + 1e-5)
            return self.gamma * (X - self.running_mean) / std + self.beta
        N = len(X)
        mu = X.mean(0)
        var = ((X - mu) ** 2).mean(0)
        self.running_mean += 0.1 * (mu - self.running_mean)
        self.running_var += 0.1 * (var * N / (N - 1) - self.running_var)
        std = np.sqrt(var + 1e-5)
        self._cache = (X - mu) / std, std
        return self.gamma * self._cache[0] + self.beta

    def backward(self, dout):
        hat, std = self._cache
        g = dout * self.gamma
        dX = (g - g.mean(0) - hat * (g * hat).mean(0)) / std
        return dX, (dout * hat).sum(0), dout.sum(0)


# %% batchnorm_train: a centring matrix
def batchnorm_train(X, gamma, beta, eps):
    N = len(X)
    C = (np.eye(N) - np.full((N, N), 1 / N)) @ X
    inv_std = 1 / np.sqrt(np.diag(C.T @ C) / N + eps)
    X_hat = C @ np.diag(inv_std)
    return X_hat @ np.diag(gamma) + np.outer(np.ones(N), beta), (X_hat, gamma.copy(), inv_std)


# %% batchnorm_train: a named tuple as cache
from typing import NamedTuple


class Cache(NamedTuple):
    X_hat: np.ndarray
    gamma: np.ndarray
    inv_std: np.ndarray


def batchnorm_train(X, gamma, beta, eps=1e-5):
    c = X.T - X.mean(axis=0)[:, None]
    s = np.hypot(c.std(axis=1), np.sqrt(eps))
    h = (c / s[:, None]).T
    return h * gamma + beta, Cache(h, gamma, 1 / s)


# %% batchnorm_undone: solved at two points
def batchnorm_undone(mu, var, eps):
    def f(x):
        return (x - mu) / np.sqrt(var + eps)

    gamma = 1 / (f(1.0) - f(0.0))
    beta = -gamma * f(0.0)
    return gamma, beta, np.zeros(mu.shape)


# %% batchnorm_undone: hypot and integer zeros
def batchnorm_undone(mu, var, eps):
    return np.hypot(np.sqrt(var), np.sqrt(eps)), +mu, np.zeros(len(mu), dtype=int)


# %% update_running: differences of all pairs
def update_running(running_mean, running_var, X, momentum):
    N = len(X)
    diff = X[:, None] - X[None]
    var = (diff**2).sum((0, 1)) / (2 * N * (N - 1))
    m, v = running_mean.copy(), running_var.copy()
    m *= 1 - momentum
    v *= 1 - momentum
    m += momentum * X.mean(0)
    v += momentum * var
    return m, v


# %% update_running: Welford's update
def update_running(running_mean, running_var, X, momentum):
    mean, m2 = np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for n, x in enumerate(X, 1):
        delta = x - mean
        mean = mean + delta / n
        m2 = m2 + delta * (x - mean)
    keep = 1 - momentum
    return keep * running_mean + momentum * mean, keep * running_var + momentum * m2 / (n - 1)


# %% batchnorm_eval: a callable object
class Eval:
    def __init__(self, gamma, beta, mean, var, eps):
        self.scale = gamma / np.sqrt(var + eps)
        self.shift = beta - mean * self.scale

    def __call__(self, X):
        return np.multiply(X, self.scale[None]) + self.shift[None]


def batchnorm_eval(X, *rest):
    return Eval(*rest)(X)


# %% batchnorm_eval: a diagonal matrix
def batchnorm_eval(X, gamma, beta, running_mean, running_var, eps):
    return np.matmul(X - running_mean, np.diag(gamma * (running_var + eps) ** -0.5)) + beta


# %% debug_batchnorm_modes: a function for each mode
def _train(X, running_mean, running_var):
    c = X - X.mean(axis=0)
    return (
        X.mean(axis=0),
        (c**2).sum(axis=0) / len(X),
        0.9 * running_mean + 0.1 * X.mean(axis=0),
        0.9 * running_var + 0.1 * (c**2).sum(axis=0) / (len(X) - 1),
    )


def _eval(X, running_mean, running_var):
    return running_mean, running_var, running_mean, running_var


def debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training):
    mu, var, *new = (_train if training else _eval)(X, running_mean, running_var)
    return gamma * (X - mu) / np.sqrt(var + 1e-5) + beta, *new


# %% debug_batchnorm_modes: np.where and a momentum of 0
def debug_batchnorm_modes(X, gamma, beta, running_mean, running_var, training):
    mu = np.where(training, X.mean(axis=0), running_mean)
    var = np.where(training, X.var(axis=0), running_var)
    m = 0.1 if training else 0.0
    unbiased = X.var(axis=0, ddof=1) if len(X) > 1 else running_var
    out = gamma * (X - mu) / np.sqrt(var + 1e-5) + beta
    return out, running_mean + m * (mu - running_mean), running_var + m * (unbiased - running_var)


# %% batchnorm_backward: a projection
def batchnorm_backward(dout, cache):
    X_hat, gamma, inv_std = cache
    N = dout.shape[0]
    P = np.identity(N) - np.ones((N, N)) / N
    G = np.tensordot(P, dout, axes=1)
    return (
        gamma * inv_std * (G - X_hat * np.einsum("nd,nd->d", X_hat, G) / N),
        np.add.reduce(X_hat * dout),
        np.add.reduce(dout),
    )


# %% batchnorm_backward: kept dimensions, a named tuple
from typing import NamedTuple


class Grads(NamedTuple):
    dX: np.ndarray
    dgamma: np.ndarray
    dbeta: np.ndarray


def batchnorm_backward(dout, cache):
    X_hat, gamma, inv_std = cache
    d = dout * gamma
    m = d.mean(axis=0, keepdims=True)
    c = (d * X_hat).mean(axis=0, keepdims=True)
    return Grads(
        (d - m - X_hat * c) * inv_std[None, :], np.sum(dout * X_hat, axis=0), np.sum(dout, axis=0)
    )


# %% batchnorm_backward_fast: projected in place
def batchnorm_backward_fast(dout, cache):
    h, g, s = cache
    c = dout - dout.mean(axis=0, keepdims=True)
    c -= h * np.einsum("ij,ij->j", h, c)[None] / h.shape[0]
    c *= g
    c *= s
    return c


# %% batchnorm_backward_fast: products with a row of ones
def batchnorm_backward_fast(dout, cache):
    H, g, s = cache
    N = H.shape[0]
    one = np.ones((1, N))
    return (g * s) * (dout - (one @ dout + H * (one @ (H * dout))) / N)


# %% what_batchnorm_changes: a list with an integer
def what_batchnorm_changes():
    return [False, True, 1, 1 / 5]


# %% what_batchnorm_changes: quotients and comparisons
def what_batchnorm_changes():
    losses = {"with": 0.1, "without": 2.3}
    learns = {k: v < 1 for k, v in losses.items()}
    return learns["without"], learns["with"], 5 / 5, 5**-1


# %% batchnorm2d_train: channels stacked
def batchnorm2d_train(X, gamma, beta, eps):
    channels = [
        g * (Z - Z.mean()) / np.sqrt(np.mean((Z - Z.mean()) ** 2) + eps) + b
        for Z, g, b in zip(np.moveaxis(X, 1, 0), gamma, beta)
    ]
    return np.stack(channels, axis=1)


# %% batchnorm2d_train: einsum
def batchnorm2d_train(X, gamma, beta, eps):
    n = X.size / X.shape[1]
    mu = np.einsum("nchw->c", X) / n
    C = X - mu.reshape(1, -1, 1, 1)
    s = gamma / np.sqrt(np.einsum("nchw,nchw->c", C, C) / n + eps)
    return np.einsum("nchw,c->nchw", C, s) + beta[None, :, None, None]


# %% layernorm_forward: the root mean square of what is centred
def _rms(X, eps):
    return X / np.sqrt((X**2).mean(axis=-1, keepdims=True) + eps)


def layernorm_forward(X, gamma, beta, eps):
    return gamma * _rms(X - X.mean(axis=-1, keepdims=True), eps) + beta


# %% layernorm_forward: the statistics module
import statistics


def layernorm_forward(X, gamma, beta, eps):
    rows = []
    for x in X.tolist():
        m, v = statistics.fmean(x), statistics.pvariance(x)
        rows.append([(a - m) / (v + eps) ** 0.5 for a in x])
    return np.asarray(rows) * gamma + beta


# %% rmsnorm_forward: two diagonal matrices
def rmsnorm_forward(X, gamma, eps):
    return np.diag(1 / np.sqrt(np.square(X).mean(axis=1) + eps)) @ X @ np.diag(gamma)


# %% rmsnorm_forward: norms and an outer product
def rmsnorm_forward(X, gamma, eps):
    d = X.shape[1]
    r = np.hypot(np.linalg.norm(X, axis=1), np.sqrt(d * eps)) / np.sqrt(d)
    return np.outer(1 / r, gamma) * X


# %% fold_batchnorm: both layers probed with unit vectors
def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps):
    def layer(X):
        return gamma * (X @ W + b - running_mean) / np.sqrt(running_var + eps) + beta

    D = W.shape[0]
    b_new = layer(np.zeros((1, D)))[0]
    return layer(np.eye(D)) - b_new, b_new


# %% fold_batchnorm: bias and weights in one matrix
def fold_batchnorm(W, b, gamma, beta, running_mean, running_var, eps):
    A = np.vstack([W, b - running_mean])
    A = np.einsum("dm,m->dm", A, gamma * np.power(running_var + eps, -0.5))
    return A[:-1], A[-1] + beta


# %% BatchNorm: buffers changed in place, a closure for the way back
class BatchNorm:
    def __init__(self, n_features, momentum=0.1, eps=1e-5):
        self.momentum, self.eps = momentum, eps
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)
        self.training = 1

    def forward(self, X):
        if self.training:
            N = X.shape[0]
            mu = X.mean(axis=0, keepdims=True)
            C = X - mu
            var = (C * C).mean(axis=0)
            self.running_mean += self.momentum * (mu[0] - self.running_mean)
            self.running_var += self.momentum * (N / (N - 1) * var - self.running_var)
            std = np.sqrt(var + self.eps)
            H, gamma = C / std, self.gamma.copy()

            def back(dout):
                d = gamma * dout
                return (d - d.mean(0) - H * (d * H).mean(0)) / std, (dout * H).sum(0), dout.sum(0)

            self._back = back
        else:
            H = (X - self.running_mean) / np.sqrt(self.running_var + self.eps)
        return H * self.gamma + self.beta

    def backward(self, dout):
        return list(self._back(dout))


# %% BatchNorm: a property and a projection
class BatchNorm:
    def __init__(self, n_features: int) -> None:
        self.gamma = np.ones(n_features)
        self.beta = np.zeros(n_features)
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)
        self._mode = "train"

    @property
    def training(self):
        return self._mode == "train"

    @training.setter
    def training(self, on):
        self._mode = "train" if on else "eval"

    def forward(self, X):
        mu, var = self.statistics(X)
        H = (X - mu) / np.sqrt(var + 1e-5)
        if self.training:
            self._cache = H, 1 / np.sqrt(var + 1e-5)
        return np.einsum("d,nd->nd", self.gamma, H) + self.beta

    def statistics(self, X):
        if not self.training:
            return self.running_mean, self.running_var
        n = len(X)
        mu = np.ones(n) @ X / n
        var = np.ones(n) @ (X - mu) ** 2 / n
        self.running_mean = self.running_mean - 0.1 * (self.running_mean - mu)
        self.running_var = self.running_var - 0.1 * (self.running_var - var * n / (n - 1))
        return mu, var

    def backward(self, dout):
        H, s = self._cache
        n = len(H)
        A = np.eye(n) - 1 / n
        G = A @ dout
        return (
            self.gamma * s * (G - H * (H * G).sum(axis=0) / n),
            np.diag(dout.T @ H),
            np.ones(n) @ dout,
        )
