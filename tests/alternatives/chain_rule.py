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


# %% neuron_bce_backward: branch on y
import math


def neuron_bce_backward(w, b, x, y):
    z = math.fsum(float(p) * float(q) for p, q in zip(w, x)) + float(b)

    def s(t):
        return 1 / (1 + math.exp(-t)) if t > -700 else 0.0

    loss = np.logaddexp(0, -z if y == 1 else z)
    dz = s(z) if y == 0 else -s(-z)
    return {"a": s(z), "loss": loss, "dz": dz, "dw": np.array([dz * float(v) for v in x]), "db": dz}


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


# %% linear_backward: transposed products
def linear_backward(dZ, cache):
    return (cache[1] @ dZ.T).T, (dZ.T @ cache[0]).T, np.add.reduce(dZ)


# %% relu_backward: a mask
def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% relu_backward: a copy with zeros
def relu_backward(grad, z):
    out = grad.copy()
    out[z <= 0] = 0
    return out


# %% relu_backward: sign of relu
def relu_backward(dA, Z):
    return dA * np.sign(np.maximum(Z, 0))


# %% relu_backward: multiply out where
def relu_backward(dA, Z):
    return np.multiply(dA, 1.0, out=np.zeros_like(dA), where=Z > 0)


# %% sigmoid_backward: expanded
def sigmoid_backward(dA, A):
    return dA * (A - A**2)


# %% sigmoid_backward: np.multiply
def sigmoid_backward(upstream, s):
    return np.multiply(upstream, np.multiply(s, np.subtract(1, s)))


# %% sigmoid_backward: completing the square
def sigmoid_backward(dA, A):
    return dA * (0.25 - (A - 0.5) ** 2)


# %% sigmoid_backward: einsum
def sigmoid_backward(dA, A):
    return np.einsum("ij,ij,ij->ij", dA, A, 1 - A)


# %% tanh_backward: two factors
def tanh_backward(dA, A):
    return dA * (1 - A) * (1 + A)


# %% tanh_backward: a copy multiplied in place
def tanh_backward(grad, out):
    result = np.array(grad)
    result *= 1 - np.square(out)
    return result


# %% tanh_backward: subtract
def tanh_backward(dA, A):
    return dA - np.multiply(dA, np.square(A))


# %% tanh_backward: in place on a copy
def tanh_backward(dA, A):
    out = A.copy()
    out *= -A
    out += 1
    out *= dA
    return out


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


# %% relative_error: reduce
def relative_error(a, b):
    return np.abs(a - b) / np.maximum.reduce([np.abs(a), np.abs(b), np.full(np.shape(a), 1e-8)])


# %% relative_error: Python numbers
def relative_error(a, b):
    return np.array(
        [
            abs(p - q) / max(abs(p), abs(q), 1e-8)
            for p, q in zip(a.ravel().tolist(), b.ravel().tolist())
        ]
    ).reshape(a.shape)


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


# %% gradient_check: NumPy scalars
def gradient_check(f, gradient, x):
    if gradient.shape != x.shape:
        raise ValueError("shape")
    num = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = 1e-5
        num[i] = (f(x + e) - f(x - e)) / 2e-5
    err = abs(gradient - num) / np.maximum(np.maximum(abs(gradient), abs(num)), 1e-8)
    k = np.argmax(err)
    return {
        "max_error": err.max(),
        "worst_index": np.unravel_index(k, x.shape),
        "ok": err.max() <= 1e-6,
    }


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


# %% two_layer_loss_and_grads: complex steps
def two_layer_loss_and_grads(X, Y, W1, b1, W2, b2):
    P = [np.array(v, dtype=complex) for v in (W1, b1, W2, b2)]

    def L():
        def s(z):
            return 1 / (1 + np.exp(-z))

        d = s(s(X @ P[0] + P[1]) @ P[2] + P[3]) - Y
        return (d * d).mean()

    base = L().real
    out = {}
    for k, p in zip(("dW1", "db1", "dW2", "db2"), P):
        g = np.zeros(p.shape)
        for i in np.ndindex(p.shape):
            p[i] += 1e-30j
            g[i] = L().imag / 1e-30
            p[i] = p[i].real
        out[k] = g
    return base, out


