c = get_config()  # noqa: F821, D100
load_subconfig("grader/nbgrader_config.py")  # noqa: F821
