"""The gallery: what its captions and links say is what is drawn."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import nbformat
import pytest
from drawings import VIEW, WELL_KNOWN

from deconv_helpers import conv_transpose_output_size, figures

GALLERY = nbformat.read(Path(__file__).parents[1] / "book" / "gallery.ipynb", as_version=4)
SHOWN = [cell for cell in GALLERY.cells if "gallery" in cell.metadata.get("tags", [])]
NAMES = dict(k="kernel_size", s="stride", p="padding", op="output_padding", d="dilation")


def drawn(cell):
    return cell.outputs[0].data["text/plain"]


def caption(cell):
    return cell.metadata.mystnb.figure.caption


def test_every_case_of_the_well_known_set_is_there():
    there = {drawn(cell) for cell in SHOWN}
    for operation, size, _, layer in WELL_KNOWN.values():
        picture = figures.animate(operation, (size, size), **VIEW[operation], **layer)
        assert repr(picture) in there


def test_at_least_six_are_there_that_the_well_known_set_lacks():
    assert len({drawn(cell) for cell in SHOWN}) == len(SHOWN) >= len(WELL_KNOWN) + 6


@pytest.mark.parametrize("cell", SHOWN, ids=drawn)
def test_a_caption_says_what_is_drawn(cell):
    said = dict(re.findall(r"\$([a-z]'?) = (\d+|\([\d, ]+\))\$", caption(cell)))
    done = dict(re.findall(r"\b([a-z]'?)=(\(.+?\)|[\dx]+)", drawn(cell)))
    for name in ("i", "i'", "o", "o'"):
        if name in done:
            one, *others = done[name].split("x")
            same = set(others) <= {one}
            done[name] = one if same else f"({one}, {others[0]})"
    if "d" not in said:
        assert done.pop("d") == "1"
    assert said == done


@pytest.mark.parametrize("cell", [c for c in SHOWN if "{explorer}" in caption(c)], ids=drawn)
def test_the_explorer_shows_the_same_layer(cell):
    state = re.search(r"<(.*?)>", caption(cell)).group(1)
    state = {name: int(value) for name, value in parse_qsl(state)}
    size = conv_transpose_output_size(state["i"], **{NAMES[n]: state[n] for n in NAMES})
    flow = re.search(r"=(\d+)\S* -> \S=?'?=?(\d+)", drawn(cell)).groups()
    ends = [state["i"], size] if "conv_transpose" in drawn(cell) else [size, state["i"]]
    assert ends == [int(end) for end in flow]
    assert state.get("axes", 1) == (
        2 if "x" in drawn(cell).split(",")[0 if "conv:" in drawn(cell) else 1] else 1
    )
