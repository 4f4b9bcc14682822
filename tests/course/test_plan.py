"""The plan: minutes that add up, slides that are there, figures that open."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from commands import BOOK, LECTURES, read_notebook, read_text
from slides.deck import slides

from deconv_helpers import conv_transpose_output_size
from deconv_helpers.explorer.bounds import RANGES, VIEWS

PLAN = read_text(BOOK / "course" / "plan.md")
PARTS = re.split(r"^\(plan-\w+\)=\n", PLAN, flags=re.MULTILINE)[1:]
TITLES = [[slide.title for slide in slides(read_notebook(path))] for path in LECTURES]
KEYS = dict(zip(("i", "k", "s", "p", "op", "d", "axes"), RANGES.values()))


def rows(part):
    """Return the rows of the table of minutes: their minutes, and the slides of each."""
    found = re.findall(r"^\| (\d+)–(\d+) \| ([^|]*) \|", part, flags=re.MULTILINE)
    return [((int(a), int(b)), re.findall(r"\*([^*]+)\*", named)) for a, b, named in found]


@pytest.mark.parametrize(("part", "minutes"), list(zip(PARTS, (90, 90, 90, 45))))
def test_the_minutes_of_a_lecture_follow_one_another(part, minutes):
    spans = [span for span, _ in rows(part)]
    ends = [0, *(end for _, end in spans)]
    assert [begin for begin, _ in spans] == ends[:-1]
    assert all(begin < end for begin, end in spans)
    assert ends[-1] == minutes


@pytest.mark.parametrize(("part", "titles"), list(zip(PARTS, TITLES)))
def test_the_plan_has_every_slide_of_a_lecture_in_its_order(part, titles):
    named = [title for _, several in rows(part) for title in several]
    assert named == list(dict.fromkeys(titles[1:]))  # a question and its answer are one


def test_the_short_lecture_has_slides_that_are_there():
    named = [title for _, several in rows(PARTS[3]) for title in several]
    assert len(named) >= 10
    assert set(named) <= {title for titles in TITLES for title in titles}


STATES = re.findall(r'explorer\.html#([^"]+)"', PLAN)


@pytest.mark.parametrize("state", STATES)
def test_a_live_figure_opens_at_its_state(state):
    numbers = dict(parse_qsl(state, keep_blank_values=True))
    assert numbers.pop("view", "stamps") in VIEWS
    assert numbers.pop("counts", "") == ""
    numbers = {key: int(value) for key, value in numbers.items()}
    assert numbers.keys() | {"axes"} == KEYS.keys()
    assert all(KEYS[key][0] <= number <= KEYS[key][1] for key, number in numbers.items())
    i, k, s, p, op, d = (numbers[key] for key in ("i", "k", "s", "p", "op", "d"))
    # Refused ones raise.
    assert conv_transpose_output_size(i, k, stride=s, padding=p, output_padding=op, dilation=d)


def test_there_are_figures_in_every_lecture():
    assert all("explorer.html#" in part for part in PARTS)
    assert len(PARTS) == len(LECTURES) + 1


def test_the_files_that_a_teacher_is_sent_to_are_there():
    page = read_text(BOOK / "course" / "teaching.md")
    for named in re.findall(r"`(tools/\w+\.py|book/course/\w+\.ipynb)`", page):
        assert Path(BOOK.parent, named).exists(), named
