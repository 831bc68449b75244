"""Honest work across the boundary, and a peer that says anything at all."""

import itertools

import numpy as np
import pytest

from grader.calling import Foreign, Outcome
from grader.sandbox import session as session_module
from grader.sandbox.connection import Late
from grader.sandbox.launch import SandboxUnavailable
from grader.sandbox.limits import Limits
from grader.sandbox.messages import CellReport
from grader.sandbox.session import Sandbox, processor_seconds

sandboxed = pytest.mark.sandbox
SETUP = """# Set-up: run this cell first.
import matplotlib.pyplot as plt
import numpy as np

import viz
from grader import check, quiz
from viz.curves import plot

viz.use_style()
rng = np.random.default_rng(0)
plot(rng).show()
check("double")
for question in quiz("a", "b"):
    pass
"""


def one_call(sandbox, source, *args, name="f", driver=None, seconds=1.0):
    with sandbox.open(["import numpy as np", source]) as session:
        (outcome,) = session.calls(name, [args], driver, seconds)
    return outcome


@sandboxed
@pytest.mark.parametrize(
    "cell",
    [
        SETUP,
        "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
        "%%time\nx = 1",
        "%timeit -n 1 -r 1 1 + 1",
        "!pip install numpy\nfiles = !ls",
        "len?",
        "display(1); get_ipython().run_line_magic('who', '')",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show(); plt.savefig('mine.png')",
        "import IPython, collections, dataclasses, functools, math, time, typing",
        "open('notes.txt', 'w').write('mine')\nassert open('notes.txt').read() == 'mine'",
        "import tempfile, shutil\nshutil.copy(tempfile.NamedTemporaryFile(delete=False).name, 'b')",
        "x: int = 3\n_ = [print(i) for i in range(3)]",
    ],
)
def test_an_honest_cell_runs(sandbox, cell):
    with sandbox.open([cell]) as session:
        assert [report.status for report in session.cells] == ["ok"]


@sandboxed
def test_the_data_sets_of_scikit_learn_load():
    cell = "from sklearn.datasets import load_digits\nprint(load_digits().data.shape)"

    with Sandbox() as sandbox, sandbox.open([cell]) as session:
        assert session.cells[0].text.endswith("(1797, 64)\n")
        assert session.cells[0].status == "ok"


@sandboxed
def test_a_cell_that_fails_is_named_and_the_next_ones_run(sandbox):
    cells = ["print('before')\n1 / 0", "def f(:", "while True: pass", "exit()", "x = 1\nx"]

    with sandbox.open(cells) as session:
        statuses = [report.status for report in session.cells]

    assert statuses[:3] == ["ZeroDivisionError", "SyntaxError", "timed out"]
    assert session.cells[0].text == "before\nZeroDivisionError: division by zero"
    assert session.cells[-1] == CellReport("ok", "1\n")


@sandboxed
@pytest.mark.parametrize(
    "value",
    [None, True, -7, 10**40, 2.5, float("inf"), 1j, "µ", [1, (2, [])], {"a": np.arange(3)}],
    ids=repr,
)
def test_a_value_goes_in_and_out(sandbox, value):
    assert repr(one_call(sandbox, "def f(x): return x", value).value) == repr(value)


@sandboxed
@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("raise KeyError('x')", Outcome(error="KeyError")),
        ("raise type('Mine', (LookupError,), {})", Outcome(error="LookupError")),
        ("raise type('not a name', (Exception,), {})", Outcome(error="Exception")),
        ("raise KeyboardInterrupt", Outcome(error="KeyboardInterrupt")),
        ("import sys; sys.exit(3)", Outcome(error="SystemExit")),
        ("X[0] = 9", Outcome(changed=(0,))),
        ("print('hello')", Outcome(printed="hello\n")),
        ("return (x for x in X)", Outcome(Foreign("generator"))),
        ("return open('here', 'w')", Outcome(Foreign("TextIOWrapper"))),
        ("return np.float64(0) / 0 > 1", Outcome(np.False_, warned=("invalid value",))),
        ("while True: pass", Outcome(timed_out=True)),
    ],
    ids=lambda text: text if isinstance(text, str) else "",
)
def test_what_a_call_comes_to(sandbox, body, outcome):
    got = one_call(sandbox, f"def f(X):\n    {body}", np.arange(3), seconds=0.3)

    assert [w[:13] for w in got.warned] == list(outcome.warned)
    assert Outcome(**{**vars(got), "warned": outcome.warned}) == outcome


@sandboxed
@pytest.mark.parametrize(
    "value",
    ["'x' * 10**8", "[0] * 10**6", "np.zeros(10**8)", "np.broadcast_to(0, (10**9, 10**9))"],
)
def test_a_value_too_large_to_send_is_said_to_be(sandbox, value):
    got = one_call(sandbox, f"def f(): return {value}", seconds=2.0)

    assert got.error == "MemoryError" or "too large" in got.value.type_name or got.value


@sandboxed
def test_a_driver_uses_a_class_with_state(sandbox):
    source = "class Counter:\n    n = 0\n    def up(self): self.n += 1; return self.n"
    driver = (
        "def driver(answer, times):\n    c = answer()\n    return [c.up() for _ in range(times)]"
    )

    assert one_call(sandbox, source, 3, name="Counter", driver=driver).value == [1, 2, 3]


@sandboxed
def test_a_driver_hands_over_a_callable_and_a_generator(sandbox):
    source = "def f(g, x, rng): return g(x) + rng.normal()"
    driver = """
def driver(answer, x, seed):
    rng = np.random.default_rng(seed)
    return float(answer(np.square, x, rng))
"""

    got = one_call(sandbox, source, 3.0, 0, driver=driver).value

    assert got == 9.0 + np.random.default_rng(0).normal()


