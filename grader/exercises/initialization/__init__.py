"""Lesson 05: what the weights should be before the first step."""
