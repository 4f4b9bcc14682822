"""Pictures: what is drawn, the same bytes each time, and files written whole."""

import os
import re
import subprocess
import sys
from collections import Counter

import pytest
from PIL import Image

from deconv_helpers import conv_output_size, figures
from deconv_helpers.figures.grid import PALETTE, Grid
from deconv_helpers.files import write_whole

DRAWINGS = {
    "staircase": lambda: figures.staircase(3, stride=2),
    "staircase of threes": lambda: figures.staircase(3, stride=3, padding=1),
    "staircase that starts in the middle of a step": lambda: figures.staircase(
        3, stride=4, padding=2
    ),
    "staircase above the diagonal": lambda: figures.staircase(3, padding=2),
    "wide step": lambda: figures.staircase(5, stride=8),
    "divides": lambda: figures.unread_rows(9, 3, stride=2),
    "does not divide": lambda: figures.unread_rows(10, 3, stride=2),
    "padding": lambda: figures.unread_rows(8, 3, stride=2, padding=1),
    "stamps": lambda: figures.stamps([1, 2, 3], [1, 2, 3], stride=2, padding=1, output_padding=1),
    "zeros between": lambda: figures.zero_insertion(3, 3, stride=2, position=2),
    "negative border": lambda: figures.zero_insertion(4, 2, stride=2, padding=2, dilation=2),
    "matrices": lambda: figures.matrices(7, 3, stride=2),
    "phases": lambda: figures.phases(3, 4, stride=3, padding=1, output_padding=2),
    "crop": lambda: figures.crop(3, 3, stride=3, padding=1, output_padding=2),
    "crop of nothing": lambda: figures.crop(3, 3),
    "arrays": lambda: figures.arrays([[0, 1], [1, 0]], [[1, 1]], names=["x", r"C^{\top}x"]),
    "overlap": lambda: figures.overlap(4, 4, stride=2, padding=1, output_padding=1),
    "overlap in two dimensions": lambda: figures.overlap((4, 3), 3, stride=2),
    "much overlap": lambda: figures.overlap((10, 10), 5, stride=3),
    "size map": lambda: figures.size_map(3, stride=2),
    "size map of threes": lambda: figures.size_map(3, stride=3, padding=1),
    "encoder and decoder": lambda: figures.encoder_decoder(
        29, [dict(kernel_size=3, stride=2, padding=2, dilation=2)] * 4
    ),
    "logo": figures.logo,
    "dilation and gaps": lambda: figures.unread_rows(9, 2, stride=4, padding=2, dilation=2),
}


def cells(picture):
    """Count the cells of a picture by kind."""
    return Counter(re.findall(r'id="([a-z]+)-\d+"', picture.svg))


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
    text = Grid.text
    monkeypatch.setattr(
        Grid,
        "text",
        lambda grid, x, y, t, **k: written.append(str(t)) or text(grid, x, y, t, **k),
    )
    for draw in DRAWINGS.values():
        draw()
    assert len(written) > 100
    symbol = r"[a-zC]'?(_\{\d+\}|\^\{\\top\})?"
    label = rf"-?\d+|\$({symbol})+( = \d+)?\$"
    assert [t for t in written if not re.fullmatch(label, t)] == []


def test_the_staircase_draws_a_cell_for_each_size():
    # 3..12 with k = 3, s = 2: five sizes divide, five leave a remainder.
    assert cells(figures.staircase(3, stride=2)) == {"output": 5, "unread": 5}
    assert cells(figures.staircase(3, stride=1, input_sizes=range(3, 9))) == {"output": 6}


def test_the_staircase_begins_where_the_kernel_fits_and_ends_with_a_whole_step():
    assert "i=3..12" in repr(figures.staircase(3, stride=2))
    assert "i=5..16 " in repr(figures.staircase(5, stride=4))
    assert "i=1..10 -> o=3..12" in repr(figures.staircase(3, padding=2))


def test_unread_rows_draws_the_remainder_and_the_same_number_as_output_padding():
    # i = 10, k = 3, s = 2: four positions of three taps, drawn above and below.
    assert cells(figures.unread_rows(10, 3, stride=2)) == {
        "input": 9 + 4,
        "unread": 1,
        "kernel": 2 * 4 * 3,
        "output": 9 + 4,
        "bias": 1,
    }


def test_with_padding_every_cell_that_stays_is_reached_by_the_kernel():
    # i = 8, p = 1: the unread cell is padding, and the cell that p' = 1 appends is cut again.
    assert cells(figures.unread_rows(8, 3, stride=2, padding=1)) == {
        "input": 8 + 4,
        "unread": 1,
        "padding": 1,  # above, the one that is read
        "cut": 2,  # below
        "kernel": 2 * 4 * 3,
        "output": 8 + 4,
    }


