"""Multi-layer perceptrons of any depth: initial parameters, forward, backward.

The parameters are a list of ``(W, b)``, one pair a layer, with ``W`` of shape (in, out); PyTorch
stores the transpose.
"""

from itertools import pairwise

import numpy as np

from reference_impl.activations import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from reference_impl.linear import linear_forward
from reference_impl.variance_scaling import he_normal

__all__ = ["ACTIVATIONS", "mlp_backward", "mlp_forward", "mlp_init"]

# Name -> (A from Z, dZ from dA, Z and A). The slope is cheap from Z for some, from A for others.
ACTIVATIONS = {
    "identity": (lambda Z: Z, lambda dA, Z, A: dA),
    "relu": (relu, lambda dA, Z, A: relu_backward(dA, Z)),
    "leaky_relu": (leaky_relu, lambda dA, Z, A: leaky_relu_backward(dA, Z)),
    "sigmoid": (sigmoid, lambda dA, Z, A: sigmoid_backward(dA, A)),
    "tanh": (tanh, lambda dA, Z, A: tanh_backward(dA, A)),
}


def mlp_init(sizes, rng, *, initializer=he_normal, dtype=np.float64):
    """Draw the parameters of a multi-layer perceptron; biases start at 0.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer, input first: ``[64, 100, 10]`` has two layers of weights.
    rng : numpy.random.Generator
        Source of the random numbers.
    initializer : callable, default=he_normal
        Called as ``initializer((n_in, n_out), rng)``; returns the weights of a layer.
    dtype : dtype, default=np.float64
        Kind of the parameters; inputs should have the same.

    Returns
    -------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer.

    Raises
    ------
    ValueError
        If there are fewer than two sizes.

    Examples
    --------
    >>> import numpy as np
    >>> params = mlp_init([3, 4, 2], np.random.default_rng(0))
    >>> [(W.shape, b.shape) for W, b in params]
    [((3, 4), (4,)), ((4, 2), (2,))]
    """
    if len(sizes) < 2:
        raise ValueError(f"sizes must have at least an input and an output, got {list(sizes)}")
    return [
        (initializer((n_in, n_out), rng).astype(dtype), np.zeros(n_out, dtype))
        for n_in, n_out in pairwise(sizes)
    ]


def mlp_forward(X, params, *, hidden="relu", output="identity"):
    """Apply a multi-layer perceptron to a batch.

    Every layer is linear and then activated; the last has an activation of its own, by default
    none: a classifier returns logits, for a loss that takes logits.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer, first layer first.
    hidden : {"relu", "leaky_relu", "sigmoid", "tanh", "identity"}, default="relu"
        Activation after every layer but the last.
    output : {"identity", "relu", "leaky_relu", "sigmoid", "tanh"}, default="identity"
        Activation after the last layer.

    Returns
    -------
    out : ndarray of shape (N, M)
        Output of the last layer, which has M units.
    caches : list of tuple
        ``(A_in, W, Z, A, activation)`` of each layer, for `mlp_backward`.

    Raises
    ------
    ValueError
        If there is no layer, an activation is unknown, or shapes do not fit.

    Examples
    --------
    >>> import numpy as np
    >>> params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
    >>> out, caches = mlp_forward(np.array([[4.0], [-5.0]]), params)
    >>> out
    array([[ 9.],
           [16.]])
    """
    if not params or not {hidden, output} <= set(ACTIVATIONS):
        raise ValueError(
            f"need a layer and activations of {sorted(ACTIVATIONS)},"
            f" got {len(params)} layers, hidden={hidden!r}, output={output!r}"
        )
    A, caches = X, []
    for (W, b), activation in zip(params, [hidden] * (len(params) - 1) + [output], strict=True):
        A_in = A
        Z, _ = linear_forward(A_in, W, b)
        activate, _ = ACTIVATIONS[activation]
        A = activate(Z)
        caches.append((A_in, W, Z, A, activation))
    return A, caches


def mlp_backward(dOut, caches):
    """Compute the gradients of all parameters of a multi-layer perceptron.

    Parameters
    ----------
    dOut : ndarray of shape (N, M)
        Gradient of the loss with respect to the output of `mlp_forward`.
    caches : list of tuple
        The caches `mlp_forward` returned.

    Returns
    -------
    grads : list of (ndarray, ndarray)
        ``(dW, db)`` of each layer, first layer first.

    Raises
    ------
    ValueError
        If ``dOut`` has not the shape of the output.

    Notes
    -----
    The caches hold the weights of the forward pass: all gradients are taken at the old
    parameters, and only then may one be updated.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
           back-propagating errors", Nature 323, 1986, equations 4 to 7.

    Examples
    --------
    >>> import numpy as np
    >>> params = [(np.array([[1.0, -1.0]]), np.zeros(2)), (np.array([[2.0], [3.0]]), np.ones(1))]
    >>> out, caches = mlp_forward(np.array([[4.0]]), params)
    >>> (dW1, db1), (dW2, db2) = mlp_backward(np.array([[1.0]]), caches)
    >>> dW1, db1
    (array([[8., 0.]]), array([2., 0.]))
    """
    if not caches or np.shape(dOut) != np.shape(caches[-1][3]):
        got = [np.shape(A) for _, _, _, A, _ in caches[-1:]]
        raise ValueError(f"dOut has shape {np.shape(dOut)}, the output had {got}")
    dA, grads = np.multiply(dOut, 1.0), []
    for layer, (A_in, W, Z, A, activation) in reversed(list(enumerate(caches))):
        _, activate_backward = ACTIVATIONS[activation]
        dZ = activate_backward(dA, Z, A)
        grads.append((A_in.T @ dZ, dZ.sum(axis=0)))
        # The input of the network needs no gradient: that is a quarter of the work of two layers.
        if layer:
            dA = dZ @ W.T
    return grads[::-1]
