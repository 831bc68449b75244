"""Layer-sequential unit-variance initialization: measure on data instead of deriving."""

import numpy as np

from reference_impl.mlp import ACTIVATIONS

__all__ = ["lsuv"]


def lsuv(params, X, *, hidden="relu", tol=0.01, max_tries=10):
    """Rescale the weights of a perceptron until every layer's outputs have unit variance on data.

    Layer by layer, first to last, because each sees the outputs of those before it. The paper
    starts from `orthogonal` weights.

    Parameters
    ----------
    params : list of (ndarray, ndarray)
        ``(W, b)`` of each layer.
    X : ndarray of shape (N, D)
        A batch of real data, one example a row.
    hidden : {"relu", "leaky_relu", "sigmoid", "tanh", "identity"}, default="relu"
        Activation after every layer but the last.
    tol : float, default=0.01
        Largest distance of a layer's standard deviation from 1.
    max_tries : int, default=10
        Most rescalings of a layer; one is enough where the biases are 0.

    Returns
    -------
    params : list of (ndarray, ndarray)
        ``(W / scale, b)`` of each layer: the output before the activation has standard deviation 1
        over the whole batch.

    Raises
    ------
    ValueError
        If a layer's outputs are all equal or not finite, the activation is unknown, or `tol` is
        not positive and finite.

    References
    ----------
    .. [1] D. Mishkin and J. Matas, "All you need is a good init", ICLR 2016, arXiv:1511.06422,
           algorithm 1.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.array([[1.0], [3.0]])
    >>> [(W, b)] = lsuv([(np.array([[4.0]]), np.zeros(1))], X)
    >>> W
    array([[1.]])
    """
    if hidden not in ACTIVATIONS or not 0 < tol < np.inf:
        raise ValueError(f"need 0 < tol < inf and {sorted(ACTIVATIONS)}, got {tol}, {hidden!r}")
    activate, _ = ACTIVATIONS[hidden]
    A, scaled = X, []
    for layer, (W, b) in enumerate(params):
        for _ in range(max_tries):
            std = float(np.std(A @ W + b))
            if not 0 < std < np.inf:
                raise ValueError(f"outputs of layer {layer} have standard deviation {std}")
            if abs(std - 1) <= tol:
                break
            W = W / std
        scaled.append((W, b))
        A = activate(A @ W + b)
    return scaled
