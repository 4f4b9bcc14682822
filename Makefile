# Two commands do everything: `make book` and `make test`.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
COURSE_READY := $(VENV)/.ready-for-courses
RUN := $(VENV)/bin
SITE := _build/html/index.html

.DELETE_ON_ERROR:
.PHONY: help book pdf slides course test lab notebooks bench clean

help:
	@echo "make book       set up and build the site, strictly"
	@echo "make pdf        print the book as one PDF; SOLUTIONS=no leaves the solutions out"
	@echo "make slides     make slides of the lectures, pages that open from disk"
	@echo "make course     write the assignment and the question bank for a course"
	@echo "make test       set up, build, and check everything"
	@echo "make lab        open copies of the chapters in JupyterLab, to work in"
	@echo "make notebooks  re-execute the chapters in place"
	@echo "make bench      time the package against PyTorch and others"
	@echo "make clean      remove what the build made; .venv stays"

# The stamp is written last, so an interrupted set-up is taken up again.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, but $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# Both files in one call: pip refuses what would change a version of the book's.
$(COURSE_READY): $(READY) requirements-course.txt
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -r requirements-course.txt
	@touch $@

book: $(READY)
	$(RUN)/jupyter-book build . -W -n --keep-going --all --quiet
	@echo "The book: $(CURDIR)/$(SITE)"

# The handout has the site's numbers because it is the site's pages.
pdf: book
	$(RUN)/python tools/print_handout.py $(if $(filter no,$(SOLUTIONS)),--without-solutions)

slides: $(READY)
	$(RUN)/python tools/make_slides.py

course: $(COURSE_READY)
	$(RUN)/python tools/release_assignment.py
	$(RUN)/python tools/export_questions.py

test: $(COURSE_READY)
	$(RUN)/ruff check .
	$(RUN)/ruff format --check deconv_helpers tests tools
	$(RUN)/mypy
	$(MAKE) book
	$(RUN)/python -m pytest --doctest-modules -n auto --dist loadscope
	$(RUN)/python -m pytest --nbval --nbval-current-env -n auto --dist loadscope book

lab: $(READY)
	$(RUN)/python tools/working_copies.py
	$(RUN)/jupyter lab --notebook-dir=lab

notebooks: $(READY)
	$(RUN)/python tools/execute_notebooks.py

bench: $(READY)
	$(RUN)/python tools/bench.py
	$(RUN)/python tools/bench_others.py

clean:
	rm -rf _build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find deconv_helpers tests tools -name __pycache__ -prune -exec rm -rf {} +
