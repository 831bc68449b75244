"""What runs inside the sandbox. It holds no answer, no seed and no path of the grader's."""
