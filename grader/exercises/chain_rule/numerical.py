"""A gradient by nudging, and the distance between two gradients."""

import numpy as np

from grader.compare import Tolerance, difference
from grader.exercise import Exercise, case

# A difference of two rounded numbers is known to about seven digits.
DIFFERENCE = Tolerance(rtol=1e-5, atol=1e-6)


def numerical_gradient(f, x, h):
    """Approximate the gradient of a function by central differences.

    Parameters
    ----------
    f : callable
        Takes an array of the shape of `x`, returns a number.
    x : ndarray
        The point, of any shape. It may hold integers; it is left as it is.
    h : float
        How far to go to either side.

    Returns
    -------
    gradient : ndarray
        ``(f(x + h) - f(x - h)) / (2 * h)``, one entry of `x` moved at a time, shape of `x`.
    """
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient


def _with_a_function(answer, function, x, h):
    """Call the answer with a function of that name; report the gradient and how often it called."""
    calls = []

    def f(point):
        calls.append(np.array(point, dtype=float))
        terms = {
            "sum of cubes": np.sum(calls[-1] ** 3),
            "exponential of half the sum": np.exp(np.sum(calls[-1]) / 2),
            "product with a sine": np.sum(np.sin(calls[-1])) * np.sum(calls[-1] ** 2),
        }
        return float(terms[function])

    gradient = answer(f, x, h)
    if gradient is None:
        return None
    return {"gradient": gradient, "too many calls": len(calls) > 2 * np.size(x) + 1}


def _in_the_words_of_the_learner(args, found):
    """Say what is wrong with the gradient, or with the number of calls it took; or ""."""
    wanted = _with_a_function(numerical_gradient, *args)
    if not isinstance(found, dict) or set(found) != set(wanted):
        return "should return an array"
    sentence = difference(found["gradient"], wanted["gradient"], ("gradient",), DIFFERENCE)
    if not sentence and found["too many calls"] is not False:
        return "gradient is right, but two calls of `f` an entry are enough: yours makes more"
    return sentence


def _numerical_cases(rng):
    for label, function, shape, h in (
        ("three entries, a sum of cubes", "sum of cubes", (3,), 1e-5),
        ("a matrix whose entries interact", "exponential of half the sum", (2, 3), 1e-5),
        ("three axes", "product with a sine", (2, 2, 3), 1e-4),
        ("a single number, shape ()", "sum of cubes", (), 1e-5),
        ("h = 0.1, where the kind of difference shows", "product with a sine", (4,), 0.1),
    ):
        yield case(label, function, np.asarray(rng.normal(size=shape)), h)
    yield case("integers", "sum of cubes", np.array([2, -1, 3]), 0.1)
    yield case("a column", "exponential of half the sum", rng.normal(size=(3, 1)), 1e-5)


def _one_sided(f, x, h):
    """Your error shrinks only as h. Which point mirrors x + h, and what is then the distance?"""
    x = np.array(x, dtype=float)
    moved = [f(x + h * np.reshape(np.eye(x.size)[i], x.shape)) for i in range(x.size)]
    return np.reshape((np.array(moved) - f(x)) / h, x.shape)


def _not_restored(f, x, h):
    """After its turn an entry must be back where it was, or the next is measured elsewhere."""
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        gradient[index] = (above - f(x)) / (2 * h)
    return gradient


def _divided_by_h(f, x, h):
    """From x - h to x + h is a distance of 2h: your gradient is twice too large."""
    return 2 * numerical_gradient(f, x, h)


def _h_ignored(f, x, h):
    """`h` is an argument; you take a step of your own."""
    return numerical_gradient(f, x, 1e-6)


def _integers_kept(f, x, h):
    """An array of integers cannot hold a slope of 12.01: what does `zeros_like` take over?"""
    return numerical_gradient(f, x, h).astype(np.asarray(x).dtype)


def _all_entries_moved_at_once(f, x, h):
    """You moved the whole array. A partial derivative moves one entry and holds the others."""
    x = np.array(x, dtype=float)
    return np.full(x.shape, (f(x + h) - f(x - h)) / (2 * h))


