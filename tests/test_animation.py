"""Animations: where the kernel is at each step, and the files that show it."""

import re
import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from PIL import Image

from deconv_helpers import conv_output_size, conv_transpose_output_size, figures
from deconv_helpers.figures import film
from deconv_helpers.figures.grid import PALETTE, Grid
from deconv_helpers.figures.scene import read, spread, stamp

CELL = 28.8  # a cell's width in an SVG, in points

# The well-known set: (operation, size in, size out, layer), all in two dimensions.
# Sizes and parameters are those of the guide's own animations.
WELL_KNOWN = {
    "no padding, no strides": ("conv", 4, 2, dict(kernel_size=3)),
    "arbitrary padding": ("conv", 5, 6, dict(kernel_size=4, padding=2)),
    "half padding": ("conv", 5, 5, dict(kernel_size=3, padding=1)),
    "full padding": ("conv", 5, 7, dict(kernel_size=3, padding=2)),
    "strides": ("conv", 5, 2, dict(kernel_size=3, stride=2)),
    "padding, strides": ("conv", 5, 3, dict(kernel_size=3, stride=2, padding=1)),
    "padding, strides, odd": ("conv", 6, 3, dict(kernel_size=3, stride=2, padding=1)),
    "transposed": ("conv_transpose", 2, 4, dict(kernel_size=3)),
    "arbitrary padding, transposed": ("conv_transpose", 6, 5, dict(kernel_size=4, padding=2)),
    "half padding, transposed": ("conv_transpose", 5, 5, dict(kernel_size=3, padding=1)),
    "full padding, transposed": ("conv_transpose", 7, 5, dict(kernel_size=3, padding=2)),
    "strides, transposed": ("conv_transpose", 2, 5, dict(kernel_size=3, stride=2)),
    "padding, strides, transposed": (
        "conv_transpose",
        3,
        5,
        dict(kernel_size=3, stride=2, padding=1),
    ),
    "padding, strides, odd, transposed": (
        "conv_transpose",
        3,
        6,
        dict(kernel_size=3, stride=2, padding=1, output_padding=1),
    ),
    "dilation": ("conv", 7, 3, dict(kernel_size=3, dilation=2)),
}

LAYERS = st.fixed_dictionaries(
    {
        "kernel_size": st.integers(1, 4),
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 5),
        "output_padding": st.integers(0, 3),
        "dilation": st.integers(1, 3),
    }
)


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
    picture = figures.animate(operation, (size, size), view="zero_insertion", **layer)
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


def note_texts(monkeypatch, written):
    """Have every text that is drawn written down, with the name of its part."""
    text = Grid.text

    def note(grid, x, y, t, **looks):
        written.append((str(t), looks.get("name")))
        text(grid, x, y, t, **looks)

    monkeypatch.setattr(Grid, "text", note)


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


# One axis, by hand: k = 2, s = 3, p = 1, p' = 2 on two cells. The stamps cover 0 1 and 3 4;
# 2 is a gap, 5 and 6 are appended, 0 and 6 are cut.
BY_HAND = dict(kernel_size=2, stride=3, padding=1, output_padding=2, dilation=1)


def test_the_axis_of_stamps_by_hand():
    axis = stamp(2, **BY_HAND)
    assert axis.result == {
        -1: ("output", True),
        0: ("output", False),
        1: ("bias", False),
        2: ("output", False),
        3: ("output", False),
        4: ("bias", False),
        5: ("bias", True),
    }
    assert (axis.window, axis.mark, axis.taps) == ([-1, 2], [0, 1], [0, 1])


def test_the_axis_of_zero_insertion_by_hand():
    # Places of the uncut output: inputs at 0 and 3, windows of two that begin at 0 to 4.
    axis = spread(2, **BY_HAND)
    assert axis.window == [0, 1, 2, 3, 4]
    assert [kind for kind, _ in axis.source.values()] == [
        "input",
        "padding",
        "padding",
        "input",
        "padding",
        "padding",
    ]
    assert not any(cut for _, cut in axis.source.values())


def test_padding_above_the_kernel_cuts_inputs_off():
    axis = spread(4, kernel_size=2, stride=2, padding=2, output_padding=0, dilation=1)
    assert axis.source[0] == axis.source[6] == ("input", True)


def test_the_axis_of_a_convolution_marks_what_no_tap_reads():
    axis = read(8, kernel_size=3, stride=3, padding=1, dilation=1)
    # -1 … 8 in steps of three: taps at -1 0 1, 2 3 4, 5 6 7; the padding behind is not read.
    assert axis.source[-1] == ("padding", False)
    assert [place for place, (kind, _) in axis.source.items() if kind == "unread"] == [8]


