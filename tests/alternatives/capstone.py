"""Lesson 08."""

import numpy as np


# %% split_data: a mask and np.delete
def split_data(features, labels, permutation, n):
    total = len(features)
    if total != len(labels):
        raise ValueError("lengths")
    if n < 1 or n >= total:
        raise ValueError("empty part")
    rest = np.delete(permutation, np.arange(n))
    first = permutation[:n]
    return np.take(features, rest, axis=0), labels[rest], features[first], labels[first]


# %% split_data: lists and np.split
def split_data(X, y, order, n_val):
    if len(X) != len(y) or n_val == 0 or n_val == len(X):
        raise ValueError
    val, train = np.split(np.array(order), [n_val])
    return [X[train], y[train], X[val], y[val]]


# %% leaked_rows: two loops
def leaked_rows(A, B):
    found = []
    for i in range(len(B)):
        for row in A:
            if np.array_equal(row, B[i]):
                found.append(i)
                break
    return found


# %% leaked_rows: broadcasting
def leaked_rows(X_train, X_val):
    equal = (X_val[:, None, :] == X_train[None, :, :]).all(axis=2)
    return list(np.flatnonzero(equal.any(axis=1)))


# %% leaked_rows: an array is returned
def leaked_rows(X_train, X_val):
    equal = (X_val[:, None, :] == X_train[None, :, :]).all(axis=2)
    return np.where(equal.any(axis=1))[0]


# %% standardise_splits: a helper, kept dimensions
def _measure(X):
    mean = np.sum(X, axis=0, keepdims=True) / X.shape[0]
    std = np.sqrt(np.mean((X - mean) ** 2, axis=0, keepdims=True))
    std[std == 0] = 1
    return mean, std


def standardise_splits(train, val):
    mean, std = _measure(train)
    return tuple((part - mean) / std for part in (train, val))


# %% standardise_splits: column by column
def standardise_splits(X_train, X_val):
    Z_train, Z_val = np.zeros(X_train.shape), np.zeros(X_val.shape)
    for j in range(X_train.shape[1]):
        mu, sigma = np.mean(X_train[:, j]), np.std(X_train[:, j])
        if sigma == 0:
            sigma = 1
        Z_train[:, j] = (X_train[:, j] - mu) / sigma
        Z_val[:, j] = (X_val[:, j] - mu) / sigma
    return Z_train, Z_val


# %% sanity_ladder: a list of rungs
import math


def sanity_ladder(first_loss, n_classes, gradient_error, small_losses):
    rungs = [
        ("first loss", math.log(n_classes) - 0.15 < first_loss < math.log(n_classes) + 0.15),
        ("gradients", gradient_error < 1e-5),
        ("overfit", small_losses[-1] < 1e-2),
    ]
    for name, holds in rungs:
        if not holds:
            return name
    return "passed"


# %% sanity_ladder: nan is asked for by name
def sanity_ladder(loss, c, error, losses):
    if np.isnan(loss) or abs(loss + np.log(1 / c)) >= 0.15:
        return "first loss"
    if np.isnan(error) or error >= 1e-5:
        return "gradients"
    last = losses[len(losses) - 1]
    return "overfit" if np.isnan(last) or last >= 0.01 else "passed"


# %% overfit_losses: helpers and one-hot labels
def _softmax(Z):
    E = np.exp(Z - np.max(Z, axis=1)[:, None])
    return E / np.sum(E, axis=1)[:, None]


def overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps):
    Y = np.eye(len(b2))[y]
    losses = []
    for _ in range(n_steps):
        Z1 = np.dot(X, W1) + b1
        A1 = Z1 * (Z1 > 0)
        logits = A1.dot(W2) + b2
        P = _softmax(logits)
        top = logits.max(axis=1)
        lse = top + np.log(np.exp(logits - top[:, None]).sum(axis=1))
        losses.append(float(np.mean(lse - (logits * Y).sum(axis=1))))
        G = (P - Y) / len(X)
        dW2, db2 = np.einsum("nh,nc->hc", A1, G), G.sum(0)
        dZ1 = np.where(Z1 > 0, G @ W2.T, 0)
        dW1, db1 = X.T @ dZ1, dZ1.sum(0)
        W1, b1 = W1 - lr * dW1, b1 - lr * db1
        W2, b2 = W2 - lr * dW2, b2 - lr * db2
    return losses


