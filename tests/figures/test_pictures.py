"""Every picture: self-contained, wordless, light, the same bytes each time, saved whole."""

import os
import re
import subprocess
import sys
from collections import Counter

import pytest
from drawings import DRAWINGS, note_texts
from PIL import Image

from deconv_helpers import Layer, figures
from deconv_helpers.figures.palette import PALETTE


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_picture_is_self_contained_wordless_and_light(draw):
    picture = draw()
    assert picture.svg.lstrip().startswith("<?xml")
    assert picture.svg.rstrip().endswith("</svg>")
    assert "<text" not in picture.svg  # every label is an outline, so no font is needed
    assert "<image" not in picture.svg
    assert not re.search(r'(href|src)="(?!#)', picture.svg)
    assert len(picture.svg.encode()) < 60_000
    assert picture._repr_svg_() == picture.svg
    assert "\n" not in repr(picture)


def test_every_label_is_a_symbol_or_a_number(monkeypatch):
    written = []
    note_texts(monkeypatch, written)
    for draw in DRAWINGS.values():
        draw()
    assert len(written) > 100
    symbol = r"[a-zC]'?(_\{\d+\}|\^\{\\top\})?"
    label = rf"-?\d+|\$({symbol})+( = \d+)?\$|\$\(-?\d+, -?\d+\)\$"
    assert [t for t, _ in written if not re.fullmatch(label, t)] == []


def test_kinds_differ_without_colour():
    drawn_alike = Counter((look.line, look.hatched) for look in PALETTE.values())
    # Input, kernel and output are told apart by place and size; the rest by line or hatch.
    assert drawn_alike.pop(("solid", False)) == 3
    assert set(drawn_alike.values()) == {1}


def test_hatching_is_drawn_as_lines():
    # The fill of a pattern is printed as a coarse grid of pixels.
    picture = figures.unread_rows(10, 3, stride=2)
    assert "<pattern" not in picture.svg
    assert "url(#h" not in picture.svg


def test_the_same_bytes_in_another_process_with_another_matplotlibrc(tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nsvg.fonttype: none\nlines.linewidth: 9\n"
    )
    code = (
        "from deconv_helpers import figures as f;"
        "print(f.staircase(3, stride=2).svg + f.unread_rows(8, 3, stride=2, padding=1).svg, end='')"
    )
    environment = {**os.environ, "MATPLOTLIBRC": str(tmp_path), "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment
    ).stdout
    here = DRAWINGS["staircase"]().svg + DRAWINGS["padding"]().svg
    assert other == here.encode()


SIGNATURES = {".svg": b"<?xml", ".png": b"\x89PNG\r\n", ".pdf": b"%PDF-"}


@pytest.mark.parametrize("ending", SIGNATURES)
def test_save_writes_each_format_the_same_each_time(tmp_path, ending):
    paths = [
        figures.staircase(3, stride=2).save(tmp_path / f"{name}{ending}") for name in ("a", "b")
    ]
    first, second = (path.read_bytes() for path in paths)
    assert first.startswith(SIGNATURES[ending])
    assert first == second


TUPLES = {
    "staircase": (
        lambda: figures.staircase((3,), stride=[2]),
        lambda: figures.staircase(3, stride=2),
    ),
    "size map": (lambda: figures.size_map(3, stride=(2,)), lambda: figures.size_map(3, stride=2)),
    "unread": (lambda: figures.unread_rows((9,), 3), lambda: figures.unread_rows(9, 3)),
    "matrices": (lambda: figures.matrices((5,), 3), lambda: figures.matrices(5, 3)),
    "crop": (lambda: figures.crop(4, 3, padding=(1,)), lambda: figures.crop(4, 3, padding=1)),
    "centres": (lambda: figures.centres((3,), (4,)), lambda: figures.centres(3, 4)),
    "chunks": (
        lambda: figures.chunks([1, 2], [1], (1, 1), stride=(2,)),
        lambda: figures.chunks([1, 2], [1], [1, 1], stride=2),
    ),
    "stamps": (
        lambda: figures.stamps([1, 2], [1], padding=(0,)),
        lambda: figures.stamps([1, 2], [1]),
    ),
    "overlap": (lambda: figures.overlap((4,), 3), lambda: figures.overlap(4, 3)),
    "animation": (
        lambda: figures.animate("conv_transpose", (4,), 3),
        lambda: figures.animate("conv_transpose", 4, 3),
    ),
}


@pytest.mark.parametrize(("tupled", "plain"), TUPLES.values(), ids=TUPLES)
def test_a_tuple_of_one_int_is_that_int(tupled, plain):
    assert repr(tupled()) == repr(plain())
    assert tupled().svg == plain().svg


LAYERS = {
    "staircase": lambda *a, **k: figures.staircase(*a, **k),
    "size map": lambda *a, **k: figures.size_map(*a, **k),
    "unread": lambda *a, **k: figures.unread_rows(10, *a, **k),
    "matrices": lambda *a, **k: figures.matrices(9, *a, **k),
    "zeros": lambda *a, **k: figures.zero_insertion(3, *a, **k),
    "phases": lambda *a, **k: figures.phases(3, *a, **k),
    "crop": lambda *a, **k: figures.crop(3, *a, **k),
    "overlap": lambda *a, **k: figures.overlap((3, 4), *a, **k),
    "centres": lambda *a, **k: figures.centres(3, *a, **k),
    "conv": lambda *a, **k: figures.animate("conv", (7, 8), *a, **k),
    "conv_transpose": lambda *a, **k: figures.animate("conv_transpose", 3, *a, **k),
}


@pytest.mark.parametrize("draw", LAYERS.values(), ids=LAYERS)
def test_a_layer_draws_what_its_parameters_draw(draw):
    given = draw(Layer(3, stride=2, padding=1))
    assert given.svg == draw(3, stride=2, padding=1).svg
    assert repr(given) == repr(draw(3, stride=2, padding=1))
    with pytest.raises(TypeError, match="dilation must be left out where a Layer is given"):
        draw(Layer(3), dilation=2)


def test_dots_per_inch_set_the_size_of_a_png(tmp_path):
    # Five cells of 0.4 inches.
    with Image.open(figures.logo().save(tmp_path / "a.png", dpi=100)) as image:
        assert image.size == (200, 200)
    with pytest.raises(ValueError, match="dpi must be from 10 to 2000, got dpi=5"):
        figures.logo().save(tmp_path / "b.png", dpi=5)
    assert not (tmp_path / "b.png").exists()


def test_a_png_with_too_many_pixels_is_refused(tmp_path):
    large = figures.overlap((28, 28), 3, stride=2)
    with pytest.raises(ValueError, match=r"dpi must be at most \d+ for a .* got dpi=2000"):
        large.save(tmp_path / "a.png", dpi=2000)
    assert not list(tmp_path.iterdir())


def test_save_refuses_another_ending_and_leaves_no_file(tmp_path):
    with pytest.raises(
        ValueError, match=r"must end in one of \.svg, \.png, \.pdf, got .*steps\.gif"
    ):
        figures.staircase(3, stride=2).save(tmp_path / "steps.gif")
    with pytest.raises(FileNotFoundError):
        figures.staircase(3, stride=2).save(tmp_path / "missing" / "steps.svg")
    assert list(tmp_path.iterdir()) == []
