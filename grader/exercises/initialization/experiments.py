"""Measured: symmetry, scale through depth, and data-dependent scaling."""

import numpy as np

from grader.exercise import Exercise, case


def symmetry_report(W, b):
    """Say which hidden units of a layer can never become different from one another.

    Units with equal incoming weights, equal biases and equal outgoing weights stay equal for ever.
    Here the outgoing weights are all equal.

    Parameters
    ----------
    W : ndarray of shape (D, M)
        Incoming weights, a column a unit.
    b : ndarray of shape (M,)
        Biases.

    Returns
    -------
    n_different : int
        How many different units the layer really has.
    trapped : bool
        Whether all units are copies of one.
    """
    units = np.unique(np.vstack([W, b]).T, axis=0)
    return len(units), len(units) == 1


def _symmetry_cases(rng):
    yield case("random weights", rng.normal(size=(3, 5)), np.zeros(5))
    yield case("zeros", np.zeros((3, 5)), np.zeros(5))
    yield case("one constant", np.full((4, 3), 0.3), np.zeros(3))
    yield case("equal weights, different biases", np.full((4, 3), 0.3), rng.normal(size=3))
    pair = rng.normal(size=(3, 2))
    yield case("two pairs of twins", np.repeat(pair, 2, axis=1), np.zeros(4))
    yield case("equal rows, not columns", np.tile(rng.normal(size=4), (3, 1)), np.zeros(4))
    yield case("a single unit", rng.normal(size=(3, 1)), np.zeros(1))


def _rows_compared(W, b):
    """A unit's weights stand in a column; you compared rows, which belong to inputs."""
    n = len(np.unique(W, axis=0))
    return n, n == 1


def _biases_ignored(W, b):
    """Different biases break the tie as well: compare them too."""
    n = len(np.unique(W.T, axis=0))
    return n, n == 1


def _only_zeros_trapped(W, b):
    """Any constant traps the units, not only 0: they get equal gradients for ever."""
    n, _ = symmetry_report(W, b)
    return n, not W.any() and not b.any()


def _entries_counted(W, b):
    """You counted different numbers; the question is about different columns."""
    n = len(np.unique(W))
    return n, n == 1


symmetry_report_exercise = Exercise(
    reference=symmetry_report,
    cases=_symmetry_cases,
    points=2,
    mistakes=(_rows_compared, _biases_ignored, _only_zeros_trapped, _entries_counted),
    minutes=7,
    follow_up="Logistic regression starts from zeros and trains well. Why does that work?",
    follow_up_answer=(
        "It has no hidden units, so there are no copies to tell apart. Each weight sees its own "
        "input and gets its own slope, `X.T @ (p - y) / N`, which is not 0 although the weights "
        "are. The loss is convex as well, so no start can trap it. The same holds for softmax "
        "regression."
    ),
    asked=("https://huyenchip.com/ml-interviews-book/",),
)


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


def _always_from_the_input(X, weights, activation):
    """Every layer reads the one before it; each of yours starts from `X` again or from its sums."""
    A, stds = X, []
    for W in weights:
        Z = A @ W
        stds.append(float((np.maximum(Z, 0) if activation == "relu" else np.tanh(Z)).std()))
        A = Z
    return stds


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


forward_std_exercise = Exercise(
    reference=forward_std,
    cases=_depth_cases,
    points=2,
    mistakes=(
        _before_the_activation,
        _always_from_the_input,
        _per_unit,
        _variances_listed,
        _last_only,
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

    Layer by layer, divide the weights by the standard deviation of the sums ``Z`` they produce on
    the batch, then go on with the activations of the rescaled layer.

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
