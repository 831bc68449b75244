"""The boundary: a learner's code runs on one side, what judges it on the other."""
