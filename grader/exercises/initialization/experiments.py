"""Measured: scale through depth, and data-dependent scaling."""

import numpy as np

from grader.exercise import Exercise, case


def forward_std(X, weights, activation):
    """Measure the scale of the activations of every layer.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        A batch.
    weights : list of ndarray
        One weight array a layer, inputs first; there are no biases.
    activation : str
        ``"relu"`` or ``"tanh"``, behind every layer.

    Returns
    -------
    stds : list of float
        Standard deviation of all activations of a layer, one number a layer.
    """
    A, stds = X, []
    for W in weights:
        Z = A @ W
        A = np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)
        stds.append(float(A.std()))
    return stds


def _deep(rng, sizes, gain):
    return [rng.normal(scale=np.sqrt(gain / d), size=(d, m)) for d, m in zip(sizes, sizes[1:])]


def _depth_cases(rng):
    sizes = [12, 16, 8, 20, 10]
    X = rng.normal(size=(9, 12))
    yield case("ReLU with He's rule", X, _deep(rng, sizes, 2.0), "relu")
    yield case("tanh with LeCun's rule", X, _deep(rng, sizes, 1.0), "tanh")
    small = [0.01 * rng.normal(size=(6, 6)) for _ in range(4)]
    yield case("tiny weights", rng.normal(size=(5, 6)), small, "relu")
    yield case("one layer", X, _deep(rng, [12, 5], 1.0), "tanh")


def _before_the_activation(X, weights, activation):
    """You measured the sums; the next layer sees what comes out of the activation."""
    A, stds = X, []
    for W in weights:
        Z = A @ W
        stds.append(float(Z.std()))
        A = np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)
    return stds


def _sums_passed_on(X, weights, activation):
    """The next layer reads the activations of this one; you hand it the sums before them."""
    A, stds = X, []
    for W in weights:
        Z = A @ W
        stds.append(float((np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)).std()))
        A = Z
    return stds


def _always_from_the_input(X, weights, activation):
    """Each of your layers reads `X`: from the second on, the layer before it feeds a layer."""
    sums = [X @ W for W in weights]
    return [float((np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)).std()) for Z in sums]


def _per_unit(X, weights, activation):
    """The mean of the units' own deviations is another number: take one over all activations."""
    A, stds = X, []
    for W in weights:
        Z = A @ W
        A = np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)
        stds.append(float(A.std(axis=0).mean()))
    return stds


def _variances_listed(X, weights, activation):
    """Those are variances; take the root."""
    return [std**2 for std in forward_std(X, weights, activation)]


def _last_only(X, weights, activation):
    """One number a layer, please: where along the way the signal is lost is the point."""
    return forward_std(X, weights, activation)[-1:]


def _root_mean_square(X, weights, activation):
    """That is the root of the mean square; a standard deviation takes the mean off first."""
    A, stds = X, []
    for W in weights:
        A = np.maximum(A @ W, 0) if activation == "relu" else np.tanh(A @ W)
        stds.append(float(np.sqrt(np.mean(A**2))))
    return stds


def _one_less_counted(X, weights, activation):
    """You divide by one less than the number of activations: `torch.std` does, NumPy does not."""
    A, stds = X, []
    for W in weights:
        A = np.maximum(A @ W, 0) if activation == "relu" else np.tanh(A @ W)
        stds.append(float(A.std(ddof=1)))
    return stds


def _input_listed(X, weights, activation):
    """One number a layer: the batch itself is no layer."""
    return [float(X.std()), *forward_std(X, weights, activation)]


def _always_relu(X, weights, activation):
    """Your tanh networks are ReLU networks: look at `activation`."""
    return forward_std(X, weights, "relu")


def _always_tanh(X, weights, activation):
    """Your ReLU networks are tanh networks: look at `activation`."""
    return forward_std(X, weights, "tanh")


def _weights_measured_instead(X, weights, activation):
    """You measured the weights; the question is what they make of the batch."""
    return [float(W.std()) for W in weights]


forward_std_exercise = Exercise(
    reference=forward_std,
    cases=_depth_cases,
    points=2,
    mistakes=(
        _before_the_activation,
        _sums_passed_on,
        _always_from_the_input,
        _per_unit,
        _variances_listed,
        _last_only,
        _root_mean_square,
        _one_less_counted,
        _input_listed,
        _always_relu,
        _always_tanh,
        _weights_measured_instead,
    ),
    atol=1e-15,
    minutes=7,
    follow_up="How would you measure the same for the gradients?",
    follow_up_answer=(
        "Keep each `Z` on the way forward. Then go back from the loss, or from a random gradient "
        "at the output: `dZ = dA * slope(Z)`, `dA = dZ @ W.T`, and record the standard deviation "
        "of `dA` in every layer. I plot it over the layers on a log scale: flat is right. In "
        "PyTorch a hook in each layer does the same."
    ),
)


