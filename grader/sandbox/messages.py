"""What the learner's end may say: each message is checked, field by field, before it is used."""

from dataclasses import dataclass

from grader.calling import TEXT_LIMIT, Outcome
from grader.found import Found
from grader.sandbox import wire

READY, DONE = ("ready",), ("done",)
ERROR_TEXT = 600  # more than a cell's error adds to its output


@dataclass(frozen=True)
class CellReport:
    """What running one cell came to."""

    status: str
    """"ok", "timed out" or the name of the error."""
    text: str = ""
    """The beginning of what it printed, and its error."""


def require(condition):
    """Raise `WireError` unless a message is as it must be."""
    if not condition:
        raise wire.WireError("not what was asked for")


def cell(message, number, limits):
    """Return the report on a cell that a message states."""
    match message:
        case ("cell", int(at), str(status), str(text)):
            require(at == number and len(text) <= limits.output + ERROR_TEXT)
            require(status in ("ok", "timed out") or _is_name(status))
            return CellReport(status, text)
    raise wire.WireError("not a report on a cell")


def found(message):
    """Return the facts about a name that a message states."""
    match message:
        case ("found", bool(), str(kind), bool(), bool(), tuple(takes), bool(), tuple(near)):
            require(all(_is_name(text) for text in (kind or "_", *takes, *near)))
            require(len(takes) <= 100 and len(near) <= 2)
            return Found(*message[1:])
    raise wire.WireError("not an answer to find")


def outcome(message, batch, number, n_args):
    """Return the outcome of a call that a message states."""
    match message:
        case (
            "outcome",
            int(b),
            int(n),
            value,
            str(error),
            tuple(changed),
            str(printed),
            tuple(warned),
            bool(timed_out),
        ):
            require((b, n) == (batch, number) and (not error or _is_name(error)))
            require(len(changed) <= n_args and all(type(i) is int for i in changed))
            require(all(0 <= i < n_args for i in changed) and len(printed) <= TEXT_LIMIT)
            require(len(warned) <= 10 and all(type(t) is str and len(t) <= 200 for t in warned))
            if timed_out:
                return Outcome(timed_out=True)
            return Outcome(value, error, "", changed, printed, warned)
    raise wire.WireError("not an outcome")


def _is_name(text):
    return type(text) is str and len(text) <= wire.MAX_NAME and text.isidentifier()
