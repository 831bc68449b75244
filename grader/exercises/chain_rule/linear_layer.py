"""The backward pass of a linear layer."""

from grader.exercise import Exercise, case


def linear_backward(dZ, cache):
    """Compute the three gradients of a linear layer ``Z = X @ W + b``.

    All have the dtype of ``dZ``.

    Parameters
    ----------
    dZ : ndarray of shape (N, M)
        Gradient of the loss with respect to ``Z``.
    cache : tuple of ndarray
        ``(X, W)`` of the forward pass, of shapes (N, D) and (D, M).

    Returns
    -------
    dX : ndarray of shape (N, D)
        Gradient with respect to ``X``.
    dW : ndarray of shape (D, M)
        Gradient with respect to ``W``.
    db : ndarray of shape (M,)
        Gradient with respect to ``b``.
    """
    X, W = cache
    dX = dZ @ W.T
    dW = X.T @ dZ
    # The forward pass used one bias in N rows, so N gradients add up.
    db = dZ.sum(axis=0)
    return dX, dW, db


def _cases(rng):
    for label, n, d, m in (
        ("four examples, three inputs, two units", 4, 3, 2),
        ("a batch of one", 1, 3, 2),
        ("five examples, one input", 5, 1, 4),
        ("one unit", 4, 3, 1),
        ("a square weight matrix", 5, 3, 3),
        ("as many examples as inputs and units", 3, 3, 3),
    ):
        yield case(
            label, rng.normal(size=(n, m)), (rng.normal(size=(n, d)), rng.normal(size=(d, m)))
        )
    wide = rng.normal(size=(4, 3)).astype("float32"), rng.normal(size=(3, 2)).astype("float32")
    yield case(
        "float32 stays float32", rng.normal(size=(4, 2)).astype("float32"), wide, keeps_dtype=True
    )


def _bias_not_summed(dZ, cache):
    """All N rows used the same bias: what does the chain rule do where several paths meet?"""
    dX, dW, _ = linear_backward(dZ, cache)
    return dX, dW, dZ.copy()


def _bias_averaged(dZ, cache):
    """The 1/N of a mean loss is already inside `dZ`; `db` takes it a second time."""
    dX, dW, db = linear_backward(dZ, cache)
    return dX, dW, db / len(dZ)


def _weights_averaged(dZ, cache):
    """If the loss is a mean, its 1/N came in with `dZ`: a layer adds none of its own."""
    dX, dW, db = linear_backward(dZ, cache)
    return dX, dW / len(dZ), db / len(dZ)


def _not_transposed_where_it_fits(dZ, cache):
    """With a square `W` both products have the right shape. Over which axis of it do you sum?"""
    _, W = cache
    _, dW, db = linear_backward(dZ, cache)
    return dZ @ (W if W.shape[0] == W.shape[1] else W.T), dW, db


def _weight_gradient_transposed(dZ, cache):
    """`dW` has the shape of `W`, (D, M); yours is (M, D)."""
    dX, dW, db = linear_backward(dZ, cache)
    return dX, dW.T, db


def _bias_summed_over_units(dZ, cache):
    """`db` has one entry a unit: sum over the axis of the examples, not over the units."""
    dX, dW, _ = linear_backward(dZ, cache)
    return dX, dW, dZ.sum(axis=1)


def _bias_as_a_row(dZ, cache):
    """The numbers of `db` are right; its shape is that of `b`, (M,), without an axis of size 1."""
    dX, dW, db = linear_backward(dZ, cache)
    return dX, dW, db[None, :]


def _order_of_results(dZ, cache):
    """Three good gradients in another order: the docstring wants `dX` first, then `dW`."""
    dX, dW, db = linear_backward(dZ, cache)
    return dW, dX, db


def _bias_summed_over_everything(dZ, cache):
    """You add all of `dZ` into one number. Each unit has a bias of its own: keep them apart."""
    dX, dW, _ = linear_backward(dZ, cache)
    return dX, dW, dZ.sum()


def _everything_averaged(dZ, cache):
    """A mean loss has put its 1/N into `dZ`; you divide all three by it once more."""
    dX, dW, db = linear_backward(dZ, cache)
    return dX / len(dZ), dW / len(dZ), db / len(dZ)


def _input_gradient_last(dZ, cache):
    """Three good gradients in another order: the docstring starts with `dX`."""
    dX, dW, db = linear_backward(dZ, cache)
    return dW, db, dX


linear_backward_exercise = Exercise(
    reference=linear_backward,
    cases=_cases,
    points=3,
    mistakes=(
        _bias_not_summed,
        _bias_averaged,
        _weights_averaged,
        _not_transposed_where_it_fits,
        _weight_gradient_transposed,
        _bias_summed_over_units,
        _bias_as_a_row,
        _order_of_results,
        _bias_summed_over_everything,
        _everything_averaged,
        _input_gradient_last,
    ),
    no_loops=True,
    minutes=6,
    follow_up="Which of the two products can the first layer of a network skip, and why?",
    follow_up_answer=(
        "`dX = dZ @ W.T`. The input of the first layer is the data, and nothing in front of it "
        "waits for a gradient, while `dW` is needed for the update. That saves one of the layer's "
        "two products. I would keep it if something trainable stands in front, such as an "
        "embedding, or for saliency maps and adversarial examples."
    ),
    asked=("https://prachub.com/interview-questions/implement-numpy-neural-network-layers",),
)
