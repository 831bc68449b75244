"""The gradient of broadcasting."""

import numpy as np

from grader.exercise import Exercise, case


def unbroadcast(grad, shape):
    """Bring a gradient back to the shape an array had before NumPy broadcast it.

    Parameters
    ----------
    grad : ndarray
        Gradient of the loss with respect to the array as it was broadcast.
    shape : tuple of int
        Shape of the array before; it broadcasts to the shape of `grad`.

    Returns
    -------
    summed : ndarray
        Gradient with respect to the array before, of shape `shape`.
    """
    n_added = grad.ndim - len(shape)
    grad = grad.sum(axis=tuple(range(n_added)))
    stretched = tuple(i for i, size in enumerate(shape) if size == 1)
    return grad.sum(axis=stretched, keepdims=True)


def _cases(rng):
    for label, wide, shape in (
        ("a bias: (4, 3) to (3,)", (4, 3), (3,)),
        ("a column: (4, 3) to (4, 1)", (4, 3), (4, 1)),
        ("nothing to undo: (2, 3) to (2, 3)", (2, 3), (2, 3)),
        ("a stretched axis: (2, 4, 3) to (1, 4, 3)", (2, 4, 3), (1, 4, 3)),
        ("a stretched axis in the middle: (2, 4, 3) to (2, 1, 3)", (2, 4, 3), (2, 1, 3)),
        ("two added axes: (2, 4, 3) to (3,)", (2, 4, 3), (3,)),
        ("added and stretched: (2, 4, 3) to (4, 1)", (2, 4, 3), (4, 1)),
        ("a number: (2, 3) to ()", (2, 3), ()),
        ("a square: (3, 3) to (3,)", (3, 3), (3,)),
        ("ones already there: (1, 3) to (1, 1)", (1, 3), (1, 1)),
    ):
        yield case(label, rng.normal(size=wide), shape)


def _mean_in_place_of_sum(grad, shape):
    """Broadcasting copies, and the gradient of something copied is a sum, not a mean."""
    return unbroadcast(grad, shape) * (np.prod(shape) / grad.size)


def _first_copy_only(grad, shape):
    """You keep the gradient of one copy and drop the others: all of them came from one entry."""
    n_added = grad.ndim - len(shape)
    grad = grad[(0,) * n_added]
    return grad[tuple(slice(0, 1) if size == 1 else slice(None) for size in shape)]


def _stretched_axes_ignored(grad, shape):
    """Added axes are summed. What about an axis that was there before, with size 1?"""
    return grad.sum(axis=tuple(range(grad.ndim - len(shape))))


def _axes_dropped(grad, shape):
    """You sum the right axes and lose them: an axis of size 1 should still be there, as size 1."""
    summed = unbroadcast(grad, shape)
    return summed.reshape(tuple(size for size in shape if size != 1))


def _aligned_at_the_left(grad, shape):
    """NumPy lines shapes up at the right, so added axes are the leading ones, not the last."""
    padded = tuple(shape) + (1,) * (grad.ndim - len(shape))
    axes = tuple(i for i, size in enumerate(padded) if size == 1)
    summed = grad.sum(axis=axes, keepdims=True)
    return summed.reshape(shape) if summed.size == np.prod(shape) else summed


def _always_the_first_axis(grad, shape):
    """Summing axis 0 is right for a bias. In general the two shapes say which axes to sum."""
    return grad.sum(axis=0) if grad.shape != shape else grad


def _sizes_taken_for_axes(grad, shape):
    """You sum over `shape[i]` where you mean `i`: an axis is named by position, not by size."""
    grad = grad.sum(axis=tuple(range(grad.ndim - len(shape))))
    for size in shape:
        if size == 1 and grad.ndim > 1:
            grad = grad.sum(axis=size, keepdims=True)
    return grad


def _stretched_axes_first(grad, shape):
    """Both are summed, in the wrong order: positions in `shape` fit once added axes are gone."""
    for axis, size in enumerate(shape):
        if size == 1:
            grad = grad.sum(axis=axis, keepdims=True)
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    return grad


def _one_added_axis_only(grad, shape):
    """You remove one added axis. There may be two or more, or none."""
    grad = grad.sum(axis=0) if grad.ndim > len(shape) else grad
    stretched = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return grad.sum(axis=stretched, keepdims=True)


def _summed_to_one_number(grad, shape):
    """You sum over every axis. Those that were not stretched keep their entries apart."""
    return grad.sum()


unbroadcast_exercise = Exercise(
    reference=unbroadcast,
    cases=_cases,
    points=2,
    mistakes=(
        _mean_in_place_of_sum,
        _first_copy_only,
        _stretched_axes_ignored,
        _axes_dropped,
        _aligned_at_the_left,
        _always_the_first_axis,
        _sizes_taken_for_axes,
        _stretched_axes_first,
        _one_added_axis_only,
        _summed_to_one_number,
    ),
    difficulty=3,
    minutes=8,
    follow_up="Why is db = dZ.sum(axis=0) a special case of your function?",
    follow_up_answer=(
        "Adding `b` broadcasts it from (M,) to (N, M): every row uses a copy. The gradient of "
        "something copied is the sum over its copies, so `unbroadcast(dZ, (M,))` sums the added "
        "axis 0. It stays a sum when the loss is a mean: the 1/N is already in `dZ`."
    ),
)
