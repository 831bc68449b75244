"""From one loss an example to one number, and back."""

import numpy as np

__all__ = ["divisor", "reduce_losses", "weigh"]


def divisor(reduction, count):
    """Return what a reduction divides by: ``count`` for the mean, else 1."""
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"reduction must be 'mean', 'sum' or 'none', got {reduction!r}")
    if reduction == "mean" and count == 0:
        raise ValueError("the mean over an empty batch is undefined; use reduction='sum' or 'none'")
    return count if reduction == "mean" else 1


def reduce_losses(losses, reduction, count=None):
    """Apply a reduction; ``count`` is what the mean divides by, if not the number of losses."""
    n = divisor(reduction, losses.size if count is None else count)
    return losses if reduction == "none" else losses.sum() / n


def weigh(weights, values):
    """Multiply; a weight of 0 wins, also over an infinite value."""
    dtype = np.result_type(weights, values)
    return np.multiply(weights, values, out=np.zeros_like(values, dtype=dtype), where=weights != 0)
