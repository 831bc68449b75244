"""A mock interview: rounds against the clock, follow-ups, and a page of results.

Plain logic (`plan`, `clock`, `session`, `marking`, `scorecard`) knows nothing of widgets;
`facade` and `panel` are its two faces.
"""

from grader.interview.facade import MockInterview

interview = MockInterview()

__all__ = ["interview"]
