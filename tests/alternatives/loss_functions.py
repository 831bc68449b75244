"""Lesson 02."""

import numpy as np


# %% mse: a loop
def mse(pred, target):
    if np.shape(pred) != np.shape(target):
        raise ValueError(f"{np.shape(pred)} against {np.shape(target)}")
    total, count = 0.0, 0
    for p, t in zip(np.ravel(pred), np.ravel(target)):
        total += (float(p) - float(t)) ** 2
        count += 1
    return total / count


# %% mse: a dot product
def mse(y_hat, y):
    if y_hat.shape != y.shape:
        raise ValueError("shapes")
    r = np.subtract(y_hat, y, dtype=np.float64).ravel()
    return r @ r / r.size


# %% mse: linalg.norm
def mse(pred, target):
    a, b = np.asarray(pred, float), np.asarray(target, float)
    if a.shape != b.shape:
        raise ValueError
    return np.linalg.norm((a - b).ravel()) ** 2 / a.size


# %% mse: recursion over axes
def mse(pred, target):
    if pred.shape != target.shape:
        raise ValueError("shape")

    def s(p, t):
        return (float(p) - float(t)) ** 2 if p.ndim == 0 else sum(s(a, b) for a, b in zip(p, t))

    return s(pred, target) / pred.size


# %% mse_backward: in two steps
def mse_backward(pred, target):
    n = np.prod(pred.shape)
    residual = pred - target
    return residual * (2.0 / n)


# %% mse_backward: a loop over ndindex
def mse_backward(pred, target):
    out = np.zeros(pred.shape)
    for i in np.ndindex(pred.shape):
        out[i] = 2.0 / pred.size * (float(pred[i]) - float(target[i]))
    return out


# %% mse_backward: add to itself
def mse_backward(pred, target):
    r = np.subtract(pred, target)
    return np.divide(r + r, r.size)


# %% mae_backward: where
def mae_backward(pred, target):
    diff = pred - target
    slope = np.where(diff > 0, 1.0, np.where(diff < 0, -1.0, 0.0))
    return slope / diff.size


# %% mae_backward: divide by the absolute value
def mae_backward(pred, target):
    r = pred - target
    m = np.abs(r)
    return np.divide(r, m, out=np.zeros(r.shape), where=m != 0) / r.size


# %% mae_backward: greater minus less
def mae_backward(pred, target):
    n = pred.size
    return np.greater(pred, target) / n - np.less(pred, target) / n


# %% huber: masks
def huber(pred, target, delta):
    r = target - pred
    inside = abs(r) <= delta
    total = 0.5 * np.sum(r[inside] ** 2) + np.sum(delta * abs(r[~inside]) - 0.5 * delta**2)
    return total / r.size


# %% huber: one clipped expression
def huber(pred, target, delta):
    a = np.abs(pred - target)
    c = np.minimum(a, delta)
    return np.mean(c * (a - 0.5 * c))


# %% huber: minimum form
def huber(pred, target, delta):
    a = np.abs(pred - target)
    q = np.minimum(a, delta)
    return (0.5 * q**2 + delta * (a - q)).mean()


# %% huber_backward: where
def huber_backward(pred, target, delta):
    r = pred - target
    return np.where(np.abs(r) <= delta, r, delta * np.sign(r)) / r.size


# %% huber_backward: sum of two absolute values
def huber_backward(pred, target, delta):
    r = pred - target
    return (np.abs(r + delta) - np.abs(r - delta)) / 2 / r.size


# %% huber_backward: mask and sign
def huber_backward(pred, target, delta):
    g = pred - target
    far = abs(g) > delta
    g[far] = delta * np.sign(g[far])
    g /= g.size
    return g


# %% hinge: a loop
def hinge(scores, y):
    total = 0.0
    for s, label in zip(scores, y):
        if label not in (-1, 1):
            raise ValueError(label)
        total += max(0.0, 1.0 - label * s)
    return total / len(scores)


# %% hinge: relu by absolute value
def hinge(scores, y):
    if not (y**2 == 1).all():
        raise ValueError("x")
    m = np.subtract(1, np.multiply(y, scores))
    return np.average((m + np.abs(m)) / 2)


# %% hinge: a set
def hinge(scores, y):
    if set(np.unique(y)) - {-1, 1}:
        raise ValueError("bad")
    return np.mean(np.clip(1 - y * scores, 0, None))


# %% hinge_backward: a mask
def hinge_backward(scores, y):
    grad = np.zeros(len(scores))
    mask = 1 - y * scores > 0
    grad[mask] = -y[mask]
    return grad / len(scores)