@given(st.integers(1, 5), LAYERS)
def test_both_views_join_the_same_inputs_with_the_same_outputs(size, layer):
    try:
        conv_transpose_output_size(size, **layer)
    except ValueError:
        with pytest.raises(ValueError, match=r"padding|size"):
            stamp(size, **layer)
        return
    stamps, zeros = stamp(size, **layer), spread(size, **layer)
    kept = {place for place, (_, cut) in stamps.result.items() if not cut}
    scattered = {
        (cell, tap, start + offset)
        for cell, start in zip(stamps.mark, stamps.window)
        for tap, offset in enumerate(stamps.taps)
        if start + offset in kept
    }
    gathered = {
        (place // layer["stride"], layer["kernel_size"] - 1 - tap, made)
        for made, start in zip(zeros.mark, zeros.window)
        for tap, offset in enumerate(zeros.taps)
        if zeros.source[place := start + offset] == ("input", False)
    }
    assert gathered == scattered


@given(st.integers(1, 6), LAYERS)
def test_a_convolution_reads_the_padded_input_and_nothing_else(size, layer):
    layer.pop("output_padding")
    try:
        conv_output_size(size, **layer)
    except ValueError:
        with pytest.raises(ValueError, match=r"kernel_size|padding"):
            read(size, **layer)
        return
    axis = read(size, **layer)
    read_ = {start + tap for start in axis.window for tap in axis.taps}
    assert read_ <= axis.source.keys()
    assert {place for place, (kind, _) in axis.source.items() if kind != "unread"} == read_


@pytest.mark.parametrize("view", ["stamps", "zero_insertion"])
@pytest.mark.parametrize(
    "layer",
    [
        dict(kernel_size=3, stride=2, padding=1, output_padding=1),
        dict(kernel_size=3, stride=2, output_padding=2, dilation=4),
        dict(kernel_size=2, stride=2, padding=2),
        dict(kernel_size=1, stride=3),
    ],
    ids=str,
)
def test_a_gif_has_a_frame_for_each_step_and_never_ends(tmp_path, layer, view):
    picture = figures.animate("conv_transpose", 4, view=view, seconds=0.5, **layer)
    steps = int(re.search(r"(\d+) steps", repr(picture)).group(1))
    with Image.open(picture.save(tmp_path / "a.gif")) as gif:
        assert gif.n_frames == steps
        assert gif.info["loop"] == 0
        assert gif.info["duration"] == 500
        frames = set()
        for step in range(steps):
            gif.seek(step)
            frames.add(gif.convert("RGB").tobytes())
    assert len(frames) == steps


def test_a_gif_has_the_colours_and_the_scale_of_the_pictures(tmp_path):
    picture = figures.animate("conv", (4, 4), 3)
    with Image.open(picture.save(tmp_path / "a.gif")) as gif:
        colours = {color for _, color in gif.convert("RGB").getcolors(1 << 16)}
        for kind in ("input", "output", "kernel"):
            face = tuple(round(255 * part) for part in to_rgb(PALETTE[kind].face))
            assert any(max(abs(a - b) for a, b in zip(face, c)) <= 3 for c in colours), kind
        points = [float(n) for n in re.search(r'viewBox="0 0 (\S+) (\S+)"', picture.svg).groups()]
        assert gif.size == pytest.approx([n / CELL * 40 for n in points], abs=1)


def test_a_picture_too_large_for_a_gif_is_refused_before_the_work(tmp_path, monkeypatch):
    picture = figures.animate("conv_transpose", 60, 3, stride=30)
    monkeypatch.setattr(film, "tqdm", lambda *a, **k: pytest.fail("began to draw"))
    with pytest.raises(ValueError, match=r"\.svg for a picture this large"):
        picture.save(tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


def test_an_animation_of_one_step(tmp_path):
    picture = figures.animate("conv", (3, 3), 3)
    with Image.open(picture.save(tmp_path / "one.gif")) as gif:
        assert gif.n_frames == 1
    assert moves(picture, "window") == [(0, 0)]


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


def test_saving_one_kind_does_not_change_the_other(tmp_path):
    picture = figures.animate("conv", 7, 3, stride=2)
    before = picture._animated_svg()
    one = picture.save(tmp_path / "a.gif").read_bytes()
    assert picture._animated_svg() == before
    assert picture.save(tmp_path / "b.gif").read_bytes() == one
    assert picture.save(tmp_path / "a.svg").read_text() == picture.svg == picture._repr_svg_()


def test_the_same_bytes_in_another_process(tmp_path):
    code = (
        "import sys; from deconv_helpers import figures\n"
        "p = figures.animate('conv_transpose', (2, 3), 3, stride=2, output_padding=1)\n"
        "p.save(sys.argv[1] + '/a.svg'); p.save(sys.argv[1] + '/a.gif')"
    )
    for name in "12":
        (tmp_path / name).mkdir()
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
    for file in ("a.svg", "a.gif"):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()


def test_long_work_shows_how_far_it_is(tmp_path, monkeypatch, capsys):
    whole = film.tqdm
    # At once instead of after a second, which no test should wait for.
    monkeypatch.setattr(
        film, "tqdm", lambda *a, **k: whole(*a, **(k | {"delay": 0, "leave": True}))
    )
    figures.animate("conv", 7, 3).save(tmp_path / "a.gif")
    assert "5/5" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.mp4", "a", "gif"])
def test_another_ending_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"\.svg, \.gif"):
        figures.animate("conv", 5, 3).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_said_before_the_work(tmp_path, monkeypatch):
    picture = figures.animate("conv", 5, 3)
    monkeypatch.setattr(film, "tqdm", lambda *a, **k: pytest.fail("began to draw"))
    with pytest.raises(FileNotFoundError, match="missing"):
        picture.save(tmp_path / "missing" / "a.gif")


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: figures.animate("pool", 5, 3), ValueError, "operation must be one of"),
        (lambda: figures.animate("conv_transpose", 5, 3, view="x"), ValueError, "view must be"),
        (lambda: figures.animate("conv", 5, 3, output_padding=1), ValueError, "0 for conv"),
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
