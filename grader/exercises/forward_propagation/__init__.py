"""Lesson 01: from one neuron to a network of any depth."""
