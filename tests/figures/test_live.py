"""Every picture of a layer knows the live figure of the same layer."""

from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from drawings import DRAWINGS

from deconv_helpers import Layer, figures

ODD = Layer(3, stride=2, padding=1, output_padding=1)
STATES = {
    "stamps": (
        lambda: figures.stamps([1, 2, 3, 4], [1, 10, 100], ODD),
        "i=4&k=3&s=2&p=1&op=1&d=1&x=1,2,3,4&w=1,10,100",
    ),
    "zeros between": (
        lambda: figures.zero_insertion(4, ODD),
        "i=4&k=3&s=2&p=1&op=1&d=1&view=zeros",
    ),
    "phases": (lambda: figures.phases(4, ODD), "i=4&k=3&s=2&p=1&op=1&d=1&view=phases"),
    "crop": (lambda: figures.crop(4, ODD), "i=4&k=3&s=2&p=1&op=1&d=1"),
    # A convolution is drawn: 8 goes to 3, and back with an output padding of 1.
    "matrices": (
        lambda: figures.matrices(8, 3, stride=2),
        "i=3&k=3&s=2&p=0&op=1&d=1&view=matrix",
    ),
    "unread": (lambda: figures.unread_rows(10, 3, stride=2), "i=4&k=3&s=2&p=0&op=1&d=1"),
    # Of 3 to 12 the size in the middle is 8.
    "staircase": (lambda: figures.staircase(3, stride=2), "i=3&k=3&s=2&p=0&op=1&d=1"),
    "size map": (lambda: figures.size_map(3, stride=2), "i=3&k=3&s=2&p=0&op=1&d=1"),
    "overlap": (lambda: figures.overlap(4, ODD), "i=4&k=3&s=2&p=1&op=1&d=1&counts=1"),
    "overlap of a plane": (
        lambda: figures.overlap((4, 5), ODD),
        "i=4,5&k=3&s=2&p=1&op=1&d=1&axes=2&counts=1",
    ),
    "spectrum": (
        lambda: figures.spectrum([1, -1], [1, 10, 100], stride=2),
        "i=2&k=3&s=2&p=0&op=0&d=1&x=1,-1&w=1,10,100&view=zeros",
    ),
    "animation of a convolution": (
        lambda: figures.animate("conv", (6, 6), 3, stride=2, padding=1),
        "i=3&k=3&s=2&p=1&op=1&d=1&axes=2",
    ),
    "animation of stamps": (
        lambda: figures.animate("conv_transpose", (3, 4), (2, 3), stride=(3, 1)),
        "i=3,4&k=2,3&s=3,1&p=0&op=0&d=1&axes=2",
    ),
    "animation of zeros": (
        lambda: figures.animate("conv_transpose", 3, ODD, view="zero_insertion"),
        "i=3&k=3&s=2&p=1&op=1&d=1&view=zeros",
    ),
}
NOT_ONE_LAYER = {"arrays", "cuts", "encoder and decoder", "logo"}


def live(picture):
    return ElementTree.fromstring(picture.svg).get("data-live")


@pytest.mark.parametrize(("draw", "state"), STATES.values(), ids=STATES)
def test_a_picture_knows_its_live_figure(draw, state):
    assert live(draw()) == state


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_picture_of_one_layer_has_one(name):
    state = live(DRAWINGS[name]())
    if name in NOT_ONE_LAYER:
        assert state is None
    else:
        assert set("ikspd") | {"op"} <= parse_qs(state).keys()


def test_it_is_kept_where_a_picture_is_saved(tmp_path):
    for picture in (figures.crop(3, ODD), figures.animate("conv_transpose", 3, ODD)):
        saved = picture.save(tmp_path / "a.svg").read_text()
        assert 'data-live="i=3&amp;k=3&amp;s=2&amp;p=1&amp;op=1&amp;d=1"' in saved
