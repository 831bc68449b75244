"""The answers of lesson 02 are those of the library, on random input."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from grader.exercises import registry
from reference_impl import (
    binary_cross_entropy,
    cross_entropy,
    kl_divergence,
    margin_losses,
    regression_losses,
    softmax,
)

PRED, TARGET = np.random.default_rng(1).normal(size=(2, 4, 3))
LOGITS, COIN = PRED[:, 0], np.array([1.0, 0.0, 0.0, 1.0])
SCORES, LABELS = np.random.default_rng(2).normal(size=(5, 3)), np.array([0, 2, 2, 1, 0])
PROBS, ONEHOT = softmax.softmax(SCORES), np.eye(3)[LABELS]
P, Q = PROBS[0], PROBS[1]
TRIPLETS = np.random.default_rng(3).normal(size=(3, 6, 2))
R, B, C, M = regression_losses, binary_cross_entropy, cross_entropy, margin_losses

PAIRS = [
    ("mse", (PRED, TARGET), R.mse, {}),
    ("mse_backward", (PRED, TARGET), R.mse_backward, {}),
    ("mae_backward", (PRED, TARGET), R.mae_backward, {}),
    ("huber", (PRED[0], TARGET[0], 0.7), R.huber, {"delta": 0.7}),
    ("huber_backward", (PRED[0], TARGET[0], 0.7), R.huber_backward, {"delta": 0.7}),
    ("bce", (PROBS[:4, 0], COIN), B.bce, {}),
    ("bce_with_logits", (LOGITS, COIN), B.bce_with_logits, {}),
    ("bce_with_logits_backward", (LOGITS, COIN), B.bce_with_logits_backward, {}),
    ("class_weighted_bce", (LOGITS, COIN, 3.0), B.bce_with_logits, {"pos_weight": 3.0}),
    ("logsumexp", (SCORES,), softmax.logsumexp, {}),
    ("log_softmax", (SCORES,), softmax.log_softmax, {}),
    ("categorical_cross_entropy", (PROBS, ONEHOT), C.categorical_cross_entropy, {}),
    ("debug_cross_entropy", (PROBS, ONEHOT), C.categorical_cross_entropy, {}),
    ("sparse_cross_entropy", (SCORES, LABELS), C.softmax_cross_entropy, {}),
    ("softmax_cross_entropy_backward", (SCORES, LABELS), C.softmax_cross_entropy_backward, {}),
    ("kl_divergence", (P, Q), kl_divergence.kl_divergence, {}),
    ("hinge", (LOGITS, 2 * COIN - 1), M.hinge, {}),
    ("hinge_backward", (LOGITS, 2 * COIN - 1), M.hinge_backward, {}),
    ("triplet_margin", (*TRIPLETS, 0.4), M.triplet_margin, {"margin": 0.4}),
]


@pytest.mark.parametrize(("name", "args", "library", "options"), PAIRS, ids=[p[0] for p in PAIRS])
def test_answer_agrees_with_the_library(name, args, library, options):
    settings = len(options)
    plain = args[: len(args) - settings]
    if name == "kl_divergence":
        plain = tuple(distribution[None] for distribution in plain)

    expected = library(*plain, **options)

    assert_allclose(registry()[name].reference(*args), expected, rtol=1e-10, atol=1e-14)


def test_the_pair_agrees_with_the_two():
    loss, dlogits = registry()["softmax_cross_entropy_with_gradient"].reference(SCORES, LABELS)

    assert_allclose(loss, C.softmax_cross_entropy(SCORES, LABELS))
    assert_allclose(dlogits, C.softmax_cross_entropy_backward(SCORES, LABELS), atol=1e-14)
