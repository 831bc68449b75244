"""Make `torch_values.json`: what PyTorch computes, for tests/reference_impl/test_torch_values.py.

PyTorch is no dependency of the course. To make the file anew, in an environment of its own:

    python -m pip install torch==2.13.0 numpy
    python tests/data/make_torch_values.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(0)
Z = np.concatenate([rng.normal(scale=3, size=9), [0.0, -20.0, 20.0]]).reshape(4, 3)
LABELS = np.array([2, 0, 1, 2])
SOFT = rng.uniform(size=(4, 3))
PROBS = rng.uniform(0.05, 0.95, size=(4, 3))
TARGET = rng.normal(scale=3, size=(4, 3))
WEIGHTS = np.array([0.5, 2.0, 3.0])
P, Q = rng.dirichlet(np.ones(3), size=(2, 4))
IMAGES = rng.normal(loc=1, scale=2, size=(3, 2, 2, 4))
REDUCTIONS = ("mean", "sum", "none")


def case(name, function, arguments, differentiable=(0,), **options):
    """Record a value and the gradients of ``sum(upstream * value)`` at random ``upstream``."""
    tensors = [torch.tensor(argument) for argument in arguments]
    for index in differentiable:
        tensors[index].requires_grad_()
    value = function(*tensors)
    upstream = np.asarray(rng.normal(size=value.shape))
    (value * torch.tensor(upstream)).sum().backward()
    return {
        "name": name,
        "arguments": [np.asarray(argument).tolist() for argument in arguments],
        "options": options,
        "value": value.tolist(),
        "upstream": upstream.tolist(),
        "gradients": [tensors[index].grad.tolist() for index in differentiable],
    }


def activations():
    """Yield the elementwise functions and the softmax family."""
    yield case("sigmoid", torch.sigmoid, [Z])
    yield case("tanh", torch.tanh, [Z])
    yield case("relu", torch.relu, [Z])
    yield case("leaky_relu", lambda z: F.leaky_relu(z, 0.2), [Z], negative_slope=0.2)
    yield case("elu", lambda z: F.elu(z, 0.7), [Z], alpha=0.7)
    yield case("selu", F.selu, [Z])
    yield case("gelu", F.gelu, [Z])
    yield case("gelu_tanh", lambda z: F.gelu(z, approximate="tanh"), [Z])
    yield case("silu", F.silu, [Z])
    yield case("softplus", lambda z: F.softplus(z, threshold=1000), [Z])
    yield case("log_sigmoid", F.logsigmoid, [Z])
    for axis in (0, 1):
        yield case(
            "softmax", lambda z, d=axis: F.softmax(z / 0.7, d), [Z], axis=axis, temperature=0.7
        )
        yield case(
            "log_softmax",
            lambda z, d=axis: F.log_softmax(z / 0.7, d),
            [Z],
            axis=axis,
            temperature=0.7,
        )
        yield case("logsumexp", lambda z, d=axis: torch.logsumexp(z, d), [Z], axis=axis)


def elementwise_losses(reduction):
    """Yield the losses that compare two arrays of one shape."""
    r = {"reduction": reduction}
    yield case("mse", lambda p, t: F.mse_loss(p, t, **r), [Z, TARGET], **r)
    yield case("mae", lambda p, t: F.l1_loss(p, t, **r), [Z, TARGET], **r)
    yield case(
        "huber", lambda p, t: F.huber_loss(p, t, delta=1.5, **r), [Z, TARGET], delta=1.5, **r
    )
    yield case("bce", lambda p, t: F.binary_cross_entropy(p, t, **r), [PROBS, SOFT], **r)
    yield case(
        "bce_with_logits",
        lambda z, t: F.binary_cross_entropy_with_logits(z, t, **r),
        [Z, SOFT],
        **r,
    )
    yield case(
        "bce_with_logits",
        lambda z, t: F.binary_cross_entropy_with_logits(
            z, t, pos_weight=torch.tensor(WEIGHTS), **r
        ),
        [Z, SOFT],
        pos_weight=WEIGHTS.tolist(),
        **r,
    )


def losses_of_examples(reduction):
    """Yield the losses with one value a row."""
    r = {"reduction": reduction}
    for options in (
        {},
        {"class_weights": WEIGHTS.tolist()},
        {"label_smoothing": 0.2},
        {"ignore_index": 1},
        {"class_weights": WEIGHTS.tolist(), "label_smoothing": 0.2, "ignore_index": 1},
    ):
        torch_options = {
            "weight": torch.tensor(WEIGHTS) if "class_weights" in options else None,
            "label_smoothing": options.get("label_smoothing", 0.0),
            "ignore_index": options.get("ignore_index", -100),
        }
        yield case(
            "softmax_cross_entropy",
            lambda z, y, o=torch_options: F.cross_entropy(z, y, **o, **r),
            [Z, LABELS],
            **options,
            **r,
        )
    yield case(
        "sparse_categorical_cross_entropy",
        lambda p, y: F.nll_loss(p.log(), y, **r),
        [PROBS, LABELS],
        **r,
    )
    yield case(
        "multiclass_hinge",
        lambda s, y: F.multi_margin_loss(s, y, margin=0.8, **r),
        [Z, LABELS],
        margin=0.8,
        **r,
    )
    yield case(
        "triplet_margin",
        lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=2.5, eps=0.0, **r),
        [Z, TARGET, PROBS],
        differentiable=(0, 1, 2),
        margin=2.5,
        **r,
    )
    kl_reduction = "batchmean" if reduction == "mean" else reduction

    def kl(p, q):
        value = F.kl_div(q.log(), p, reduction=kl_reduction)
        return value.sum(dim=1) if reduction == "none" else value

    yield case("kl_divergence", kl, [P, Q], differentiable=(1,), **r)


def layers():
    """Yield the layers; the running statistics are appended to the value."""
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    yield case("linear", lambda x, w, c: F.linear(x, w.T, c), [Z, W, b], differentiable=(0, 1, 2))
    gamma, beta, mean = rng.normal(size=(3, 3))
    var = rng.uniform(0.5, 2, size=3)
    yield case(
        "layernorm",
        lambda x, g, c: F.layer_norm(x, (3,), g, c),
        [Z, gamma, beta],
        (0, 1, 2),
        eps=1e-5,
    )
    yield case("rmsnorm", lambda x, g: F.rms_norm(x, (3,), g, 1e-6), [Z, gamma], (0, 1), eps=1e-6)
    for training in (True, False):
        options = {"training": training, "momentum": 0.3, "eps": 1e-3}
        yield _batchnorm("batchnorm", [Z, gamma, beta, mean, var], options)
        yield _batchnorm("batchnorm2d", [IMAGES, gamma[:2], beta[:2], mean[:2], var[:2]], options)


def _batchnorm(name, arguments, options):
    mean, var = torch.tensor(arguments[3]), torch.tensor(arguments[4])
    record = case(
        name,
        lambda x, g, c, *_: F.batch_norm(x, mean, var, g, c, **options),
        arguments,
        (0, 1, 2),
        **options,
    )
    return record | {"running": [mean.tolist(), var.tolist()]}


if __name__ == "__main__":
    cases = [*activations(), *layers()]
    for reduction in REDUCTIONS:
        cases += [*elementwise_losses(reduction), *losses_of_examples(reduction)]
    lines = ",\n".join(json.dumps(record) for record in cases)
    path = Path(__file__).with_name("torch_values.json")
    path.write_text(f'{{"torch": "{torch.__version__}", "cases": [\n{lines}\n]}}\n')
