"""A check that only shows what a card looks like leaves no trace."""

from grader import check
from grader.progress import FILE, MARKER


def _layer(X, W, b):
    return X @ W + b, (X, W)


def test_an_example_is_not_noted(tmp_path, monkeypatch):
    (tmp_path / MARKER).mkdir()
    monkeypatch.chdir(tmp_path)

    result = check("linear_forward", answer=_layer, example=True)

    assert result.passed
    assert not result.answer
    assert not list(tmp_path.rglob(FILE))
