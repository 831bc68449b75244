"""Softmax, where every output depends on every input."""

import numpy as np

from grader.exercise import Exercise, case


def softmax_jacobian(probs):
    """Compute the matrix of all partial derivatives of softmax at one example.

    Parameters
    ----------
    probs : ndarray of shape (C,)
        What softmax returned.

    Returns
    -------
    J : ndarray of shape (C, C)
        ``J[i, j]`` is the derivative of ``probs[i]`` with respect to score ``j``.
    """
    return np.diag(probs) - np.outer(probs, probs)


def _probs(scores):
    exps = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def _jacobian_cases(rng):
    yield case("the scores were 1, 2, 3", _probs(np.array([1.0, 2.0, 3.0])))
    yield case("five classes", _probs(2 * rng.normal(size=5)))
    yield case("two classes", _probs(rng.normal(size=2)))
    yield case("equal probabilities", np.full(4, 0.25))
    yield case("one class is certain", np.array([0.0, 1.0, 0.0]), quiet=True)
    yield case("a single class", np.array([1.0]))


def _diagonal_as_a_vector(probs):
    """Raising one score lowers the other probabilities as well: those slopes need places too."""
    return probs * (1 - probs)


def _diagonal_only(probs):
    """Off the diagonal you have zeros. Raising one score lowers the other probabilities."""
    return np.diag(probs * (1 - probs))


def _squares_left_off_the_diagonal(probs):
    """The diagonal is p (1 - p), not p: its square belongs there as well. Do your rows sum to 0?"""
    J = -np.outer(probs, probs)
    np.fill_diagonal(J, probs)
    return J


def _off_diagonal_positive(probs):
    """The probabilities sum to 1, so each row of slopes sums to 0. Can all entries be positive?"""
    J = np.outer(probs, probs)
    np.fill_diagonal(J, probs * (1 - probs))
    return J


def _turned_jacobian(probs):
    """The signs are turned: raising a score raises its own probability."""
    return -softmax_jacobian(probs)


def _softmax_taken_again(probs):
    """The argument is already softmax's output; you apply softmax once more."""
    return softmax_jacobian(_probs(probs))


def _products_added(probs):
    """Raising one score lowers the other probabilities: which sign has the outer product?"""
    return np.diag(probs) + np.outer(probs, probs)


def _outer_product_alone(probs):
    """Right off the diagonal. On it, one more term says that a score raises its own probability."""
    return -np.outer(probs, probs)


def _square_taken_twice(probs):
    """The outer product has the squares on its diagonal already; you subtract them twice."""
    return np.diag(probs * (1 - probs)) - np.outer(probs, probs)


def _products_entry_by_entry(probs):
    """`p * p.T` of a 1-D array is the vector of squares. You need all pairs of entries."""
    return np.diag(probs) - probs * probs.T


def _one_number_subtracted(probs):
    """`p @ p` is one number. Each pair of entries has a product of its own: a whole matrix."""
    return np.diag(probs) - probs @ probs


def _ones_on_the_diagonal(probs):
    """Both terms of the diagonal have a factor p; yours starts from 1."""
    return np.eye(probs.size) - np.outer(probs, probs)


softmax_jacobian_exercise = Exercise(
    reference=softmax_jacobian,
    cases=_jacobian_cases,
    points=2,
    mistakes=(
        _diagonal_as_a_vector,
        _diagonal_only,
        _squares_left_off_the_diagonal,
        _off_diagonal_positive,
        _turned_jacobian,
        _softmax_taken_again,
        _products_added,
        _outer_product_alone,
        _square_taken_twice,
        _products_entry_by_entry,
        _one_number_subtracted,
        _ones_on_the_diagonal,
    ),
    difficulty=3,
    minutes=6,
    follow_up="Why is this matrix singular? Which change of the scores does softmax not notice?",
    follow_up_answer=(
        "Each row sums to 0, so `J` maps the vector of ones to 0, which no invertible matrix does. "
        "That vector is the change softmax does not notice: the same number added to all scores. "
        "It is why subtracting the largest score is safe. With all probabilities positive nothing "
        "else is lost, and the rank is C - 1."
    ),
)


