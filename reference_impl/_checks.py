"""What several modules ask of their arguments; each error says what was got and what is allowed."""

import numpy as np

__all__ = ["as_floats", "check_labels", "check_number", "check_range", "same_shape"]


def as_floats(*arrays):
    """Return floating arrays: integers take the dtype of the others, float64 if there is none."""
    arrays = [np.asarray(array) for array in arrays]
    floating = [array.dtype for array in arrays if array.dtype.kind == "f"]
    dtype = np.result_type(*floating) if floating else np.dtype(float)
    return [array.astype(dtype, copy=False) for array in arrays]


def same_shape(**arrays):
    """Return the named arrays as floats if their shapes are equal."""
    shapes = [np.shape(array) for array in arrays.values()]
    if any(shape != shapes[0] for shape in shapes):
        got = ", ".join(f"{name} {shape}" for name, shape in zip(arrays, shapes, strict=True))
        raise ValueError(f"shapes must be equal, got {got}")
    return as_floats(*arrays.values())


def check_number(name, value, low=-np.inf, high=np.inf, *, open_low=False):
    """Return a finite hyperparameter as a Python float, which leaves float32 arrays float32."""
    inside = low < value <= high if open_low else low <= value <= high
    if not (inside and np.isfinite(value)):
        bracket = "(" if open_low or np.isneginf(low) else "["
        raise ValueError(
            f"{name} must be finite and in {bracket}{low}, {high}{')' if high == np.inf else ']'},"
            f" got {value}"
        )
    return float(value)


def check_range(name, array, low, high):
    """Refuse an array with an entry outside ``[low, high]``; nan is outside."""
    if not np.all((array >= low) & (array <= high)):
        raise ValueError(f"{name} must lie in [{low}, {high}], got {array.min()}..{array.max()}")


def check_labels(labels, n_examples, n_classes):
    """Return integer labels, one an example, each in ``[0, n_classes)``."""
    labels = np.asarray(labels)
    if labels.shape != (n_examples,):
        raise ValueError(f"labels must have shape ({n_examples},), got {labels.shape}")
    if labels.size == 0:
        return labels.astype(int)
    if labels.dtype.kind not in "iu":
        raise ValueError(f"labels must be integers, got {labels.dtype}")
    if labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels must be in [0, {n_classes}), got {labels.min()}..{labels.max()}")
    return labels
