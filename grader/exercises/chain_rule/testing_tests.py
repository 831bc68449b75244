"""Write the test that would have caught it: eight broken versions wait."""

import inspect
import textwrap

import numpy as np

from grader.compare import show
from grader.exercise import Exercise, case
from grader.exercises.chain_rule.broken_versions import BROKEN, right


def my_gradient_tests(backward):
    """Decide whether a backward pass is right.

    The network is ``pred = tanh(X @ W1 + b1) @ W2 + b2``, its loss ``np.mean((pred - Y)**2)``.

    Parameters
    ----------
    backward : callable
        ``backward(X, Y, W1, b1, W2, b2)`` claims to return the gradients of that loss as a dict
        with the keys ``"dW1"``, ``"db1"``, ``"dW2"`` and ``"db2"``. It must not change its
        arguments.

    Returns
    -------
    verdict : bool
        True for a right version, False for one that is wrong in any way.
    """
    rng = np.random.default_rng(1)
    for n, d, h, m in ((4, 3, 5, 2), (3, 2, 4, 4)):
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(n, m))
        sizes = ((d, h), (h,), (h, m), (m,))
        params = [rng.normal(size=size) for size in sizes]
        kept = [X, Y, *params]
        given = [array.copy() for array in kept]
        grads = backward(*given)
        if not all(np.array_equal(a, b) for a, b in zip(given, kept)):
            return False
        for i, name in enumerate(("dW1", "db1", "dW2", "db2")):
            if grads[name].shape != params[i].shape:
                return False
            for index in np.ndindex(params[i].shape):
                losses = []
                for step in (1e-5, -1e-5):
                    W1, b1, W2, b2 = (array.copy() for array in params)
                    (W1, b1, W2, b2)[i][index] += step
                    pred = np.tanh(X @ W1 + b1) @ W2 + b2
                    losses.append(np.mean((pred - Y) ** 2))
                numeric = (losses[0] - losses[1]) / 2e-5
                error = abs(grads[name][index] - numeric)
                # A comparison with NaN is False, so NaN fails.
                if not error <= 1e-6 * max(1, abs(numeric)):
                    return False
    return True


def _on_each(answer, versions):
    """Return what a test says about each version: its verdict, or a dict with its error."""
    verdicts = []
    for source in versions:
        namespace = {"np": np}
        exec(source, namespace)
        try:
            verdicts.append(answer(namespace["backward"]))
        except NotImplementedError:
            raise
        except Exception as problem:
            verdicts.append({"raised": f"{type(problem).__name__}: {str(problem)[:100]}"})
    return None if all(verdict is None for verdict in verdicts) else verdicts


def _is_told_apart(args, verdicts):
    """Judge what was said about the right version and about the broken one of this case."""
    versions, right_at, broken_at = args
    if not isinstance(verdicts, list) or len(verdicts) != len(versions):
        return "should return True or False"
    for at, wanted, which in (
        (right_at, True, "the right version"),
        (broken_at, False, "the broken version"),
    ):
        verdict = verdicts[at]
        if isinstance(verdict, dict) and list(verdict) == ["raised"]:
            return f"on {which} it raised {verdict['raised']}"
        if isinstance(verdict, (dict, list, tuple)) or np.asarray(verdict).dtype != bool:
            return f"should return True or False; on {which} it returned {show(verdict)}"
        if np.shape(verdict) != ():
            return f"should return one True or False; on {which} it returned {show(verdict)}"
        if bool(verdict) != wanted:
            return f"it {'rejects' if wanted else 'accepts'} {which}"
    return ""


def _text(version):
    """Return a version's source under the one name `backward`."""
    text = textwrap.dedent(inspect.getsource(version))
    return text.replace(f"def {version.__name__}(", "def backward(", 1)


def _cases(rng):
    # Every version is in every case, in another order, and which two are judged stays outside.
    # So neither counting the calls nor looking at what is passed tells the right one.
    versions = [_text(right), *map(_text, BROKEN.values())]
    for broken, label in enumerate(BROKEN, 1):
        order = [int(i) for i in rng.permutation(len(versions))]
        shuffled = [versions[i] for i in order]
        yield case(label, shuffled, apart=(order.index(0), order.index(broken)))


def _errors(backward, n, d, h, m, h_step=1e-5):
    """Return each gradient's difference from the numerical one, entry by entry."""
    rng = np.random.default_rng(2)
    X, Y = rng.normal(size=(n, d)), rng.normal(size=(n, m))
    params = [rng.normal(size=size) for size in ((d, h), (h,), (h, m), (m,))]
    grads = backward(X, Y, *[array.copy() for array in params])
    errors = {}
    for i, name in enumerate(("dW1", "db1", "dW2", "db2")):
        numeric = np.zeros_like(params[i])
        for index in np.ndindex(numeric.shape):
            losses = []
            for step in (h_step, -h_step):
                moved = [array.copy() for array in params]
                moved[i][index] += step
                pred = np.tanh(X @ moved[0] + moved[1]) @ moved[2] + moved[3]
                losses.append(np.mean((pred - Y) ** 2))
            numeric[index] = (losses[0] - losses[1]) / (2 * h_step)
        errors[name] = np.abs(grads[name] - numeric)
    return errors


