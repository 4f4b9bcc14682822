"""Every chapter of the book keeps the rules, and its links lead to states that exist."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pytest
from check_chapters import faults_of
from commands import LECTURES

from deconv_helpers import conv_transpose_output_size
from deconv_helpers.explorer import widget

BOOK = Path(__file__).parents[1] / "book"
NOTEBOOKS = sorted(BOOK.glob("*.ipynb")) + LECTURES
CHAPTERS = sorted(BOOK.glob("[0-9]*.ipynb"))
PAGES = sorted(BOOK.rglob("*.md"))
RANGES = dict(zip(("i", "k", "s", "p", "op", "d", "axes"), widget.RANGES.values()))


def test_there_are_chapters():
    assert [path.name[:2] for path in CHAPTERS[:5]] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", [*NOTEBOOKS, *PAGES], ids=lambda path: path.stem)
def test_chapter_or_page_keeps_the_rules(path):
    assert faults_of(path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chapter_that_is_named_by_its_number_has_it(path):
    """In JupyterLab a link into another notebook is only its words: they say where to look."""
    labels = {}
    for chapter in CHAPTERS:
        cell = nbformat.read(chapter, as_version=4).cells[0]
        labels[re.match(r"\((\S+)\)=", cell.source)[1]] = int(chapter.stem[:2])
    text = path.read_text(encoding="utf-8")
    for number, label in re.findall(r"\{ref\}`[Cc]hapter (\d+) <(ch-\w+)>`", text):
        assert labels[label] == int(number)
    bare = re.findall(r"\{ref\}`(ch-\w+)`", text)
    assert bare == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_section_that_is_named_behind_its_chapter_is_there(path):
    headings = {}
    for chapter in CHAPTERS:
        texts = [
            cell.source
            for cell in nbformat.read(chapter, as_version=4).cells
            if cell.cell_type == "markdown"
        ]
        label = re.match(r"\((\S+)\)=", texts[0])[1]
        headings[label] = re.findall(r"^##+ (.+)$", "\n".join(texts), flags=re.MULTILINE)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for label, named in re.findall(r"<(ch-\w+)>`, “(.+?)”", cell.source):
                assert named in headings[label]


def test_every_source_but_one_has_a_link():
    entries = (BOOK / "references.bib").read_text(encoding="utf-8").split("\n@")
    without = [entry.split("{")[1].split(",")[0] for entry in entries if " url " not in entry]
    assert without == ["article"]  # of which only title and place are known


def links_to_the_explorer():
    for path in NOTEBOOKS:
        for state in re.findall(
            r"\{explorer\}`[^<`]+<([^>`]+)>`", path.read_text(encoding="utf-8")
        ):
            yield pytest.param(state, id=f"{path.stem[:2]} {state}")


@pytest.mark.parametrize("state", list(links_to_the_explorer()))
def test_a_link_to_the_explorer_opens_a_state_that_it_takes(state):
    numbers = {name: int(value) for name, value in parse_qsl(state, strict_parsing=True)}
    assert numbers.keys() | {"axes"} == RANGES.keys()
    assert all(RANGES[name][0] <= number <= RANGES[name][1] for name, number in numbers.items())
    i, k, s, p, op, d = (numbers[name] for name in ("i", "k", "s", "p", "op", "d"))
    # Refused ones raise.
    assert conv_transpose_output_size(i, k, stride=s, padding=p, output_padding=op, dilation=d)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_as_its_tool_writes_it(path):
    chapter = nbformat.read(path, as_version=4)
    assert path.read_text(encoding="utf-8") == nbformat.writes(chapter, indent=1) + "\n"
