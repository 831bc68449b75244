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


# %% sgd_step: a product of two stacked arrays
def sgd_step(w, grad, lr):
    return np.einsum("k...,k->...", np.stack([w, grad]), np.array([1.0, -lr]))


# %% sgd_step: vectorize
sgd_step = np.vectorize(lambda w, g, lr: w - lr * g)


# %% largest_stable_lr: bisection
def largest_stable_lr(curvatures):
    low, high = 0.0, 4 / curvatures.sum() * len(curvatures)
    high = max(high, 4 / curvatures.min())
    for _ in range(200):
        mid = 0.5 * (low + high)
        if (np.abs(1 - mid * curvatures) <= 1).all():
            low = mid
        else:
            high = mid
    return low


# %% largest_stable_lr: eigenvalues of the Hessian
def largest_stable_lr(curvatures):
    return np.divide(2, np.linalg.eigvalsh(np.diag(curvatures))[-1])


# %% minibatches: shuffled by hand
def minibatches(X, y, batch_size, rng):
    order = list(range(len(X)))
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    batches, current = [], []
    for i in order:
        current.append(i)
        if len(current) == batch_size:
            batches.append((X[current], y[current]))
            current = []
    if current:
        batches.append((X[current], y[current]))
    return batches


# %% minibatches: named tuples cut from an iterator
from collections import namedtuple
from itertools import islice

Batch = namedtuple("Batch", ["X_batch", "y_batch"])


def minibatches(X, y, batch_size, rng):
    stream = iter(rng.permutation(len(X)).tolist())
    return [Batch(X[rows], y[rows]) for rows in iter(lambda: list(islice(stream, batch_size)), [])]


# %% momentum_step: a matrix that maps the old to the new
def momentum_step(w, grad, velocity, lr, momentum):
    M = np.array([[1, -lr, -lr * momentum], [0, 1, momentum]])
    new = np.tensordot(M, np.stack([w, grad, velocity]), axes=1)
    return new[0], new[1]


# %% momentum_step: a tuple of what a generator yields
def momentum_step(w, grad, velocity, lr, momentum):
    def both():
        v = momentum * velocity + grad
        yield w - lr * v
        yield v

    return tuple(both())


# %% lookahead_step: from the point ahead
def lookahead_step(w, grad_at, velocity, lr, momentum):
    ahead = w + momentum * velocity
    step = lr * grad_at(ahead)
    return ahead - step, ahead - step - w


# %% lookahead_step: a gradient as a function of the step
def lookahead_step(w, grad_at, velocity, lr, momentum):
    def loss_gradient(v):
        return grad_at(w + v)

    coast = momentum * velocity
    new = coast - np.multiply(lr, loss_gradient(coast))
    return np.sum([w, new], axis=0), new


# %% adagrad_step: hypot of the roots
def adagrad_step(w, grad, total, lr, eps):
    root = np.hypot(np.sqrt(total), grad)
    return w - lr * (grad / (root + eps)), root * root


# %% adagrad_step: divided where there is a gradient
def adagrad_step(w, grad, total, lr, eps):
    t = total + grad * grad
    step = np.divide(grad, np.sqrt(t) + eps, out=np.zeros_like(w), where=grad != 0)
    return w - lr * step, t


# %% rmsprop_step: hypot of the roots
def rmsprop_step(w, grad, mean_square, lr, decay, eps):
    rms = np.hypot(np.sqrt(decay * mean_square), np.sqrt(1 - decay) * grad)
    return w - grad * (lr / (rms + eps)), rms**2


# %% rmsprop_step: a weighted average
def rmsprop_step(w, grad, mean_square, lr, decay, eps):
    s = np.average([mean_square, grad**2], axis=0, weights=[decay, 1 - decay])
    return [w - lr * grad * (np.sqrt(s) + eps) ** -1, s]


# %% adam_step: an unpacked state and weighted averages
from operator import itemgetter


def adam_step(w, grad, state, lr, beta1, beta2, eps):
    t, m, v = itemgetter("step", "mean", "variance")(state)
    t, m, v = (
        t + 1,
        np.average([m, grad], axis=0, weights=[beta1, 1 - beta1]),
        np.average([v, grad**2], axis=0, weights=[beta2, 1 - beta2]),
    )
    update = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * update, dict(zip(("step", "mean", "variance"), (t, m, v)))


