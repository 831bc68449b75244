"""Turns what a learner saved as outputs into something safe to show: text and plain pictures.

Markup, scripts, widgets and vector graphics are left out or shown as text, everything is bounded,
and the first thing each cell shows says whose output it is.
"""

import base64
import binascii
import re

from grader.grading.screening import clean

MARK = "Saved by the learner, not produced by grading:\n"
MOST_SHOWN = 20
MOST_TEXT = 4000
MOST_PICTURE = 400_000
MOST_LINE = 400
MOST_EMPTY = 5
PNG = b"\x89PNG\r\n\x1a\n"
CUT = "\n[... cut]"
# Colours (ANSI) stay out: they are the one markup that text outputs know.
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


def shown_outputs(outputs):
    """Return a learner's saved outputs as safe outputs.

    Parameters
    ----------
    outputs : iterable
        Plain JSON of any shape.

    Returns
    -------
    safe : list of dict
        Streams of text and PNG pictures, the first of them `MARK`; empty if there is nothing.
    """
    safe = [one for one in map(_safe, outputs[:MOST_SHOWN]) if one is not None]
    return [_stream(MARK), *safe] if safe else []


def _safe(output):
    if not isinstance(output, dict):
        return None
    if output.get("output_type") == "stream":
        return _stream(_text(output.get("text")))
    if output.get("output_type") == "error":
        return _stream(_text(output.get("traceback"), "\n") or _text(output.get("evalue")))
    data = output.get("data")
    if not isinstance(data, dict):
        return None
    return _picture(data.get("image/png")) or _stream(_text(data.get("text/plain")))


def _stream(text):
    if not text.strip():
        return None
    return {"output_type": "stream", "name": "stdout", "text": text}


def _text(value, joint=""):
    if isinstance(value, list):
        value = joint.join(line for line in value if isinstance(line, str))
    if not isinstance(value, str):
        return ""
    return bounded(CONTROL.sub("", clean(value[: 4 * MOST_TEXT])), MOST_TEXT)


def _picture(value):
    """Return a picture if it is a PNG of reasonable size."""
    value = "".join(value) if _is_text_list(value) else value
    if not isinstance(value, str) or len(value) > MOST_PICTURE:
        return None
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if not data.startswith(PNG):
        return None
    encoded = base64.b64encode(data).decode()
    return {"output_type": "display_data", "metadata": {}, "data": {"image/png": encoded}}


def _is_text_list(value):
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def readable(source, most):
    """Return a source as a page can show it: short lines, no wide stretches of nothing.

    What colours code for a page takes time by the square of a line or of an empty stretch.
    """
    lines, empty = [], 0
    for line in source[: 2 * most].split("\n"):
        line = bounded(line.rstrip(), MOST_LINE)
        empty = 0 if line else empty + 1
        if empty <= MOST_EMPTY:
            lines.append(line)
    text = "\n".join(lines)
    return text[:most] + CUT if max(len(text), len(source) - most) > most else text


def bounded(text, most):
    """Return text cut to a length, with a sign that it was."""
    return text if len(text) <= most else text[:most] + CUT