def scale_layers(X, weights):
    """Rescale each layer on data until its ReLU network keeps variance 1.

    Layer by layer, divide the weights by the standard deviation of the sums ``Z`` they
    produce on the batch, then go on with the activations of the rescaled layer.

    Parameters
    ----------
    X : ndarray of shape (N, D)
        A batch.
    weights : list of ndarray
        One weight array a layer, inputs first; there are no biases.

    Returns
    -------
    scaled : list of ndarray
        New weights; the sums of every layer have standard deviation 1 on the batch.
    """
    A, scaled = X, []
    for W in weights:
        W = W / (A @ W).std()
        scaled.append(W)
        A = np.maximum(A @ W, 0)
    return scaled


def _scale_cases(rng):
    X = rng.normal(size=(10, 7))
    yield case("three layers", X, _deep(rng, [7, 9, 5, 6], 3.0))
    yield case("far too small", X, [0.01 * W for W in _deep(rng, [7, 8, 4], 1.0)])
    yield case("a single layer", X, _deep(rng, [7, 3], 9.0))
    yield case("square layers", rng.normal(size=(6, 6)), _deep(rng, [6, 6, 6], 0.3))


def _variance_divided(X, weights):
    """You divided by the variance; the scale of a sum is its standard deviation."""
    A, scaled = X, []
    for W in weights:
        W = W / (A @ W).var()
        scaled.append(W)
        A = np.maximum(A @ W, 0)
    return scaled


def _old_activations_used(X, weights):
    """Go on with the rescaled layer's activations: yours still come from the old weights."""
    A, scaled = X, []
    for W in weights:
        Z = A @ W
        scaled.append(W / Z.std())
        A = np.maximum(Z, 0)
    return scaled


def _weights_measured(X, weights):
    """You made the weights have deviation 1; it is the sums that should."""
    return [W / W.std() for W in weights]


def _activation_measured(X, weights):
    """The measure is the sum before ReLU; you took it behind."""
    A, scaled = X, []
    for W in weights:
        W = W / np.maximum(A @ W, 0).std()
        scaled.append(W)
        A = np.maximum(A @ W, 0)
    return scaled


def _changed_in_place(X, weights):
    """The caller's weights are changed now: divide into a new array."""
    A = X
    for W in weights:
        W /= (A @ W).std()
        A = np.maximum(A @ W, 0)
    return weights


def _relu_forgotten(X, weights):
    """The first layer is right. The next one reads what ReLU lets through."""
    A, scaled = X, []
    for W in weights:
        scaled.append(W / (A @ W).std())
        A = A @ scaled[-1]
    return scaled


def _always_from_the_batch(X, weights):
    """You measure each layer on `X`: from the second on, the rescaled layers before feed it."""
    return [W / (X @ W).std() for W in weights]


def _one_factor_a_unit(X, weights):
    """You divide each unit by its own deviation; here one number is measured for a layer."""
    A, scaled = X, []
    for W in weights:
        scaled.append(W / (A @ W).std(axis=0))
        A = np.maximum(A @ scaled[-1], 0)
    return scaled


def _mean_square_measured(X, weights):
    """You divide by the root of the mean square; a deviation takes the mean off first."""
    A, scaled = X, []
    for W in weights:
        scaled.append(W / np.sqrt(np.mean((A @ W) ** 2)))
        A = np.maximum(A @ scaled[-1], 0)
    return scaled


def _one_less_in_the_measure(X, weights):
    """You divide by one less than the number of sums: `torch.std` does, NumPy does not."""
    A, scaled = X, []
    for W in weights:
        scaled.append(W / (A @ W).std(ddof=1))
        A = np.maximum(A @ scaled[-1], 0)
    return scaled


def _multiplied(X, weights):
    """Sums that are too large get larger in yours: divide."""
    A, scaled = X, []
    for W in weights:
        scaled.append(W * (A @ W).std())
        A = np.maximum(A @ scaled[-1], 0)
    return scaled


def _only_the_first(X, weights):
    """You rescale the first layer only, and its change does not make the others right."""
    return [weights[0] / (X @ weights[0]).std(), *weights[1:]]


scale_layers_exercise = Exercise(
    reference=scale_layers,
    cases=_scale_cases,
    points=3,
    mistakes=(
        _variance_divided,
        _old_activations_used,
        _weights_measured,
        _activation_measured,
        _changed_in_place,
        _relu_forgotten,
        _always_from_the_batch,
        _one_factor_a_unit,
        _mean_square_measured,
        _one_less_in_the_measure,
        _multiplied,
        _only_the_first,
    ),
    kind="timed",
    difficulty=3,
    minutes=10,
    follow_up="What does this have in common with batch normalization, and what not?",
    follow_up_answer=(
        "Both bring a layer's sums to standard deviation 1, measured on a batch. This happens "
        "once, before training, with one factor a layer written into the weights. Batch "
        "normalization does it in every step and for each unit. It also subtracts the mean, "
        "learns a scale and a shift, and needs running statistics at inference."
    ),
)