# %% confusion_matrix: a loop over pairs
def confusion_matrix(pred, target, n_classes):
    counts = np.zeros((n_classes, n_classes))
    for p, t in zip(pred, target):
        counts[t, p] += 1
    return counts


# %% confusion_matrix: one number for each pair
def confusion_matrix(predicted, actual, c):
    return np.bincount(actual * c + predicted, minlength=c * c).reshape(c, c)


# %% confusion_matrix: a product of one-hot matrices, as floats
def confusion_matrix(pred, target, n_classes):
    eye = np.eye(n_classes, dtype=int)
    return (1.0 * eye[target].T) @ eye[pred]


# %% worst_class: a loop
import math


def worst_class(counts):
    worst, lowest = None, math.inf
    for k, row in enumerate(counts):
        if row.sum() and row[k] / row.sum() < lowest:
            worst, lowest = k, row[k] / row.sum()
    others = [k for k in range(len(counts)) if k != worst]
    return worst, lowest, max(others, key=lambda k: counts[worst][k])


# %% worst_class: NumPy scalars
def worst_class(C):
    n = C.sum(1)
    recall = np.full(len(C), 2.0)
    recall[n > 0] = np.diag(C)[n > 0] / n[n > 0]
    k = recall.argmin()
    row = C[k].astype(float)
    row[k] = -np.inf
    return k, recall[k], row.argmax()


# %% precision_recall_f1: counted in a loop
def precision_recall_f1(pred, target):
    tp = fp = fn = 0
    for p, t in zip(pred, target):
        tp += p and t
        fp += p and not t
        fn += t and not p
    precision = tp / (tp + fp) if tp + fp > 0 else 0
    recall = tp / (tp + fn) if tp + fn > 0 else 0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0


# %% precision_recall_f1: sums of products
def precision_recall_f1(p, t):
    tp = np.sum(p * t)
    return tp / max(1, p.sum()), tp / max(1, t.sum()), 2 * tp / max(1, p.sum() + t.sum())


# %% imbalance_settings: from the mean
def imbalance_settings(y):
    rate = np.mean(y)
    if rate in (0, 1):
        raise ValueError("one class")
    return (1 - rate) / rate, np.log(rate) - np.log1p(-rate)


# %% imbalance_settings: counted
import math


def imbalance_settings(labels):
    pos, neg = list(labels).count(1), list(labels).count(0)
    if pos * neg == 0:
        raise ValueError
    return [neg / pos, -math.log(neg / pos)]


# %% average_precision: steps of recall
def average_precision(scores, target):
    order = scores.argsort()[::-1]
    hits = target[order].cumsum()
    precision = hits / (1 + np.arange(len(hits)))
    recall = hits / hits[-1]
    return np.sum(np.diff(np.concatenate([[0.0], recall])) * precision)


# %% average_precision: ranks by comparison
def average_precision(scores, target):
    at_least = scores[None, :] >= scores[target == 1][:, None]
    return np.mean((at_least * target).sum(axis=1) / at_least.sum(axis=1))