def test_gaps_that_no_tap_reads_are_marked_too():
    # k = 1, s = 3 on 7 cells: taps at 0, 3 and 6; four cells between them.
    assert cells(figures.unread_rows(7, 1, stride=3)) == {
        "input": 3 + 3,
        "unread": 4,
        "kernel": 2 * 3,
        "output": 3 + 3,
        "bias": 4,
    }


def test_stamps_draws_each_product_and_the_sum():
    picture = figures.stamps([1, 2, 3], [1, 2, 3], stride=2, padding=1, output_padding=1)
    assert cells(picture) == {"input": 3, "kernel": 9, "output": 6, "cut": 2}
    assert repr(picture).endswith("sum 2 5 4 9 6 9")


def test_zero_insertion_draws_the_zeros_that_the_layer_inserts():
    # Three inputs, a zero between neighbours, a border of k - 1 at each end.
    assert cells(figures.zero_insertion(3, 3, stride=2)) == {
        "input": 3,
        "padding": 2 + 2 * 2,
        "kernel": 3,
        "output": 7,
    }
    with pytest.raises(ValueError, match="position must be from 0 to 6, got position=7"):
        figures.zero_insertion(3, 3, stride=2, position=7)


def test_matrices_leave_zeros_empty():
    # 3 x 7 entries, twice, of which three in each row are weights.
    assert cells(figures.matrices(7, 3, stride=2)) == {"padding": 2 * (21 - 9)}


def test_phases_marks_cells_that_no_tap_reaches():
    # k = 2, s = 3: every third cell is a gap, drawn in its row and in the result.
    assert cells(figures.phases(3, 2, stride=3)) == {"bias": 2 * 2}
    assert "taps 0 | 1 | -" in repr(figures.phases(3, 2, stride=3))


def test_crop_draws_the_full_result_and_what_remains():
    assert cells(figures.crop(3, 3, stride=2, padding=1, output_padding=1)) == {
        "output": 6 + 6,
        "cut": 2,  # a value in front, and behind the cell that p' = 1 appends
    }


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: figures.stamps([[1]], [1]), "x must be a row of numbers"),
        (lambda: figures.stamps([1], []), "kernel must be a row of numbers"),
        (lambda: figures.crop((3, 3), 3), "must be an int or a tuple of 1 ints"),
        (lambda: figures.phases(3, 3, output_padding=1), "output_padding must be smaller"),
        (lambda: figures.arrays([1, 2], names=["x"]), r"two axes, but x has shape \(2,\)"),
        (lambda: figures.arrays([[1]], names=[]), "names must be 1 symbols"),
    ],
)
def test_a_picture_of_the_operation_refuses_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("draw", [figures.staircase, figures.unread_rows])
def test_a_drawing_refuses_what_the_layer_refuses(draw):
    arguments = () if draw is figures.staircase else (5,)
    with pytest.raises(ValueError, match="stride must be at least 1"):
        draw(*arguments, 3, stride=0)
    with pytest.raises(TypeError, match="padding must be an int"):
        draw(*arguments, 3, padding="same")


@pytest.mark.parametrize(
    ("sizes", "kind", "message"),
    [
        ([3, 4], TypeError, "input_sizes must be a range"),
        (range(3, 3), ValueError, "at least one size"),
        (range(1, 5), ValueError, "kernel_size must span at most"),
    ],
)
def test_the_staircase_refuses_sizes_it_cannot_draw(sizes, kind, message):
    with pytest.raises(kind, match=message):
        figures.staircase(3, input_sizes=sizes)


