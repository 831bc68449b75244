"""The source of a definition is read from the cells, the way the cells run."""

import pytest

from grader.sandbox.sources import definitions


def source_of(name, *cells):
    return definitions([(cell, True) for cell in cells]).get(name)


def test_a_definition_is_cut_out_with_its_decorators():
    cell = "x = 1\n\n@staticmethod\ndef f(x):\n    # why\n    return x\n\ny = 2"

    assert source_of("f", cell) == "@staticmethod\ndef f(x):\n    # why\n    return x"


def test_the_last_definition_counts():
    assert source_of("f", "def f(): return 1", "def f(): return 2") == "def f(): return 2"


@pytest.mark.parametrize("block", ["if x:", "for x in y:", "while x:", "with x:", "try:"])
def test_a_definition_that_may_not_run_hides_none(block):
    rest = "\nfinally:\n    pass" if block == "try:" else ""
    cells = ["def f(): loop", f"{block}\n    def f():\n        fine{rest}"]

    assert source_of("f", *cells) == "def f(): loop\ndef f():\n    fine"


def test_a_cell_that_failed_hides_no_definition():
    cells = [("def f(): loop", True), ("1 / 0\ndef f(): fine", False)]

    assert definitions(cells)["f"] == "def f(): loop\ndef f(): fine"


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\n{}",
        "%%time\n{}",
        "!pip install x\nfiles = !ls\n{}",
        "f?\n{}",
        "if x:\n    %timeit y\n{}",
        "{}\r\nx = 1\r\n",
    ],
)
def test_lines_of_ipython_are_passed_over(cell):
    assert source_of("f", cell.format("def f(): return 1")) == "def f(): return 1"


def test_a_lambda_has_a_source_and_a_number_has_none():
    cell = "f = lambda x: x\nn = 3\nd = [i for i in f]"

    assert definitions([(cell, True)]) == {"f": "f = lambda x: x"}


def test_an_attribute_of_a_function_is_not_the_function():
    assert source_of("f", "def f(): fine\nf.calls = 0\nf[0] = 1") == "def f(): fine"


def test_another_name_leads_to_the_definition():
    assert source_of("f", "def g(): loop\nf = g") == "def g(): loop"


@pytest.mark.parametrize(
    "line",
    ["f = 3", "f = partial(g)", "f, g = h", "f: int = 3", "f += 1", "if x: f = 3", "f = unknown"],
)
def test_a_name_bound_to_anything_else_has_no_source(line):
    assert source_of("f", f"def f(): fine\n{line}") is None


@pytest.mark.parametrize(
    "cell",
    ["", "def f(:", "\0", "(" * 10_000, "-" * 100_000 + "1", "x = '\\d'", "\ud800", "1" * 5000],
    ids=["empty", "syntax", "null", "nested", "deep", "escape", "surrogate", "digits"],
)
def test_no_cell_does_harm(cell):
    assert definitions([(cell, True)]) == {}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "cell",
    [
        "\n" * 199_000 + "x = (",
        " " * 199_000 + "x",
        "a=" + "\n" * 199_000 + "(",
        "x;" * 99_000,
        "".join(f"a{n}=lambda:0;" for n in range(12_000)),
        "def f(): pass\n" + "if x: f = f\n" * 10_000,
        "".join(f"if x: f = lambda: {n}\n" for n in range(8_000)),
    ],
    ids=["lines", "blanks", "assigned", "statements", "lambdas", "doubled", "many"],
)
def test_no_cell_takes_long_or_much(cell):
    found = definitions([(cell, True)])

    assert sum(map(len, found.values())) <= 2 * len(cell)
