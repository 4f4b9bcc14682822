"""The size arithmetic: by hand, against PyTorch, and by its properties."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

import deconv_helpers.sizes
from deconv_helpers import (
    Layer,
    conv_input_sizes,
    conv_output_size,
    conv_transpose_output_size,
    effective_kernel_size,
    output_padding_for,
)
from deconv_helpers.sizes import as_int, span_of

# --- By hand ---------------------------------------------------------------------------

CONVOLUTIONS = {
    "starts 0, 2 and 4": (7, Layer(3, stride=2), 3),
    "start 5 is not a multiple of 2": (8, Layer(3, stride=2), 3),
    "padding makes room for one more": (8, Layer(3, stride=2, padding=1), 4),
    "a kernel of 3 spans 5": (12, Layer(3, stride=2, dilation=2), 4),
    "the kernel just fits": (3, Layer(3), 1),
    "more padding than kernel": (5, Layer(3, padding=2), 7),
    "first layer of many networks": (224, Layer(7, stride=2, padding=3), 112),
}


@pytest.mark.parametrize(("size", "layer", "expected"), CONVOLUTIONS.values(), ids=CONVOLUTIONS)
def test_convolution_by_hand(size, layer, expected):
    assert conv_output_size(size, **layer.conv_keywords) == expected


TRANSPOSED = {
    "the article's first check": (5, Layer(3, stride=2), 11),
    "the article's second check": (4, Layer(3, stride=2, output_padding=1), 10),
    "stamps of 3 at 0, 2 and 4": (3, Layer(3, stride=2), 7),
    "and one cut from each end": (3, Layer(3, stride=2, padding=1), 5),
    "and one given back": (3, Layer(3, stride=2, padding=1, output_padding=1), 6),
    "doubling": (7, Layer(4, stride=2, padding=1), 14),
    "shrinking": (5, Layer(3, padding=2), 3),
    "gaps between stamps": (2, Layer(1, stride=3), 4),
    "output padding above the stride": (4, Layer(3, stride=2, dilation=4, output_padding=3), 18),
    "only output padding keeps it alive": (1, Layer(1, stride=3, padding=1, output_padding=2), 1),
}


@pytest.mark.parametrize(("size", "layer", "expected"), TRANSPOSED.values(), ids=TRANSPOSED)
def test_transposed_convolution_by_hand(size, layer, expected):
    assert conv_transpose_output_size(size, **layer.keywords) == expected


@pytest.mark.parametrize(
    ("kernel_size", "dilation", "expected"), [(1, 1, 1), (1, 9, 1), (3, 1, 3), (3, 2, 5), (2, 4, 5)]
)
def test_effective_kernel_by_hand(kernel_size, dilation, expected):
    assert effective_kernel_size(kernel_size, dilation) == expected


def test_what_is_left_out_is_a_plain_layer():
    assert effective_kernel_size(3) == 3
    assert conv_output_size(7, 3) == 5
    assert conv_transpose_output_size(5, 3) == 7
    assert conv_input_sizes(5, 3) == range(7, 8)
    assert output_padding_for(5, 7, 3) == 0


def test_the_staircase_of_the_book():
    assert [conv_output_size(i, 3, stride=2) for i in range(3, 11)] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert conv_input_sizes(4, 3, stride=2) == range(9, 11)
    assert [output_padding_for(4, size, 3, stride=2) for size in (9, 10)] == [0, 1]


def test_a_step_may_lie_partly_or_wholly_below_1():
    # k = 3, p = 2, s = 4: -1, 0, 1 and 2 would go to 1, but sizes begin at 1.
    assert conv_input_sizes(1, 3, stride=4, padding=2) == range(1, 3)
    assert list(conv_input_sizes(1, 3, stride=1, padding=2)) == []


def test_output_padding_may_be_needed_for_any_output_at_all():
    # With p' = 0 the size would be -1, which no layer has; PyTorch still offers 1.
    assert output_padding_for(1, 1, 1, stride=3, padding=1) == 2


# --- Ints and tuples ---------------------------------------------------------------------


def test_ints_in_an_int_out():
    assert type(conv_output_size(8, 3)) is int
    assert type(conv_output_size(np.int64(8), np.int32(3))) is int
    assert type(conv_input_sizes(8, 3)) is range


def test_any_tuple_makes_a_tuple_and_ints_stand_for_every_axis():
    assert conv_output_size((5, 6), 3, stride=(2, 1), padding=1) == (3, 6)
    assert conv_output_size(5, (3, 1, 5)) == (3, 5, 1)
    assert conv_transpose_output_size(4, 3, stride=2, output_padding=(0, 1)) == (9, 10)
    assert conv_input_sizes((4, 2), 3, stride=2) == (range(9, 11), range(5, 7))
    assert output_padding_for(4, (9, 10), 3, stride=2) == (0, 1)
    assert effective_kernel_size(3, (1, 2)) == (3, 5)


def test_what_pytorch_calls_a_size_is_a_size():
    assert conv_output_size(torch.zeros(1, 1, 5, 6).shape[2:], 3) == (3, 4)
    assert conv_output_size([5, 6], 3) == (3, 4)
    assert conv_output_size((5,), 3) == (3,)


# --- What an int is ------------------------------------------------------------------------

INTS = {
    "int": 3,
    "NumPy's": np.int64(3),
    "a small one": np.uint8(3),
    "array of no axes": np.array(3),
    "torch's scalar": torch.tensor(3),
}
NO_INTS = {
    "bool": True,
    "NumPy's bool": np.bool_(True),
    "array of a bool": np.array(True),
    "torch's bool": torch.tensor(True),
    "float": 3.0,
    "NumPy's float": np.float64(3),
    "torch's float": torch.tensor(3.0),
    "text": "3",
    "nothing": None,
    "tuple": (3,),
    "array of one int": np.array([3]),
    "torch's vector of one int": torch.tensor([3]),
}


@pytest.mark.parametrize("value", INTS.values(), ids=INTS)
def test_an_int_is_what_python_takes_as_an_index(value):
    assert as_int("dpi", value) == 3
    assert type(as_int("dpi", value)) is int


@pytest.mark.parametrize("value", NO_INTS.values(), ids=NO_INTS)
def test_bools_vectors_and_others_are_no_ints(value):
    with pytest.raises(TypeError) as refusal:
        as_int("dpi", value)
    assert str(refusal.value) == f"dpi must be an int, got dpi={value!r}"


BOUNDS = {
    "below both": (-1, 0, 7, "from 0 to 7"),
    "above both": (8, 0, 7, "from 0 to 7"),
    "below the only one": (0, 1, None, "at least 1"),
    "above the only one": (1, None, 0, "at most 0"),
    "one value is allowed": (5, -5, -5, "-5"),
}


@pytest.mark.parametrize(("value", "low", "high", "allowed"), BOUNDS.values(), ids=BOUNDS)
def test_an_int_out_of_its_bounds_is_told_which_they_are(value, low, high, allowed):
    with pytest.raises(ValueError, match="dpi") as refusal:
        as_int("dpi", np.int64(value), low, high)
    assert str(refusal.value) == f"dpi must be {allowed}, got dpi={value}"


def test_bounds_are_allowed_themselves():
    assert [as_int("dpi", value, 0, 7) for value in (0, 7)] == [0, 7]


def test_a_span_of_one_is_its_number():
    assert [span_of(0, 7), span_of(-1, 0), span_of(-5, -5)] == ["from 0 to 7", "from -1 to 0", "-5"]


# --- Refusals ------------------------------------------------------------------------------

REFUSED = {
    "float": (lambda: conv_output_size(8, 2.0), TypeError, "kernel_size must be an int", "2.0"),
    "word": (
        lambda: conv_output_size(8, 3, padding="same"),
        TypeError,
        "padding must be an int",
        "padding='same'",
    ),
    "bool": (lambda: conv_output_size(8, 3, stride=True), TypeError, "stride must be", "True"),
    "none": (lambda: conv_output_size(None, 3), TypeError, "input_size must be an int", "None"),
    "float in a tuple": (
        lambda: conv_output_size((8, 8.0), 3),
        TypeError,
        "tuple of ints",
        "(8, 8.0)",
    ),
    "array": (
        lambda: conv_output_size(np.array([8, 8]), 3),
        TypeError,
        "tuple of ints",
        "array([8, 8])",
    ),
    "wrong length": (
        lambda: conv_output_size((8, 8), (3, 3, 3)),
        ValueError,
        "kernel_size must be an int or a tuple of 2 ints, one for each axis",
        "(3, 3, 3)",
    ),
    "no axis": (lambda: conv_output_size((), 3), ValueError, "at least one axis", "()"),
    "size 0": (lambda: conv_output_size(0, 1), ValueError, "input_size must be at least 1", "=0"),
    "kernel 0": (lambda: conv_output_size(8, 0), ValueError, "kernel_size must be at least 1", "0"),
    "stride 0": (
        lambda: conv_output_size((8, 8), 3, stride=(1, 0)),
        ValueError,
        "stride must be at least 1",
        "(1, 0)",
    ),
    "dilation 0": (
        lambda: effective_kernel_size(3, 0),
        ValueError,
        "dilation must be at least 1",
        "=0",
    ),
    "padding below 0": (
        lambda: conv_output_size(8, 3, padding=-1),
        ValueError,
        "padding must be at least 0",
        "padding=-1",
    ),
    "kernel does not fit": (
        lambda: conv_output_size(4, 3, dilation=2),
        ValueError,
        "at most input_size + 2 * padding = 4",
        "kernel_size=3, which with dilation=2 spans 5",
    ),
    "kernel does not fit into the padding either": (
        lambda: conv_output_size(2, 7, padding=1),
        ValueError,
        "at most input_size + 2 * padding = 4 cells",
        "kernel_size=7",
    ),
    "one cell less than nothing": (
        lambda: conv_transpose_output_size(1, 1, padding=1),
        ValueError,
        "padding must be at most 0, so that a cell remains",
        "padding=1, which leaves -1 of input_size=1",
    ),
    "output padding below 0": (
        lambda: conv_transpose_output_size(4, 3, output_padding=-1),
        ValueError,
        "output_padding must be at least 0",
        "=-1",
    ),
    "output padding too large": (
        lambda: conv_transpose_output_size(4, 3, stride=2, output_padding=3, dilation=3),
        ValueError,
        "output_padding must be smaller than stride=2 or dilation=3",
        "output_padding=3",
    ),
    "nothing left": (
        lambda: conv_transpose_output_size(2, 3, padding=2),
        ValueError,
        "padding must be at most 1",
        "padding=2, which leaves 0 of input_size=2",
    ),
    "nothing left by far": (
        lambda: conv_transpose_output_size(2, 3, padding=9),
        ValueError,
        "padding must be at most 1",
        "padding=9, which leaves -14",
    ),
    "size out of reach": (
        lambda: output_padding_for(4, 11, 3, stride=2),
        ValueError,
        "output_size must be from 9 to 10 for input_size=4",
        "output_size=11",
    ),
    "one size in reach": (
        lambda: output_padding_for(4, 9, 3),
        ValueError,
        "output_size must be 6 for input_size=4",
        "output_size=9",
    ),
    "one axis of two": (
        lambda: conv_transpose_output_size((4, 4), 3, stride=(2, 1), output_padding=1),
        ValueError,
        "smaller than stride=1 or dilation=1",
        "(on axis 1)",
    ),
}


@pytest.mark.parametrize(("call", "kind", "bound", "value"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_parameter_bound_and_value(call, kind, bound, value):
    with pytest.raises(kind) as refusal:
        call()
    assert bound in str(refusal.value)
    assert value in str(refusal.value)


# --- PyTorch, on every combination of a grid, legal or not ----------------------------------


def size_or_none(call, refusal):
    try:
        return call()
    except refusal:
        return None


def disagreements(axes, ours, theirs):
    """Return how many combinations there are, how many are legal, and where the two differ."""
    count, legal, differ = 0, 0, []
    for case in itertools.product(*axes):
        expected = size_or_none(lambda case=case: theirs(*case), RuntimeError)
        actual = size_or_none(lambda case=case: ours(*case), ValueError)
        count += 1
        legal += expected is not None
        if actual != expected:
            differ.append((case, actual, expected))
    return count, legal, differ


# One tensor for each length, made once.
INPUTS = [torch.zeros(1, 1, size) for size in range(10)]
KERNELS = [torch.zeros(1, 1, size) for size in range(6)]


def test_transposed_sizes_are_pytorchs_on_the_whole_grid():
    count, legal, differ = disagreements(
        [range(10), range(6), range(-1, 5), range(-1, 6), range(-1, 6), range(-1, 5)],
        lambda i, k, s, p, op, d: conv_transpose_output_size(
            i, k, stride=s, padding=p, output_padding=op, dilation=d
        ),
        lambda i, k, s, p, op, d: F.conv_transpose1d(
            INPUTS[i], KERNELS[k], None, s, p, op, 1, d
        ).shape[-1],
    )
    assert not differ[:5]
    assert count >= 100_000
    assert legal >= 5_000


def test_convolution_sizes_are_pytorchs_on_the_whole_grid():
    count, legal, differ = disagreements(
        [range(10), range(6), range(-1, 5), range(-1, 8), range(-1, 5)],
        lambda i, k, s, p, d: conv_output_size(i, k, stride=s, padding=p, dilation=d),
        lambda i, k, s, p, d: F.conv1d(INPUTS[i], KERNELS[k], None, s, p, d).shape[-1],
    )
    assert not differ[:5]
    assert count >= 19_000
    assert legal >= 4_500


def test_output_padding_is_what_output_size_finds_on_the_whole_grid():
    # The layer is called with output_size=; its weights do not matter.
    layers = {
        (k, s, p, d): torch.nn.ConvTranspose1d(1, 1, k, stride=s, padding=p, dilation=d)
        for k, s, p, d in itertools.product(range(1, 4), range(1, 4), range(4), range(1, 4))
    }

    def theirs(i, o, *key):
        try:
            with torch.no_grad():
                found = layers[key](INPUTS[i], output_size=[o]).shape[-1]
        except ValueError as refusal:
            raise RuntimeError from refusal
        smallest = (i - 1) * key[1] + key[3] * (key[0] - 1) + 1 - 2 * key[2]
        return found - smallest

    count, legal, differ = disagreements(
        [range(7), range(15), range(1, 4), range(1, 4), range(4), range(1, 4)],
        lambda i, o, k, s, p, d: output_padding_for(i, o, k, stride=s, padding=p, dilation=d),
        theirs,
    )
    assert not differ[:5]
    assert count >= 11_000
    assert legal >= 800


def test_sizes_in_two_axes_are_pytorchs():
    values = itertools.product([(3, 4)], [(2, 3)], [(1, 2), (2, 3)], [(0, 1), (2, 0)], [(1, 3)])
    for size, k, s, p, d in values:
        for op in itertools.product(range(4), range(4)):
            expected = size_or_none(
                lambda args=(s, p, op, 1, d), size=size, k=k: tuple(
                    F.conv_transpose2d(
                        torch.zeros(1, 1, *size), torch.zeros(1, 1, *k), None, *args
                    ).shape[2:]
                ),
                RuntimeError,
            )
            actual = size_or_none(
                lambda size=size, k=k, s=s, p=p, op=op, d=d: conv_transpose_output_size(
                    size, k, stride=s, padding=p, output_padding=op, dilation=d
                ),
                ValueError,
            )
            assert actual == expected


# --- Properties -----------------------------------------------------------------------------

LAYERS = st.builds(
    Layer,
    kernel_size=st.integers(1, 12),
    stride=st.integers(1, 9),
    padding=st.integers(0, 15),
    dilation=st.integers(1, 7),
)


@given(LAYERS, st.integers(1, 60))
def test_the_preimage_is_exactly_the_sizes_that_go_there(layer, output):
    # By trying them all: no size above this can come down to `output`.
    largest = output * layer.stride + 12 * 7
    there = [
        size
        for size in range(1, largest + 1)
        if size_or_none(lambda size=size: conv_output_size(size, **layer.conv_keywords), ValueError)
        == output
    ]
    assert list(conv_input_sizes(output, **layer.conv_keywords)) == there


@given(LAYERS, st.integers(1, 60))
def test_output_padding_picks_each_size_of_the_preimage_once(layer, size):
    preimage = conv_input_sizes(size, **layer.conv_keywords)
    picked = [output_padding_for(size, larger, **layer.conv_keywords) for larger in preimage]
    # The sizes below 1 take the smallest output paddings with them.
    assert picked == list(range(layer.stride))[layer.stride - len(preimage) :]
    for larger, op in zip(preimage, picked, strict=True):
        assert conv_transpose_output_size(size, output_padding=op, **layer.conv_keywords) == larger


@given(LAYERS, st.integers(1, 60), st.integers(0, 12))
def test_the_round_trip_gains_one_cell_for_each_whole_stride(layer, size, op):
    up = size_or_none(
        lambda: conv_transpose_output_size(size, output_padding=op, **layer.conv_keywords),
        ValueError,
    )
    if up is not None:
        assert conv_output_size(up, **layer.conv_keywords) == size + op // layer.stride


# --- The house ------------------------------------------------------------------------------


def test_the_arithmetic_needs_neither_numpy_nor_torch():
    # The file by itself: the package around it imports the operation, and so NumPy.
    code = (
        "import sys, runpy; runpy.run_path(sys.argv[1]);"
        "print({'numpy', 'torch'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, deconv_helpers.sizes.__file__]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
