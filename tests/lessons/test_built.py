"""The notebooks in version control are what their texts build to; outputs are nbval's affair."""

import pytest

from grader.build import ROOT, sources, stale


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.stem)
def test_notebooks_are_what_their_text_builds_to(source):
    old = [path.relative_to(ROOT).as_posix() for path in stale(source)]
    assert old == [], "run `make build`"


def test_every_notebook_has_a_text():
    lessons = {source.parent.name for source in sources()}
    notebooks = [*ROOT.glob("course/*/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb")]
    assert {path.parent.name for path in notebooks} <= lessons