# %% two_layer_loss_and_grads: one example at a time
def two_layer_loss_and_grads(X, Y, W1, b1, W2, b2):
    def s(z):
        return 0.5 * np.tanh(z / 2) + 0.5

    g = {"d" + k: np.zeros(v.shape) for k, v in dict(W1=W1, b1=b1, W2=W2, b2=b2).items()}
    L = 0.0
    for x, y in zip(X, Y):
        a1 = s(x @ W1 + b1)
        a2 = s(a1 @ W2 + b2)
        L += np.sum((y - a2) ** 2)
        d2 = -2 * (y - a2) * a2 * (1 - a2)
        d1 = (W2 @ d2) * a1 * (1 - a1)
        g["dW2"] += np.outer(a1, d2)
        g["db2"] += d2
        g["dW1"] += np.outer(x, d1)
        g["db1"] += d1
    return L / Y.size, {k: v / Y.size for k, v in g.items()}


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


# %% debug_two_layer_gradients: means over the rows
def debug_two_layer_gradients(X, Y, W1, b1, W2, b2):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = np.mean((Y - A2) ** 2)
    dZ2 = 2 * (A2 - Y) * A2 * (1 - A2) / Y.shape[1]
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    N = len(X)
    return loss, {
        "dW2": A1.T @ dZ2 / N,
        "db2": dZ2.mean(0),
        "dW1": X.T @ dZ1 / N,
        "db1": dZ1.mean(axis=0),
    }


# %% debug_two_layer_gradients: rewritten
def debug_two_layer_gradients(X, Y, W1, b1, W2, b2):
    def sig(v):
        return 0.5 + 0.5 * np.tanh(0.5 * v)

    hid = sig(X.dot(W1) + b1)
    out = sig(hid.dot(W2) + b2)
    delta = (out - Y) * out * (1 - out) * 2 / out.size
    back = np.tensordot(delta, W2, axes=([1], [1])) * (hid - hid**2)
    return float(((out - Y) ** 2).sum() / out.size), {
        "dW1": np.einsum("nd,nh->dh", X, back),
        "db1": np.ones(len(X)) @ back,
        "dW2": np.einsum("nh,nm->hm", hid, delta),
        "db2": np.ones(len(X)) @ delta,
    }


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


# %% debug_tanh_network_step: einsum
def debug_tanh_network_step(x, W1, w2, target, lr):
    a = np.tanh(np.einsum("d,dh->h", x, W1))
    o = 0.5 + 0.5 * np.tanh(0.5 * np.einsum("h,h", a, w2))
    d = (o - target) * o * (1 - o)
    return W1 - lr * np.einsum(",d,h,h->dh", d, x, w2, 1 - a * a), w2 - lr * d * a


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


# %% debug_two_layer_step: closures and a list
def debug_two_layer_step(X, Y, W1, b1, W2, b2, lr):
    def s(z):
        return np.exp(-np.logaddexp(0, -z))

    A1 = s(X @ W1 + b1)
    A2 = s(A1 @ W2 + b2)

    def out(d):
        return (A1.T @ d, d.sum(0)), d @ W2.T

    def hid(d):
        d = d * A1 * (1 - A1)
        return X.T @ d, d.sum(0)

    (g2, h2), dA1 = out((A2 - Y) * A2 * (1 - A2) * 2 / np.prod(Y.shape))
    g1, h1 = hid(dA1)
    return [p - lr * g for p, g in zip((W1, b1, W2, b2), (g1, h1, g2, h2))]


# %% debug_two_layer_step: hidden layer first
def debug_two_layer_step(X, Y, W1, b1, W2, b2, lr):
    A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    dZ2 = 2 * (A2 - Y) / Y.size * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * A1 * (1 - A1)
    W1 = W1 - lr * X.T @ dZ1
    b1 = b1 - lr * dZ1.sum(axis=0)
    W2 = W2 - lr * A1.T @ dZ2
    b2 = b2 - lr * dZ2.sum(axis=0)
    return W1, b1, W2, b2


# %% debug_neuron_step: entry by entry
def debug_neuron_step(w, b, x, y, lr):
    error = sum(wi * xi for wi, xi in zip(w, x)) + b - y
    return np.array([wi - lr * 2 * error * xi for wi, xi in zip(w, x)]), b - lr * 2 * error


# %% debug_neuron_step: augmented vector
def debug_neuron_step(w, b, x, y, lr):
    v, u = np.append(w, b), np.append(x, 1.0)
    v = v - lr * 2 * (v @ u - y) * u
    return v[:-1], v[-1]