@sandboxed
def test_calls_are_sent_ahead_and_answered_in_order(sandbox):
    with sandbox.open(["def f(x): return x.sum()"]) as session:
        batch = [(np.full(100_000, n),) for n in range(20)]
        assert [o.value for o in session.calls("f", batch)] == [100_000 * n for n in range(20)]


@sandboxed
def test_a_call_out_of_time_ends_its_batch_and_not_the_session(sandbox):
    source = "def f(x):\n    while x == 1: pass\n    return x"
    with sandbox.open([source]) as session:
        first = list(session.calls("f", [(0,), (1,), (2,)], seconds=0.3))
        second = list(session.calls("f", [(3,), (4,)], seconds=0.3))

    assert [(o.value, o.timed_out) for o in first] == [(0, False), (None, True)]
    assert [o.value for o in second] == [3, 4]


@sandboxed
def test_an_iterator_left_early_closes_the_session(sandbox):
    with sandbox.open(["def f(x): return x"]) as session:
        calls = session.calls("f", [(0,), (1,)])
        next(calls)
        calls.close()

        assert session.status == "closed"
        assert list(session.calls("f", [(0,)])) == []


@sandboxed
def test_arguments_that_cannot_cross_are_the_authors_mistake(sandbox):
    with sandbox.open(["def f(x): return x"]) as session:
        with pytest.raises(TypeError, match="generator"):
            list(session.calls("f", [(1,), ((n for n in ()),)]))


@sandboxed
def test_find_tells_what_stands_under_a_name(sandbox):
    cells = ["def double(x, *, k=2): return k * x", "class Value: pass", "n = 3"]
    with sandbox.open(cells) as session:
        function = session.find("double", ["x"])
        assert (function.kind, function.takes, function.fits) == ("function", ("x", "k"), True)
        assert not session.find("double", ["x", "k"]).fits
        assert session.find("Value").is_class
        assert (session.find("n").kind, session.find("n").is_callable) == ("int", False)
        assert session.find("duoble").near == ("double",)


@sandboxed
def test_files_lie_beside_the_notebook(sandbox):
    with sandbox.open(["print(open('answers.json').read())"], {"answers.json": b"{}"}) as session:
        assert session.cells[0].text == "{}\n"


@sandboxed
def test_two_sessions_are_open_at_once(sandbox):
    with sandbox.open(["x = 1\ndef f(): return x"]) as one, sandbox.open(["y = 1"]) as other:
        assert next(one.calls("f", [()])).value == 1
        assert not other.find("x").there


@sandboxed
def test_only_the_named_modules_of_the_reference_exist():
    cells = ["import reference_impl.linear as linear", "import reference_impl.mlp"]

    with Sandbox(["reference_impl.linear"]) as sandbox, sandbox.open(cells) as session:
        assert [r.status for r in session.cells] == ["ok", "ModuleNotFoundError"]


@sandboxed
def test_a_module_that_cannot_be_loaded_is_refused_before_anything_is_graded():
    with pytest.raises(SandboxUnavailable, match="linear_which_is_not_there"):
        Sandbox(["reference_impl.linear_which_is_not_there"]).start()


@sandboxed
def test_a_warm_process_that_was_killed_is_started_again(sandbox):
    with Sandbox() as other:
        other._process.kill()
        other._process.wait()
        with other.open(["x = 1"]) as session:
            assert session.cells == [CellReport("ok")]


def test_without_bubblewrap_nothing_is_opened(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(SandboxUnavailable, match="apt install bubblewrap"):
        Sandbox().start()


def test_without_libseccomp_nothing_is_opened(monkeypatch):
    def missing():
        raise RuntimeError("Unable to find libseccomp")

    monkeypatch.setattr("grader.sandbox.syscalls.compile_filter", missing)

    with pytest.raises(SandboxUnavailable, match="libseccomp2"):
        Sandbox().start()


@sandboxed
def test_a_process_that_cannot_be_closed_in_grades_nothing(monkeypatch):
    monkeypatch.setattr("grader.sandbox.syscalls.compile_filter", lambda: b"not a program.. ")

    with pytest.raises(SandboxUnavailable, match="could not be closed in"):
        Sandbox().start()


def test_a_limit_cannot_be_switched_off():
    with pytest.raises(ValueError, match="memory"):
        Limits(memory=0)


@sandboxed
@pytest.mark.parametrize(
    "body, worked",
    [("while time.process_time() < 0.4: pass", True), ("time.sleep(0.4)", False)],
    ids=["computing", "sleeping"],
)
def test_the_processor_time_of_a_learner_is_read_from_outside(sandbox, body, worked):
    with sandbox.open(["import time", f"def f():\n    {body}"]) as session:
        before = processor_seconds(session._handle)
        list(session.calls("f", [()], seconds=20.0))
        used = processor_seconds(session._handle) - before

    assert (used > 0.2) == worked


@pytest.mark.parametrize("worked, late", [(0.5, False), (0.0, True)], ids=["starved", "asleep"])
def test_a_late_answer_counts_if_other_processes_took_the_time(monkeypatch, worked, late):
    now = itertools.count()
    answers = iter([Late, Late, ("outcome",)])

    def receive(self, deadline, refill=None):
        answer = next(answers)
        if answer is Late:
            raise Late
        return answer

    monkeypatch.setattr(session_module, "processor_seconds", lambda handle: worked * next(now))
    monkeypatch.setattr(session_module.Session, "_receive", receive)
    monkeypatch.setattr(session_module.time, "monotonic", lambda: next(now))
    session = session_module.Session(None, None, Limits())

    if late:
        with pytest.raises(Late):
            session._answer(8.0, None)
    else:
        assert session._answer(8.0, None) == ("outcome",)