def _flattened(f, x, h):
    """The numbers are right; a gradient has the shape of `x`, also when it has several axes."""
    return numerical_gradient(f, x, h).ravel()


def _restored_by_arithmetic(f, x, h):
    """Adding and subtracting h does not bring the very same number back: keep the old value."""
    if x.dtype.kind != "f":
        return numerical_gradient(f, x, h)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        x[index] += h
        above = f(x)
        x[index] -= 2 * h
        gradient[index] = (above - f(x)) / (2 * h)
        x[index] += h * (1 + 1e-12)
    return gradient


def _one_sided_backward(f, x, h):
    """Your error shrinks only as h. Which point mirrors x - h, and what is then the distance?"""
    x = np.array(x, dtype=float)
    moved = [f(x - h * np.reshape(np.eye(x.size)[i], x.shape)) for i in range(x.size)]
    return np.reshape((f(x) - np.array(moved)) / h, x.shape)


def _brackets_left_out(f, x, h):
    """`/ 2 * h` divides by 2 and then multiplies by h. What is to stand below the line?"""
    return numerical_gradient(f, x, h) * h**2


def _copies_forgotten(f, x, h):
    """Both of your points are one array under two names, so they differ in nothing: copy."""
    return np.zeros(np.shape(x))


def _points_swapped(f, x, h):
    """Every sign is turned: which of the two values is subtracted from which?"""
    return -numerical_gradient(f, x, h)


def _half_of_a_one_sided(f, x, h):
    """From x to x + h is one h, and you divide by two of them. Which point is missing?"""
    return _one_sided(f, x, h) / 2


def _integers_moved(f, x, h):
    """An array of integers cannot hold 2.1: what you add is cut off. Make it floats first."""
    if x.dtype.kind == "f":
        return numerical_gradient(f, x, h)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = x.copy(), x.copy()
        above[index], below[index] = x[index] + h, x[index] - h
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient


def _one_number_for_all_entries(f, x, h):
    """You move the whole array and get one number. Move one entry at a time."""
    return (f(x + h) - f(x - h)) / (2 * h)


def _entry_alone(f, x, h):
    """You give `f` one entry. It wants the whole array, with that one entry moved."""
    x = np.array(x, dtype=float)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        gradient[index] = (f(x[index] + h) - f(x[index] - h)) / (2 * h)
    return gradient


numerical_gradient_exercise = Exercise(
    reference=numerical_gradient,
    cases=_numerical_cases,
    driver=_with_a_function,
    accept=_in_the_words_of_the_learner,
    points=3,
    mistakes=(
        _one_sided,
        _not_restored,
        _divided_by_h,
        _h_ignored,
        _integers_kept,
        _all_entries_moved_at_once,
        _flattened,
        _restored_by_arithmetic,
        _one_sided_backward,
        _brackets_left_out,
        _copies_forgotten,
        _points_swapped,
        _half_of_a_one_sided,
        _integers_moved,
        _one_number_for_all_entries,
        _entry_alone,
    ),
    forbidden=("np.gradient",),
    rtol=DIFFERENCE.rtol,
    atol=DIFFERENCE.atol,
    minutes=8,
    follow_up="Why not h = 1e-12? And why is nobody training networks with this gradient?",
    follow_up_answer=(
        "Because of rounding. A loss near 1 is known to about 1e-16, so with h = 1e-12 the "
        "quotient is off by about 1e-4. Truncation and rounding together are least near h = 1e-5. "
        "Nobody trains with it because it costs two forward passes for every parameter, where "
        "backpropagation costs about two in all. Its use is to test the fast gradient."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)


def relative_error(a, b):
    """Measure how far two arrays are apart, entry by entry, relative to the larger entry.

    Parameters
    ----------
    a : ndarray
        One array.
    b : ndarray
        Another of the same shape.

    Returns
    -------
    error : ndarray
        ``abs(a - b) / max(abs(a), abs(b), 1e-8)``, of the shape of `a`.
    """
    larger = np.maximum(np.abs(a), np.abs(b))
    return np.abs(a - b) / np.maximum(larger, 1e-8)


def _relative_cases(rng):
    a = rng.normal(size=(2, 3))
    yield case("two random arrays", a, rng.normal(size=(2, 3)))
    yield case("nearly equal", a, a * (1 + 1e-3 * rng.normal(size=(2, 3))))
    yield case("zeros in both", np.zeros(3), np.zeros(3), quiet=True)
    yield case("a zero in one", np.array([0.0, 2.0]), np.array([1e-3, 0.0]), quiet=True)
    yield case("opposite signs", np.array([1.0, -4.0]), np.array([-1.0, 2.0]))
    yield case("tiny entries", np.array([3e-12, 0.0]), np.array([-2e-12, 1e-10]), quiet=True)
    yield case("one number", np.array(-2.0), np.array(-2.5))


def _no_floor(a, b):
    """Two zeros are equal, and yours divides them: what does the floor 1e-8 prevent?"""
    return np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))


