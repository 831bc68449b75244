"""A right backward pass and eight wrong ones, for tests to be tested on.

Their texts are what the driver of `my_gradient_tests` gets, so each stands alone.
"""

import numpy as np


def right(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * (1 - A1**2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dpred, "db2": dpred.sum(axis=0)}


def mean_forgotten(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y)
    dZ1 = dpred @ W2.T * (1 - A1**2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dpred, "db2": dpred.sum(axis=0)}


def sigmoid_slope_on_tanh(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * A1 * (1 - A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dpred, "db2": dpred.sum(axis=0)}


def through_the_updated_weights(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dW2 = A1.T @ dpred
    dZ1 = dpred @ (W2 - 0.01 * dW2).T * (1 - A1**2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": dW2, "db2": dpred.sum(axis=0)}


def prediction_gradient_for_weights(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * (1 - A1**2)
    dW2 = np.ones_like(W2) * dpred.sum(axis=0)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": dW2, "db2": dpred.sum(axis=0)}


def bias_averaged(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * (1 - A1**2)
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.mean(axis=0),
        "dW2": A1.T @ dpred,
        "db2": dpred.sum(axis=0),
    }


def not_transposed_if_square(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ (W2 if W2.shape[0] == W2.shape[1] else W2.T) * (1 - A1**2)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dpred, "db2": dpred.sum(axis=0)}


def writes_into_the_weights(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * (1 - A1**2)
    grads = {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0),
        "dW2": A1.T @ dpred,
        "db2": dpred.sum(axis=0),
    }
    W2 -= 0.01 * grads["dW2"]
    return grads


def one_entry_is_nan(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dpred = 2 * (A1 @ W2 + b2 - Y) / Y.size
    dZ1 = dpred @ W2.T * (1 - A1**2)
    db2 = dpred.sum(axis=0)
    db2[-1] = np.nan
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dpred, "db2": db2}


BROKEN = {
    "the missing 1/n": mean_forgotten,
    "the slope of the sigmoid on a tanh layer": sigmoid_slope_on_tanh,
    "the gradient sent back through the updated W2": through_the_updated_weights,
    "the gradient of the prediction in place of that of W2": prediction_gradient_for_weights,
    "db1 averaged over the batch": bias_averaged,
    "W2 not transposed where it is square": not_transposed_if_square,
    "right gradients, but the caller's W2 is changed": writes_into_the_weights,
    "NaN in the last entry of db2": one_entry_is_nan,
}
