# `make lab` and `make test` need nothing but Python 3.11 or newer. Without make: py grader/bootstrap.py lab
PYTHON ?= python3
ARGS ?=
COURSE := $(PYTHON) grader/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help lab test build bench lint lock setup

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):  *## /  make \1\t/p' $(MAKEFILE_LIST)

lab:  ## Open JupyterLab on your copy of the course (ARGS=--no-browser prints the address)
	@$(COURSE) lab $(ARGS)

test:  ## Run everything CI runs (ARGS="-k softmax" for a part)
	@$(COURSE) test $(ARGS)

build:  ## Build the notebooks from their texts
	@$(COURSE) build $(ARGS)

bench:  ## Measure speed beside stock tools
	@$(COURSE) bench $(ARGS)

lint:  ## Check and format the code
	@$(COURSE) lint $(ARGS)

lock:  ## Write requirements.lock anew (ARGS=--upgrade for newer versions)
	@$(COURSE) lock $(ARGS)

setup:  ## Set up .venv only
	@$(COURSE) setup