# %% debug_neuron_step: list of floats
def debug_neuron_step(w, b, x, y, lr):
    r = sum(float(p) * float(q) for p, q in zip(w, x)) + b - y
    return [
        np.array([float(p) - 2 * lr * r * float(q) for p, q in zip(w, x)]),
        float(b - 2 * lr * r),
    ]


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


# %% my_gradient_tests: independent reference, several shapes
def my_gradient_tests(backward):
    rng = np.random.default_rng(7)
    for N, D, H, M in [(1, 1, 1, 1), (5, 3, 4, 2), (3, 3, 3, 3), (2, 6, 1, 4)]:
        args = [rng.normal(size=s) for s in [(N, D), (N, M), (D, H), H, (H, M), M]]
        X, Y, W1, b1, W2, b2 = [a.copy() for a in args]
        try:
            g = backward(*args)
        except Exception:
            return False
        if not all(np.array_equal(a, b) for a, b in zip(args, (X, Y, W1, b1, W2, b2))):
            return False
        A = np.tanh(X @ W1 + b1)
        d2 = 2 * (A @ W2 + b2 - Y) / Y.size
        d1 = d2 @ W2.T * (1 - A * A)
        want = {"dW1": X.T @ d1, "db1": d1.sum(0), "dW2": A.T @ d2, "db2": d2.sum(0)}
        if set(g) != set(want):
            return False
        if any(
            np.shape(g[k]) != want[k].shape or not np.allclose(g[k], want[k], rtol=1e-7, atol=1e-10)
            for k in want
        ):
            return False
    return True


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


# %% residual_backward: Jacobian
def residual_backward(dOut, X, W):
    T = np.tanh(X @ W)
    J = np.eye(len(W))[None] + (1 - T**2)[:, :, None] * W.T[None]
    return np.matmul(dOut[:, None, :], J)[:, 0], (
        X[:, :, None] * (dOut * (1 - T**2))[:, None, :]
    ).sum(0)


# %% shared_weight_backward: a running sum
def shared_weight_backward(dOut, X, W):
    dW = np.zeros(W.shape)
    A = np.tanh(X.dot(W))
    dW += np.einsum("ni,nj->ij", A, dOut)
    dA = dOut.dot(W.T)
    dW += np.einsum("ni,nj->ij", X, dA * (1 - A**2))
    return dW


# %% shared_weight_backward: stacked product
def shared_weight_backward(dOut, X, W):
    A = np.tanh(np.dot(X, W))
    return np.vstack([A, X]).T @ np.vstack([dOut, dOut @ W.T * (1 - A) * (1 + A)])


# %% shared_weight_backward: complex step
def shared_weight_backward(dOut, X, W):
    G = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        V = W.astype(complex)
        V[i] += 1e-30j
        G[i] = (dOut * (np.tanh(X @ V) @ V)).sum().imag / 1e-30
    return G


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


# %% Value: Kahn's algorithm, no operands parameter
class Value:
    __slots__ = ("_prev", "data", "grad")

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self._prev = []

    @classmethod
    def _make(cls, data, *prev):
        v = cls(data)
        v._prev = list(prev)
        return v

    @staticmethod
    def _of(o):
        return o if isinstance(o, Value) else Value(o)

    def __add__(self, o):
        o = self._of(o)
        return self._make(self.data + o.data, (self, 1), (o, 1))

    def __mul__(self, o):
        o = self._of(o)
        return self._make(self.data * o.data, (self, o.data), (o, self.data))

    def __pow__(self, k):
        return self._make(self.data**k, (self, k * self.data ** (k - 1)))

    def tanh(self):
        t = float(np.tanh(self.data))
        return self._make(t, (self, 1 - t**2))

    def relu(self):
        return self._make(self.data * (self.data > 0), (self, self.data > 0))

    def backward(self):
        waiting, todo, seen = {}, [self], {id(self)}
        while todo:
            v = todo.pop()
            for p, _ in v._prev:
                waiting[id(p)] = waiting.get(id(p), 0) + 1
                if id(p) not in seen:
                    seen.add(id(p))
                    todo.append(p)
        up, ready = {id(self): 1.0}, [self]
        while ready:
            v = ready.pop()
            g = up.pop(id(v))
            v.grad += g
            for p, s in v._prev:
                up[id(p)] = up.get(id(p), 0.0) + g * s
                waiting[id(p)] -= 1
                if not waiting[id(p)]:
                    ready.append(p)


