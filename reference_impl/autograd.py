"""Reverse-mode automatic differentiation of scalars, in one class."""

import numpy as np

__all__ = ["Value"]


class Value:
    """A number that remembers how it was computed, so that gradients can flow back.

    Every operation makes a new `Value` that keeps, for each operand, the local slope: the
    derivative of the result with respect to that operand. `backward` applies the chain rule to
    all of them in one sweep.

    Parameters
    ----------
    data : float
        The number.
    operands : tuple of (Value, float), default=()
        The values it was computed from, each with its local slope. Empty for a leaf.

    Attributes
    ----------
    data : float
        The number.
    grad : float
        Derivative of the value `backward` was called on with respect to this one.
    operands : tuple of (Value, float)
        As given.

    Notes
    -----
    The design follows micrograd [1]_, with two differences: slopes are stored instead of
    closures, and the graph is walked with a list instead of by recursion, so that a chain of
    100 000 operations works.

    References
    ----------
    .. [1] A. Karpathy, "micrograd", 2020, https://github.com/karpathy/micrograd.
    .. [2] A. Griewank and A. Walther, "Evaluating Derivatives", 2nd ed., SIAM, 2008, section 3.2.

    Examples
    --------
    >>> x, y = Value(2.0), Value(3.0)
    >>> f = x * y * (x + y)
    >>> f.backward()
    >>> f, x.grad, y.grad
    (Value(30.0), 21.0, 16.0)
    """

    def __init__(self, data, operands=()):
        self.data = float(data)
        self.grad = 0.0
        self.operands = operands

    def __repr__(self):
        """Show the number."""
        return f"Value({self.data})"

    def __add__(self, other):
        """Add; both slopes are 1."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        """Multiply; each slope is the other factor."""
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, exponent):
        """Raise to a power that is a number."""
        if isinstance(exponent, Value):
            raise TypeError("the exponent must be a number; write (y * x.log()).exp() for x**y")
        # x**0 is the constant 1: its slope is 0 also at x = 0, where 0 * x**-1 would divide by 0.
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return Value(self.data**exponent, ((self, slope),))

    def __neg__(self):
        """Change the sign."""
        return self * -1.0

    def __sub__(self, other):
        """Subtract."""
        return self + (-other)

    def __truediv__(self, other):
        """Divide; the slopes of a / b are 1 / b and -a / b**2."""
        other = other if isinstance(other, Value) else Value(other)
        ratio = self.data / other.data
        return Value(ratio, ((self, 1.0 / other.data), (other, -ratio / other.data)))

    def __radd__(self, other):
        """Add to a number."""
        return self + other

    def __rmul__(self, other):
        """Multiply a number."""
        return self * other

    def __rsub__(self, other):
        """Subtract from a number."""
        return -self + other

    def __rtruediv__(self, other):
        """Divide a number."""
        return Value(other) / self

    def exp(self):
        """Compute the exponential.

        Returns
        -------
        out : Value
            ``exp(self)``, infinite where that is too large for a float.
        """
        with np.errstate(over="ignore"):
            y = np.exp(self.data)
        return Value(y, ((self, float(y)),))

    def log(self):
        """Compute the natural logarithm.

        Returns
        -------
        out : Value
            ``log(self)``.

        Raises
        ------
        ValueError
            If the value is not positive.
        """
        if not self.data > 0:
            raise ValueError(f"log needs a positive value, got {self.data}")
        return Value(np.log(self.data), ((self, 1.0 / self.data),))

    def tanh(self):
        """Compute the hyperbolic tangent.

        Returns
        -------
        out : Value
            ``tanh(self)``, with slope ``1 - tanh(self)**2``.
        """
        y = float(np.tanh(self.data))
        return Value(y, ((self, 1.0 - y * y),))

    def relu(self):
        """Compute the rectified linear unit.

        Returns
        -------
        out : Value
            ``max(self, 0)``; the slope at 0 is 0, as in PyTorch.
        """
        positive = self.data > 0
        return Value(self.data if positive else 0.0, ((self, float(positive)),))

    def sigmoid(self):
        """Compute the logistic sigmoid.

        Returns
        -------
        out : Value
            ``1 / (1 + exp(-self))``, with slope ``sigmoid(self) * sigmoid(-self)``.
        """
        # The exponent is never positive, so exp cannot overflow.
        small = float(np.exp(-abs(self.data)))
        y = (1.0 if self.data >= 0 else small) / (1.0 + small)
        return Value(y, ((self, small / (1.0 + small) ** 2),))

    def topological_order(self):
        """List every value this one was computed from, operands before results.

        Returns
        -------
        order : list of Value
            Each value once; this one is the last.
        """
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, operands_done = stack.pop()
            if operands_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend((operand, False) for operand, _ in node.operands)
        return order

    def backward(self):
        """Add the derivative of this value to the `grad` of every leaf it depends on.

        Leaves accumulate from call to call, as parameters do in PyTorch: set their `grad` to 0
        before the next step. Values in between start afresh.

        Notes
        -----
        In reverse topological order a value passes its gradient on only when all that use it
        have added theirs. Without it, a value used twice passes on a part, and then the sum.
        """
        order = self.topological_order()
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(order):
            for operand, slope in node.operands:
                operand.grad += slope * node.grad
