"""Tests of grader.lesson_source: from a lesson's text to its solved notebook."""

import nbformat
import pytest

from grader import lesson_source
from grader.exercise import Exercise
from grader.lesson_source import LessonError, cell_id, marks, solved_notebook
from grader.stub import BEGIN
from tests.grader.grading.small_course import EXERCISES, FOLDER, SLUG, TEXT, cell_of

HEAD = "---\nkernelspec: {name: python3, display_name: Python 3, language: python}\n---\n\n"


@pytest.fixture
def lesson(tmp_path):
    """Return a function from a lesson's text to its path."""
    path = tmp_path / FOLDER / f"{SLUG}.md"
    path.parent.mkdir()

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _cell(*lines):
    return "\n".join(["```{code-cell}", *lines, "```", ""])


def _marked(notebook):
    return [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]


def _ids(notebook):
    return [cell.id for cell in notebook.cells]


def test_every_mark_becomes_its_cells(lesson):
    notebook = solved_notebook(lesson(TEXT))

    nbformat.validate(notebook)
    answers = [name for exercise in EXERCISES for name in (exercise, f"{exercise}-check")]
    quiz = ["neuron-computes-question", "neuron-computes-answer", "quiz-neuron-computes"]
    assert _marked(notebook) == ["setup", *answers, *quiz]


def test_an_answer_is_solved_and_its_check_worth_the_points(lesson):
    notebook = solved_notebook(lesson(TEXT))

    assert BEGIN in cell_of(notebook, "neuron").source
    check = cell_of(notebook, "neuron-check")
    assert check.source == 'check("neuron")'
    assert (check.metadata.nbgrader.points, check.metadata.nbgrader.locked) == (2, True)


def test_equal_texts_give_equal_bytes(lesson):
    path = lesson(TEXT)

    assert nbformat.writes(solved_notebook(path)) == nbformat.writes(solved_notebook(path))


def test_a_new_paragraph_leaves_the_ids_of_all_other_cells(lesson):
    before = _ids(solved_notebook(lesson(TEXT)))

    after = _ids(solved_notebook(lesson(TEXT.replace("# A short lesson", "# Another title"))))

    assert before[1:] == after[1:]
    assert before[0] != after[0]


def test_cells_of_one_text_have_ids_of_their_own(lesson):
    notebook = solved_notebook(lesson(HEAD + 3 * _cell("1 + 1")))

    assert _ids(notebook) == [cell_id("1 + 1", n) for n in (1, 2, 3)]


def test_other_code_is_kept_with_its_tags_alone(lesson):
    text = HEAD + _cell(":tags: [raises-exception]", "", "1 / 0") + "\n" + _cell("1 + 1")

    tagged, plain = solved_notebook(lesson(text)).cells

    assert tagged.metadata == {"tags": ["raises-exception"]}
    assert plain.metadata == {}


def test_a_comment_above_code_is_no_mark(lesson):
    text = HEAD + _cell("# Exercise the layer with a batch of one.", "1 + 1")

    (cell,) = solved_notebook(lesson(text)).cells

    assert cell.source.endswith("1 + 1")


def test_marks_are_listed_in_order(lesson):
    assert marks(lesson(TEXT)) == list(EXERCISES)


@pytest.mark.parametrize(
    "mark, problem",
    [
        ("# exercise: nueron", "there is no exercise `nueron`; add its record"),
        ("# exercise: neuron 2", "is no mark; write `# exercise: name`"),
        ("# Exercise: neuron", "is no mark"),
        ("#exercise neuron", "is no mark"),
        ("# quiz: Neuron computes", "is no mark"),
        ("# quiz: no-such-question", "no question 'no-such-question'"),
    ],
)
def test_a_mark_that_cannot_be_built_is_named_with_its_file(lesson, mark, problem):
    with pytest.raises(LessonError, match=problem) as caught:
        solved_notebook(lesson(HEAD + _cell(mark)))

    assert str(caught.value).startswith(f"{SLUG}.md: ")


@pytest.mark.parametrize(
    "mark, twin",
    [("# exercise: neuron", "neuron"), ("# Set-up: run this cell first.", "setup")],
)
def test_what_stands_there_twice_is_named(lesson, mark, twin):
    with pytest.raises(LessonError, match=f"`{twin}` stands in it twice"):
        solved_notebook(lesson(HEAD + 2 * _cell(mark)))


def test_a_lesson_without_a_bank_has_no_questions(tmp_path):
    path = tmp_path / "99_new" / "new.md"
    path.parent.mkdir()
    path.write_text(HEAD + _cell("# quiz: neuron-computes"))

    with pytest.raises(LessonError, match=r"new\.md: lesson new has no question"):
        solved_notebook(path)


@pytest.mark.parametrize(
    "record, facts",
    [
        ({}, "*2 points · difficulty 2 of 4 · about 5 minutes*"),
        ({"points": 1}, "*1 point · difficulty 2 of 4 · about 5 minutes*"),
        ({"kind": "timed"}, "about 5 minutes · against the clock*"),
        ({"asked": ("https://a.b",)}, "· [reported from interviews](https://a.b)*"),
    ],
)
def test_the_line_above_an_exercise_says_what_it_takes(lesson, monkeypatch, record, facts):
    def neuron(x):
        """Compute."""
        return x

    exercise = Exercise(reference=neuron, cases=list, **record)
    monkeypatch.setattr(lesson_source, "registry", lambda: {"neuron": exercise})

    line, _, _ = solved_notebook(lesson(HEAD + _cell("# exercise: neuron"))).cells

    assert line.source.endswith(facts)
