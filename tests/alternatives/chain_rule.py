"""Lesson 03."""

import math

import numpy as np


# %% neuron_bce_backward: the math module and a stable branch
import math


def neuron_bce_backward(w, b, x, y):
    z = float(sum(wi * xi for wi, xi in zip(w, x)) + b)
    if z >= 0:
        a = 1 / (1 + math.exp(-z))
    else:
        a = math.exp(z) / (1 + math.exp(z))
    softplus = max(z, 0) + math.log1p(math.exp(-abs(z)))
    gap = a - y
    return {
        "a": a,
        "loss": softplus - y * z,
        "dz": gap,
        "dw": np.array([gap * xi for xi in x]),
        "db": gap,
    }


# %% neuron_bce_backward: logaddexp and tanh
def neuron_bce_backward(weights, bias, features, label):
    z = np.dot(weights, features) + bias
    a = 0.5 * (1 + np.tanh(z / 2))
    return dict(
        a=a,
        loss=np.logaddexp(0, z) - label * z,
        dz=a - label,
        dw=(a - label) * features,
        db=a - label,
    )


# %% linear_backward: einsum
def linear_backward(dZ, cache):
    X, W = cache
    return (
        np.einsum("nm,dm->nd", dZ, W),
        np.einsum("nd,nm->dm", X, dZ),
        np.einsum("nm->m", dZ),
    )


# %% linear_backward: ones and a list
def linear_backward(upstream, saved):
    inputs, weights = saved
    return [
        upstream.dot(weights.transpose()),
        np.tensordot(inputs, upstream, axes=([0], [0])),
        np.ones(len(upstream), dtype=upstream.dtype) @ upstream,
    ]


# %% relu_backward: a mask
def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% relu_backward: a copy with zeros
def relu_backward(grad, z):
    out = grad.copy()
    out[z <= 0] = 0
    return out


# %% sigmoid_backward: expanded
def sigmoid_backward(dA, A):
    return dA * (A - A**2)


# %% sigmoid_backward: np.multiply
def sigmoid_backward(upstream, s):
    return np.multiply(upstream, np.multiply(s, np.subtract(1, s)))


# %% tanh_backward: two factors
def tanh_backward(dA, A):
    return dA * (1 - A) * (1 + A)


# %% tanh_backward: a copy multiplied in place
def tanh_backward(grad, out):
    result = np.array(grad)
    result *= 1 - np.square(out)
    return result


# %% numerical_gradient: flat indices
def numerical_gradient(f, x, h):
    x = np.asarray(x, dtype=float).copy()
    grad = np.zeros(x.size)
    for i in range(x.size):
        old = x.flat[i]
        x.flat[i] = old + h
        plus = f(x)
        x.flat[i] = old - h
        minus = f(x)
        x.flat[i] = old
        grad[i] = (plus - minus) / (2 * h)
    return grad.reshape(x.shape)


# %% numerical_gradient: unit vectors
def numerical_gradient(f, point, eps):
    steps = eps * np.eye(point.size).reshape(point.size, *point.shape)
    slopes = [(f(point + step) - f(point - step)) / (2 * eps) for step in steps]
    return np.array(slopes).reshape(point.shape)


# %% numerical_gradient: nditer
def numerical_gradient(f, x, h):
    x = x.astype(np.float64)
    out = np.zeros(x.shape)
    it = np.nditer(x, flags=["multi_index", "zerosize_ok"])
    for _ in it:
        i = it.multi_index
        kept = x[i]
        x[i] = kept + h
        out[i] += f(x)
        x[i] = kept - h
        out[i] -= f(x)
        x[i] = kept
    return out / (2 * h)


# %% relative_error: stacked
def relative_error(a, b):
    scale = np.max([np.abs(a), np.abs(b), np.full_like(a, 1e-8)], axis=0)
    return abs(a - b) / scale


# %% relative_error: clip
def relative_error(first, second):
    return np.abs(first - second) / np.clip(np.fmax(abs(first), abs(second)), 1e-8, None)


