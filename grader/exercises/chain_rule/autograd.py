"""A number that remembers where it came from."""

import numpy as np

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
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        """Return ``self * other``."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, k):
        """Return ``self ** k`` for a number `k`."""
        return Value(self.data**k, [(self, k * self.data ** (k - 1))])

    def tanh(self):
        """Return the hyperbolic tangent."""
        y = np.tanh(self.data)
        return Value(y, [(self, 1 - y**2)])

    def relu(self):
        """Return ``max(self, 0)``; the slope at 0 is 0."""
        return Value(max(self.data, 0.0), [(self, float(self.data > 0))])

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
                waiting.extend((operand, False) for operand, _ in node.operands)
        for node in order:
            # Leaves accumulate from call to call; what lies between starts afresh.
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
    before = [leaf.grad for leaf in leaves] if "twice" not in expression else []
    out.backward()
    return {"data": out.data, "before": before, "grads": [leaf.grad for leaf in leaves]}


def _cases(rng):
    for expression in (
        "x * y",
        "x + y + 3",
        "x * 4 + y * -2",
        "(x + y)**2 * x**-1",
        "tanh(x * y) + relu(y)",
    ):
        yield case(expression, expression, [float(v) for v in rng.uniform(0.3, 1.4, size=2)])
    yield case("relu(x) * relu(y), x negative", "relu(x) * relu(y)", [-1.5, 2.5])
    yield case("x * y * (x + y) at (2, 3)", "x * y * (x + y)", [2.0, 3.0])
    yield case("x + x, one value used twice", "x + x", [float(rng.normal())])
    yield case("s**2 + s, where s = x + y, at (2, 1)", "s**2 + s, where s = x + y", [2.0, 1.0])
    short_first = "s + tanh(s**2), where s = x * y"
    yield case(short_first, short_first, [float(v) for v in rng.uniform(0.3, 1.1, size=2)])
    numbers = [float(v) for v in rng.uniform(0.3, 1.4, size=2)]
    yield case("backward called twice", "tanh(x * y), backward twice", numbers)
    yield case("a chain of 3000 operations", "a chain", [float(v) for v in rng.normal(size=2)])


Value_exercise = Exercise(
    reference=Value,
    cases=_cases,
    driver=_gradients,
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
