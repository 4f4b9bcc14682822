"""The Layer: by hand, against PyTorch's layers, and as a value."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from deconv_helpers import Layer
from deconv_helpers.layer import SYMBOLS

# --- By hand ---------------------------------------------------------------------------------

# layer, size in, size of the transposed convolution, sizes that the convolution sends back there
BY_HAND = {
    "the article's first check": (Layer(3, stride=2), 4, 9, range(9, 11)),
    "the article's second check": (Layer(3, 2, output_padding=1), 4, 10, range(9, 11)),
    "doubling": (Layer(4, stride=2, padding=1), 7, 14, range(14, 16)),
    "shrinking": (Layer(3, padding=2), 5, 3, range(3, 4)),
    "dilated": (Layer(3, dilation=2), 4, 8, range(8, 9)),
    "two axes": (Layer((3, 4), stride=(1, 2)), (4, 7), (6, 16), (range(6, 7), range(16, 18))),
    "one number for two axes": (Layer(3, stride=2), (4, 5), (9, 11), (range(9, 11), range(11, 13))),
}


@pytest.mark.parametrize(("layer", "size", "larger", "there"), BY_HAND.values(), ids=BY_HAND)
def test_sizes_by_hand(layer, size, larger, there):
    assert layer.output_size(size) == larger
    assert layer.conv_output_size(larger) == size
    assert layer.input_sizes(size) == there
    # Per axis where it was one number for all: told alike.
    assert layer.with_output_size(size, larger).line() == layer.line()


def test_the_output_padding_that_is_needed_changes_nothing_else():
    layer = Layer(7, stride=(2, 3), padding=3, dilation=2)
    needed = layer.with_output_size((4, 4), (14, 18))
    assert needed == Layer(7, (2, 3), 3, (1, 2), 2)
    assert layer.output_padding == 0


def test_the_kernels_span_by_hand():
    assert Layer(3, dilation=2).effective_kernel_size == 5
    assert Layer(3, dilation=(1, 2)).effective_kernel_size == (3, 5)


def test_what_is_left_out_is_a_plain_layer():
    assert Layer(3) == Layer(kernel_size=3, stride=1, padding=0, output_padding=0, dilation=1)


# --- Axes ------------------------------------------------------------------------------------


def test_each_axis_has_a_layer_of_ints():
    layer = Layer((3, 4), stride=2, padding=(0, 1))
    assert layer.axes(2) == (Layer(3, 2), Layer(4, 2, 1))
    assert Layer(3, 2).axes(3) == 3 * (Layer(3, 2),)
    assert layer.axes(2)[1].axes(1) == (Layer(4, 2, 1),)


# --- A value ---------------------------------------------------------------------------------


def test_it_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Layer(3).stride = 2


def test_equal_layers_are_one_key():
    assert len({Layer(3, 2), Layer(3, stride=2), Layer(np.int64(3), np.array(2))}) == 1
    assert Layer([3, 4]) == Layer((3, 4))
    assert hash(Layer([3, 4])) == hash(Layer((3, 4)))
    assert Layer(3) != Layer(3, 2)
    # Two axes are more than one number says.
    assert Layer((3, 3)) != Layer(3)


def test_its_parameters_are_ints_whatever_was_given():
    layer = Layer(np.int8(3), (np.int64(2), torch.tensor(1)))
    assert repr(layer) == (
        "Layer(kernel_size=3, stride=(2, 1), padding=0, output_padding=0, dilation=1)"
    )
    assert eval(repr(layer)) == layer


def test_it_holds_no_list_that_somebody_else_can_change():
    kernel = [3, 4]
    layer = Layer(kernel)
    kernel[0] = 9
    assert layer.kernel_size == (3, 4)


# --- As it is told ---------------------------------------------------------------------------

TOLD = {
    "plain": (Layer(3), "k=3 s=1 p=0 p'=0 d=1", "k=3 s=1 p=0 d=1"),
    "all": (Layer(3, 2, 1, 1, 2), "k=3 s=2 p=1 p'=1 d=2", "k=3 s=2 p=1 d=2"),
    "equal axes": (Layer((3, 3), 2), "k=3 s=2 p=0 p'=0 d=1", "k=3 s=2 p=0 d=1"),
    "two axes": (Layer((3, 4), 2), "k=(3, 4) s=2 p=0 p'=0 d=1", "k=(3, 4) s=2 p=0 d=1"),
}


@pytest.mark.parametrize(("layer", "line", "conv"), TOLD.values(), ids=TOLD)
def test_the_line_of_a_layer(layer, line, conv):
    assert str(layer) == layer.line() == line
    assert layer.line(conv=True) == conv


def test_symbols_and_parameters_are_the_same_in_the_same_order():
    layer = Layer(3, 2, 1, 1, 2)
    assert list(layer.symbols()) == list(SYMBOLS.values())
    assert list(layer.keywords) == list(SYMBOLS)
    assert list(layer.symbols().values()) == list(layer.keywords.values())
    assert layer.conv_keywords == {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2}


# --- Whole, or as its parameters -------------------------------------------------------------


def test_of_takes_a_layer_or_its_parameters():
    layer = Layer(3, 2, 1)
    assert Layer.of(3, stride=2, padding=1) == layer
    assert Layer.of(layer) is layer
    # As a drawing function hands on what its caller left out.
    assert Layer.of(layer, stride=1, padding=0, output_padding=0, dilation=1) is layer


# --- Refusals --------------------------------------------------------------------------------

REFUSED = {
    "float": (lambda: Layer(3.0), TypeError, "kernel_size must be an int", "kernel_size=3.0"),
    "bool": (lambda: Layer(3, True), TypeError, "stride must be an int", "stride=True"),
    "nothing": (lambda: Layer(None), TypeError, "kernel_size must be an int", "kernel_size=None"),
    "kernel 0": (lambda: Layer(0), ValueError, "kernel_size must be at least 1", "=0"),
    "padding below 0": (lambda: Layer(3, 1, -1), ValueError, "padding must be at least 0", "=-1"),
    "tuples of two lengths": (
        lambda: Layer((3, 3), (1, 2, 3)),
        ValueError,
        "stride must be an int or a tuple of 2 ints",
        "stride=(1, 2, 3)",
    ),
    "no axis": (lambda: Layer(()), ValueError, "at least one axis", "kernel_size=()"),
    "output padding too large": (
        lambda: Layer(3, 2, 0, 2),
        ValueError,
        "output_padding must be smaller than stride=2 or dilation=1",
        "output_padding=2",
    ),
    "output padding too large on one axis": (
        lambda: Layer(3, (2, 1), 0, 1),
        ValueError,
        "smaller than stride=1 or dilation=1",
        "(on axis 1)",
    ),
    "axes that it has not": (
        lambda: Layer((3, 3)).axes(3),
        ValueError,
        "kernel_size must be an int or a tuple of 3 ints",
        "kernel_size=(3, 3)",
    ),
    "no axes": (lambda: Layer(3).axes(0), ValueError, "n must be at least 1", "n=0"),
    "axes that are no number": (lambda: Layer(3).axes("2"), TypeError, "n must be an int", "n='2'"),
    "size out of reach": (
        lambda: Layer(3, 2).with_output_size(4, 11),
        ValueError,
        "output_size must be from 9 to 10",
        "output_size=11",
    ),
    "parameter beside a layer": (
        lambda: Layer.of(Layer(3), stride=2),
        TypeError,
        "stride must be left out where a Layer is given",
        "stride=2",
    ),
    "kernel beside a layer": (
        lambda: Layer.of(Layer(3), kernel_size=3),
        TypeError,
        "kernel_size must be left out where a Layer is given",
        "kernel_size=3",
    ),
    "unknown parameter beside a layer": (
        lambda: Layer.of(Layer(3), strides=2),
        TypeError,
        "no parameter",
        "strides",
    ),
}


@pytest.mark.parametrize(("call", "kind", "bound", "value"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_parameter_bound_and_value(call, kind, bound, value):
    with pytest.raises(kind) as refusal:
        call()
    assert bound in str(refusal.value)
    assert value in str(refusal.value)


# --- PyTorch ---------------------------------------------------------------------------------


@st.composite
def any_layers(draw):
    """Draw the arguments of a layer of one to three axes, each an int or a tuple."""
    n = draw(st.integers(1, 3))

    def one(low, high):
        each = st.integers(low, high)
        return draw(each | st.tuples(*[each] * n))

    arguments = (one(1, 4), one(1, 4), one(0, 3), one(0, 3), one(1, 3))
    return n, arguments, draw(st.tuples(*[st.integers(1, 5)] * n))


@given(any_layers())
def test_pytorchs_layers_of_its_keywords_make_its_sizes(drawn):
    n, arguments, size = drawn
    try:
        layer = Layer(*arguments)
        larger = layer.output_size(size)
    except ValueError:
        assume(False)
    transposed = getattr(torch.nn, f"ConvTranspose{n}d")(1, 1, **layer.keywords)
    conv = getattr(torch.nn, f"Conv{n}d")(1, 1, **layer.conv_keywords)
    with torch.no_grad():
        result = transposed(torch.zeros(1, 1, *size))
        assert tuple(result.shape[2:]) == larger
        assert tuple(conv(result).shape[2:]) == layer.conv_output_size(larger)


@given(any_layers())
def test_each_axis_is_a_layer_by_itself(drawn):
    n, arguments, size = drawn
    try:
        larger = Layer(*arguments).output_size(size)
    except ValueError:
        assume(False)
    axes = Layer(*arguments).axes(n)
    assert tuple(axis.output_size(cells) for axis, cells in zip(axes, size)) == larger
