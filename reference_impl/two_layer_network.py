"""The small network of many tutorials: two sigmoid layers and the mean squared error.

The loss is the mean over all elements, so its gradient carries ``1 / Y.size``. Leaving that out
still trains, with a learning rate that is larger by the same factor; only a gradient check tells.
"""

import numpy as np

from reference_impl.activations import sigmoid
from reference_impl.linear import linear_forward

__all__ = ["two_layer_forward", "two_layer_loss_and_grads", "two_layer_train_step"]


def two_layer_forward(X, W1, b1, W2, b2):
    """Apply two sigmoid layers to a batch.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer.
    b1 : ndarray of shape (H,)
        Biases of the hidden layer.
    W2 : ndarray of shape (H, M)
        Weights of the output layer.
    b2 : ndarray of shape (M,)
        Biases of the output layer.

    Returns
    -------
    A1 : ndarray of shape (N, H)
        ``sigmoid(X @ W1 + b1)``.
    A2 : ndarray of shape (N, M)
        ``sigmoid(A1 @ W2 + b2)``.

    Raises
    ------
    ValueError
        If the shapes do not fit.

    Examples
    --------
    >>> import numpy as np
    >>> zero = np.zeros((2, 2))
    >>> A1, A2 = two_layer_forward(np.array([[0.05, 0.1]]), zero, np.zeros(2), zero, np.zeros(2))
    >>> A2
    array([[0.5, 0.5]])
    """
    Z1, _ = linear_forward(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2, _ = linear_forward(A1, W2, b2)
    A2 = sigmoid(Z2)
    return A1, A2


def two_layer_loss_and_grads(X, Y, W1, b1, W2, b2):
    """Compute the loss of the two-layer network and the gradients of its parameters.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    Y : ndarray of shape (N, M)
        Targets.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer.
    b1 : ndarray of shape (H,)
        Biases of the hidden layer.
    W2 : ndarray of shape (H, M)
        Weights of the output layer.
    b2 : ndarray of shape (M,)
        Biases of the output layer.

    Returns
    -------
    loss : float
        ``mean((A2 - Y)**2)`` over all N times M elements.
    dW1 : ndarray of shape (D, H)
        Gradient with respect to ``W1``.
    db1 : ndarray of shape (H,)
        Gradient with respect to ``b1``.
    dW2 : ndarray of shape (H, M)
        Gradient with respect to ``W2``.
    db2 : ndarray of shape (M,)
        Gradient with respect to ``b2``.

    Raises
    ------
    ValueError
        If ``Y`` has not the shape of the output, or the batch is empty.

    Notes
    -----
    Many texts take half the sum of squares instead: with one example and two outputs, as in the
    2-2-2 network, their loss is as large as this one and so are their gradients.

    References
    ----------
    .. [1] D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by
           back-propagating errors", Nature 323, 1986, equations 4 to 7.

    Examples
    --------
    >>> import numpy as np
    >>> zero = np.zeros((2, 2))
    >>> X, Y = np.array([[0.05, 0.1]]), np.array([[0.0, 1.0]])
    >>> loss, dW1, db1, dW2, db2 = two_layer_loss_and_grads(
    ...     X, Y, zero, np.zeros(2), zero, np.zeros(2)
    ... )
    >>> loss, db2
    (0.25, array([ 0.125, -0.125]))
    """
    A1, A2 = two_layer_forward(X, W1, b1, W2, b2)
    if np.shape(Y) != A2.shape or not A2.size:
        raise ValueError(f"Y has shape {np.shape(Y)}, the output has {A2.shape}; not empty, equal")
    # A - Y in floats: unsigned integers would wrap around below 0.
    error = A2 - np.multiply(Y, 1.0)
    loss = float(np.mean(error**2))
    # The mean is over all elements, hence Y.size and not the number of examples.
    dA2 = 2 * error / error.size
    dZ2 = dA2 * A2 * (1 - A2)
    dW2, db2 = A1.T @ dZ2, dZ2.sum(axis=0)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * A1 * (1 - A1)
    dW1, db1 = np.transpose(X) @ dZ1, dZ1.sum(axis=0)
    return loss, dW1, db1, dW2, db2


def two_layer_train_step(X, Y, W1, b1, W2, b2, *, lr):
    """Take one step of gradient descent on the two-layer network.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        One example a row.
    Y : ndarray of shape (N, M)
        Targets.
    W1 : ndarray of shape (D, H)
        Weights of the hidden layer.
    b1 : ndarray of shape (H,)
        Biases of the hidden layer.
    W2 : ndarray of shape (H, M)
        Weights of the output layer.
    b2 : ndarray of shape (M,)
        Biases of the output layer.
    lr : float
        Learning rate, at least 0.

    Returns
    -------
    W1 : ndarray of shape (D, H)
        ``W1 - lr * dW1``.
    b1 : ndarray of shape (H,)
        ``b1 - lr * db1``.
    W2 : ndarray of shape (H, M)
        ``W2 - lr * dW2``.
    b2 : ndarray of shape (M,)
        ``b2 - lr * db2``.

    Raises
    ------
    ValueError
        If `lr` is negative or not finite, or ``Y`` has not the shape of the output.

    Examples
    --------
    >>> import numpy as np
    >>> zero = np.zeros((2, 2))
    >>> X, Y = np.array([[0.05, 0.1]]), np.array([[0.0, 1.0]])
    >>> *_, b2 = two_layer_train_step(X, Y, zero, np.zeros(2), zero, np.zeros(2), lr=0.5)
    >>> b2
    array([-0.0625,  0.0625])
    """
    if not 0 <= lr < np.inf:
        raise ValueError(f"need 0 <= lr < inf, got {lr}")
    # All gradients at the old parameters first: dA1 needs the old W2.
    _, dW1, db1, dW2, db2 = two_layer_loss_and_grads(X, Y, W1, b1, W2, b2)
    return W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
