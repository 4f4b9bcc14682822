"""How a page answers what people ask: a heading of the third level is a question."""

import re

MOST_WORDS = 90
HEADING = re.compile(r"^#{2,3} .*$", re.MULTILINE)
LABEL = re.compile(r"^\([\w-]+\)=$", re.MULTILINE)
LED_ON = re.compile(r"\{(?:ref|doc)\}`")


def answered_at_once(notebook):
    """A question's answer begins with its first sentence or two in bold."""
    for question, answer in _questions(notebook):
        if not answer.startswith("**"):
            yield None, f"{question!r}: does not begin with the answer, in bold"


def led_on(notebook):
    """A question's answer links to where the book explains it."""
    for question, answer in _questions(notebook):
        if not LED_ON.search(answer):
            yield None, f"{question!r}: leads to no chapter and no page"


def in_few_words(notebook):
    """A question's answer has at most 90 words, threads and code not counted."""
    for question, answer in _questions(notebook):
        words = len(re.sub(r"(Asked|Given) (in|on|as)\b.*", "", answer).split())
        if words > MOST_WORDS:
            yield None, f"{question!r}: {words} words, allowed are {MOST_WORDS}"


def _questions(notebook):
    """Return (question, answer) for each, the answer's cells of code left out."""
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    text = LABEL.sub("", "\n\n".join(cells))
    parts = HEADING.split(text)[1:]
    headings = [heading.group() for heading in HEADING.finditer(text)]
    return [
        (heading.removeprefix("### "), part.strip())
        for heading, part in zip(headings, parts, strict=True)
        if heading.startswith("### ")
    ]