# %% Value: level by level
class Value:
    def __init__(self, data, operands=()):
        self.data = data
        self.grad = 0.0
        self.ops = operands
        self.depth = 1 + max((o.depth for o, _ in operands), default=-1)

    def _b(op):
        def m(self, o):
            o = o if hasattr(o, "ops") else Value(o)
            return op(self, o)

        return m

    __add__ = _b(lambda a, b: Value(a.data + b.data, [(a, 1), (b, 1)]))
    __mul__ = _b(lambda a, b: Value(a.data * b.data, [(a, b.data), (b, a.data)]))

    def __pow__(self, k):
        return Value(self.data**k, [(self, k * self.data ** (k - 1))])

    def tanh(self):
        t = (np.exp(2 * self.data) - 1) / (np.exp(2 * self.data) + 1)
        return Value(t, [(self, 1 - t * t)])

    def relu(self):
        return Value(np.maximum(self.data, 0), [(self, np.heaviside(self.data, 0))])

    def backward(self):
        levels = {}
        seen = set()
        stack = [self]
        while stack:
            v = stack.pop()
            if v in seen:
                continue
            seen.add(v)
            levels.setdefault(v.depth, []).append(v)
            stack += [o for o, _ in v.ops]
        acc = dict.fromkeys(seen, 0.0)
        acc[self] = 1.0
        for d in sorted(levels, reverse=True):
            for v in levels[d]:
                for o, s in v.ops:
                    acc[o] += s * acc[v]
        for v in seen:
            v.grad += acc[v]


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


# %% unbroadcast: bincount
def unbroadcast(grad, shape):
    size = int(np.prod(shape))
    idx = np.broadcast_to(np.arange(size).reshape(shape), grad.shape)
    return np.bincount(idx.ravel(), weights=grad.ravel(), minlength=size).reshape(shape)


# %% unbroadcast: einsum
def unbroadcast(grad, shape):
    lead = grad.ndim - len(shape)
    old = list(range(grad.ndim))
    keep = [lead + i for i, s in enumerate(shape) if s > 1]
    return np.einsum(grad, old, keep).reshape(shape)


# %% softmax_jacobian: two loops
def softmax_jacobian(p):
    n = len(p)
    return np.array([[p[i] * ((i == j) - p[j]) for j in range(n)] for i in range(n)])


# %% softmax_jacobian: broadcasting
def softmax_jacobian(probs):
    return probs[:, None] * (np.eye(probs.size) - probs)


# %% softmax_jacobian: einsum
def softmax_jacobian(probs):
    return np.einsum("i,ij->ij", probs, np.eye(len(probs)) - probs)


# %% softmax_jacobian: fill diagonal
def softmax_jacobian(probs):
    J = -np.multiply.outer(probs, probs)
    np.fill_diagonal(J, probs * (1 - probs))
    return J


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


# %% softmax_vjp: inner product by matmul
def softmax_vjp(dprobs, probs):
    s = (dprobs[:, None, :] @ probs[:, :, None])[:, :, 0]
    g = np.multiply(dprobs, probs)
    return g - probs * s


# %% softmax_vjp: diag of a product
def softmax_vjp(dprobs, probs):
    s = np.diag(dprobs @ probs.T)
    return ((dprobs.T - s) * probs.T).T


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


# %% mlp_backward: index and preallocated
def mlp_backward(dOut, caches, hidden, output):
    slope = {
        "relu": lambda Z: np.heaviside(Z, 0),
        "tanh": lambda Z: 1 / np.cosh(Z) ** 2,
        "identity": np.ones_like,
        "sigmoid": lambda Z: 0.25 / np.cosh(Z / 2) ** 2,
    }
    L = len(caches)
    grads = [None] * L
    d = dOut
    for level in range(L - 1, -1, -1):
        X, W, Z = caches[level]
        dZ = d * slope[output if level == L - 1 else hidden](Z)
        grads[level] = [np.einsum("nd,nm->dm", X, dZ), np.einsum("nm->m", dZ)]
        d = np.einsum("nm,dm->nd", dZ, W)
    return [d, grads]


