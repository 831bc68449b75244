"""Every optimizer under one name: for each, `<name>_init(param)` and `<name>_step(…)`.

All steps are called alike, so that a training loop can take any of them::

    state = adam_init(param)
    param, state = adam_step(param, grad, state, lr=1e-3)

| name | divides by | module |
| --- | --- | --- |
| sgd, momentum, damped_momentum, nesterov | nothing | `sgd` |
| adagrad, adadelta | root of the sum (average) of squared gradients | `adagrad` |
| rmsprop, centred_rmsprop, rmsprop_momentum | root of their decaying average | `rmsprop` |
| adam, amsgrad, adamw | the same, bias-corrected | `adam` |
| nadam, adamax | the same; the largest gradient | `adam_variants` |
"""

from reference_impl.adagrad import adadelta_init, adadelta_step, adagrad_init, adagrad_step
from reference_impl.adam import (
    adam_init,
    adam_step,
    adamw_init,
    adamw_step,
    amsgrad_init,
    amsgrad_step,
)
from reference_impl.adam_variants import adamax_init, adamax_step, nadam_init, nadam_step
from reference_impl.rmsprop import (
    centred_rmsprop_init,
    centred_rmsprop_step,
    rmsprop_init,
    rmsprop_momentum_init,
    rmsprop_momentum_step,
    rmsprop_step,
)
from reference_impl.sgd import (
    damped_momentum_init,
    damped_momentum_step,
    momentum_init,
    momentum_step,
    nesterov_init,
    nesterov_step,
    sgd_init,
    sgd_step,
)

__all__ = [
    "adadelta_init",
    "adadelta_step",
    "adagrad_init",
    "adagrad_step",
    "adam_init",
    "adam_step",
    "adamax_init",
    "adamax_step",
    "adamw_init",
    "adamw_step",
    "amsgrad_init",
    "amsgrad_step",
    "centred_rmsprop_init",
    "centred_rmsprop_step",
    "damped_momentum_init",
    "damped_momentum_step",
    "momentum_init",
    "momentum_step",
    "nadam_init",
    "nadam_step",
    "nesterov_init",
    "nesterov_step",
    "rmsprop_init",
    "rmsprop_momentum_init",
    "rmsprop_momentum_step",
    "rmsprop_step",
    "sgd_init",
    "sgd_step",
]
