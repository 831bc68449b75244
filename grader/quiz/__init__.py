"""Quizzes that teach from every option.

Plain logic (`model`, the kinds, `scoring`, `attempt`) knows nothing of widgets; `widgets` and
`terminal` are two faces of it. Banks are ``quiz.yaml`` files beside the lessons; the build seals
them into ``grader/quizzes``, which is all that a notebook reads.
"""

from grader.quiz.facade import Quiz

quiz = Quiz()

__all__ = ["quiz"]
