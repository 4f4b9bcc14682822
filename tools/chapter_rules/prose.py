"""How a chapter opens and closes, and its exercises."""

import ast
import re

from chapter_rules.code import last_statement

# In this order.
PARTS = (
    "**What you will see.**",
    "**What you need.**",
    "\n## Summary",
    "\n## Exercises",
    "\n## Further reading",
)
FEWEST, MOST = 3, 5
DIRECTIVE = (
    r"^ *(?:`{{3,}}|:{{3,}})\{{{}\}}(?P<argument>[^\n]*)(?P<options>(?:\n *:[\w-]+:[^\n]*)*)"
)
EXERCISE = re.compile(DIRECTIVE.format("exercise(?:-start)?"), re.MULTILINE)
SOLUTION = re.compile(DIRECTIVE.format("solution(?:-start)?"), re.MULTILINE)
MINUTES = re.compile(r"\b\d+ minutes\b")


def opens_and_closes(notebook):
    """A chapter says what you will see and need, and for how long; sums up, asks, leads on."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    place = 0
    for part in PARTS:
        found = prose.find(part, place)
        if found < 0:
            where = "out of its place" if part in prose else "missing"
            yield None, f"{part.strip()!r} is {where}"
        place = max(found, place)
    if not MINUTES.search(prose.partition("\n## ")[0]):
        yield None, "the opening does not say how many minutes the chapter takes"


def exercises_without_titles(notebook):
    """Exercises have no titles: their numbers name them in every language."""
    for cell, exercise in _found(EXERCISE, notebook):
        if title := exercise["argument"].strip():
            yield cell, f"an exercise with the title {title!r}"


def three_to_five_exercises(notebook):
    """A chapter has three to five exercises, each with a label."""
    found = list(_found(EXERCISE, notebook))
    if not FEWEST <= len(found) <= MOST:
        yield None, f"{len(found)} exercises, allowed are {FEWEST} to {MOST}"
    for cell, exercise in found:
        if not _label(exercise):
            yield cell, "an exercise without a label"


def solutions_folded_and_asserted(notebook):
    """Each exercise has a folded solution, whose last cell ends in an assert."""
    for cell, solution in _found(SOLUTION, notebook):
        if not re.search(r":class:.*\bdropdown\b", solution["options"]):
            yield cell, "a solution that is not folded, `:class: dropdown`"
    ends = _last_cells_of_solutions(notebook)
    for _, exercise in _found(EXERCISE, notebook):
        label = _label(exercise)
        if label not in ends:
            yield None, f"exercise {label}: no solution"
        elif ends[label] is None:
            yield None, f"exercise {label}: a solution without code"
        elif not isinstance(last_statement(ends[label]), ast.Assert):
            yield ends[label], "the last cell of a solution does not end in an assert"


def implemented_ones_checked(notebook):
    """Below an exercise that says **Implement.** stands a stub that ends in its `check`."""
    for place, cell in enumerate(notebook.cells):
        for exercise in EXERCISE.finditer(cell.source):
            if "**Implement.**" not in cell.source[exercise.end() :]:
                continue
            name = (_label(exercise) or "").removeprefix("ex-")
            below = notebook.cells[place + 1 :][:1]
            if not (below and _checked(below[0]) == name):
                yield cell, f'no stub below it that ends in `check("{name}", …)`'


def _checked(cell):
    """Return the name of the exercise that a cell's last line checks."""
    last = last_statement(cell) if cell.cell_type == "code" else None
    call = getattr(last, "value", None)
    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "check":
        return getattr(call.args[0], "value", None)
    return None


def _last_cells_of_solutions(notebook):
    """Return {label: last code cell of its solution, or None}."""
    ends, label = {}, None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            if opened := SOLUTION.search(cell.source):
                label = opened["argument"].strip()
                ends[label] = None
            if "{solution-end}" in cell.source:
                label = None
        elif cell.cell_type == "code" and label:
            ends[label] = cell
    return ends


def _found(directive, notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for found in directive.finditer(cell.source):
                yield cell, found


def _label(exercise):
    found = re.search(r":label:[ \t]*(\S+)", exercise["options"])
    return found and found[1]