# %% gradient_check: with functions of one's own
def _central(f, x):
    numeric = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = 1e-6
        numeric[i] = (f(x + e) - f(x - e)) / 2e-6
    return numeric


def gradient_check(f, gradient, x):
    if gradient.shape != x.shape:
        raise ValueError("shapes differ")
    numeric = _central(f, x)
    error = np.abs(gradient - numeric) / np.maximum(
        np.maximum(np.abs(gradient), np.abs(numeric)), 1e-8
    )
    if np.isnan(error).any():
        index = tuple(np.argwhere(np.isnan(error))[0])
        return {"ok": False, "max_error": np.nan, "worst_index": index}
    index = np.unravel_index(error.argmax(), error.shape)
    return {"ok": error[index] <= 1e-6, "max_error": error[index], "worst_index": index}


# %% gradient_check: entry by entry
def gradient_check(f, gradient, x):
    if np.shape(gradient) != np.shape(x):
        raise ValueError(f"{np.shape(gradient)} is not {np.shape(x)}")
    worst, where = -1.0, None
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i], down[i] = x[i] + 1e-5, x[i] - 1e-5
        n = (f(up) - f(down)) / (up[i] - down[i])
        g = gradient[i]
        if g != g:
            return dict(max_error=float("nan"), worst_index=list(i), ok=False)
        e = abs(g - n) / max(abs(g), abs(n), 1e-8)
        if e > worst:
            worst, where = e, i
    return dict(max_error=worst, worst_index=where, ok=worst <= 1e-6)


# %% two_layer_loss_and_grads: helpers and other names
def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _dsigmoid(a):
    return a * (1 - a)


def two_layer_loss_and_grads(x, target, w1, bias1, w2, bias2):
    h = _sigmoid(x.dot(w1) + bias1)
    o = _sigmoid(h.dot(w2) + bias2)
    residual = target - o
    delta2 = -2 / residual.size * residual * _dsigmoid(o)
    delta1 = delta2.dot(w2.T) * _dsigmoid(h)
    return float((residual**2).mean()), {
        "dW2": h.T.dot(delta2),
        "db2": np.sum(delta2, axis=0),
        "dW1": x.T.dot(delta1),
        "db1": np.sum(delta1, axis=0),
    }


# %% two_layer_loss_and_grads: einsum
def two_layer_loss_and_grads(X, Y, W1, b1, W2, b2):
    n, m = Y.shape
    A1 = 0.5 + 0.5 * np.tanh((X @ W1 + b1) / 2)
    A2 = 0.5 + 0.5 * np.tanh((A1 @ W2 + b2) / 2)
    E = A2 - Y
    D2 = 2 * E * A2 * (1 - A2)
    D1 = np.einsum("nm,hm->nh", D2, W2) * (A1 - A1 * A1)
    grads = dict(dW1=X.T @ D1, db1=D1.sum(0), dW2=A1.T @ D2, db2=D2.sum(0))
    return (E * E).sum() / (n * m), {k: v / (n * m) for k, v in grads.items()}


