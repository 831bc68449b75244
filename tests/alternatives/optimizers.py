"""Lesson 06."""

import numpy as np


# %% sgd_step: a copy changed in place
def sgd_step(w, grad, lr):
    out = w.copy()
    out -= np.multiply(lr, grad)
    return out


# %% sgd_step: entry by entry
def sgd_step(weights, gradient, learning_rate):
    out = np.zeros_like(weights)
    for index in np.ndindex(weights.shape):
        out[index] = weights[index] - learning_rate * gradient[index]
    return out


# %% momentum_step: a list is returned
def momentum_step(w, grad, velocity, lr, momentum):
    v = np.add(np.multiply(momentum, velocity), grad)
    return [w + (-lr) * v, v]


# %% lookahead_step: in three steps
def lookahead_step(w, grad_at, velocity, lr, momentum):
    ahead = w + momentum * velocity
    g = grad_at(ahead)
    w_new = ahead - lr * g
    return w_new, w_new - w


# %% largest_stable_lr: the smallest of all bounds
def largest_stable_lr(curvatures):
    return min(2.0 / c for c in curvatures)


# %% adagrad_step: power
def adagrad_step(w, grad, total, lr, eps):
    total = total + grad * grad
    return w - lr * (grad / (total**0.5 + eps)), total


# %% rmsprop_step: incremental mean
def rmsprop_step(w, g, s, lr, rho, eps):
    s = s + (1 - rho) * (g * g - s)
    return w - lr * g / (np.sqrt(s) + eps), s


# %% adam_step: the corrections folded into the rate
def adam_step(w, grad, state, lr, beta1, beta2, eps):
    t = state["step"] + 1
    m = beta1 * state["mean"] + (1 - beta1) * grad
    v = beta2 * state["variance"] + (1 - beta2) * np.square(grad)
    c2 = np.sqrt(1 - beta2**t)
    rate = lr * c2 / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * c2), dict(step=t, mean=m, variance=v)


# %% adam_step: a copied state
def adam_step(w, grad, state, lr, beta1, beta2, eps):
    new = {key: np.copy(value) for key, value in state.items()}
    new["step"] = int(new["step"]) + 1
    new["mean"] += (1 - beta1) * (grad - new["mean"])
    new["variance"] += (1 - beta2) * (grad**2 - new["variance"])
    m_hat = new["mean"] / (1 - beta1 ** new["step"])
    v_hat = new["variance"] / (1 - beta2 ** new["step"])
    return w - lr * m_hat / (v_hat**0.5 + eps), new


# %% adamw_step: shrink first
def adamw_step(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    t = state["step"] + 1
    m = beta1 * state["mean"] + (1 - beta1) * grad
    v = beta2 * state["variance"] + (1 - beta2) * grad**2
    w = w * (1 - lr * weight_decay)
    w = w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w, {"step": t, "mean": m, "variance": v}


# %% lr_at: a table of functions
import math


def lr_at(step, kind, lr, n_steps):
    x = step / n_steps
    if kind == "step":
        factor = 1
        if x >= 0.5:
            factor = factor / 10
        if x >= 0.75:
            factor = factor / 10
        return lr * factor
    if kind == "exponential":
        return lr * math.exp(math.log(0.01) * x)
    if kind == "cosine":
        return lr * math.cos(math.pi * x / 2) ** 2
    if x < 0.1:
        return lr * x / 0.1
    return lr * (0.5 + 0.5 * math.cos(math.pi * (x - 0.1) / 0.9))


# %% clip_by_global_norm: one long vector
def clip_by_global_norm(grads, max_norm):
    flat = np.concatenate([g.ravel() for g in grads])
    norm = np.linalg.norm(flat)
    if norm > max_norm:
        return [g / (norm / max_norm) for g in grads], norm
    return [g.copy() for g in grads], norm


# %% minibatches: a generator
def minibatches(X, y, batch_size, rng):
    indices = np.arange(len(y))
    rng.shuffle(indices)
    while len(indices):
        chosen, indices = indices[:batch_size], indices[batch_size:]
        yield X[chosen], y[chosen]


# %% minibatches: array_split
def minibatches(X, y, batch_size, rng):
    order = rng.permutation(len(y))
    cuts = np.arange(batch_size, len(y), batch_size)
    return list(zip(np.split(X[order], cuts), np.split(y[order], cuts)))


# %% early_stopping: a counter
def early_stopping(val_losses, weights, patience):
    best_loss, best_weights, waited = float("inf"), None, 0
    for n, (loss, w) in enumerate(zip(val_losses, weights), 1):
        if loss < best_loss:
            best_loss, best_weights, waited = loss, w.copy(), 0
        else:
            waited += 1
            if waited == patience:
                break
    return best_weights, n


# %% diagnose: loops and early returns
def diagnose(train_losses, val_losses):
    for loss in [*train_losses, *val_losses]:
        if not np.isfinite(loss):
            return "diverged"
    first, last = train_losses[0], train_losses[-1]
    if last > 2 * first:
        return "diverged"
    if (first - last) / first < 0.1:
        return "too slow"
    rises = sum(b > a for a, b in zip(train_losses, train_losses[1:]))
    if 3 * rises > len(train_losses) - 1:
        return "unstable"
    if val_losses[-1] > min(val_losses) * 1.1:
        return "overfitting"
    return "healthy"


# %% debug_adam: two buffers, changed in place
def debug_adam(w, grads, lr):
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    for i in range(len(grads)):
        g, t = grads[i], i + 1
        m *= 0.9
        m += 0.1 * g
        v *= 0.999
        v += 0.001 * g * g
        w = w - lr * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


# %% Optimizer: a method for each kind
class Optimizer:
    def __init__(self, kind, lr):
        self.rule = {"sgd": self._sgd, "momentum": self._momentum, "adam": self._adam}[kind]
        self.lr, self.memory = lr, {}

    def _sgd(self, slot, g):
        return g

    def _momentum(self, slot, g):
        slot["v"] = 0.9 * slot.get("v", np.zeros_like(g)) + g
        return slot["v"]

    def _adam(self, slot, g):
        slot["t"] = slot.get("t", 0) + 1
        slot["m"] = 0.9 * slot.get("m", 0) + 0.1 * g
        slot["v"] = 0.999 * slot.get("v", 0) + 0.001 * g * g
        m_hat = slot["m"] / (1 - 0.9 ** slot["t"])
        return m_hat / (np.sqrt(slot["v"] / (1 - 0.999 ** slot["t"])) + 1e-8)

    def step(self, params, grads):
        moved = {}
        for name, w in params.items():
            slot = self.memory.setdefault(name, {})
            moved[name] = w - self.lr * self.rule(slot, grads[name])
        return moved
