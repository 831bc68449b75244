"""Lesson 08: real data, from the split to the report."""
