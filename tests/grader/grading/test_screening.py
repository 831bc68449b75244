import contextlib
import json
import os
import socket

import hypothesis
import hypothesis.strategies as st
import pytest

from grader.grading import screening
from grader.grading.screening import Refused, read_regular, screen


def notebook(**changes):
    """Return a minimal notebook's bytes with some of its parts replaced."""
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "x = 1", "outputs": []}
    whole = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole | changes).encode()


def with_cell(**changes):
    """Return a notebook of one cell with some of its parts replaced."""
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []}
    return notebook(cells=[cell | changes])


DAMAGED = {
    "empty": b"",
    "blank": b"  \n",
    "zeros": bytes(1000),
    "a-picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "utf-16": notebook().decode().encode("utf-16"),
    "latin-1": notebook().replace(b"x = 1", b"x = '\xe9'"),
    "half": notebook()[:-20],
    "html": b"<!DOCTYPE html><p>Log in</p>",
    "a-list": b"[1, 2]",
    "a-number": b"3",
    "null": b"null",
    "deep": b"[" * 200_000,
    "deep-objects": b'{"a":' * 100_000,
    "wide": b"[" + b"[]," * 400_000 + b"[]]",
    "many-digits": b'{"nbformat": ' + b"9" * 5000 + b"}",
    "no-format": json.dumps({"cells": []}).encode(),
    "format-3": notebook(nbformat=3, worksheets=[]),
    "format-5": notebook(nbformat=5),
    "format-true": notebook(nbformat=True),
    "format-text": notebook(nbformat="4"),
    "no-cells": json.dumps({"nbformat": 4, "metadata": {}}).encode(),
    "cells-object": notebook(cells={"0": {}}),
    "cells-null": notebook(cells=None),
    "cell-text": notebook(cells=["print(1)"]),
    "cell-null": notebook(cells=[None]),
    "too-many-cells": notebook(cells=[{"cell_type": "raw", "source": ""}] * 2001),
    "cell-type-unknown": with_cell(cell_type="heading"),
    "cell-type-list": with_cell(cell_type=["code"]),
    "source-number": with_cell(source=1),
    "source-missing": notebook(cells=[{"cell_type": "code", "metadata": {}}]),
    "source-mixed": with_cell(source=["a", 1]),
    "outputs-object": with_cell(outputs={}),
    "metadata-list": with_cell(metadata=[]),
    "nbgrader-text": with_cell(metadata={"nbgrader": "all points"}),
    "grade-id-list": with_cell(metadata={"nbgrader": {"grade_id": ["neuron"]}}),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_damaged_bytes_are_refused_in_a_sentence(data):
    with pytest.raises(Refused) as refusal:
        screen(data)

    assert 5 < len(str(refusal.value)) < 100


ODD = {
    "byte-order-mark": b"\xef\xbb\xbf" + notebook(),
    "future-schema": with_cell(metadata={"nbgrader": {"grade_id": "a", "schema_version": 99}}),
    "no-metadata": notebook(cells=[{"cell_type": "code", "source": "x = 1"}]),
    "metadata-list": notebook(metadata=[]),
    "version-number": notebook(metadata={"course": {"version": 3}}),
    "nan": with_cell(outputs=[{"data": {"text/plain": float("nan")}}]),
    "null-grade-id": with_cell(metadata={"nbgrader": {"grade_id": None}}),
    "half-a-surrogate": with_cell(source="x = '\ud800'"),
    "lines": with_cell(source=["x = 1\n", "y = 2"]),
}


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_odd_but_readable_notebooks_are_read(data):
    (cell,) = screen(data).cells

    assert cell.kind == "code"
    assert cell.source.encode().startswith(b"x = ")


def test_metadata_of_the_submission_is_reduced_to_its_grade_id():
    marks = {"grade_id": "neuron", "points": 1000, "locked": False, "grade": True}

    (cell,) = screen(with_cell(metadata={"nbgrader": marks, "tags": ["skip-execution"]})).cells

    assert cell == screening.Cell("code", "x = 1", "neuron")


@hypothesis.given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        screen(data)
    except Refused:
        pass


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cell_type", "source", "metadata", "outputs", "nbgrader", "grade_id"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@hypothesis.given(JSON, JSON, JSON)
@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None)
def test_any_json_in_the_form_of_a_notebook_is_read_or_refused(cell, metadata, outputs):
    cells = [cell, {"cell_type": "code", "source": "", "metadata": metadata, "outputs": outputs}]
    try:
        read = screen(notebook(cells=cells, metadata=metadata))
    except Refused:
        return
    assert all(isinstance(cell.source, str) for cell in read.cells)


def make_pipe(path):
    os.mkfifo(path)


def make_link(path):
    (path.parent / "other").write_bytes(notebook())
    path.symlink_to(path.parent / "other")


def make_dangling_link(path):
    path.symlink_to("nowhere")


def make_folder(path):
    path.mkdir()


def make_device(path):
    path.symlink_to("/dev/zero")


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as listener, contextlib.chdir(path.parent):
        listener.bind(path.name)  # a whole path may be too long


def make_sparse_giant(path):
    with open(path, "wb") as file:
        file.truncate(2**40)


TRAPS = [make_pipe, make_link, make_dangling_link, make_folder, make_device, make_socket]


@pytest.mark.parametrize("make", TRAPS, ids=lambda make: make.__name__)
def test_what_is_no_regular_file_is_refused_at_once(make, tmp_path):
    make(tmp_path / "a.ipynb")

    with pytest.raises(Refused, match="not a regular file"):
        read_regular(tmp_path / "a.ipynb")


def test_a_giant_is_refused_without_being_read_whole(tmp_path):
    make_sparse_giant(tmp_path / "a.ipynb")

    with pytest.raises(Refused, match="larger than 10 MB"):
        read_regular(tmp_path / "a.ipynb")


def test_a_missing_file_is_told_apart(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "a.ipynb")
