"""Calls one function of the learner's and says, as plain data, what came of it.

The same file runs in the notebook and inside the grading sandbox, so it imports the standard
library and NumPy only.
"""

import builtins
import contextlib
import copy
import io
import linecache
import os
import signal
import threading
import traceback
import warnings
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from time import monotonic, thread_time

import numpy as np

TEXT_LIMIT = 2000
DEPTH_LIMIT = 20
ITEM_LIMIT = 100_000
PATIENCE = 5
"""A call that other processes keep from working may take so many times its seconds."""
TICK = 0.1
PLAIN_SCALARS = (type(None), bool, int, float, complex, str)
PLAIN_KINDS = "biufcU"
EXCEPTIONS = [thing for thing in vars(builtins).values() if isinstance(thing, type)]
OURS = __file__, os.path.join(os.path.dirname(__file__), "exercises", "")
"""A line of this file or of an exercise's driver is not the learner's."""


@dataclass(frozen=True)
class Foreign:
    """Stands for a value that is not plain data, such as a generator."""

    type_name: str


@dataclass(frozen=True)
class Outcome:
    """What one call came to."""

    value: object = None
    error: str = ""
    """The built-in class of what it raised, "" if it returned."""
    message: str = ""
    """Text of the exception and the line that raised it; stays in the learner's own notebook."""
    changed: tuple[int, ...] = ()
    """Positions of the arguments it changed in place."""
    printed: str = ""
    warned: tuple[str, ...] = ()
    timed_out: bool = False


class OutOfTime(BaseException):
    """The call took too long. Not an Exception, so that ``except Exception`` lets it through."""


def call(function, args, *, driver=None, seconds=2.0):
    """Call ``function(*args)``, or ``driver(function, *args)``, on copies of the arguments.

    Parameters
    ----------
    function : callable
        The learner's function or class.
    args : tuple
        Plain data; never changed.
    driver : callable, optional
        Author's code that uses the function and returns plain data.
    seconds : float, default=2.0
        Time the call may take, see `time_limit`.

    Returns
    -------
    outcome : Outcome
        Nothing is raised, whatever the function does.
    """
    given, printed = copy.deepcopy(args), io.StringIO()
    value, error, message, timed_out = None, "", "", False
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        warnings.catch_warnings(record=True) as caught,
        np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),
    ):
        warnings.simplefilter("always")
        try:
            with time_limit(seconds):
                value = driver(function, *given) if driver else function(*given)
        except OutOfTime:
            timed_out = True
        except KeyboardInterrupt:
            raise
        except BaseException as problem:
            error, message = _error_name(problem), _describe(problem)
    return Outcome(
        value=plain(value),
        error=error,
        message=message,
        changed=tuple(
            i for i, (now, then) in enumerate(zip(given, args, strict=True)) if not _same(now, then)
        ),
        printed=printed.getvalue()[:TEXT_LIMIT],
        warned=_numpy_warnings(caught),
        timed_out=timed_out,
    )


def plain(value):
    """Return a copy of plain data; what is not plain data becomes `Foreign`."""
    return _plain(value, DEPTH_LIMIT, [ITEM_LIMIT])


def _plain(value, depth, left):
    """Copy at most ``left[0]`` items in all: a list may hold itself, or another one many times."""
    kind, left[0] = type(value), left[0] - 1
    if kind in PLAIN_SCALARS:
        return value
    if kind is np.ndarray:
        return np.array(value) if value.dtype.kind in PLAIN_KINDS else Foreign("array of objects")
    if isinstance(value, np.generic) and value.dtype.kind in PLAIN_KINDS:
        return value
    if kind in (Fraction, Decimal) or isinstance(value, (str, int, float)):
        return _unwrapped(value, kind)
    if not isinstance(value, (list, tuple, dict)):
        return Foreign(kind.__name__)
    if depth == 0 or len(value) > left[0]:
        return Foreign(f"{kind.__name__} of too many items")
    if isinstance(value, dict):
        if not all(type(key) in (str, int, bool, float) for key in value):
            return Foreign("dict with unusual keys")
        return {key: _plain(item, depth - 1, left) for key, item in value.items()}
    items = [_plain(item, depth - 1, left) for item in value]
    return items if isinstance(value, list) else tuple(items)


def _unwrapped(value, kind):
    """Return the text or the number in a fraction, a decimal, or a member of an enumeration."""
    # By the base class: a method of the learner's would run here without a limit of time.
    for base, convert in ((str, str.__str__), (int, int.__int__), (float, float.__float__)):
        if isinstance(value, base):
            return convert(value)
    try:
        return float(value)
    except (OverflowError, ValueError):  # a fraction too large, a signalling nan
        return Foreign(kind.__name__)


def _error_name(problem):
    """Return the built-in class of an exception: what is derived from ValueError is one."""
    ancestors = type.__dict__["__mro__"].__get__(type(problem))
    return next(c.__name__ for c in ancestors if any(c is known for known in EXCEPTIONS))


def _same(now, then):
    """Say whether an argument is still what was passed, bit for bit in arrays."""
    if isinstance(then, np.ndarray):
        return (
            isinstance(now, np.ndarray)
            and now.shape == then.shape
            and now.dtype == then.dtype
            and now.tobytes() == then.tobytes()
        )
    if isinstance(then, (list, tuple)):
        return (
            type(now) is type(then)
            and len(now) == len(then)
            and all(_same(a, b) for a, b in zip(now, then, strict=True))
        )
    if isinstance(then, dict):
        return (
            isinstance(now, dict)
            and now.keys() == then.keys()
            and all(_same(now[key], then[key]) for key in then)
        )
    return True


def _describe(problem):
    """Return the exception's text and the learner's line that raised it."""
    text = " ".join(str(problem).split())[:300]
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        foreign = "site-packages" in frame.filename or frame.filename.startswith(OURS)
        line = (linecache.getline(frame.filename, frame.lineno) or frame.line or "").strip()
        if line and not foreign:
            return f"{text} (line {frame.lineno}: {line})"
    return text


def _numpy_warnings(caught):
    texts = (str(w.message)[:200] for w in caught if issubclass(w.category, RuntimeWarning))
    return tuple(dict.fromkeys(texts))[:5]


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `OutOfTime` in the body once its time is over, and again until it ends.

    Parameters
    ----------
    seconds : float
        Processor time for the body. On a busy machine it may last longer by the clock, up to
        `PATIENCE` times as long; one that sleeps instead of working may not. On Windows, time by
        the clock.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # a thread cannot be interrupted; the sandbox's deadline still holds
    elif hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, _judge_of_time(seconds))
        signal.setitimer(signal.ITIMER_REAL, seconds, TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        with _interrupted_after(seconds):
            yield


def _judge_of_time(seconds):
    """Return what to do at each alarm, the first one after `seconds`."""
    start, worked = monotonic(), thread_time()

    def judge(*_):
        if is_over(seconds, monotonic() - start, thread_time() - worked):
            raise OutOfTime

    return judge


def is_over(seconds, elapsed, worked):
    """Return whether a call has had its time.

    Parameters
    ----------
    seconds : float
        What it is given.
    elapsed : float
        Time by the clock, at least `seconds`.
    worked : float
        Processor time it got of that. Who got next to none has slept.
    """
    return worked >= seconds or worked * PATIENCE < elapsed


@contextlib.contextmanager
def _interrupted_after(seconds):
    """Do as `time_limit` where there is no interval timer (Windows)."""
    import _thread

    late = threading.Event()

    def interrupt():
        late.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, interrupt)
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if late.is_set():
            raise OutOfTime from None
        raise
    finally:
        timer.cancel()
