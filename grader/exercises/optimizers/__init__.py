"""Lesson 06: from a gradient to a step, and from steps to training."""