def test_kinds_differ_without_colour():
    drawn_alike = Counter((look.line, look.hatch) for look in PALETTE.values())
    # Input, kernel and output are told apart by place and size; the rest by line or hatch.
    assert drawn_alike.pop(("solid", None)) == 3
    assert set(drawn_alike.values()) == {1}


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


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: figures.staircase((3, 3)), ValueError, "kernel_size must be an int or a tuple"),
        (lambda: figures.unread_rows((9, 9), 3), ValueError, "input_size must be an int"),
        (lambda: figures.stamps([1.5], [1]), TypeError, "x must hold ints, got x="),
        (lambda: figures.stamps(["a"], [1]), TypeError, "x must hold ints"),
        (lambda: figures.zero_insertion(3, 3, position=1.0), TypeError, "position must be an int"),
        (lambda: figures.arrays([[float("nan")]], names=["x"]), ValueError, "must be finite"),
        (lambda: figures.arrays(names=[]), ValueError, "names must be"),
        (lambda: figures.logo().save("a.png", dpi="200"), TypeError, "dpi must be an int"),
        (lambda: figures.logo().save("/nowhere/a.svg"), FileNotFoundError, "/nowhere/a.svg"),
        (
            lambda: figures.encoder_decoder(8, [{"kernel_size": 3}, {"kernel_size": 0}]),
            ValueError,
            r"in layers\[1\]",
        ),
        (
            lambda: figures.encoder_decoder(4, [{"kernel_size": 3}, {"kernel_size": 3}]),
            ValueError,
            r"in layers\[1\]",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_decoder_mirrors_layers_that_differ():
    layers = [dict(kernel_size=7, stride=4, padding=3), dict(kernel_size=2, stride=2)]
    assert repr(figures.encoder_decoder(100, layers)) == (
        "encoder and decoder: 100 -> 25 -> 12 -> 25 -> 100, back with p'=1 3"
    )


def test_dots_per_inch_set_the_size_of_a_png(tmp_path):
    # Five cells of 0.4 inches.
    with Image.open(figures.logo().save(tmp_path / "a.png", dpi=100)) as image:
        assert image.size == (200, 200)
    with pytest.raises(ValueError, match="dpi must be from 10 to 2000, got dpi=5"):
        figures.logo().save(tmp_path / "b.png", dpi=5)
    assert not (tmp_path / "b.png").exists()


def test_save_refuses_another_ending_and_leaves_no_file(tmp_path):
    with pytest.raises(
        ValueError, match=r"must end in one of \.svg, \.png, \.pdf, got .*steps\.gif"
    ):
        figures.staircase(3, stride=2).save(tmp_path / "steps.gif")
    with pytest.raises(FileNotFoundError):
        figures.staircase(3, stride=2).save(tmp_path / "missing" / "steps.svg")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_keeps_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "steps.svg"
    write_whole(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_drawing_leaves_matplotlib_as_it_was():
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    figures.unread_rows(9, 3, stride=2).svg  # noqa: B018, drawing is all we want
    assert dict(mpl.rcParams) == before
    assert conv_output_size(9, 3, stride=2) == 4


def test_overlap_shades_each_count_and_marks_where_nothing_arrives():
    # k = 2, s = 3 leaves a gap behind each stamp; p' = 2 makes it three with the last.
    picture = figures.overlap(3, 2, stride=3, output_padding=2)
    assert cells(picture) == {"input": 3, "kernel": 6, "bias": 4}
    assert repr(picture).endswith("counts 1 1 0 1 1 0 1 1 0 0")


def test_overlap_draws_what_is_cut_beside_the_counts():
    picture = figures.overlap(4, 4, stride=2, padding=1)
    assert cells(picture) == {"input": 4, "kernel": 16, "cut": 2}
    assert repr(picture).endswith("counts 1 2 2 2 2 2 2 1")


def test_overlap_in_two_dimensions_is_the_product_of_the_axes():
    assert repr(figures.overlap((2, 3), 3, stride=2)).endswith(
        "i'=(2, 3) -> o'=(5, 7), counts 1 to 4"
    )
    with pytest.raises(ValueError, match="one or two dimensions"):
        figures.overlap((2, 2, 2), 3)


def test_the_size_map_leads_every_size_forth_and_back():
    picture = figures.size_map(3, stride=2)
    assert cells(picture) == {"input": 10 + 5, "output": 5 + 10}
    assert "11 12 -> 5" in repr(picture)
    # A range that begins in the middle of a step keeps the output padding of its sizes.
    assert "8 -> 3, 9 -> 4" in repr(figures.size_map(3, stride=2, input_sizes=range(8, 10)))


def test_the_decoder_returns_through_the_sizes_of_the_encoder():
    # (29 + 2 - 3) / 2 + 1 = 15, and so on; 8 is even, so its layer needs p' = 1.
    layers = [dict(kernel_size=3, stride=2, padding=1)] * 3
    picture = figures.encoder_decoder(29, layers)
    assert repr(picture) == (
        "encoder and decoder: 29 -> 15 -> 8 -> 4 -> 8 -> 15 -> 29, back with p'=1 0 0"
    )
    assert cells(picture) == {"input": 4, "output": 3}


def test_the_bars_of_an_encoder_are_drawn_to_scale():
    svg = figures.encoder_decoder(64, [dict(kernel_size=2, stride=2)] * 2).svg
    heights = []
    for path in re.findall(r'id="(?:input|output)-\d+">\s*<path d="([^"]*)"', svg):
        ys = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", path)]
        heights.append(max(ys) - min(ys))
    whole = heights[0]
    gap = 0.08 * 0.4 * 72  # between neighbouring cells, in points
    shares = [(h + gap) / (whole + gap) for h in heights]
    assert shares == pytest.approx([1, 1 / 2, 1 / 4, 1 / 2, 1], abs=0.005)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: figures.encoder_decoder(8, []), ValueError, "at least one layer"),
        (lambda: figures.encoder_decoder(8, [{"k": 3}]), TypeError, r"layers\[0\]=\{'k': 3\}"),
        (lambda: figures.encoder_decoder(8, [3]), TypeError, r"layers\[0\]=3"),
        (lambda: figures.encoder_decoder((8, 8), [{"kernel_size": 3}]), ValueError, "input_size"),
        (lambda: figures.encoder_decoder(2, [{"kernel_size": 3}]), ValueError, r"in layers\[0\]"),
        (lambda: figures.size_map(3, input_sizes=range(0)), ValueError, "at least one size"),
    ],
)
def test_a_picture_of_sizes_refuses_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
