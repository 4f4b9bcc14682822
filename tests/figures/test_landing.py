"""Where stamps land, and what one chunk hands on to the next, drawn."""

import re
from fractions import Fraction

import pytest
import torch
from drawings import CELL, cells
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import conv_transpose1d

from deconv_helpers import figures

# (input size, layer): how far the stamps lie from where the inputs should be, in output cells.
OFF = {
    "rule of thumb": (4, dict(kernel_size=3, stride=2, padding=1, output_padding=1), "-1/2"),
    "rule of thumb of threes": (3, dict(kernel_size=3, stride=3, padding=1, output_padding=2), -1),
    "centred": (4, dict(kernel_size=4, stride=2, padding=1), 0),
    "causal": (3, dict(kernel_size=3, stride=2), "1/2"),
    "dilated": (3, dict(kernel_size=3, stride=2, dilation=3), "5/2"),
    "stride 1": (5, dict(kernel_size=3, padding=1), 0),
}


def dots(picture):
    """Return the middles of the dots from left to right, upper and lower ones, in cells."""
    found = []
    for path in re.findall(r'id="dot-\d+">\s*<path d="([^"]*)"', picture.svg):
        points = [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
        xs, ys = zip(*points)
        found.append(((min(xs) + max(xs)) / 2 / CELL, (min(ys) + max(ys)) / 2 / CELL))
    top = min(y for _, y in found)
    upper = sorted(x for x, y in found if y == pytest.approx(top, abs=0.1))
    lower = sorted(x for x, y in found if y != pytest.approx(top, abs=0.1))
    return upper, lower


@pytest.mark.parametrize(("size", "layer", "off"), OFF.values(), ids=OFF)
def test_each_stamp_is_drawn_as_far_off_as_it_is(size, layer, off):
    upper, lower = dots(figures.centres(size, **layer))
    assert len(upper) == len(lower) == size
    for above, below in zip(upper, lower):
        assert below - above == pytest.approx(float(Fraction(off)), abs=0.01)


@pytest.mark.parametrize(("size", "layer", "off"), OFF.values(), ids=OFF)
def test_stamps_are_where_pytorch_has_them(size, layer, off):
    drawn = repr(figures.centres(size, **layer))
    scale, shift = re.search(r"stamps at (\d*)n(.*)$", drawn).groups()
    keywords = {name: value for name, value in layer.items() if name != "kernel_size"}
    n = size // 2
    one = torch.zeros(1, 1, size)
    one[..., n] = 1
    y = conv_transpose1d(one, torch.ones(1, 1, layer["kernel_size"]), **keywords)
    places = y[0, 0].nonzero().flatten().tolist()
    middle = Fraction(places[0] + places[-1], 2)
    assert middle == int(scale or 1) * n + Fraction(shift.replace(" ", "") or 0)


def test_a_centred_layer_is_drawn_in_another_colour():
    upright, aslant = figures.centres(3, 4, stride=2, padding=1), figures.centres(3, 4, stride=2)
    assert "#c4450c" not in upright.svg
    assert "#c4450c" in aslant.svg


def test_the_cells_are_those_of_the_layer():
    picture = figures.centres(4, 3, stride=2, padding=1, output_padding=1)
    # Of nine cells and the one appended, the first and the last are cut.
    assert cells(picture) == {"input": 4, "dot": 8, "kernel": 3, "output": 8, "cut": 2}


def test_what_a_chunk_hands_on_is_drawn_pale():
    picture = figures.chunks([1, 2, 3, 4], [1, 10, 100], [2, 2], stride=2)
    # 200 and 400, and the 400 below, which no chunk takes.
    assert cells(picture) == {"input": 4, "kernel": 8, "cut": 3, "output": 8}


def test_a_stamp_shorter_than_the_stride_hands_nothing_on():
    picture = figures.chunks([1, 2, 3], [1, 10], [2, 1], stride=3)
    assert cells(picture) == {"input": 3, "kernel": 6, "bias": 6, "output": 6}
    assert repr(picture).endswith("0 sums handed on, output 1 10 0 2 20 0 3 30 0")


@given(
    sizes=st.lists(st.integers(1, 3), min_size=1, max_size=3),
    k=st.integers(1, 5),
    s=st.integers(1, 3),
    d=st.integers(1, 2),
)
def test_the_output_of_all_chunks_is_pytorchs(sizes, k, s, d):
    x, w = list(range(1, sum(sizes) + 1)), list(range(2, k + 2))
    whole = conv_transpose1d(torch.tensor([[x]]), torch.tensor([[w]]), stride=s, dilation=d)
    kept = whole[0, 0].tolist()[: len(x) * s]
    kept += [0] * (len(x) * s - len(kept))
    drawn = repr(figures.chunks(x, w, sizes, stride=s, dilation=d))
    assert drawn.endswith(f"output {' '.join(map(str, kept))}")
