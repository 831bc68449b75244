"""What a learner's namespace holds under the name of an exercise, and what is wrong with it.

`look_up` runs beside the learner's code, in the notebook or in the sandbox, and returns plain
facts; `problem` makes a sentence of them, in the notebook or outside the sandbox. Standard library
only.
"""

import difflib
import inspect
import types
from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What stands under a name."""

    there: bool = False
    kind: str = ""
    """The name of its type."""
    is_class: bool = False
    is_callable: bool = False
    takes: tuple[str, ...] = ()
    fits: bool = True
    """Whether it can be called with the wanted parameters."""
    near: tuple[str, ...] = ()
    """Functions of the learner's with a similar name."""


def look_up(namespace, name, parameters):
    """Return the facts about ``namespace[name]``, which should take `parameters`."""
    if name not in namespace:
        own = [key for key, value in namespace.items() if _is_own(key, value)]
        return Found(near=tuple(difflib.get_close_matches(name, own, n=2, cutoff=0.7)))
    answer = namespace[name]
    takes, fits = _signature(answer, parameters)
    return Found(
        there=True,
        kind=type(answer).__name__,
        is_class=inspect.isclass(answer),
        is_callable=callable(answer),
        takes=takes,
        fits=fits,
    )


def problem(found, name, parameters, *, wants_class):
    """Say why there is nothing to call, or return ""."""
    if not found.there:
        near = f"; did you mean `{'` or `'.join(found.near)}`?" if found.near else "."
        return f"There is no `{name}` in this notebook{near} Run its cell first."
    if wants_class and not found.is_class:
        return f"`{name}` is {_with_article(found.kind)}; it should be a class."
    if not found.is_callable:
        return f"`{name}` is {_with_article(found.kind)}; it should be a function."
    if found.is_class or found.fits:
        return ""
    takes, wanted = ", ".join(found.takes) or "nothing", ", ".join(parameters) or "nothing"
    return f"`{name}` takes {takes}; it should take {wanted}."


def _is_own(key, value):
    return isinstance(value, types.FunctionType) and not key.startswith("_")


def _with_article(kind):
    return f"{'an' if kind[:1] in set('aeiou') else 'a'} {kind}"


def _signature(answer, parameters):
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):
        return (), True
    try:
        signature.bind(*parameters)
    except TypeError:
        return tuple(signature.parameters), False
    return tuple(signature.parameters), True
