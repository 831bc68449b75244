"""Train one perceptron twice, with `reference_impl` and with scikit-learn, side by side.

Both train 64-100-10, ReLU, Adam, batch 128, on the digits, for equal epochs and from initial
weights of the same kind, without penalty or early stopping. The runs alternate; the least processor
time of each counts, so that other work on the machine disturbs neither. Both run on one thread:
products as small as these are slower on several. Run it with `python benchmarks/train_mlp.py`.
"""

import argparse
import os
import time
import warnings

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402
from sklearn.exceptions import ConvergenceWarning  # noqa: E402
from sklearn.neural_network import MLPClassifier  # noqa: E402

from reference_impl.datasets import load_digits  # noqa: E402
from reference_impl.metrics import accuracy  # noqa: E402
from reference_impl.mlp import mlp_forward, mlp_init  # noqa: E402
from reference_impl.preprocessing import split  # noqa: E402
from reference_impl.training import train  # noqa: E402
from reference_impl.variance_scaling import glorot_uniform  # noqa: E402

SIZES, BATCH_SIZE, LR = [64, 100, 10], 128, 1e-3


def run_reference(train_set, test_set, n_epochs, seed):
    """Return the processor seconds of training and the accuracy on the test set."""
    rng = np.random.default_rng(seed)
    dtype = train_set[0].dtype
    # scikit-learn draws the weights like this, and the biases from the same interval.
    params = [
        (W, rng.uniform(-1, 1, b.shape).astype(dtype) * np.sqrt(dtype.type(6 / sum(W.shape))))
        for W, b in mlp_init(SIZES, rng, initializer=glorot_uniform, dtype=dtype)
    ]
    start = time.process_time()
    params, _ = train(params, train_set, rng=rng, n_epochs=n_epochs, batch_size=BATCH_SIZE, lr=LR)
    seconds = time.process_time() - start
    logits, _ = mlp_forward(test_set[0], params)
    return seconds, accuracy(logits.argmax(axis=1), test_set[1])


def run_sklearn(train_set, test_set, n_epochs, seed):
    """Return the processor seconds of training and the accuracy on the test set."""
    model = MLPClassifier(
        (SIZES[1],),
        activation="relu",
        solver="adam",
        alpha=0.0,
        batch_size=BATCH_SIZE,
        learning_rate_init=LR,
        max_iter=n_epochs,
        tol=0.0,
        n_iter_no_change=n_epochs + 1,
        random_state=seed,
    )
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # It always uses all its epochs.
        model.fit(*train_set)
    seconds = time.process_time() - start
    return seconds, accuracy(model.predict(test_set[0]), test_set[1])


def compare(dtype, n_epochs, n_repeats):
    """Return the best seconds and the mean accuracy of both, runs alternating."""
    X, y = load_digits()
    train_set, _, test_set = split((X / 16).astype(dtype), y, np.random.default_rng(0))
    runs = {run: [] for run in (run_reference, run_sklearn)}
    for seed in range(n_repeats):
        for run, results in runs.items():
            results.append(run(train_set, test_set, n_epochs, seed))
    return [(min(s for s, _ in done), np.mean([a for _, a in done])) for done in runs.values()]


def main():
    """Print seconds, accuracies and their ratio for float32 and float64."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    print(f"64-100-10, ReLU, Adam, batch {BATCH_SIZE}, {options.epochs} epochs of digits")
    print("dtype      reference_impl        scikit-learn          scikit-learn / reference_impl")
    for dtype in (np.float32, np.float64):
        ours, theirs = compare(dtype, options.epochs, options.repeats)
        columns = "".join(f"{s:7.3f} s {a:8.2%}     " for s, a in (ours, theirs))
        print(f"{np.dtype(dtype).name:8} {columns}{theirs[0] / ours[0]:6.2f} times the time")


if __name__ == "__main__":
    main()