# %% adam_step: a class for the running means
class EMA:
    def __init__(self, beta, value):
        self.beta, self.value = beta, value

    def update(self, x):
        return EMA(self.beta, self.beta * self.value + (1 - self.beta) * x)

    def corrected(self, t):
        return self.value / (1 - self.beta**t)


def adam_step(w, grad, state, lr, beta1, beta2, eps):
    t = 1 + state["step"]
    m, v = EMA(beta1, state["mean"]).update(grad), EMA(beta2, state["variance"]).update(grad**2)
    w_new = w - lr * m.corrected(t) / (np.sqrt(v.corrected(t)) + eps)
    return w_new, {"step": t, "mean": m.value, "variance": v.value}


# %% first_adam_steps: simulated
def first_adam_steps():
    m = v = 0.0
    steps = []
    for _ in range(10):
        m, v = 0.9 * m + 0.1, 0.999 * v + 0.001
        steps.append(m / v**0.5)
    return 1.0, steps[0], steps[-1]


# %% first_adam_steps: four digits in single precision
def first_adam_steps():
    return np.float32(1), np.float32(3.162), np.float32(6.528)


# %% debug_adam: all moments as weighted sums
def debug_adam(w, grads, lr):
    T = len(grads)
    lag = np.arange(T)[:, None] - np.arange(T)[None, :]
    a = np.where(lag >= 0, 0.1 * 0.9 ** np.maximum(lag, 0), 0)
    b = np.where(lag >= 0, 0.001 * 0.999 ** np.maximum(lag, 0), 0)
    t = np.arange(1, T + 1)[:, None]
    m, v = a @ grads / (1 - 0.9**t), b @ grads**2 / (1 - 0.999**t)
    return w - lr * (m / (np.sqrt(v) + 1e-8)).sum(axis=0)


# %% debug_adam: recursion
def debug_adam(w, grads, lr, m=0.0, v=0.0, t=1):
    if not len(grads):
        return w
    g = grads[0]
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return debug_adam(w - step, grads[1:], lr, m, v, t + 1)


# %% adamw_step: entry by entry
def adamw_step(w, grad, state, lr, beta1, beta2, eps, weight_decay):
    w_new, m, v = np.copy(w), np.copy(state["mean"]), np.copy(state["variance"])
    t = state["step"] + 1
    for i, g in np.ndenumerate(grad):
        m[i] += (1 - beta1) * (g - m[i])
        v[i] += (1 - beta2) * (g**2 - v[i])
        w_new[i] *= 1 - lr * weight_decay
        w_new[i] -= lr * (m[i] / (1 - beta1**t)) / ((v[i] / (1 - beta2**t)) ** 0.5 + eps)
    return w_new, {"step": np.int64(t), "mean": m, "variance": v}


# %% adamw_step: defaults and a merged state
def adamw_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    t = state["step"] + 1
    m = (1 - beta1) * grad + state["mean"] * beta1
    v = (1 - beta2) * np.square(grad) + state["variance"] * beta2
    adaptive = np.true_divide(m / (1 - beta1**t), np.sqrt(v / (1 - beta2**t)) + eps)
    w_new = np.tensordot([1 - lr * weight_decay, -lr], np.stack([w, adaptive]), axes=1)
    return w_new, state | {"step": t, "mean": m, "variance": v}


# %% lr_at: a table of all steps
def lr_at(step, kind, lr, n_steps):
    t = np.arange(n_steps + 1)
    w = n_steps // 10
    if kind == "step":
        table = np.select([t < n_steps / 2, t < 0.75 * n_steps], [1, 0.1], 0.01)
    elif kind == "exponential":
        table = np.geomspace(1, 0.01, n_steps + 1)
    elif kind == "cosine":
        table = 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n_steps + 1))
    elif kind == "warmup_cosine":
        table = np.concatenate(
            [
                np.linspace(0, 1, w + 1)[:-1],
                0.5 + 0.5 * np.cos(np.linspace(0, np.pi, n_steps - w + 1)),
            ]
        )
    else:
        raise ValueError(kind)
    return lr * table[step]


# %% lr_at: complex exponentials
import cmath


def lr_at(step, kind, lr, n_steps):
    def wave(t, T):
        return (abs(1 + cmath.exp(1j * cmath.pi * t / T)) / 2) ** 2

    w = n_steps / 10
    if kind.endswith("cosine"):
        if kind == "cosine":
            return lr * wave(step, n_steps)
        return min(lr * step / w, lr) * wave(max(step - w, 0), n_steps - w)
    return (
        lr * 0.01 ** (step / n_steps)
        if kind == "exponential"
        else lr / 10 ** ((step >= n_steps / 2) + (step >= n_steps * 3 / 4))
    )


