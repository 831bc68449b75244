"""A number that remembers where it came from."""

import numpy as np

from grader.compare import DOUBLE, difference
from grader.exercise import Exercise, case
from grader.exercises.chain_rule._engines import WRONG_ENGINES


class Value:
    """A number that remembers how it was computed, so that gradients can flow back.

    Supports ``a + b``, ``a * b``, ``a ** k``, ``a.tanh()`` and ``a.relu()``, where `b` is a
    `Value` or a number and `k` a number. Each returns a new `Value`. How it remembers is up to
    you: a tuple of operands with their slopes is enough.

    Parameters
    ----------
    data : float
        The number.

    Attributes
    ----------
    data : float
        The number.
    grad : float
        0 until `backward` is called on a value that was computed from this one.
    """

    def __init__(self, data, operands=()):
        """Keep the number, and each operand with the slope of this value in it."""
        self.data = float(data)
        self.grad = 0.0
        self.operands = operands

    def __add__(self, other):
        """Return ``self + other``."""
        other = other if isinstance(other, Value) else Value(other)
        slopes = [(self, 1.0), (other, 1.0)]
        return Value(self.data + other.data, slopes)

    def __mul__(self, other):
        """Return ``self * other``."""
        other = other if isinstance(other, Value) else Value(other)
        slopes = [(self, other.data), (other, self.data)]
        return Value(self.data * other.data, slopes)

    def __pow__(self, k):
        """Return ``self ** k`` for a number `k`."""
        return Value(self.data**k, [(self, k * self.data ** (k - 1))])

    def tanh(self):
        """Return the hyperbolic tangent."""
        y = np.tanh(self.data)
        return Value(y, [(self, 1 - y**2)])

    def relu(self):
        """Return ``max(self, 0)``; the slope at 0 is 0."""
        slope = float(self.data > 0)
        return Value(max(self.data, 0.0), [(self, slope)])

    def backward(self):
        """Add the derivative of this value to the `grad` of all it was computed from.

        A second call adds the same gradients to the leaves once more, as in PyTorch. A chain of
        3000 operations must not end in a RecursionError.
        """
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            node, operands_done = waiting.pop()
            if operands_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting += [(one, False) for one, _ in node.operands]
        # Leaves go on adding; what lies between starts afresh.
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):
            for operand, slope in node.operands:
                operand.grad += slope * node.grad


def _gradients(answer, expression, numbers):
    """Build an expression of values, call backward, report its number and the leaves' gradients."""
    leaves = [answer(number) for number in numbers]
    x, y = leaves[0], leaves[-1]
    if expression == "x * y":
        out = x * y
    elif expression == "x + y + 3":
        out = x + y + 3
    elif expression == "x * 4 + y * -2":
        out = x * 4 + y * -2
    elif expression == "(x + y)**2 * x**-1":
        out = (x + y) ** 2 * x**-1
    elif expression == "tanh(x * y) + relu(y)":
        out = (x * y).tanh() + y.relu()
    elif expression == "relu(x) * relu(y)":
        out = x.relu() * y.relu()
    elif expression == "x * y * (x + y)":
        out = x * y * (x + y)
    elif expression == "s**2 + s, where s = x + y":
        s = x + y
        out = s**2 + s
    elif expression == "x + x":
        out = x + x
    elif expression == "s + tanh(s**2), where s = x * y":
        s = x * y
        out = s + (s**2).tanh()
    elif expression == "tanh(x * y), backward twice":
        out = (x * y).tanh()
        out.backward()
    else:
        out = x
        for _ in range(3000):
            out = out + y
    if out is None:
        return None
    found = {}
    if "twice" not in expression:
        found |= {f"{name}.grad before `backward`": leaf.grad for name, leaf in zip("xy", leaves)}
    out.backward()
    found["the value"] = out.data
    return found | {f"{name}.grad": leaf.grad for name, leaf in zip("xy", leaves)}


def _in_the_words_of_the_learner(args, found):
    """Say which number is off, and for which `x` and `y`; "" if none is."""
    wanted = _gradients(Value, *args)
    if not isinstance(found, dict) or set(found) != set(wanted):
        return "should be a value with a number and gradients"
    at = ", ".join(f"{name} = {number:g}" for name, number in zip("xy", args[1]))
    sentences = (difference(found[name], wanted[name], (name,), DOUBLE) for name in wanted)
    sentence = next(filter(None, sentences), "")
    return sentence and f"at {at}: {sentence}"


def _drawn(rng, low, high, how_many):
    return [float(number) for number in rng.uniform(low, high, size=how_many).round(2)]


def _cases(rng):
    for expression in (
        "x * y",
        "x + y + 3",
        "x * 4 + y * -2",
        "(x + y)**2 * x**-1",
        "tanh(x * y) + relu(y)",
    ):
        yield case(expression, expression, _drawn(rng, 0.3, 1.4, 2))
    yield case("relu(x) * relu(y), x negative", "relu(x) * relu(y)", [-1.5, 2.5])
    yield case("x * y * (x + y)", "x * y * (x + y)", [2.0, 3.0])
    yield case("x + x, one value used twice", "x + x", _drawn(rng, 0.3, 1.4, 1))
    yield case("s**2 + s, where s = x + y", "s**2 + s, where s = x + y", [2.0, 1.0])
    short_first = "s + tanh(s**2), where s = x * y"
    yield case(short_first, short_first, _drawn(rng, 0.3, 0.8, 2))
    twice = "tanh(x * y), backward twice"
    yield case("tanh(x * y), backward called twice", twice, _drawn(rng, 0.3, 1.4, 2))
    yield case("x + y + y + ..., 3000 times", "a chain", _drawn(rng, 0.3, 1.4, 2))


Value_exercise = Exercise(
    reference=Value,
    cases=_cases,
    driver=_gradients,
    accept=_in_the_words_of_the_learner,
    points=5,
    mistakes=WRONG_ENGINES,
    difficulty=4,
    minutes=25,
    follow_up="Now `2 * x` and `sum` of a list of values should work. Which methods are missing?",
    follow_up_answer=(
        "`__rmul__` and `__radd__`. In `2 * x` Python asks the number first, which gives up, and "
        "then calls `x.__rmul__(2)`. `sum` starts with 0 plus the first value, so it needs "
        "`__radd__`. Both operations commute, so `__rmul__ = __mul__` and `__radd__ = __add__` "
        "will do. For `2 - x` such an alias would be wrong: `__rsub__` has to turn the order."
    ),
    asked=("https://prachub.com/interview-questions/implement-and-debug-backprop-in-numpy",),
)
