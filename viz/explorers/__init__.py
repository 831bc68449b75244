"""The interactive figures of the lessons, one module each."""

from viz.explorers.small_network import small_network

__all__ = ["small_network"]
