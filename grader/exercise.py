"""What an exercise is: a reference, cases to try it on, and the mistakes worth naming."""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

RETURNS = re.compile(r"^(\w+) : ", flags=re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One call of the learner's function."""

    label: str
    """What is special about it; the card shows it."""
    args: tuple = ()
    quiet: bool = False
    """Whether a NumPy warning counts as wrong."""
    keeps_dtype: bool = False
    """Whether the result's dtype is judged."""
    apart: tuple = ()
    """What `accept` gets behind the arguments, and the learner's side does not."""


def case(label, *args, quiet=False, keeps_dtype=False, apart=()):
    """Return a `Case`, the arguments written as in a call."""
    return Case(label, args, quiet, keeps_dtype, apart)


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One graded function or class.

    The contract (name, signature, docstring, solution) is `reference`; nothing here repeats it.
    """

    reference: Callable
    """Its text is the stub and the model answer."""
    cases: Callable[[np.random.Generator], Iterable[Case]]
    """Yields the cases; seed 0 makes the visible ones, a secret seed the hidden ones."""
    points: int = 2
    mistakes: tuple[Callable, ...] = ()
    """Wrong versions; the name is the mistake's id, the docstring the hint."""
    driver: Callable | None = None
    """``driver(answer, *args)`` returns plain data; it may use builtins and `np` only."""
    starts_from: Callable | None = None
    """A function whose body stands in the notebook in place of a stub."""
    accept: Callable[[tuple, object], str] | None = None
    """``accept(args, got)`` returns what is wrong, or "", where the answer is not unique.

    What `got` holds may be forged, so write each comparison so that NaN and odd types fail it.
    """
    no_loops: bool = False
    forbidden: tuple[str, ...] = ()
    """Dotted names the answer may not use, such as ``"np.gradient"``."""
    timeout: float = 2.0
    """Seconds one call may take."""
    rtol: float | None = None
    atol: float | None = None
    """Tolerances in place of the ones that follow from the dtype of the arguments."""
    kind: Literal["write", "debug", "derive", "timed"] = "write"
    difficulty: Literal[1, 2, 3, 4] = 2
    minutes: int = 5
    follow_up: str = ""
    """What an interviewer asks next; shown after a pass."""
    follow_up_answer: str = ""
    """What a good candidate says to that; the card folds it away."""
    asked: tuple[str, ...] = ()
    """Links to where this was reported as an interview question."""

    def __post_init__(self):
        """Refuse a record that the rest of the course could not use."""
        for mistake in self.mistakes:
            if not mistake.__doc__:
                raise ValueError(
                    f"{self.name}: mistake {mistake.__name__} needs a hint: a docstring"
                )
        if self.kind == "debug" and self.starts_from is None:
            raise ValueError(f"{self.name}: a debug round needs starts_from, the broken function")

    @property
    def name(self):
        """The name of the function to write."""
        return self.reference.__name__

    @property
    def outputs(self):
        """The names its docstring gives to what it returns."""
        if self.driver is not None or inspect.isclass(self.reference):
            return ()
        doc = inspect.getdoc(self.reference) or ""
        returns = doc.partition("Returns\n-------\n")[2].partition("\n\n")[0]
        return tuple(RETURNS.findall(returns))

    @property
    def parameters(self):
        """The names of the parameters, in order."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def argument_names(self):
        """The names of what a case gives: to the function, or to the driver after the answer."""
        if self.driver is None:
            return self.parameters
        every = [*inspect.signature(self.driver).parameters.values()][1:]
        return tuple(one.name for one in every if one.kind is not one.VAR_POSITIONAL)

    @property
    def asks_for_constants(self):
        """Whether no argument changes the answer, so that a card must not name it."""
        return self.driver is None and not self.parameters

    @property
    def all_or_nothing(self):
        """Whether a part of the cases earns no part of the points."""
        return self.kind == "debug"

    def hint(self, mistake):
        """Return a mistake's hint as one line of text."""
        return " ".join(inspect.getdoc(mistake).split())
