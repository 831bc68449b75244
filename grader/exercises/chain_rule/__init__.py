"""Lesson 03: the chain rule and backpropagation."""