# %% hinge_backward: heaviside
def hinge_backward(scores, y):
    return -y * np.heaviside(1 - y * scores, 0) / scores.shape[0]


# %% hinge_backward: a negative divisor
def hinge_backward(scores, y):
    return (1 - y * scores > 0) * y / -len(y)


# %% triplet_margin: linalg.norm
def triplet_margin(anchor, positive, negative, margin):
    d_ap = np.linalg.norm(anchor - positive, axis=-1)
    d_an = np.linalg.norm(anchor - negative, axis=-1)
    return np.clip(d_ap - d_an + margin, 0, None).mean()


# %% triplet_margin: math.dist
import math


def triplet_margin(anchor, positive, negative, margin):
    return sum(
        max(0.0, math.dist(a, p) - math.dist(a, n) + margin)
        for a, p, n in zip(anchor, positive, negative)
    ) / len(anchor)


# %% triplet_margin: hypot reduce
def triplet_margin(anchor, positive, negative, margin):
    dp = np.hypot.reduce(anchor - positive, axis=1)
    dn = np.hypot.reduce(anchor - negative, axis=1)
    return np.clip(dp - dn + margin, 0, np.inf).mean()


# %% bce: only the terms that count
def _clamped_log(p):
    with np.errstate(divide="ignore"):
        return np.clip(np.log(p), -100, None)


def bce(probs, y):
    return np.mean(-(y * _clamped_log(probs)) - (1 - y) * _clamped_log(1 - probs))


# %% bce: a loop with math
import math


def bce(probs, y):
    def log(p):
        return max(math.log(p), -100.0) if p > 0 else -100.0

    return sum(-(t * log(p) + (1 - t) * log(1 - p)) for p, t in zip(probs, y)) / len(y)


# %% bce: clip at exp(-100)
def bce(probs, y):
    t = np.exp(-100)
    return np.mean(-(y * np.log(np.maximum(probs, t)) + (1 - y) * np.log(np.maximum(1 - probs, t))))


# %% bce_with_logits: logaddexp
def bce_with_logits(logits, y):
    return np.mean(np.logaddexp(0, logits) - y * logits)


# %% bce_with_logits: two branches
def bce_with_logits(z, t):
    out = np.empty(len(z))
    pos = z >= 0
    out[pos] = z[pos] * (1 - t[pos]) + np.log1p(np.exp(-z[pos]))
    out[~pos] = -z[~pos] * t[~pos] + np.log1p(np.exp(z[~pos]))
    return out.mean()


# %% bce_with_logits: flipped sign
def bce_with_logits(logits, y):
    n, p = np.minimum(logits, 0), np.maximum(logits, 0)
    tail = np.log1p(np.exp(n - p))
    return np.average(y * (tail - n) + (1 - y) * (tail + p))


# %% bce_with_logits_backward: a sigmoid in two branches
def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def bce_with_logits_backward(logits, y):
    return (_sigmoid(logits) - y) / logits.shape[0]


# %% bce_with_logits_backward: clipped at 700
def bce_with_logits_backward(logits, y):
    s = 1 / (1 + np.exp(-np.clip(logits, -700, 700)))
    return np.divide(s - y, y.shape[0])


# %% bce_with_logits_backward: the math module
import math


def bce_with_logits_backward(logits, y):
    def s(z):
        return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))

    return np.array([s(float(z)) - float(t) for z, t in zip(logits, y)]) / len(logits)


# %% class_weighted_bce: softplus
def class_weighted_bce(logits, y, pos_weight):
    softplus = np.maximum(-logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    losses = (1 - y) * logits + (1 + (pos_weight - 1) * y) * softplus
    return losses.mean()


# %% class_weighted_bce: pytorch's formula
def class_weighted_bce(logits, y, pos_weight):
    lw = 1 + (pos_weight - 1) * y
    m = np.maximum(-logits, 0)
    return ((1 - y) * logits + lw * (np.log1p(np.exp(-np.abs(logits))) + m)).sum() / len(y)


# %% class_weighted_bce: weights array
def class_weighted_bce(logits, y, pos_weight):
    w = np.where(y == 1, pos_weight, 1)
    s = np.where(y == 1, -logits, logits)
    return np.dot(w, np.logaddexp(s, 0)) / w.size


# %% logsumexp: logaddexp
def logsumexp(Z):
    return np.logaddexp.reduce(Z, axis=1)


# %% logsumexp: row by row
def logsumexp(Z):
    out = []
    for row in Z:
        m = max(row)
        if m == -np.inf:
            out.append(-np.inf)
        else:
            out.append(m + np.log(sum(np.exp(v - m) for v in row)))
    return np.array(out)


# %% logsumexp: log1p of the others
def logsumexp(Z):
    S = np.sort(Z, axis=1)
    top = S[:, -1]
    safe = np.where(top == -np.inf, 0, top)
    return top + np.log1p(np.exp(S[:, :-1] - safe[:, None]).sum(axis=1))


# %% log_softmax: logaddexp
def log_softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)