# %% debug_training_script: written anew
def debug_training_script(X, y, X_val, W, b, orders, lr):
    def probabilities(Z):
        Z = Z - np.max(Z, axis=1, keepdims=True)
        return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)

    n_classes = W.shape[1]
    mean, var, losses = 0.0, 1.0, []
    for order in orders:
        for rows in np.split(order, len(X) // 10):
            mu, spread = X[rows].mean(axis=0), X[rows].var(axis=0)
            mean, var = mean + 0.1 * (mu - mean), var + 0.1 * (spread - var)
            X_hat = (X[rows] - mu) / np.sqrt(spread + 1e-5)
            P, Y = probabilities(X_hat @ W + b), np.eye(n_classes)[y[rows]]
            losses.append(-(np.log(P) * Y).sum() / 10)
            W = W - lr * X_hat.T @ (P - Y) / 10
            b = b - lr * (P - Y).mean(axis=0)
    X_hat = (X_val - mean) / np.sqrt(var + 1e-5)
    return np.array(losses), X_hat.dot(W) + b[None, :]


# %% r_squared: means and the variance
def r_squared(pred, target):
    return 1 - np.mean((pred - target) ** 2) / np.var(target)


# %% r_squared: a loop
def r_squared(pred, target):
    mean = sum(target) / len(target)
    left = total = 0.0
    for p, t in zip(pred, target):
        left += (t - p) ** 2
        total += (t - mean) ** 2
    return 1 - left / total


# %% linear_baseline: normal equations
def linear_baseline(X_train, y_train, X_val):
    A = np.hstack([np.ones((len(X_train), 1)), X_train])
    w = np.linalg.solve(A.T @ A, A.T @ y_train)
    return np.hstack([np.ones((len(X_val), 1)), X_val]) @ w


# %% linear_baseline: centred, pseudo-inverse
def linear_baseline(X, y, X_new):
    w = np.linalg.pinv(X - X.mean(0)) @ (y - y.mean())
    return (X_new - X.mean(axis=0)) @ w + y.mean()


# %% split_data: row by row
def split_data(X, y, order, n_val):
    if not (len(X) == len(y)):
        raise ValueError(f"{len(X)} rows, {len(y)} targets")
    if n_val < 1 or n_val >= len(X):
        raise ValueError(n_val)
    parts = ([], []), ([], [])
    for k, i in enumerate(order):
        Xs, ys = parts[k < n_val]
        Xs.append(X[i])
        ys.append(y[i])
    (a, b), (c, d) = parts
    return np.array(a), np.array(b), np.array(c), np.array(d)


# %% split_data: a named tuple
from typing import NamedTuple


class Split(NamedTuple):
    X_train: np.ndarray
    y_train: np.ndarray
    X_val: np.ndarray
    y_val: np.ndarray


def split_data(X, y, order, n_val):
    N = X.shape[0]
    if N != y.shape[0]:
        raise ValueError("X and y differ in length")
    if n_val not in range(1, N):
        raise ValueError("an empty part")
    is_val = np.isin(np.arange(N), order[:n_val])
    train = sorted(np.flatnonzero(~is_val), key=order.tolist().index)
    val = sorted(np.flatnonzero(is_val), key=order.tolist().index)
    return Split(X[train], y[train], X[val], y[val])


# %% standardise_splits: a scaler object
class Scaler:
    def fit(self, X):
        self.mu = np.average(X, axis=0)
        spread = np.sqrt(np.mean(np.square(X - self.mu), axis=0))
        self.sigma = np.select([X.max(axis=0) > X.min(axis=0)], [spread], 1.0)
        return self

    def transform(self, X):
        return np.divide(np.subtract(X, self.mu), self.sigma)


def standardise_splits(X_train, X_val):
    scaler = Scaler().fit(X_train)
    return tuple(map(scaler.transform, (X_train, X_val)))


# %% standardise_splits: lists of floats
def standardise_splits(X_train, X_val):
    def column(a, b):
        m = sum(a) / len(a)
        s = (sum((v - m) ** 2 for v in a) / len(a)) ** 0.5 if max(a) > min(a) else 1.0
        return [(v - m) / s for v in a], [(v - m) / s for v in b]

    pairs = [column(a, b) for a, b in zip(X_train.T.tolist(), X_val.T.tolist())]
    return np.array([p[0] for p in pairs]).T, np.array([p[1] for p in pairs]).T


# %% sanity_ladder: matched patterns
import math


def sanity_ladder(first_loss, n_classes, gradient_error, small_losses):
    match (
        math.isclose(first_loss, math.log(n_classes), rel_tol=0, abs_tol=0.15),
        0 <= gradient_error < 1e-5,
        small_losses[-1] < 0.01,
    ):
        case (False, _, _):
            return "first loss"
        case (_, False, _):
            return "gradients"
        case (_, _, False):
            return "overfit"
    return "passed"


# %% sanity_ladder: assertions that are caught
import math


def sanity_ladder(first_loss, n_classes, gradient_error, small_losses):
    def climb():
        assert -0.15 <= first_loss + math.log(1 / n_classes) <= 0.15, "first loss"
        assert gradient_error < 1e-5, "gradients"
        assert small_losses[-1] < 0.01, "overfit"
        return "passed"

    try:
        return climb()
    except AssertionError as error:
        return str(error)


# %% overfit_losses: biases as a row of the weights
def overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps):
    one = np.ones((len(X), 1))
    X1, V, U = np.hstack([X, one]), np.vstack([W1, b1]), np.vstack([W2, b2])
    Y = np.eye(U.shape[1])[y]
    losses = np.empty(n_steps)
    for k in range(n_steps):
        A = np.hstack([(X1 @ V).clip(0), one])
        L = A @ U
        lse = np.logaddexp.reduce(L, axis=1)
        losses[k] = np.mean(lse - (Y * L).sum(axis=1))
        G = (np.exp(L - lse[:, None]) - Y) / len(X)
        H = (G @ U[:-1].T) * (A[:, :-1] > 0)
        U = U - lr * A.T @ G
        V = V - lr * X1.T @ H
    return losses


