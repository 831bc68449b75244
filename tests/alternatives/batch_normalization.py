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
