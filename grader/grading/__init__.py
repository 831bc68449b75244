"""From a submitted file to the gradebook, the feedback and the reports.

What a submission says is never believed: `screening` reads it as plain data, `cells` decides what
of it runs, `submission` judges it from outside the sandbox; only the verdict goes on from there.
"""
