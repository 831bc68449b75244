"""The interactive figures of the lessons, one module each."""

from viz.explorers.regression_losses import regression_loss_explorer
from viz.explorers.small_network import small_network

__all__ = ["regression_loss_explorer", "small_network"]