def _rejects_everything(backward):
    """Yours rejects the right version too. Is the tolerance too tight, or your own loss another?"""
    return False


def _looks_at_shapes_only(backward):
    """Wrong numbers in the right shapes get past you: compare every entry, at two sets of sizes."""
    rng = np.random.default_rng(3)
    params = [rng.normal(size=size) for size in ((3, 5), (5,), (5, 2), (2,))]
    grads = backward(rng.normal(size=(4, 3)), rng.normal(size=(4, 2)), *params)
    shapes = [grads[name].shape for name in ("dW1", "db1", "dW2", "db2")]
    return shapes == [array.shape for array in params]


def _looks_whether_the_loss_falls(backward):
    """A falling loss shows that the step goes roughly downhill, not that the gradient is right."""
    rng = np.random.default_rng(3)
    X, Y = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    params = [rng.normal(size=size) for size in ((3, 5), (5,), (5, 2), (2,))]
    losses = []
    for _ in range(20):
        W1, b1, W2, b2 = params
        losses.append(np.mean((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2))
        grads = backward(X, Y, *[array.copy() for array in params])
        params = [p - 0.01 * grads[n] for p, n in zip(params, ("dW1", "db1", "dW2", "db2"))]
    return bool(losses[-1] < losses[0])


def _one_example_only(backward):
    """With a batch of one, a mean over the batch and a sum are the same. Take more examples."""
    square = all(bool(np.all(e <= 1e-6)) for e in _errors(backward, 1, 2, 4, 4).values())
    return square and _rest_is_right(backward, 1)


def _rest_is_right(backward, n):
    rng = np.random.default_rng(2)
    given = [rng.normal(size=s) for s in ((n, 3), (n, 2), (3, 5), (5,), (5, 2), (2,))]
    before = [array.copy() for array in given]
    backward(*given)
    same = all(np.array_equal(a, b) for a, b in zip(given, before))
    return same and all(bool(np.all(e <= 1e-6)) for e in _errors(backward, n, 3, 5, 2).values())


def _nan_slips_through(backward):
    """A comparison with NaN is False: ask whether all errors are small, not whether one is big."""
    for sizes in ((4, 3, 5, 2), (3, 2, 4, 4)):
        if any(bool(np.any(e > 1e-6)) for e in _errors(backward, *sizes).values()):
            return False
    rng = np.random.default_rng(2)
    given = [rng.normal(size=s) for s in ((4, 3), (4, 2), (3, 5), (5,), (5, 2), (2,))]
    before = [array.copy() for array in given]
    backward(*given)
    return all(np.array_equal(a, b) for a, b in zip(given, before))


def _no_square_matrix(backward):
    """One bug shows only where `W2` is square: no shape error warns there. Add such a case."""
    return _rest_is_right(backward, 4)


def _arguments_not_compared(backward):
    """One version returns right gradients and damages its arguments. Compare them afterwards."""
    sizes = ((4, 3, 5, 2), (3, 2, 4, 4))
    return all(bool(np.all(e <= 1e-6)) for s in sizes for e in _errors(backward, *s).values())


def _weights_only(backward):
    """You compare the weights' gradients; a bias has one as well."""
    for sizes in ((4, 3, 5, 2), (3, 2, 4, 4)):
        errors = _errors(backward, *sizes)
        if not all(bool(np.all(errors[name] <= 1e-6)) for name in ("dW1", "dW2")):
            return False
    return _no_argument_changed(backward)


def _no_argument_changed(backward):
    rng = np.random.default_rng(2)
    given = [rng.normal(size=s) for s in ((4, 3), (4, 2), (3, 5), (5,), (5, 2), (2,))]
    before = [array.copy() for array in given]
    backward(*given)
    return all(np.array_equal(a, b) for a, b in zip(given, before))


def _generous_tolerance(backward):
    """A tolerance of several percent lets a bug through that is worth a percent. Try 1e-6."""
    for sizes in ((4, 3, 5, 2), (3, 2, 4, 4)):
        if not all(bool(np.all(e <= 0.1)) for e in _errors(backward, *sizes).values()):
            return False
    return _no_argument_changed(backward)


my_gradient_tests_exercise = Exercise(
    reference=my_gradient_tests,
    cases=_cases,
    driver=_on_each,
    accept=_is_told_apart,
    points=4,
    mistakes=(
        # Those that explain a single case come first: the broad ones explain it as well.
        _one_example_only,
        _nan_slips_through,
        _no_square_matrix,
        _arguments_not_compared,
        _weights_only,
        _generous_tolerance,
        _looks_at_shapes_only,
        _looks_whether_the_loss_falls,
        _rejects_everything,
    ),
    timeout=5.0,
    difficulty=3,
    minutes=20,
    follow_up="Which wrong version would still pass your test? There is always one: describe it.",
    follow_up_answer=(
        "One that is wrong only where I never look. My batches have three and four examples, so a "
        "version with `np.squeeze`, which loses the batch axis when N = 1, passes. So does one "
        "that overflows for large inputs, or one whose error is below the tolerance. A test only "
        "samples. I choose sizes and values where bugs tend to live, and each bug that slips "
        "through becomes a case."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
