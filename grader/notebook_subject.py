"""What is examined in a learner's own notebook: the functions of its namespace."""

import inspect
import sys
import types

from grader.calling import call
from grader.found import look_up, problem

# Where a function of this name does not come from the notebook.
IMPORTED = {*sys.stdlib_module_names, "numpy", "reference_impl", "scipy"} - {"__main__"}


class NotebookSubject:
    """The learner's functions, called in this very process.

    Parameters
    ----------
    namespace : mapping
        The notebook's variables.
    allowed_imports : tuple of str, optional
        Modules of `reference_impl` that the answers of the lesson may use.
    """

    def __init__(self, namespace, allowed_imports=()):
        self._namespace = namespace
        self._allowed_imports = allowed_imports

    def find(self, exercise):
        """Say why there is nothing to call, or return ""."""
        name, wants_class = exercise.name, inspect.isclass(exercise.reference)
        found = look_up(self._namespace, name, exercise.parameters)
        if sentence := problem(found, name, exercise.parameters, wants_class=wants_class):
            return sentence
        if borrowed := self._borrowed(name):
            return (
                f"`{name}` uses `{borrowed}` of the reference, which is not there in grading. "
                "Write it yourself."
            )
        return ""

    def outcomes(self, exercise, argument_lists):
        """Yield the outcome of one call after the other; stop after a time-out."""
        answer = self._namespace[exercise.name]
        for args in argument_lists:
            outcome = call(answer, args, driver=exercise.driver, seconds=exercise.timeout)
            yield outcome
            if outcome.timed_out:
                return

    def definition(self, name):
        """Return the source of a function or class the notebook itself defines, or None."""
        value = self._namespace.get(name)
        if not isinstance(value, (types.FunctionType, type)) or _is_imported(value):
            return None
        try:
            return inspect.getsource(value)
        except (TypeError, OSError):
            return None

    def _borrowed(self, name):
        """Return what of the reference an answer leans on, or None."""
        answer = self._namespace[name]
        if self._is_reference(answer):
            return f"{answer.__module__}.{getattr(answer, '__name__', name)}"
        code = getattr(answer, "__code__", None)
        for used in code.co_names if code else ():
            if self._is_reference(self._namespace.get(used)):
                return used
        return None

    def _is_reference(self, value):
        is_module = isinstance(value, types.ModuleType)
        module = value.__name__ if is_module else getattr(value, "__module__", None)
        return (
            isinstance(module, str)
            and module.split(".")[0] == "reference_impl"
            and module not in self._allowed_imports
        )


def _is_imported(value):
    return not value.__module__ or value.__module__.split(".")[0] in IMPORTED
