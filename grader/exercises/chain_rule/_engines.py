"""Wrong versions of a scalar autograd engine; the docstring of each is its hint."""

import numpy as np


class Engine:
    """An engine that is right, and whose parts the wrong versions replace."""

    def __init__(self, data, operands=()):
        """Keep the number and its operands with their slopes."""
        self.data, self.grad, self.operands = float(data), 0.0, operands

    def _wrapped(self, other):
        return other if isinstance(other, Engine) else type(self)(other)

    def __add__(self, other):
        """Return the sum."""
        other = self._wrapped(other)
        slopes = self._slopes_of_sum(other)
        return type(self)(self.data + other.data, [(self, slopes[0]), (other, slopes[1])])

    def __mul__(self, other):
        """Return the product."""
        other = self._wrapped(other)
        slopes = self._slopes_of_product(other)
        return type(self)(self.data * other.data, [(self, slopes[0]), (other, slopes[1])])

    def __pow__(self, k):
        """Return the power."""
        return type(self)(self.data**k, [(self, self._slope_of_power(k))])

    def tanh(self):
        """Return the hyperbolic tangent."""
        y = float(np.tanh(self.data))
        return type(self)(y, [(self, self._slope_of_tanh(y))])

    def relu(self):
        """Return the rectified value."""
        return type(self)(max(self.data, 0.0), [(self, self._slope_of_relu())])

    def backward(self):
        """Send the gradient back, complete values first."""
        order = self._order()
        for node in order:
            if node.operands:
                node.grad = 0.0
        self.grad += 1.0
        self._send(order)

    def _send(self, order):
        for node in reversed(order):
            for operand, slope in node.operands:
                operand.grad += slope * node.grad

    def _order(self):
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting.extend((operand, False) for operand, _ in node.operands)
        return order

    def _slopes_of_sum(self, other):
        return 1.0, 1.0

    def _slopes_of_product(self, other):
        return other.data, self.data

    def _slope_of_power(self, k):
        return k * self.data ** (k - 1)

    def _slope_of_tanh(self, y):
        return 1 - y**2

    def _slope_of_relu(self):
        return float(self.data > 0)


class last_path_wins(Engine):
    """A value that is used twice gets two messages, and yours keeps the last: add them."""

    def _send(self, order):
        for node in reversed(order):
            for operand, slope in node.operands:
                operand.grad = slope * node.grad


# What explains one case comes before what explains it as well and more besides.
class nothing_set_to_zero(Engine):
    """In a second call the values in between still hold the first one's gradient and pass it on."""

    def backward(self):
        """Reset nothing."""
        self.grad = 1.0
        self._send(self._order())


class passed_on_too_early(Engine):
    """A value may pass on its gradient once all its users have added theirs. In which order?"""

    def backward(self):
        """Recurse into the operands at once."""
        self.grad = 1.0
        self._pass_on()

    def _pass_on(self):
        for operand, slope in self.operands:
            operand.grad += slope * self.grad
            operand._pass_on()


class breadth_first(Engine):
    """You go level by level: a value with a short and a long path is passed on too soon."""

    def _order(self):
        order, seen = [self], {self}
        for node in order:
            for operand, _ in node.operands:
                if operand not in seen:
                    seen.add(operand)
                    order.append(operand)
        return order[::-1]


class recursive_order(Engine):
    """Right, until the chain is longer than Python's call stack: keep a list of what is waiting."""

    def _order(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for operand, _ in node.operands:
                    visit(operand)
                order.append(node)

        visit(self)
        return order


class recursive_and_nothing_set_to_zero(Engine):
    """Left: a list in place of recursion and, between two calls, a reset of all but the leaves."""

    def backward(self):
        """Reset nothing."""
        self.grad = 1.0
        self._send(self._order())

    def _order(self):
        return recursive_order._order(self)


class leaves_set_to_zero(Engine):
    """Called twice, yours forgets the first call. The leaves should go on adding."""

    def backward(self):
        """Reset every gradient first."""
        order = self._order()
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        self._send(order)


class seed_forgotten(Engine):
    """Every gradient is 0: what is the derivative of the last value with respect to itself?"""

    def backward(self):
        """Start from 0."""
        self._send(self._order())


class own_factor(Engine):
    """In a product, the slope of one factor is the other factor. You pair each with itself."""

    def _slopes_of_product(self, other):
        return self.data, other.data


class exponent_not_lowered(Engine):
    """The derivative of x**k has one x less than x**k: look at the exponent."""

    def _slope_of_power(self, k):
        return k * self.data**k


class exponent_not_brought_down(Engine):
    """The derivative of x**3 is 3 x**2: which factor is missing in front of your power?"""

    def _slope_of_power(self, k):
        return self.data ** (k - 1)


class sigmoid_slope(Engine):
    """y (1 - y) is the slope of the sigmoid. What is tanh's?"""

    def _slope_of_tanh(self, y):
        return y * (1 - y)


class relu_always_open(Engine):
    """Where its input is negative, ReLU is flat: no gradient comes through."""

    def _slope_of_relu(self):
        return 1.0


class numbers_not_accepted(Engine):
    """`x + 3` fails: what should `+` do when the other side is a plain number?"""

    def _wrapped(self, other):
        return other


class same_value_twice_counted_once(Engine):
    """In x + x the same value stands on both sides: your set of operands keeps it once."""

    def _send(self, order):
        for node in reversed(order):
            for operand, slope in dict(node.operands).items():
                operand.grad += slope * node.grad


class left_operand_only(Engine):
    """Only the first operand gets a message. A sum or a product has two, each with its slope."""

    def _send(self, order):
        for node in reversed(order):
            for operand, slope in node.operands[:1]:
                operand.grad += slope * node.grad


class listed_twice(Engine):
    """A value that is used twice stands in your list twice and passes on its gradient twice."""

    def _order(self):
        order, waiting = [], [(self, False)]
        while waiting:
            node, done = waiting.pop()
            if done:
                order.append(node)
            else:
                waiting.append((node, True))
                waiting.extend((operand, False) for operand, _ in node.operands)
        return order


class from_the_leaves(Engine):
    """You walk from the leaves to the result. Gradients start at the result: turn the order."""

    def _order(self):
        return super()._order()[::-1]


class slope_of_tanh_at_its_input(Engine):
    """1 - y² wants what tanh returned; you square the number that went in."""

    def _slope_of_tanh(self, y):
        return 1 - self.data**2


class power_not_squared(Engine):
    """The slope of tanh is 1 - y². Yours has no square."""

    def _slope_of_tanh(self, y):
        return 1 - y


class relu_value(Engine):
    """You pass on the value of ReLU. Its slope is 1 where the input is positive."""

    def _slope_of_relu(self):
        return max(self.data, 0.0)


class operands_of_a_sum_lost(Engine):
    """What your `+` returns does not know its operands, so no gradient gets back through a sum."""

    def __add__(self, other):
        """Return the sum as if it were a leaf."""
        return type(self)(self.data + self._wrapped(other).data)


class factors_in_a_sum(Engine):
    """That is the slope in a product. By how much does a sum rise when one operand rises by 1?"""

    def _slopes_of_sum(self, other):
        return other.data, self.data


WRONG_ENGINES = tuple(Engine.__subclasses__())
