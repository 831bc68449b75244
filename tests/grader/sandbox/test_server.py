"""Tests of grader.sandbox.inside.server: the learner's end, spoken to from the other one."""

import types

import numpy as np
import pytest

from grader.calling import Foreign
from grader.sandbox import wire
from grader.sandbox.inside.server import Channel, serve
from grader.sandbox.limits import Limits

LIMITS = Limits(cell_seconds=5, output=100)
LARGE = 10_000


class Script:
    """A channel over which requests come from a list, and then the grader hangs up."""

    def __init__(self, *requests):
        self.requests, self.sent = list(requests), []

    def receive(self):
        """Return the next request."""
        if not self.requests:
            raise EOFError
        return self.requests.pop(0)

    def send(self, message):
        """Take an answer that is not too large."""
        if len(wire.encode(message, strict=False)) > LARGE:
            raise wire.WireError("too large to send")
        self.sent.append(message)


@pytest.fixture
def ask(tmp_path, monkeypatch):
    """Return a function from cells and requests to the answers."""
    monkeypatch.chdir(tmp_path)

    def ask(cells, *requests, files=None):
        shell = types.SimpleNamespace(user_ns={"np": np})
        shell.run_cell = lambda source, **_: _run(source, shell.user_ns)
        script = Script(("cells", cells, files or {}), *requests)
        with pytest.raises(EOFError):
            serve(script, shell, LIMITS)
        return script.sent

    return ask


def _run(source, namespace):
    result = types.SimpleNamespace(error_before_exec=None, error_in_exec=None)
    try:
        exec(source, namespace)
    except Exception as problem:
        result.error_in_exec = problem
    return result


def _calls(name, *calls, driver=None, seconds=5.0, number=1):
    batch = ("batch", number, name, driver, seconds)
    return [batch, *(("call", number, n, args) for n, args in enumerate(calls))]


def test_it_is_ready_before_any_cell_runs_and_done_after_the_last(ask):
    assert ask(["print('a')", "1 / 0"]) == [
        ("ready",),
        ("cell", 0, "ok", "a\n"),
        ("cell", 1, "ZeroDivisionError", "ZeroDivisionError: division by zero"),
        ("done",),
    ]


def test_files_are_there_before_the_cells(ask):
    sent = ask(["print(open('notes.txt').read())"], files={"notes.txt": b"mine"})

    assert sent[1] == ("cell", 0, "ok", "mine\n")


def test_facts_about_a_name_are_told(ask):
    *_, answer = ask(["def double(x): return 2 * x"], ("find", "double", ["x"]))

    assert answer == ("found", True, "function", False, True, ("x",), True, ())


def test_calls_are_answered_in_their_order(ask):
    sent = ask(["def double(x): return 2 * x"], *_calls("double", (1,), (2,)))

    assert sent[-2:] == [
        ("outcome", 1, 0, 2, "", (), "", (), False),
        ("outcome", 1, 1, 4, "", (), "", (), False),
    ]


def test_an_error_is_told_by_its_name_alone(ask):
    sent = ask(["def f(x): raise KeyError('secret')"], *_calls("f", (1,)))

    assert sent[-1] == ("outcome", 1, 0, None, "KeyError", (), "", (), False)


@pytest.mark.parametrize("name", ["not a name", "x" * (wire.MAX_NAME + 1), "<b>"])
def test_an_error_of_an_odd_name_is_an_exception(ask, name):
    sent = ask([f"def f(x): raise type({name!r}, (Exception,), {{}})"], *_calls("f", (1,)))

    assert sent[-1][4] == "Exception"


def test_what_a_call_lets_through_ends_the_call_only(ask):
    sent = ask(
        ["def f(x):\n    if x: raise KeyboardInterrupt\n    return 1"], *_calls("f", (1,), (0,))
    )

    assert [answer[4] for answer in sent[-2:]] == ["KeyboardInterrupt", ""]


def test_after_a_time_out_the_rest_of_its_batch_is_dropped(ask):
    cells = ["def f(x):\n    while x == 1: pass\n    return x"]
    first = _calls("f", (0,), (1,), (2,), seconds=0.1)
    second = _calls("f", (3,), number=2)

    outcomes = [answer for answer in ask(cells, *first, *second) if answer[0] == "outcome"]

    assert [(answer[1], answer[2], answer[-1]) for answer in outcomes] == [
        (1, 0, False),
        (1, 1, True),
        (2, 0, False),
    ]


def test_a_value_too_large_to_send_is_named(ask):
    sent = ask([f"def f(): return 'x' * {2 * LARGE}"], *_calls("f", ()))

    assert sent[-1][3] == Foreign("str too large to send")


def test_a_driver_calls_in_place_of_the_grader(ask):
    driver = "def driver(answer, x):\n    return answer(np.float64(x)) + 1"

    sent = ask(["def double(x): return 2 * x"], *_calls("double", (3,), driver=driver))

    assert sent[-1][3] == 7


def test_a_function_that_is_not_there_is_an_error_of_the_call(ask):
    assert ask([], *_calls("nowhere", (1,)))[-1][4] == "TypeError"


def test_a_message_in_pieces_is_put_together():
    data = wire.frame(wire.encode(("one", 1)))
    pieces = [data[:3], data[3:], b""]
    channel = Channel(-1, LARGE)
    channel._read = lambda *_: pieces.pop(0)

    assert channel.receive() == ("one", 1)
    with pytest.raises(EOFError):
        channel.receive()


def test_what_is_larger_than_allowed_is_not_sent():
    channel = Channel(-1, LARGE)

    with pytest.raises(wire.WireError, match="too large"):
        channel.send(("x" * LARGE,))


def test_a_message_is_written_to_its_end():
    written = []
    channel = Channel(-1, LARGE)
    channel._write = lambda _, data: written.append(bytes(data[:7])) or min(7, len(data))

    channel.send(("one", "x" * 100))

    assert b"".join(written) == wire.frame(wire.encode(("one", "x" * 100)))


def test_what_is_no_plain_data_is_sent_as_the_name_of_its_type():
    written = []
    channel = Channel(-1, LARGE)
    channel._write = lambda _, data: written.append(bytes(data)) or len(data)

    channel.send(("outcome", (n for n in ())))

    assert wire.decode(b"".join(written)[wire.SIZE.size :]) == ("outcome", Foreign("generator"))
