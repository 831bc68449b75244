"""Lesson 07: batch normalization forward, backward, at evaluation, and its neighbours."""
