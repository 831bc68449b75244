"""Where a learner stands, what to do next, and how the days until an interview are best used."""
