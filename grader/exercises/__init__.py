"""The exercises, a package a lesson, a module a topic."""

import functools
import importlib
import pkgutil

from grader.exercise import Exercise


@functools.cache
def by_lesson():
    """Return the exercises of each lesson.

    Returns
    -------
    lessons : dict of str to tuple of Exercise
        The keys are slugs, such as ``"forward_propagation"``.
    """
    return {
        lesson.name: tuple(
            exercise
            for topic in pkgutil.iter_modules(_module(lesson.name).__path__)
            for exercise in _exercises_of(_module(f"{lesson.name}.{topic.name}"))
        )
        for lesson in pkgutil.iter_modules(__path__)
    }


@functools.cache
def registry():
    """Return every exercise by its name, which is unique in the whole course."""
    found = {}
    for slug, exercises in by_lesson().items():
        for exercise in exercises:
            if exercise.name in found:
                raise ValueError(f"two exercises are named {exercise.name!r}, one in {slug}")
            found[exercise.name] = exercise
    return found


@functools.cache
def lesson_of(name):
    """Return the slug of the lesson an exercise belongs to."""
    return next(
        slug for slug, exercises in by_lesson().items() if name in [e.name for e in exercises]
    )


def allowed_imports(slug):
    """Return the modules of `reference_impl` that the answers of a lesson may import."""
    return getattr(_module(slug), "ALLOWED_IMPORTS", ())


def _module(name):
    return importlib.import_module(f"{__name__}.{name}")


def _exercises_of(module):
    return [value for value in vars(module).values() if isinstance(value, Exercise)]
