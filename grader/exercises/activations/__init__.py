"""Lesson 04: the functions between the layers, their slopes and their failures."""