def softmax_vjp(dprobs, probs):
    """Carry a gradient back through softmax, row by row, without building a matrix.

    Parameters
    ----------
    dprobs : ndarray of shape (N, C)
        Gradient of the loss with respect to the probabilities.
    probs : ndarray of shape (N, C)
        What softmax returned, one row an example.

    Returns
    -------
    dZ : ndarray of shape (N, C)
        Gradient with respect to the scores.
    """
    expected = np.sum(dprobs * probs, axis=1, keepdims=True)
    return probs * (dprobs - expected)


def _vjp_cases(rng):
    for label, shape in (
        ("four examples, three classes", (4, 3)),
        ("a batch of one", (1, 5)),
        ("as many examples as classes", (3, 3)),
        ("two classes", (5, 2)),
    ):
        yield case(label, rng.normal(size=shape), _probs(2 * rng.normal(size=shape)))
    # Binary fractions, so that nothing is rounded and what is expected is 0 itself.
    yield case(
        "the same gradient for all classes",
        np.full((2, 3), 1.5),
        np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]]),
    )
    yield case("a certain class", rng.normal(size=(2, 2)), np.array([[1.0, 0.0], [0.0, 1.0]]))


def _entry_by_entry(dprobs, probs):
    """You use the diagonal p (1 - p) of the Jacobian alone; its other entries count as well."""
    return dprobs * probs * (1 - probs)


def _whole_batch_summed(dprobs, probs):
    """Each example has a weighted mean of its own: sum along the classes, not over all."""
    return probs * (dprobs - np.sum(dprobs * probs))


def _summed_over_examples(dprobs, probs):
    """You sum over the examples of one class; softmax ties the classes of one example together."""
    return probs * (dprobs - np.sum(dprobs * probs, axis=0))


def _plain_mean_subtracted(dprobs, probs):
    """What is subtracted is the mean of `dprobs` weighted by `probs`, not the plain one."""
    return probs * (dprobs - dprobs.mean(axis=1, keepdims=True))


def _gradient_summed_unweighted(dprobs, probs):
    """Inside the sum each `dprobs[j]` has its weight `probs[j]`: you sum the gradient alone."""
    return probs * (dprobs - dprobs.sum(axis=1, keepdims=True))


def _outer_factor_forgotten(dprobs, probs):
    """The bracket is right; outside of it stands one more factor."""
    return dprobs - np.sum(dprobs * probs, axis=1, keepdims=True)


def _cross_entropy_shortcut(dprobs, probs):
    """Probabilities minus target is for softmax with cross-entropy; here any loss may follow."""
    return probs - dprobs


def _mean_of_the_products(dprobs, probs):
    """The weights `probs` sum to 1, so the sum is the mean already: you divide by C once more."""
    return probs * (dprobs - np.mean(dprobs * probs, axis=1, keepdims=True))


def _sum_left_out(dprobs, probs):
    """That is the term from the diagonal. Each score also lowers the other probabilities."""
    return probs * dprobs


def _sum_outside_the_bracket(dprobs, probs):
    """The last factor multiplies the whole bracket; your sum got away without it."""
    return probs * dprobs - np.sum(dprobs * probs, axis=1, keepdims=True)


def _weighted_mean_added(dprobs, probs):
    """What the other probabilities lose counts against you: which sign has the sum?"""
    return probs * (dprobs + np.sum(dprobs * probs, axis=1, keepdims=True))


softmax_vjp_exercise = Exercise(
    reference=softmax_vjp,
    cases=_vjp_cases,
    points=2,
    mistakes=(
        _entry_by_entry,
        _whole_batch_summed,
        _summed_over_examples,
        _plain_mean_subtracted,
        _gradient_summed_unweighted,
        _outer_factor_forgotten,
        _cross_entropy_shortcut,
        _mean_of_the_products,
        _sum_left_out,
        _sum_outside_the_bracket,
        _weighted_mean_added,
    ),
    no_loops=True,
    difficulty=3,
    minutes=8,
    follow_up="50 000 classes: how many numbers does the Jacobian of one example hold?",
    follow_up_answer=(
        "50 000 squared, which is 2.5 billion, or 20 GB in float64, for a single example. The "
        "vector-Jacobian product never builds it. `J` is a diagonal minus an outer product, so one "
        "weighted sum is enough, and then one subtraction and one product an entry: all arrays "
        "have 50 000 numbers. With cross-entropy it is simpler still, `probs` minus one-hot."
    ),
)
