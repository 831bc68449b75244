"""Write torch_schedules.json: learning rates of PyTorch's schedulers, to hold ours against.

PyTorch is no dependency of the course. To write the file anew, in an environment of its own::

    pip install torch==2.13.0 numpy
    python tests/data/make_torch_schedules.py
"""

import json
from pathlib import Path

import torch
from torch.optim import lr_scheduler

RUNS = [
    ("step_decay", {"lr": 0.5, "step_size": 3, "gamma": 0.2}, lr_scheduler.StepLR,
     {"step_size": 3, "gamma": 0.2}),
    ("multi_step_decay", {"lr": 0.5, "milestones": [2, 3, 7], "gamma": 0.3},
     lr_scheduler.MultiStepLR, {"milestones": [2, 3, 7], "gamma": 0.3}),
    ("exponential_decay", {"lr": 0.5, "gamma": 0.9}, lr_scheduler.ExponentialLR, {"gamma": 0.9}),
    ("cosine_annealing", {"lr": 0.5, "n_steps": 11, "min_lr": 0.1},
     lr_scheduler.CosineAnnealingLR, {"T_max": 11, "eta_min": 0.1}),
    ("linear_warm_up", {"lr": 0.5, "n_warm_up": 4, "start_lr": 0.125}, lr_scheduler.LinearLR,
     {"start_factor": 0.25, "total_iters": 4}),
    ("one_cycle", {"max_lr": 0.5, "n_steps": 12}, lr_scheduler.OneCycleLR,
     {"max_lr": 0.5, "total_steps": 12}),
    ("one_cycle", {"max_lr": 0.5, "n_steps": 12, "rise": 0.45, "start_divisor": 4.0,
                   "end_divisor": 100.0}, lr_scheduler.OneCycleLR,
     {"max_lr": 0.5, "total_steps": 12, "pct_start": 0.45, "div_factor": 4.0,
      "final_div_factor": 100.0}),
]  # fmt: skip


def _walk(scheduler, arguments, lr):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)
    schedule = scheduler(optimizer, **arguments)
    rates = []
    for _ in range(12):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(rates) < 12:
            schedule.step()
    return rates


def main():
    """Write the first twelve learning rates of each schedule."""
    runs = [
        {"name": name, "settings": ours, "rates": _walk(cls, theirs, ours.get("lr", 0.1))}
        for name, ours, cls, theirs in RUNS
    ]
    target = Path(__file__).with_name("torch_schedules.json")
    document = {"torch": torch.__version__, "runs": runs}
    target.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
