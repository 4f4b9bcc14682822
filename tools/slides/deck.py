"""A notebook as slides.

A Markdown cell that begins with a heading, `# ` or `## `, begins a slide. All cells
up to the next heading are on it, but for these:

- a Markdown cell that begins with `**Notes.**` is for the speaker;
- a code cell with the tag `hide-cell` only prepares what others show;
- a code cell with the tag `predict` ends the slide in a question mark, and the next
  slide has it again with its answer, and with what follows.
"""

import re
from dataclasses import dataclass, field

from commands import CommandError

MOST = 25  # slides in a lecture
WIDEST = 63  # characters in a line of code, in letters for the last row
NOTES = "**Notes.**"
HEADING = re.compile(r"(#{1,2}) (.+)\n*")


@dataclass
class Slide:
    """One slide: its heading, its cells, and what the speaker may want to say."""

    title: str
    first: bool
    cells: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    asks: bool = False  # the last cell keeps its answer back


def tags(cell):
    """Return the tags of a cell."""
    return cell.metadata.get("tags", [])


def slides(notebook):
    """Return the slides of a notebook.

    Raises
    ------
    CommandError
        If a cell stands before the first heading or is too wide, if a slide asks twice, or
        if there are too many.
    """
    found = []
    for cell in notebook.cells:
        if cell.source.startswith('<p class="elsewhere">') or "hide-cell" in tags(cell):
            continue
        heading = HEADING.match(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            found.append(Slide(heading[2].strip(), first=heading[1] == "#"))
            text = cell.source[heading.end() :]
            if text.strip():
                found[-1].cells.append(text)
        elif not found:
            raise CommandError(f"cell {cell.id} stands before the first heading")
        elif cell.cell_type == "markdown" and cell.source.startswith(NOTES):
            found[-1].notes.append(cell.source.removeprefix(NOTES).strip())
        elif cell.cell_type == "markdown":
            found[-1].cells.append(cell.source)
        else:
            _check_width(cell)
            if "predict" in tags(cell):
                _ask(found, cell)
            found[-1].cells.append(cell)
    if not 0 < len(found) <= MOST:
        raise CommandError(f"{len(found)} slides, allowed are 1 to {MOST}")
    return found


def _check_width(cell):
    longest = max(map(len, cell.source.splitlines()), default=0)
    if longest > WIDEST and "remove-input" not in tags(cell):
        raise CommandError(
            f"cell {cell.id}: a line of {longest} characters, a slide holds {WIDEST}"
        )


def _ask(found, cell):
    """End the last slide in a question; begin the one with its answer."""
    asking = found[-1]
    if len(found) > 1 and found[-2].asks and found[-2].title == asking.title:
        raise CommandError(f"cell {cell.id}: {asking.title!r} has a question already")
    found.append(Slide(asking.title, asking.first, list(asking.cells)))
    asking.cells.append(cell)
    asking.asks = True