# %% overfit_losses: example by example
import math


def overfit_losses(X, y, W1, b1, W2, b2, lr, n_steps):
    W1, b1, W2, b2 = (a.copy() for a in (W1, b1, W2, b2))
    losses = []
    for _ in range(n_steps):
        total, g = 0.0, [np.zeros_like(a) for a in (W1, b1, W2, b2)]
        for x, label in zip(X, y):
            a = np.maximum(x @ W1 + b1, 0)
            z = a @ W2 + b2
            m = z.max()
            e = np.exp(z - m)
            total += m + math.log(e.sum()) - z[label]
            d = e / e.sum()
            d[label] -= 1
            h = (W2 @ d) * (a > 0)
            for s, v in zip(g, (np.outer(x, h), h, np.outer(a, d), d)):
                s += v / len(X)
        losses.append(float(total / len(X)))
        for p, s in zip((W1, b1, W2, b2), g):
            p -= lr * s
    return losses


# %% debug_training_script: a layer object and one-hot labels
class Norm:
    def __init__(self, d):
        self.mean, self.var = np.zeros(d), np.ones(d)

    def train(self, X):
        mu, var = X.mean(0), X.var(0)
        self.mean = self.mean + 0.1 * (mu - self.mean)
        self.var = self.var + 0.1 * (var - self.var)
        return (X - mu) / (var + 1e-5) ** 0.5

    def eval(self, X):
        return (X - self.mean) / (self.var + 1e-5) ** 0.5


def debug_training_script(X, y, X_val, W, b, orders, lr):
    norm, losses, onehot = Norm(X.shape[1]), [], np.eye(W.shape[1])[y]
    for rows in np.concatenate([np.reshape(o, (-1, 10)) for o in orders]):
        H, T = norm.train(X[rows]), onehot[rows]
        L = H @ W + b
        E = np.exp(L - L.max(1, keepdims=True))
        P = E / E.sum(1, keepdims=True)
        losses.append(-np.log((P * T).sum(1)).mean())
        G = (P - T) / 10
        W = W - lr * H.T @ G
        b = b - lr * G.sum(0)
    return [np.array(losses), norm.eval(X_val) @ W + b]


# %% debug_training_script: logaddexp and a mask of labels
def debug_training_script(X, y, X_val, W, b, orders, lr):
    m, v, losses = 0, 1, []
    for rows in (order[s : s + 10] for order in orders for s in range(0, len(order), 10)):
        B = X[rows]
        m, v = 0.9 * m + 0.1 * B.mean(0), 0.9 * v + 0.1 * B.var(0)
        H = (B - B.mean(0)) / np.sqrt(B.var(0) + 1e-5)
        z = H @ W + b
        log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
        T = np.equal.outer(y[rows], np.arange(z.shape[1]))
        losses.append(-log_p[T].mean())
        d = (np.exp(log_p) - T) / len(rows)
        W, b = W - lr * np.einsum("nd,nc->dc", H, d), b - lr * np.einsum("nc->c", d)
    return np.array(losses), ((X_val - m) / np.sqrt(v + 1e-5)) @ W + b


# %% claims_about_ablation: a tuple of comparisons
def claims_about_ablation():
    yes, no = 1 == 1, 1 == 2
    return tuple([yes] * 2 + [no] * 2)


