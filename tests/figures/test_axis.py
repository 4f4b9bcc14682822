"""One axis: where cells and kernel lie, by hand and against the other view."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deconv_helpers import Layer, conv_output_size, conv_transpose_output_size
from deconv_helpers.figures.axis import read, spread, stamp

LAYERS = st.fixed_dictionaries(
    {
        "kernel_size": st.integers(1, 4),
        "stride": st.integers(1, 4),
        "padding": st.integers(0, 5),
        "output_padding": st.integers(0, 3),
        "dilation": st.integers(1, 3),
    }
)


# One axis, by hand: k = 2, s = 3, p = 1, p' = 2 on two cells. The stamps cover 0 1 and 3 4;
# 2 is a gap, 5 and 6 are appended, 0 and 6 are cut.
BY_HAND = Layer(kernel_size=2, stride=3, padding=1, output_padding=2, dilation=1)


def test_the_axis_of_stamps_by_hand():
    axis = stamp(2, BY_HAND)
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
    axis = spread(2, BY_HAND)
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
    axis = spread(4, Layer(kernel_size=2, stride=2, padding=2, output_padding=0, dilation=1))
    assert axis.source[0] == axis.source[6] == ("input", True)


def test_the_axis_of_a_convolution_marks_what_no_tap_reads():
    axis = read(8, Layer(kernel_size=3, stride=3, padding=1, dilation=1))
    # -1 … 8 in steps of three: taps at -1 0 1, 2 3 4, 5 6 7; the padding behind is not read.
    assert axis.source[-1] == ("padding", False)
    assert [place for place, (kind, _) in axis.source.items() if kind == "unread"] == [8]


@given(st.integers(1, 5), LAYERS)
def test_both_views_join_the_same_inputs_with_the_same_outputs(size, layer):
    try:
        conv_transpose_output_size(size, **layer)
    except ValueError:
        with pytest.raises(ValueError, match=r"padding|size"):
            stamp(size, Layer(**layer))
        return
    stamps, zeros = stamp(size, Layer(**layer)), spread(size, Layer(**layer))
    kept = {place for place, (_, cut) in stamps.result.items() if not cut}
    scattered = {
        (cell, weight, start + offset)
        for cell, start in zip(stamps.mark, stamps.window)
        for weight, offset in zip(stamps.weights, stamps.taps)
        if start + offset in kept
    }
    gathered = {
        (place // layer["stride"], weight, made)
        for made, start in zip(zeros.mark, zeros.window)
        for weight, offset in zip(zeros.weights, zeros.taps)
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
            read(size, Layer(**layer))
        return
    axis = read(size, Layer(**layer))
    read_ = {start + tap for start in axis.window for tap in axis.taps}
    assert read_ <= axis.source.keys()
    assert {place for place, (kind, _) in axis.source.items() if kind != "unread"} == read_
