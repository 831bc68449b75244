"""The interactive figures of the lessons, one module each."""

from viz.explorers.backward_steps import backward_steps
from viz.explorers.batchnorm_training import batchnorm_explorer
from viz.explorers.gradient_depth import gradient_depth_explorer
from viz.explorers.initial_signals import initial_signals_explorer
from viz.explorers.optimizer_paths import optimizer_paths_explorer
from viz.explorers.regression_losses import regression_loss_explorer
from viz.explorers.small_network import small_network

__all__ = [
    "backward_steps",
    "batchnorm_explorer",
    "gradient_depth_explorer",
    "initial_signals_explorer",
    "optimizer_paths_explorer",
    "regression_loss_explorer",
    "small_network",
]