# %% claims_about_ablation: from a table
def claims_about_ablation():
    table = np.array([[0.1, 0.9], [0.6, 0.93], [0.9, 0.95], [0.96, 0.97]])
    gain = table[:, 1] - table[:, 0]
    return (
        table[2, 0] > 0.85 > table[0, 0],
        (table[:, 1] >= 0.85).all(),
        abs(table[3, 0] - table[1, 0]) <= 0.05,
        gain.min() >= 0.05,
    )


# %% worst_class: sorted pairs
def worst_class(counts):
    rows = [(row[k] / row.sum(), k) for k, row in enumerate(counts) if row.any()]
    recall, worst = sorted(rows)[0]
    others = sorted((-int(c), j) for j, c in enumerate(counts[worst]) if j != worst)
    return worst, recall, others[0][1]


# %% worst_class: lexsort of the classes that occur
def worst_class(counts):
    n = counts.sum(axis=1)
    classes = np.flatnonzero(n)
    recall = counts[classes, classes] / n[classes]
    k = np.lexsort((classes, recall))[0]
    w = classes[k]
    row = np.where(np.arange(len(counts)) == w, -np.inf, counts[w])
    return w, recall[k], np.argmax(row)


# %% precision_recall_f1: sets of rows
def precision_recall_f1(pred, target):
    flagged, actual = set(np.flatnonzero(pred)), set(np.flatnonzero(target))
    both = len(flagged & actual)
    return (
        both / (len(flagged) or 1),
        both / (len(actual) or 1),
        2 * both / (len(flagged) + len(actual) or 1),
    )


# %% precision_recall_f1: a caught division by zero
def precision_recall_f1(pred, target):
    def share(a, b):
        try:
            return a / b
        except ZeroDivisionError:
            return 0

    tp = sum(int(p) * int(t) for p, t in zip(pred, target))
    p, r = share(tp, int(sum(pred))), share(tp, int(sum(target)))
    return p, r, share(2, share(1, p) + share(1, r)) if tp else 0


# %% imbalance_settings: unpacked counts
import math


def imbalance_settings(y):
    _, (neg, pos) = np.unique(y, return_counts=True)
    return neg / pos, math.log(pos / neg)


# %% imbalance_settings: a Counter
from collections import Counter
import math


def imbalance_settings(y):
    c = Counter(int(v) for v in y)
    try:
        w = c[0] / c[1]
        return w, math.log(1 / w)
    except ZeroDivisionError:
        raise ValueError("a class is missing") from None


# %% average_precision: places in two sorted arrays
def average_precision(scores, target):
    pos, every = np.sort(scores[target > 0]), np.sort(scores)
    return float(
        np.mean((pos.size - np.searchsorted(pos, pos)) / (every.size - np.searchsorted(every, pos)))
    )


# %% average_precision: places of the positives
def average_precision(scores, target):
    places = 1 + np.flatnonzero(target[np.argsort(-scores, kind="stable")])
    return np.mean(np.arange(1, places.size + 1) / places)


# %% r_squared: dot products
def r_squared(pred, target):
    e, d = target - pred, target - np.average(target)
    return float((d @ d - e @ e) / (d @ d))


# %% r_squared: a fold over squares
import functools


def r_squared(pred, target):
    def square(a):
        return functools.reduce(lambda s, v: s + v * v, a.tolist(), 0.0)

    return 1 - square(target - pred) / square(target - sum(target) / len(target))


# %% linear_baseline: QR
def linear_baseline(X_train, y_train, X_val):
    Q, R = np.linalg.qr(np.insert(X_train, 0, 1, axis=1))
    return np.insert(X_val, 0, 1, axis=1) @ np.linalg.solve(R, Q.T @ y_train)


# %% linear_baseline: conjugate gradients
def linear_baseline(X_train, y_train, X_val):
    mu, sd = X_train.mean(0), X_train.std(0)
    sd[sd == 0] = 1
    A = (X_train - mu) / sd
    t = y_train - y_train.mean()
    w = np.zeros(A.shape[1])
    r = A.T @ t
    p, rr = r.copy(), r @ r
    for _ in range(20 * len(w)):
        if rr < 1e-28:
            break
        q = A.T @ (A @ p)
        a = rr / (p @ q)
        w, r = w + a * p, r - a * q
        new = r @ r
        p, rr = r + new / rr * p, new
    return (X_val - mu) / sd @ w + y_train.mean()