# %% clip_by_global_norm: hypot over all entries, changed copies
import functools
import math


def clip_by_global_norm(grads, max_norm):
    norm = functools.reduce(math.hypot, (float(x) for g in grads for x in g.flat), 0.0)
    out = []
    for g in grads:
        c = np.array(g, dtype=float)
        if norm > max_norm:
            c *= max_norm / norm
        out.append(c)
    return [out, norm]


# %% clip_by_global_norm: a norm of norms
def clip_by_global_norm(grads, max_norm):
    norm = np.linalg.norm([np.linalg.norm(g) for g in grads])
    scale = max_norm / max(norm, max_norm)
    return [np.multiply(scale, g) for g in grads], norm


# %% early_stopping: running minima
def early_stopping(val_losses, weights, patience):
    losses = np.asarray(val_losses)
    run_min = np.minimum.accumulate(losses)
    new_best = np.r_[True, losses[1:] < run_min[:-1]]
    last = np.maximum.accumulate(np.where(new_best, np.arange(len(losses)), 0))
    waited = np.arange(len(losses)) - last
    hit = np.flatnonzero(waited >= patience)
    n = int(hit[0]) + 1 if hit.size else len(losses)
    return [weights[last[n - 1]], n]


# %% early_stopping: recursion
def early_stopping(val_losses, weights, patience):
    def go(epoch, best, bad):
        if epoch == len(val_losses) or bad >= patience:
            return weights[best], epoch
        better = best is None or val_losses[epoch] < val_losses[best]
        return go(epoch + 1, epoch if better else best, 0 if better else bad + 1)

    return go(0, None, 0)


# %% diagnose: a table of rules
def diagnose(train_losses, val_losses):
    t, v = train_losses, val_losses
    rules = {
        "diverged": lambda: np.isnan([t, v]).any() or np.isinf([t, v]).any() or t[-1] > t[0] * 2,
        "too slow": lambda: t[-1] > t[0] - t[0] / 10,
        "unstable": lambda: (t[1:] > t[:-1]).sum() > (len(t) - 1) / 3,
        "overfitting": lambda: v[-1] - np.min(v) > np.min(v) / 10,
        "healthy": lambda: True,
    }
    return next(word for word, rule in rules.items() if rule())


# %% diagnose: np.select
def diagnose(train_losses, val_losses):
    both = np.concatenate([train_losses, val_losses])
    if not np.isfinite(both.sum()):
        return np.str_("diverged")
    t, v = train_losses, val_losses
    return np.select(
        [
            t[-1] > 2 * t[0],
            t[-1] > 0.9 * t[0],
            np.count_nonzero(np.diff(t) > 0) * 3 > t.size - 1,
            v[-1] > 1.1 * v.min(),
        ],
        ["diverged", "too slow", "unstable", "overfitting"],
        "healthy",
    )[()]


# %% Optimizer: a closure for each parameter
def _sgd(lr):
    def step(w, g):
        return w - lr * g

    return step


def _momentum(lr):
    v = 0.0

    def step(w, g):
        nonlocal v
        v = 0.9 * v + g
        return w - lr * v

    return step


def _adam(lr):
    m = v = t = 0

    def step(w, g):
        nonlocal m, v, t
        t += 1
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        return w - lr * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)

    return step


class Optimizer:
    def __init__(self, kind, lr):
        self.make = {"sgd": _sgd, "momentum": _momentum, "adam": _adam}[kind]
        self.lr = lr
        self.steps = {}

    def step(self, params, grads):
        return {
            k: self.steps.setdefault(k, self.make(self.lr))(params[k], grads[k]) for k in params
        }


# %% Optimizer: a generator for each parameter
def coroutine(kind, lr):
    w, m, v, t = None, 0, 0, 0
    while True:
        w, g = yield w
        t += 1
        if kind == "adam":
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            d = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        else:
            m = m * (0.9 if kind == "momentum" else 0) + g
            d = m
        w = w - lr * d


class Optimizer:
    def __init__(self, kind: str, lr: float) -> None:
        self.kind, self.lr, self.running = kind, lr, {}

    def step(self, params, grads):
        out = {}
        for name in grads:
            if name not in self.running:
                self.running[name] = coroutine(self.kind, self.lr)
                next(self.running[name])
            out[name] = self.running[name].send((params[name], grads[name]))
        return out
