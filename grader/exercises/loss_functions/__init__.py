"""Lesson 02: what to minimise, and how its gradient behaves."""
