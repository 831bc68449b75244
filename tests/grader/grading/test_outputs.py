import base64
import json

import hypothesis
import hypothesis.strategies as st
import pytest

from grader.grading.outputs import MARK, readable, shown_outputs

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(20)).decode()


def texts(outputs):
    """Return the texts that would be shown."""
    return [one["text"] for one in shown_outputs(outputs) if one["output_type"] == "stream"]


def test_what_is_shown_is_marked_as_the_learners():
    stream = {"output_type": "stream", "name": "stderr", "text": "hello"}

    assert texts([stream]) == [MARK, "hello"]


def test_nothing_is_marked_where_nothing_is_shown():
    assert shown_outputs([{"output_type": "stream", "text": " "}, 3, None]) == []


def test_a_picture_is_kept():
    (_, picture) = shown_outputs([{"output_type": "display_data", "data": {"image/png": PNG}}])

    assert picture["data"] == {"image/png": PNG}


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<script>alert(1)</script>"},
        {"application/javascript": "alert(1)"},
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"image/png": "x' onerror='alert(1)"},
        {"image/png": base64.b64encode(b"<svg>").decode()},
        {"text/markdown": "[a](javascript:alert(1))"},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}},
        {"text/latex": "$\\href{javascript:alert(1)}{x}$"},
    ],
    ids=lambda data: next(iter(data)),
)
def test_markup_and_scripts_are_left_out(data):
    assert shown_outputs([{"output_type": "display_data", "data": data}]) == []


def test_text_is_bounded_and_free_of_control_characters():
    (_, text) = texts([{"output_type": "stream", "text": "\x1b[31mred\x00" + "x" * 10**6}])

    assert text.startswith("redxxx")
    assert len(text) < 5000


def test_an_error_is_shown_as_text():
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]}

    assert texts([error]) == [MARK, "a\nb"]


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["output_type", "data", "text", "text/plain", "image/png", "traceback"]
            ),
            inner | st.sampled_from(["stream", "error", "display_data"]),
            max_size=4,
        )
    ),
    max_leaves=15,
)


@hypothesis.given(st.lists(ANY, max_size=5))
def test_any_outputs_become_text_and_pictures(outputs):
    for one in shown_outputs(outputs):
        assert one["output_type"] in ("stream", "display_data")
        json.dumps(one)


@pytest.mark.parametrize("source", ["\n " * 10**6, "a." * 10**6, " " * 10**6 + "a", "=\n" * 10**6])
def test_a_source_is_shown_in_short_lines(source):
    text = readable(source, 1000)

    assert len(text) < 1100
    assert max(map(len, text.split("\n"))) < 500
    assert "\n" * 8 not in text


def test_an_honest_source_is_shown_as_it_is():
    source = "def f(x):\n\n    # why\n\n\n    return x\n"

    assert readable(source, 1000) == source