# %% debug_two_layer_gradients: the 1/n at another place
def debug_two_layer_gradients(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = np.mean((Y - A2) ** 2)

    dA2 = 2 * (A2 - Y)
    dZ2 = dA2 * A2 * (1 - A2) / A2.size
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    grads = {"dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}
    grads |= {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
    return loss, grads


# %% debug_tanh_network_step: made two-dimensional
def debug_tanh_network_step(x, W1, w2, target, lr):
    X, W2 = x[None, :], w2[:, None]
    A1 = np.tanh(X @ W1)
    output = 1 / (1 + np.exp(-(A1 @ W2)))
    d_output = (output - target) * output * (1 - output)
    d_hidden = d_output @ W2.T * (1 - A1 * A1)
    return W1 - lr * X.T @ d_hidden, (W2 - lr * A1.T @ d_output)[:, 0]


# %% debug_tanh_network_step: copies changed in place
def debug_tanh_network_step(x, W1, w2, target, lr):
    W1, w2 = W1.copy(), w2.copy()
    A1 = np.tanh(np.dot(x, W1))
    output = 1 / (1 + np.exp(-np.dot(A1, w2)))
    d_output = (output - target) * output * (1 - output)
    d_hidden = d_output * w2 * (1 - A1**2)
    w2 -= lr * A1 * d_output
    W1 -= lr * x[:, None] * d_hidden[None, :]
    return W1, w2


# %% debug_two_layer_step: a copy of the old weights
def debug_two_layer_step(X, Y, W1, b1, W2, b2, lr):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    old = W2.copy()
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    W2 = W2 - lr * A1.T @ dZ2
    b2 = b2 - lr * dZ2.sum(axis=0)
    dZ1 = dZ2 @ old.T * A1 * (1 - A1)
    return W1 - lr * X.T @ dZ1, b1 - lr * dZ1.sum(axis=0), W2, b2


# %% debug_neuron_step: entry by entry
def debug_neuron_step(w, b, x, y, lr):
    error = sum(wi * xi for wi, xi in zip(w, x)) + b - y
    return np.array([wi - lr * 2 * error * xi for wi, xi in zip(w, x)]), b - lr * 2 * error


# %% my_gradient_tests: unseeded, and an independent formula
def my_gradient_tests(backward):
    rng = np.random.default_rng()
    for sizes in ((5, 3, 4, 2), (4, 2, 3, 3)):
        n, d, h, m = sizes
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(n, m))
        W1, b1, W2, b2 = (rng.normal(size=s) for s in ((d, h), (h,), (h, m), (m,)))
        kept = [a.copy() for a in (X, Y, W1, b1, W2, b2)]
        got = backward(X, Y, W1, b1, W2, b2)
        if any((a != k).any() for a, k in zip((X, Y, W1, b1, W2, b2), kept)):
            return False
        A = np.tanh(X @ W1 + b1)
        D2 = 2 * (A @ W2 + b2 - Y) / (n * m)
        D1 = (D2 @ W2.T) * (1 - A * A)
        want = {"dW1": X.T @ D1, "db1": D1.sum(0), "dW2": A.T @ D2, "db2": D2.sum(0)}
        for key in want:
            if np.shape(got[key]) != want[key].shape or not np.allclose(got[key], want[key]):
                return False
    return True


# %% my_gradient_tests: a helper and NumPy booleans
def _loss(X, Y, params):
    W1, b1, W2, b2 = params
    return ((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2).mean()


def my_gradient_tests(backward):
    rng = np.random.default_rng(5)
    good = np.bool_(True)
    for n, d, h, m in [(3, 2, 3, 3), (4, 3, 2, 1)]:
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(n, m))
        params = [rng.normal(size=s) for s in [(d, h), (h,), (h, m), (m,)]]
        before = [p.copy() for p in params]
        grads = backward(X, Y, *params)
        good &= all((p == q).all() for p, q in zip(params, before))
        params = before
        for p, key in zip(params, ["dW1", "db1", "dW2", "db2"]):
            for i in np.ndindex(p.shape):
                keep = p[i]
                p[i] = keep + 1e-5
                up = _loss(X, Y, params)
                p[i] = keep - 1e-5
                down = _loss(X, Y, params)
                p[i] = keep
                good &= np.abs(grads[key][i] - (up - down) / 2e-5) < 1e-7
    return good


# %% residual_backward: two lines and np.add
def residual_backward(dOut, X, W):
    A = np.tanh(X @ W)
    branch = dOut * (1 - A) * (1 + A)
    return np.add(dOut, branch.dot(W.T)), X.T.dot(branch)


# %% residual_backward: one example after the other
def residual_backward(dOut, X, W):
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    for n in range(len(X)):
        slope = 1 - np.tanh(X[n] @ W) ** 2
        dX[n] = dOut[n] + W @ (dOut[n] * slope)
        dW += np.outer(X[n], dOut[n] * slope)
    return dX, dW


# %% shared_weight_backward: a running sum
def shared_weight_backward(dOut, X, W):
    dW = np.zeros(W.shape)
    A = np.tanh(X.dot(W))
    dW += np.einsum("ni,nj->ij", A, dOut)
    dA = dOut.dot(W.T)
    dW += np.einsum("ni,nj->ij", X, dA * (1 - A**2))
    return dW


# %% Value: closures, in the style of a tiny engine
class Value:
    def __init__(self, data, _parents=()):
        self.data = data
        self.grad = 0
        self._parents = set(_parents)
        self._backward = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, k):
        out = Value(self.data**k, (self,))

        def _backward():
            self.grad += k * self.data ** (k - 1) * out.grad

        out._backward = _backward
        return out

    def tanh(self):
        t = np.tanh(self.data)
        out = Value(t, (self,))

        def _backward():
            self.grad += (1 - t * t) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))

        def _backward():
            self.grad += (self.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        order, done, stack = [], set(), [self]
        while stack:
            node = stack[-1]
            left = [p for p in node._parents if p not in done]
            if left and node not in done:
                stack.extend(left)
            else:
                stack.pop()
                if node not in done:
                    done.add(node)
                    order.append(node)
        for node in order:
            if node._parents:
                node.grad = 0
        self.grad += 1
        for node in reversed(order):
            node._backward()


# %% Value: a tape numbered in order of creation
_made = [0]


class Value:
    def __init__(self, data):
        self.data, self.grad, self.sources = float(data), 0.0, []
        _made[0] += 1
        self.number = _made[0]

    def _new(self, data, *sources):
        out = Value(data)
        out.sources = list(sources)
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            return self._new(self.data + other, (self, 1.0))
        return self._new(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        if not isinstance(other, Value):
            return self._new(self.data * other, (self, other))
        return self._new(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, k):
        return self._new(self.data**k, (self, k * self.data ** (k - 1)))

    def tanh(self):
        return self._new(np.tanh(self.data), (self, 1 / np.cosh(self.data) ** 2))

    def relu(self):
        return self._new(np.maximum(self.data, 0), (self, 1.0 if self.data > 0 else 0.0))

    def backward(self):
        found, waiting = {self.number: self}, [self]
        while waiting:
            for source, _ in waiting.pop().sources:
                if source.number not in found:
                    found[source.number] = source
                    waiting.append(source)
        flow = dict.fromkeys(found, 0.0)
        flow[self.number] = 1.0
        for number in sorted(found, reverse=True):
            for source, slope in found[number].sources:
                flow[source.number] += slope * flow[number]
        for number, node in found.items():
            node.grad += flow[number]


# %% unbroadcast: one sum and a reshape
def unbroadcast(grad, shape):
    padded = (1,) * (grad.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, (p, g) in enumerate(zip(padded, grad.shape)) if p == 1 and g != 1)
    return grad.sum(axis=axes).reshape(shape)


# %% unbroadcast: axis by axis
def unbroadcast(grad, shape):
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for i in range(len(shape)):
        if shape[i] == 1:
            grad = np.expand_dims(grad.sum(i), i)
    return grad


# %% softmax_jacobian: two loops
def softmax_jacobian(p):
    n = len(p)
    return np.array([[p[i] * ((i == j) - p[j]) for j in range(n)] for i in range(n)])


# %% softmax_jacobian: broadcasting
def softmax_jacobian(probs):
    return probs[:, None] * (np.eye(probs.size) - probs)


# %% softmax_vjp: einsum
def softmax_vjp(dprobs, probs):
    dot = np.einsum("nc,nc->n", dprobs, probs)
    return probs * dprobs - probs * dot[:, None]


# %% softmax_vjp: batched Jacobians
def softmax_vjp(dprobs, probs):
    J = (
        np.einsum("ni,ij->nij", probs, np.eye(probs.shape[1]))
        - probs[:, :, None] * probs[:, None, :]
    )
    return (J @ dprobs[:, :, None])[:, :, 0]


# %% mlp_backward: a helper with match
def _slope(name, z):
    match name:
        case "relu":
            return np.where(z > 0, 1.0, 0.0)
        case "tanh":
            return 1 / np.cosh(z) ** 2
        case "sigmoid":
            s = 1 / (1 + np.exp(-z))
            return s * (1 - s)
    return 1.0


def mlp_backward(dOut, caches, hidden, output):
    grads, upstream, name = [], dOut, output
    for A, W, Z in reversed(caches):
        delta = upstream * _slope(name, Z)
        grads.append([A.T @ delta, delta.sum(0)])
        upstream, name = delta @ W.T, hidden
    return upstream, grads[::-1]


# %% mlp_backward: recursion
def mlp_backward(dOut, caches, hidden, output):
    *first, (A, W, Z) = caches
    if output == "identity":
        dZ = dOut
    elif output == "relu":
        dZ = np.where(Z > 0, dOut, 0)
    elif output == "tanh":
        dZ = dOut * (1 - np.tanh(Z) ** 2)
    else:
        dZ = dOut * np.exp(-Z) / (1 + np.exp(-Z)) ** 2
    here = (A.T.dot(dZ), np.sum(dZ, axis=0))
    if not first:
        return dZ.dot(W.T), [here]
    dX, grads = mlp_backward(dZ.dot(W.T), first, hidden, hidden)
    return dX, [*grads, here]


# %% classifier_loss_and_grads: one-hot and logaddexp
def classifier_loss_and_grads(X, y, W1, b1, W2, b2):
    N = X.shape[0]
    H = X @ W1 + b1
    R = H * (H > 0)
    S = R @ W2 + b2
    lse = np.logaddexp.reduce(S, axis=1, keepdims=True)
    T = np.eye(S.shape[1])[y]
    loss = float(np.sum(T * (lse - S)) / N)
    D = (np.exp(S - lse) - T) / N
    dH = np.where(H > 0, D @ W2.T, 0.0)
    return loss, dict(dW1=X.T @ dH, db1=dH.sum(0), dW2=R.T @ D, db2=D.sum(0))


# %% classifier_loss_and_grads: small helpers
def _log_softmax(scores):
    centred = scores - np.max(scores, axis=1)[:, np.newaxis]
    return centred - np.log(np.sum(np.exp(centred), axis=1, keepdims=True))


def _layer_back(delta, inputs):
    return np.dot(inputs.T, delta), np.sum(delta, axis=0)


def classifier_loss_and_grads(X, y, W1, b1, W2, b2):
    pre = np.dot(X, W1) + b1
    act = np.clip(pre, 0, None)
    logp = _log_softmax(np.dot(act, W2) + b2)
    picked = np.take_along_axis(logp, y[:, None], axis=1)
    delta = np.exp(logp) / len(X)
    delta[np.arange(len(X)), y] -= 1 / len(X)
    dW2, db2 = _layer_back(delta, act)
    dW1, db1 = _layer_back(np.dot(delta, W2.T) * np.heaviside(pre, 0), X)
    return -np.mean(picked), {"dW1": dW1, "dW2": dW2, "db1": db1, "db2": db2}


# %% debug_classifier_gradients: the mask from the sum
def debug_classifier_gradients(X, y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    logits = A1 @ W2 + b2
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = exps / exps.sum(axis=1, keepdims=True)
    one_hot = np.eye(W2.shape[1])[y]
    dlogits = (probs - one_hot) / X.shape[0]
    dZ1 = dlogits @ W2.T
    dZ1[Z1 <= 0] = 0
    grads = {"dW2": A1.T @ dlogits, "db2": dlogits.sum(axis=0)}
    return grads | {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0)}