# %% log_softmax: pairwise differences
def log_softmax(Z):
    return -np.logaddexp.reduce(Z[:, None, :] - Z[:, :, None], axis=2)


# %% log_softmax: apply_along_axis
def log_softmax(Z):
    def row(z):
        z = z - np.max(z)
        return z - np.log(np.sum(np.exp(z)))

    return np.apply_along_axis(row, 1, Z)


# %% categorical_cross_entropy: where
def categorical_cross_entropy(probs, onehot):
    safe = np.where(probs > 0, probs, np.exp(-100.0))
    return -(onehot * np.log(safe)).sum() / probs.shape[0]


# %% categorical_cross_entropy: trace
def categorical_cross_entropy(probs, onehot):
    L = np.full(probs.shape, -100.0)
    np.log(probs, out=L, where=probs > 0)
    np.maximum(L, -100, out=L)
    return -np.trace(onehot @ L.T) / onehot.shape[0]


# %% categorical_cross_entropy: floats
import math


def categorical_cross_entropy(probs, onehot):
    tot = 0
    for p, t in zip(probs, onehot):
        for a, b in zip(p, t):
            tot -= b * (max(math.log(a), -100) if a else -100)
    return tot / probs.shape[0]


# %% sparse_cross_entropy: take_along_axis
def sparse_cross_entropy(logits, labels):
    labels = np.asarray(labels)
    if not ((labels >= 0) & (labels < logits.shape[1])).all():
        raise ValueError("label out of range")
    m = logits.max(1)
    lse = m + np.log(np.exp(logits - m[:, None]).sum(1))
    picked = np.take_along_axis(logits, labels[:, None], axis=1)[:, 0]
    return np.mean(lse - picked)


# %% sparse_cross_entropy: a loop over the rows
def sparse_cross_entropy(logits, labels):
    total = 0.0
    for row, label in zip(logits, labels):
        if label < 0 or label >= len(row):
            raise ValueError("no such class")
        total += np.logaddexp.reduce(row) - row[label]
    return total / len(labels)


# %% sparse_cross_entropy: differences to the true logit
def sparse_cross_entropy(logits, labels):
    if labels.size and not (0 <= labels.min() and labels.max() < logits.shape[1]):
        raise ValueError
    t = logits[range(len(labels)), labels]
    return np.average(np.logaddexp.reduce(logits - t[:, None], 1))


# %% softmax_cross_entropy_backward: one-hot matrix
def softmax_cross_entropy_backward(logits, labels):
    P = np.exp(logits - logits.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    return (P - np.eye(logits.shape[1])[labels]) / logits.shape[0]


# %% softmax_cross_entropy_backward: np.subtract.at
def softmax_cross_entropy_backward(logits, labels):
    G = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    np.subtract.at(G, (range(len(labels)), labels), 1)
    return np.divide(G, len(labels))


# %% softmax_cross_entropy_backward: pairwise differences
def softmax_cross_entropy_backward(logits, labels):
    with np.errstate(over="ignore"):
        P = 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)
    return (P - np.equal.outer(labels, np.arange(logits.shape[1]))) / logits.shape[0]


# %% softmax_cross_entropy_with_gradient: one-hot matrix
def softmax_cross_entropy_with_gradient(z, y):
    Y = np.eye(z.shape[1])[y]
    lse = np.logaddexp.reduce(z, axis=1, keepdims=True)
    log_p = z - lse
    return -np.mean((Y * log_p).sum(1)), (np.exp(log_p) - Y) / len(z)


# %% softmax_cross_entropy_with_gradient: logaddexp, list
def softmax_cross_entropy_with_gradient(logits, labels):
    logp = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    H = np.identity(logits.shape[1])[labels]
    return [-np.einsum("nc,nc", H, logp) / len(H), (np.exp(logp) - H) / len(H)]


# %% softmax_cross_entropy_with_gradient: a lambda
softmax_cross_entropy_with_gradient = lambda Z, y: (  # noqa: E731
    (np.logaddexp.reduce(Z, 1) - np.take_along_axis(Z, y[:, None], 1)[:, 0]).mean(),
    (np.exp(Z - np.logaddexp.reduce(Z, 1)[:, None]) - np.eye(Z.shape[1])[y]) / len(y),
)


