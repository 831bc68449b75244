"""Write torch_optimizers.json: paths of PyTorch's optimizers, to hold ours against.

PyTorch is no dependency of the course. To write the file anew, in an environment of its own::

    pip install torch==2.13.0 numpy
    python tests/data/make_torch_optimizers.py
"""

import json
from pathlib import Path

import numpy as np
import torch

RUNS = [
    ("sgd", torch.optim.SGD, {"lr": 0.1}, {}),
    ("momentum", torch.optim.SGD, {"lr": 0.1, "momentum": 0.8}, {}),
    ("damped_momentum", torch.optim.SGD, {"lr": 0.1, "momentum": 0.8, "dampening": 0.3}, {}),
    ("nesterov", torch.optim.SGD, {"lr": 0.1, "momentum": 0.8}, {"nesterov": True}),
    ("adagrad", torch.optim.Adagrad, {"lr": 0.1, "eps": 1e-3}, {}),
    ("adadelta", torch.optim.Adadelta, {"lr": 0.5, "decay": 0.8, "eps": 1e-3}, {}),
    ("rmsprop", torch.optim.RMSprop, {"lr": 0.1, "decay": 0.8, "eps": 1e-3}, {}),
    (
        "centred_rmsprop",
        torch.optim.RMSprop,
        {"lr": 0.1, "decay": 0.8, "eps": 1e-3},
        {"centered": True},
    ),
    (
        "rmsprop_momentum",
        torch.optim.RMSprop,
        {"lr": 0.1, "decay": 0.8, "momentum": 0.7, "eps": 1e-3},
        {},
    ),
    ("adam", torch.optim.Adam, {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3}, {}),
    (
        "amsgrad",
        torch.optim.Adam,
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.7, "eps": 1e-3},
        {"amsgrad": True},
    ),
    (
        "adamw",
        torch.optim.AdamW,
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "weight_decay": 0.2},
        {},
    ),
    (
        "nadam",
        torch.optim.NAdam,
        {"lr": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "momentum_decay": 0.3},
        {},
    ),
    ("adamax", torch.optim.Adamax, {"lr": 0.1, "beta1": 0.8, "beta2": 0.7, "eps": 1e-3}, {}),
]
DEFAULTS = [
    ("sgd", torch.optim.SGD, {}),
    ("adagrad", torch.optim.Adagrad, {}),
    ("adadelta", torch.optim.Adadelta, {}),
    ("rmsprop", torch.optim.RMSprop, {}),
    ("centred_rmsprop", torch.optim.RMSprop, {"centered": True}),
    ("adam", torch.optim.Adam, {}),
    ("amsgrad", torch.optim.Adam, {"amsgrad": True}),
    ("adamw", torch.optim.AdamW, {}),
    ("nadam", torch.optim.NAdam, {}),
    ("adamax", torch.optim.Adamax, {}),
]


def _torch_names(optimizer, ours):
    """Translate our names of the hyperparameters into PyTorch's."""
    names = dict(ours)
    if "beta1" in names:
        names["betas"] = (names.pop("beta1"), names.pop("beta2"))
    if "decay" in names:
        names["rho" if optimizer is torch.optim.Adadelta else "alpha"] = names.pop("decay")
    return names


def _walk(optimizer, arguments, start, grads):
    param = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    stepper = optimizer([param], **arguments)
    path = []
    for grad in grads:
        param.grad = torch.tensor(grad, dtype=torch.float64)
        stepper.step()
        path.append(param.detach().tolist())
    return path


def main():
    """Walk twelve steps with each optimizer, one gradient entry always 0 and one tiny."""
    # NAdam keeps its product of momenta in the default kind of float.
    torch.set_default_dtype(torch.float64)
    rng = np.random.default_rng(0)
    start, grads = rng.normal(size=(2, 3)), rng.normal(size=(12, 2, 3))
    grads[:, 0, 1] = 0
    grads[:, 1, 2] *= 1e-6
    runs = [
        {
            "name": name,
            "settings": ours,
            "path": _walk(cls, {**_torch_names(cls, ours), **more}, start, grads),
        }
        for name, cls, ours, more in RUNS + [(name, cls, {}, more) for name, cls, more in DEFAULTS]
    ]
    document = {
        "torch": torch.__version__,
        "start": start.tolist(),
        "grads": grads.tolist(),
        "runs": runs,
    }
    target = Path(__file__).with_name("torch_optimizers.json")
    target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
