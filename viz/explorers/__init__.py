"""The interactive figures of the lessons, one module each."""

from viz.explorers.backward_steps import backward_steps
from viz.explorers.gradient_depth import gradient_depth_explorer
from viz.explorers.regression_losses import regression_loss_explorer
from viz.explorers.small_network import small_network

__all__ = ["backward_steps", "gradient_depth_explorer", "regression_loss_explorer", "small_network"]