# %% kl_divergence: where
def kl_divergence(p, q):
    if np.any((q == 0) & (p > 0)):
        return np.inf
    ratio = np.where(p > 0, p, 1) / np.where(p > 0, q, 1)
    return (p * np.log(ratio)).sum()


# %% kl_divergence: a loop
import math


def kl_divergence(p, q):
    total = 0.0
    for a, b in zip(p, q):
        if a > 0:
            total += math.inf if b == 0 else a * math.log(a / b)
    return total


# %% kl_divergence: cross-entropy minus entropy
def kl_divergence(p, q):
    def xlogy(x, v):
        return sum(
            float(a) * float(np.log(b)) if b > 0 else -float("inf") for a, b in zip(x, v) if a
        )

    return xlogy(p, p) - xlogy(p, q)


# %% pick_loss: conditions
def pick_loss(task):
    if "factor of ten" in task:
        return "huber"
    if "Gaussian" in task:
        return "mse"
    if "median" in task:
        return "mae"
    if "spam" in task or "tags" in task:
        return "bce_with_logits"
    if "digits" in task:
        return "softmax_cross_entropy"
    if "embeddings" in task:
        return "triplet_margin"
    return "hinge" if "margin" in task else "kl_divergence"


# %% pick_loss: bound method
pick_loss = {
    "house prices, a few of them wrong by a factor of ten": "huber",
    "temperature, Gaussian noise": "mse",
    "delivery time, report the median": "mae",
    "spam or not": "bce_with_logits",
    "one of ten digits, integer labels": "softmax_cross_entropy",
    "several tags for one photo": "bce_with_logits",
    "face embeddings, same person or not": "triplet_margin",
    "a linear classifier with a margin": "hinge",
    "a latent distribution towards its prior": "kl_divergence",
}.get


# %% pick_loss: match
def pick_loss(task):
    match task.split()[0]:
        case "house":
            return "huber"
        case "temperature,":
            return "mse"
        case "delivery":
            return "mae"
        case "spam" | "several":
            return "bce_with_logits"
        case "one":
            return "softmax_cross_entropy"
        case "face":
            return "triplet_margin"
        case "a":
            return "hinge" if "margin" in task else "kl_divergence"


# %% debug_cross_entropy: only the true entries
def debug_cross_entropy(probs, onehot):
    total = 0.0
    for p_row, t_row in zip(probs, onehot):
        for p, t in zip(p_row, t_row):
            if t > 0:
                total -= t * (max(np.log(p), -100) if p > 0 else -100)
    return total / len(probs)


# %% debug_cross_entropy: a mask of the targets
def debug_cross_entropy(probs, onehot):
    mask = onehot != 0
    p = np.where(probs > 0, probs, 1e-100)
    return (np.maximum(np.log(p), -100) * -onehot)[mask].sum() / probs.shape[0]


# %% debug_cross_entropy: loop
def debug_cross_entropy(probs, onehot):
    total = 0.0
    for n in range(len(probs)):
        for c in np.flatnonzero(onehot[n]):
            total += onehot[n, c] * (min(100.0, -np.log(probs[n, c])) if probs[n, c] > 0 else 100.0)
    return total / len(probs)


# %% cat_or_dog: numerical slopes
def cat_or_dog():
    def s(z):
        return 1 / (1 + np.exp(-z))

    h = 1e-6
    out = [-np.log(0.3)]
    for a in (0.3, 0.01):
        z = np.log(a / (1 - a))
        for L in (lambda z: -np.log(s(z)), lambda z: (s(z) - 1) ** 2):
            out.append((L(z + h) - L(z - h)) / (2 * h))
    return tuple(out)


# %% cat_or_dog: four decimals
def cat_or_dog():
    return 1.2040, -0.7000, -0.2940, -0.9900, -0.0196


# %% pick_loss: an enumeration
from enum import StrEnum


class Loss(StrEnum):
    MSE = "mse"
    MAE = "mae"
    HUBER = "huber"
    BCE = "bce_with_logits"
    CE = "softmax_cross_entropy"
    HINGE = "hinge"
    TRIPLET = "triplet_margin"
    KL = "kl_divergence"


def pick_loss(task):
    words = {
        "factor of ten": Loss.HUBER,
        "Gaussian": Loss.MSE,
        "median": Loss.MAE,
        "spam": Loss.BCE,
        "tags": Loss.BCE,
        "digits": Loss.CE,
        "face": Loss.TRIPLET,
        "margin": Loss.HINGE,
        "latent": Loss.KL,
    }
    return next(loss for word, loss in words.items() if word in task)
