"""Recomputes the numbers that answers to follow-ups state, a module a lesson.

Each function is named after its exercise and returns pairs: the text that stands in the answer, and
the number it should say.
"""