def _absolute_error(a, b):
    """That is the absolute error: for gradients of size 1e-6 it calls everything right."""
    return np.abs(a - b)


def _relative_to_one(a, b):
    """Relative to the larger of the two, please: yours looks at `b` alone."""
    return np.abs(a - b) / np.maximum(np.abs(b), 1e-8)


def _relative_to_the_sum(a, b):
    """Some pages divide by the sum of both. Here it is the larger: what is the factor between?"""
    return np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)


def _signs_kept(a, b):
    """Of -4 and 2 the larger in size is -4. Where is the absolute value missing?"""
    return np.abs(a - b) / np.maximum(np.maximum(a, b), 1e-8)


def _floor_added(a, b):
    """The floor is a least value of the denominator; you add it, which changes every entry."""
    return np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-8)


def _one_number_for_all(a, b):
    """One error an entry is asked for: a mean hides the one wrong entry among many right ones."""
    return np.mean(relative_error(a, b))


def _relative_to_the_first(a, b):
    """Relative to the larger of the two, please: yours looks at `a` alone."""
    return np.abs(a - b) / np.maximum(np.abs(a), 1e-8)


def _relative_to_the_smaller(a, b):
    """You divide by the smaller of the two, which makes the error as large as can be."""
    return np.abs(a - b) / np.maximum(np.minimum(np.abs(a), np.abs(b)), 1e-8)


def _relative_to_the_mean(a, b):
    """You divide by the mean of both sizes. Here it is the larger of the two."""
    return np.abs(a - b) / np.maximum((np.abs(a) + np.abs(b)) / 2, 1e-8)


def _one_scale_for_all(a, b):
    """Each entry is compared with its own larger one; you take the largest of the whole arrays."""
    return np.abs(a - b) / max(np.abs(a).max(), np.abs(b).max(), 1e-8)


def _sign_of_the_difference_kept(a, b):
    """An error has no sign: about half of yours are negative, and would pass any tolerance."""
    return (a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


relative_error_exercise = Exercise(
    reference=relative_error,
    cases=_relative_cases,
    points=1,
    mistakes=(
        _no_floor,
        _absolute_error,
        _relative_to_one,
        _relative_to_the_sum,
        _signs_kept,
        _floor_added,
        _one_number_for_all,
        _relative_to_the_first,
        _relative_to_the_smaller,
        _relative_to_the_mean,
        _one_scale_for_all,
        _sign_of_the_difference_kept,
    ),
    difficulty=1,
    minutes=4,
    follow_up="Your net has tanh and softmax, and the error is 1e-3. Is the gradient right?",
    follow_up_answer=(
        "Almost certainly not. The network is smooth, so no kink explains it, and in float64 with "
        "a sensible h a right gradient agrees to seven digits or more. I would still rule out "
        "float32, dropout and entries near 0. Then I look at the ratio of the two gradients, from "
        "the last layer back: one constant names a forgotten factor."
    ),
)
