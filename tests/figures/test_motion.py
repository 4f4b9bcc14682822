"""Animations: where the kernel is at each step, and an SVG that moves."""

import re
from itertools import product

import pytest
from drawings import CELL, VIEW, WELL_KNOWN, note_texts

from deconv_helpers import figures


def moves(animation, name):
    """Return how far a part has moved at each step, in cells, from the SVG's own rules."""
    rule = re.search(rf"@keyframes {name}-\w+{{(.*?}})}}", animation.svg).group(1)
    found = re.findall(r"translate\((\S+?)px,(\S+?)px\)", rule)
    return [(round(float(x) / CELL, 3), round(float(y) / CELL, 3)) for x, y in found]


def paths(animation, name):
    """Return how far a part has moved since the first step."""
    places = moves(animation, name)
    return [(x - places[0][0], y - places[0][1]) for x, y in places]


@pytest.mark.parametrize(
    ("operation", "size", "output", "layer"), WELL_KNOWN.values(), ids=WELL_KNOWN
)
def test_the_well_known_set(operation, size, output, layer):
    picture = figures.animate(operation, (size, size), **VIEW[operation], **layer)
    assert f"={size}x{size} -> " in repr(picture)
    assert f"={output}x{output}, " in repr(picture)
    assert repr(picture).endswith(f"{output**2} steps")
    assert len(picture.svg.encode()) < 60_000


def test_the_kernel_of_a_convolution_goes_by_the_stride():
    picture = figures.animate("conv", (5, 7), 3, stride=(1, 2))
    rows, columns = range(3), range(3)
    assert paths(picture, "window") == [(2 * x, y) for y, x in product(rows, columns)]
    assert paths(picture, "mark") == [(x, y) for y, x in product(rows, columns)]


def test_stamps_go_by_the_stride_and_zero_insertion_by_one():
    stamps = figures.animate("conv_transpose", 3, 3, stride=2)
    assert paths(stamps, "window") == [(0, 0), (2, 0), (4, 0)]
    assert paths(stamps, "mark") == [(0, 0), (1, 0), (2, 0)]
    zeros = figures.animate("conv_transpose", 3, 3, stride=2, view="zero_insertion")
    assert paths(zeros, "window") == paths(zeros, "mark") == [(n, 0) for n in range(7)]


def test_where_nothing_moves_the_middle_step_is_seen():
    picture = figures.animate("conv", 7, 3, stride=2)
    assert moves(picture, "window") == [(-2, 0), (0, 0), (2, 0)]


def test_the_flipped_kernel_carries_its_numbers_backwards(monkeypatch):
    written = []
    note_texts(monkeypatch, written)
    figures.animate("conv_transpose", 3, 3, view="zero_insertion")
    assert [t for t, name in written if name == "window"] == ["2", "1", "0"]
    written.clear()
    figures.animate("conv_transpose", 3, 3)
    assert [t for t, name in written if name == "window"] == ["0", "1", "2"]


def test_every_label_is_a_symbol_or_a_number(monkeypatch):
    written = []
    note_texts(monkeypatch, written)
    for view in ("stamps", "zero_insertion"):
        figures.animate(
            "conv_transpose", (3, 4), (2, 3), stride=2, padding=1, dilation=2, view=view
        )
    figures.animate("conv", 9, 3, stride=2)
    label = r"\d+|\$[a-z]'? = (\d+|\(\d+, \d+\))\$"
    assert [t for t, _ in written if not re.fullmatch(label, t)] == []


def test_an_svg_is_self_contained_and_stands_still_where_it_is_asked_to():
    svg = figures.animate("conv_transpose", (3, 3), 3, stride=2, padding=1).svg
    assert "<text" not in svg
    assert "<image" not in svg
    assert "<script" not in svg
    assert not re.search(r'(href|src)="(?!#)|url\((?!#)', svg)
    assert "@media print,(prefers-reduced-motion:reduce)" in svg
    assert re.search(r'#still:target \[id\^="window-', svg)
    assert '<svg id="still" ' in svg


def test_two_animations_on_one_page_do_not_move_each_other():
    first, second = (figures.animate("conv", size, 3).svg for size in (5, 6))
    names = [set(re.findall(r'id="((?:window|mark)-[^"]+)"', svg)) for svg in (first, second)]
    assert all(names)
    assert names[0].isdisjoint(names[1])


def test_an_animation_of_one_step_stands_still():
    assert moves(figures.animate("conv", (3, 3), 3), "window") == [(0, 0)]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: figures.animate("pool", 5, 3), ValueError, "operation must be one of"),
        (lambda: figures.animate("conv_transpose", 5, 3, view="x"), ValueError, "view must be"),
        (lambda: figures.animate("conv", 5, 3, output_padding=1), ValueError, "0 for conv"),
        (lambda: figures.animate("conv", 5, 3, view="stamps"), ValueError, "left out for conv"),
        (lambda: figures.animate("conv", 5, 3, seconds=61), ValueError, "0.02 to 60"),
        (lambda: figures.animate("conv", (5, 5, 5), 3), ValueError, "one or two dimensions"),
        (lambda: figures.animate("conv", 5, 3, seconds=0), ValueError, "from 0.02"),
        (lambda: figures.animate("conv", 5, 3, seconds="1"), TypeError, "seconds must be a number"),
        (lambda: figures.animate("conv", 2, 3), ValueError, "kernel_size"),
        (lambda: figures.animate("conv_transpose", 3, 3, output_padding=1), ValueError, "smaller"),
        (lambda: figures.animate("conv", 5, 3.0), TypeError, "kernel_size"),
    ],
)
def test_bad_input_is_refused_at_once(call, error, message):
    with pytest.raises(error, match=message):
        call()