# %% mlp_backward: insert at the front
def mlp_backward(dOut, caches, hidden, output):
    grads = []
    d = dOut.copy()
    for k in reversed(range(len(caches))):
        A, W, Z = caches[k]
        act = output if k + 1 == len(caches) else hidden
        if act == "relu":
            d[Z <= 0] = 0
        if act == "tanh":
            d *= (1 - np.tanh(Z)) * (1 + np.tanh(Z))
        if act == "sigmoid":
            d *= 0.25 * (1 - np.tanh(Z / 2) ** 2)
        grads.insert(0, (np.dot(A.T, d), d.sum(axis=0)))
        d = np.dot(d, W.T)
    return d, tuple(grads)


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


# %% classifier_loss_and_grads: per example
def classifier_loss_and_grads(X, y, W1, b1, W2, b2):
    g = dict(dW1=0 * W1, db1=0 * b1, dW2=0 * W2, db2=0 * b2)
    L = 0.0
    N = X.shape[0]
    for x, k in zip(X, y):
        z = x @ W1 + b1
        a = np.where(z > 0, z, 0.0)
        s = a @ W2 + b2
        lse = np.logaddexp.reduce(s)
        L += (lse - s[k]) / N
        d = np.exp(s - lse)
        d[k] -= 1
        d = d / N
        e = (W2 @ d) * (z > 0)
        g["dW1"] += np.outer(x, e)
        g["db1"] += e
        g["dW2"] += np.outer(a, d)
        g["db2"] += d
    return [L, g]


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


# %% debug_classifier_gradients: means
def debug_classifier_gradients(X, y, W1, b1, W2, b2):
    Z = X @ W1 + b1
    A = np.maximum(Z, 0)
    S = A @ W2 + b2
    G = np.exp(S - np.logaddexp.reduce(S, 1)[:, None])
    G[range(len(y)), y] -= 1
    H = np.where(Z > 0, G @ W2.T, 0)
    return {"dW1": X.T @ H / len(y), "db1": H.mean(0), "dW2": A.T @ G / len(y), "db2": G.mean(0)}


# %% debug_classifier_gradients: per example mean of outers
def debug_classifier_gradients(X, y, W1, b1, W2, b2):
    rows = []
    for x, k in zip(X, y):
        z = x @ W1 + b1
        a = np.maximum(z, 0)
        s = a @ W2 + b2
        p = np.exp(s - s.max())
        p /= p.sum()
        p[k] -= 1
        h = (W2 @ p) * (z > 0)
        rows.append((np.outer(x, h), h, np.outer(a, p), p))
    return dict(zip(("dW1", "db1", "dW2", "db2"), (np.mean(c, axis=0) for c in zip(*rows))))


# %% chain_by_hand: central differences, float32
def chain_by_hand():
    def L(w2=-1.2, b2=0.3, w1=0.8, b1=-0.2):
        return (w2 * np.tanh(w1 * 1.5 + b1) + b2 - 0.5) ** 2

    h = 1e-6
    base = dict(w2=-1.2, b2=0.3, w1=0.8, b1=-0.2)
    return tuple(np.float32((L(**{k: v + h}) - L(**{k: v - h})) / (2 * h)) for k, v in base.items())


# %% chain_by_hand: calculator, rounding each step to four digits
def chain_by_hand():
    def r(v):
        return round(float(v), 4)

    a = r(np.tanh(1.0))
    pred = r(-1.2 * a + 0.3)
    d = r(2 * (pred - 0.5))
    da = r(d * -1.2)
    s = r(1 - r(a * a))
    g = r(da * s)
    return r(d * a), d, r(g * 1.5), g


# %% gradient_check: more than was asked for
def gradient_check(f, gradient, x):
    gradient = np.asarray(gradient)
    if gradient.shape != x.shape:
        raise ValueError(f"gradient has shape {gradient.shape}, x has {x.shape}")
    numeric = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[i] = 1e-5
        numeric[i] = (f(x + step) - f(x - step)) / 2e-5
    size = np.maximum(np.maximum(np.abs(gradient), np.abs(numeric)), 1e-8)
    error = np.abs(gradient - numeric) / size
    worst = np.unravel_index(error.argmax(), error.shape)
    return {
        "max_error": np.asarray(error[worst]),
        "worst_index": worst,
        "ok": error[worst] <= 1e-6,
        "analytic": gradient[worst],
        "numeric": numeric[worst],
    }
