"""The operation: by hand, by its definition, and against PyTorch."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from layers import layers, transposed_by_definition
from torch.nn import functional as F

from deconv_helpers import conv, conv_transpose, ops


def tensors(*arrays):
    return [None if array is None else torch.from_numpy(array) for array in arrays]


def torch_transposed(x, weight, bias=None, **parameters):
    call = getattr(F, f"conv_transpose{weight.ndim - 2}d")
    return call(*tensors(x, weight, bias), **parameters).numpy()


def torch_conv(x, weight, bias=None, **parameters):
    return getattr(F, f"conv{weight.ndim - 2}d")(*tensors(x, weight, bias), **parameters).numpy()


# --- By hand ---------------------------------------------------------------------------

KERNEL = [[[1, 2, 3]]]
TRANSPOSED = {
    "three stamps": ([[1, 2, 3]], KERNEL, {"stride": 2}, [[1, 2, 5, 4, 9, 6, 9]]),
    "padding cuts": ([[1, 2, 3]], KERNEL, {"stride": 2, "padding": 1}, [[2, 5, 4, 9, 6]]),
    "output padding gives back": (
        [[1, 2, 3]],
        KERNEL,
        {"stride": 2, "padding": 1, "output_padding": 1},
        [[2, 5, 4, 9, 6, 9]],
    ),
    "output padding appends": (
        [[1, 2]],
        KERNEL,
        {"stride": 3, "output_padding": 2},
        [[1, 2, 3, 2, 4, 6, 0, 0]],
    ),
    "gaps": ([[1, 2]], [[[1, 1]]], {"stride": 3}, [[1, 1, 0, 2, 2]]),
    "dilation": ([[1, 2]], [[[1, 1]]], {"dilation": 2}, [[1, 2, 1, 2]]),
    "channels are added": (
        [[1, 2], [3, 4]],
        [[[1, 1]], [[10, 100]]],
        {"stride": 2},
        [[31, 301, 42, 402]],
    ),
    "groups are not": (
        [[1, 2], [3, 4]],
        [[[1, 1]], [[10, 100]]],
        {"stride": 2, "groups": 2},
        [[1, 1, 2, 2], [30, 300, 40, 400]],
    ),
    "bias is everywhere": ([[1, 2]], [[[1]]], {"stride": 2, "bias": [7]}, [[8, 7, 9]]),
    "two axes": (
        [[[1, 2]]],
        [[[[1, 2], [3, 4]]]],
        {"stride": (1, 2)},
        [[[1, 2, 2, 4], [3, 4, 6, 8]]],
    ),
}


@pytest.mark.parametrize(("x", "weight", "rest", "expected"), TRANSPOSED.values(), ids=TRANSPOSED)
def test_transposed_by_hand(x, weight, rest, expected):
    assert conv_transpose(x, weight, **rest).tolist() == expected


CONVOLUTIONS = {
    "slide": ([[1, 2, 3, 4]], KERNEL, {}, [[14, 20]]),
    "stride": ([[1, 2, 3, 4, 5]], KERNEL, {"stride": 2}, [[14, 26]]),
    "padding": ([[1, 2]], KERNEL, {"padding": 1}, [[8, 5]]),
    "dilation": ([[1, 2, 3, 4]], [[[1, 10]]], {"dilation": 2}, [[31, 42]]),
    "channels": ([[1, 2], [3, 4]], [[[1], [10]]], {}, [[31, 42]]),
    "groups": ([[1, 2], [3, 4]], [[[1]], [[10]]], {"groups": 2}, [[1, 2], [30, 40]]),
    "bias": ([[1, 2]], [[[1]]], {"bias": [7]}, [[8, 9]]),
}


@pytest.mark.parametrize(
    ("x", "weight", "rest", "expected"), CONVOLUTIONS.values(), ids=CONVOLUTIONS
)
def test_convolution_by_hand(x, weight, rest, expected):
    assert conv(x, weight, **rest).tolist() == expected


def test_stamps_that_overlap_may_still_be_read_off():
    # Chapter 7 says so without a cell.
    kernel, y = [[[1, 1, 1, -1]]], [[1, 3, 2, 4]]
    up = conv_transpose(y, kernel, stride=2)
    assert conv(up, kernel, stride=2).tolist() == [[4, 12, 8, 16]]


def test_above_the_stride_only_the_first_outputs_of_the_convolution_are_the_gradient():
    y = torch.zeros(1, 3, requires_grad=True)
    w, above = torch.tensor([[[1.0, 2.0]]]), torch.arange(1.0, 9.0).reshape(1, 8)
    up = F.conv_transpose1d(y, w, dilation=3, output_padding=2)
    gradient = torch.autograd.grad(up, y, above)[0]
    down = conv(above.numpy(), w.numpy(), dilation=3)
    assert down.shape == (1, 5)
    assert gradient.tolist() == down[:, :3].tolist()


# --- The definition, and PyTorch ---------------------------------------------------------


@settings(max_examples=150)
@given(layers(axes=(1, 2)))
def test_transposed_is_its_definition(case):
    actual = conv_transpose(case.x, case.weight, case.bias, groups=case.groups, **case.parameters)
    assert np.array_equal(actual, transposed_by_definition(case))


def take_one_way(monkeypatch, way):
    """Let `conv_transpose` add the stamps in one way only, wherever it can."""
    monkeypatch.setattr(ops, "_SHORT", 0 if way == "stamp" else -1)
    monkeypatch.setattr(
        ops,
        "_gathering_pays",
        lambda x, w, s, d, groups: (
            way == "gather" and max(d) == 1 and not np.any(np.mod(w.shape[2:], s))
        ),
    )
    if way == "stamp":  # it is for narrow maps
        monkeypatch.setattr(ops, "_shift", ops._stamp)


# Each way to compute must be right by itself, in blocks of any size.
@pytest.mark.parametrize("way", ["as it chooses", "gather", "shift", "stamp"])
@pytest.mark.parametrize("block", [1, 100, 2**20])
def test_both_are_pytorchs_in_every_way_to_compute(way, block, monkeypatch):
    monkeypatch.setattr(ops, "_BLOCK", block)
    if way != "as it chooses":
        take_one_way(monkeypatch, way)

    @settings(max_examples=60)
    @given(layers())
    def check(case):
        rest = {**case.parameters, "groups": case.groups}
        up = conv_transpose(case.x, case.weight, case.bias, **rest)
        assert np.array_equal(up, torch_transposed(case.x, case.weight, case.bias, **rest))
        rest.pop("output_padding")
        bias = None if case.bias is None else np.arange(float(len(case.weight)))
        down = conv(up, case.weight, bias, **rest)
        assert np.array_equal(down, torch_conv(up, case.weight, bias, **rest))

    check()


REAL = {
    "DCGAN": ((2, 64, 8, 8), (64, 32, 4, 4), {"stride": 2, "padding": 1}),
    "U-Net": ((1, 32, 24, 24), (32, 16, 2, 2), {"stride": 2}),
    "FCN": ((1, 5, 16, 16), (5, 1, 16, 16), {"stride": 8, "padding": 4, "groups": 5}),
    "vocoder": ((1, 32, 200), (32, 16, 16), {"stride": 8, "padding": 4}),
    "volume": (
        (2, 16, 6, 6, 6),
        (16, 20, 3, 3, 3),
        {"stride": 2, "padding": 1, "output_padding": 1},
    ),
    "depthwise": ((2, 24, 9, 9), (24, 1, 4, 4), {"stride": 2, "padding": 1, "groups": 24}),
    "one channel": ((3, 1, 20), (1, 1, 5), {"stride": 2}),
    "few cells, more channels": ((1, 40, 3, 3), (40, 20, 4, 4), {"stride": 2}),
    "one cell, many channels": ((3, 40, 1, 1), (40, 30, 4, 4), {}),
    "dilated": ((2, 8, 9, 9), (8, 6, 3, 3), {"stride": 2, "dilation": (2, 3), "padding": 3}),
}


@pytest.mark.parametrize(("shape", "weight", "parameters"), REAL.values(), ids=REAL)
def test_real_layers_to_rounding(shape, weight, parameters):
    random = np.random.default_rng(0)
    x, w = random.standard_normal(shape), random.standard_normal(weight)
    up, expected = conv_transpose(x, w, **parameters), torch_transposed(x, w, **parameters)
    assert up.shape == expected.shape
    assert abs(up - expected).max() <= 1e-12 * abs(expected).max()
    parameters = {name: value for name, value in parameters.items() if name != "output_padding"}
    down, expected = conv(up, w, **parameters), torch_conv(up, w, **parameters)
    assert down.shape == expected.shape
    assert abs(down - expected).max() <= 1e-12 * abs(expected).max()


def gathering_pays(shape, weight, stride=2, dilation=1, groups=1):
    axes = len(shape) - 2
    arrays = np.zeros(shape), np.ones(weight)
    return ops._gathering_pays(*arrays, (stride,) * axes, (dilation,) * axes, groups)


GATHERED = {
    "two axes": ((1, 4, 20, 20), (4, 4, 4, 4)),
    "one turn, no border": ((16, 2, 1), (2, 2, 2)),
    "the border is just a fifth": ((2, 2, 5), (2, 2, 4)),
    "just twice as much to copy as to add": ((2, 8, 20), (8, 2, 4)),
    "just four cells for each channel": ((2, 2, 2, 2), (2, 2, 2, 2)),
    "it is the channels of one group that count": ((1, 4, 20), (4, 1, 4), 2, 1, 2),
}
NOT_GATHERED = {
    "the stride does not divide": ((1, 4, 20, 20), (4, 4, 3, 3)),
    "the stride does not divide in one axis": ((1, 4, 20, 20), (4, 4, 4, 3)),
    "dilation": ((1, 4, 20, 20), (4, 4, 4, 4), 2, 2),
    "the border is more than a fifth": ((9, 2, 4), (2, 2, 4)),
    "the border of all axes counts": ((9, 2, 10, 10), (2, 2, 4, 4)),
    "more to copy than to add": ((1, 9, 40), (9, 2, 4)),
    "more weights to sort than cells": ((1, 6, 23), (6, 6, 4)),
    "depthwise": ((1, 4, 20, 20), (4, 4, 4, 4), 2, 1, 4),
}


@pytest.mark.parametrize("layer", GATHERED.values(), ids=GATHERED)
def test_phases_are_gathered_where_it_pays(layer):
    assert gathering_pays(*layer)


@pytest.mark.parametrize("layer", NOT_GATHERED.values(), ids=NOT_GATHERED)
def test_stamps_are_added_where_it_pays(layer):
    assert not gathering_pays(*layer)


@pytest.mark.parametrize(("stride", "expected"), [(2, False), (4, True)])
def test_an_infinite_weight_never_meets_a_border(stride, expected):
    # With as many taps as the stride there is no border to be multiplied by infinity.
    weight = np.ones((4, 4, 4))
    weight[0, 0, 0] = np.inf
    assert ops._gathering_pays(np.zeros((1, 4, 40)), weight, (stride,), (1,), 1) == expected


def test_blocks_cover_batch_and_rows_once_and_stay_small(monkeypatch):
    monkeypatch.setattr(ops, "_BLOCK", 100)

    def blocks(cells, cost):
        batch, rows = range(cells[0]), range(cells[1])
        return [(list(batch[some]), list(rows[part])) for some, part in ops._blocks(cells, cost)]

    # A row of 5 cells at 4 products each costs 20: five rows to a block.
    assert blocks((1, 7, 5), 4) == [([0], [0, 1, 2, 3, 4]), ([0], [5, 6])]
    # Small images are taken together: each costs 2 rows of 20.
    assert blocks((3, 2, 5), 4) == [([0, 1], [0, 1]), ([2], [0, 1])]
    # A single row may be over the limit, and is then taken alone.
    assert blocks((1, 2, 5), 40) == [([0], [0]), ([0], [1])]
    assert blocks((0, 2, 5), 4) == []
    assert blocks((1, 3), 0) == [([0], [0, 1, 2])]


@pytest.mark.parametrize(
    ("width", "channels", "way"), [(16, 17, "_stamp"), (17, 40, "_shift"), (9, 16, "_shift")]
)
def test_additions_run_along_the_longer_axis(width, channels, way, monkeypatch):
    chosen = []
    monkeypatch.setattr(ops, "_gathering_pays", lambda *_: False)
    for name in ("_stamp", "_shift"):
        monkeypatch.setattr(ops, name, lambda *_, name=name: chosen.append(name))
    conv_transpose(np.ones((1, width)), np.ones((1, channels, 2)))
    assert chosen == [way]


# --- Types, memory, and special values -----------------------------------------------------


@pytest.mark.parametrize(
    "dtype", ["float16", "float32", "float64", "longdouble", "complex64", "complex128", "int64"]
)
def test_the_type_is_kept(dtype):
    x, w = np.ones((1, 2, 5), dtype), np.ones((2, 3, 4), dtype)
    up = conv_transpose(x, w, stride=2)
    assert up.dtype == conv(up, w, stride=2).dtype == np.dtype(dtype)
    assert up[0, 0].tolist() == [2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 2, 2]


def test_types_are_promoted_as_numpy_promotes_them():
    single, double = np.ones((1, 3), np.float32), np.ones((1, 3), np.float64)
    assert conv(single, double[None]).dtype == np.float64
    assert conv(single, single[None], double[0, :1]).dtype == np.float64
    assert conv([[1, 2, 3]], single[None]).dtype == np.float64  # int64 and float32
    assert conv_transpose(np.ones((1, 3), np.int8), single[None]).dtype == np.float32


def test_each_argument_takes_part_in_the_promotion():
    single, double = np.ones((1, 3), np.float32), np.ones((1, 3), np.float64)
    assert conv(single, single[None], single[0, :1]).dtype == np.float32
    assert conv(double, single[None], single[0, :1]).dtype == np.float64
    assert conv(single, double[None], single[0, :1]).dtype == np.float64


@pytest.mark.parametrize("way", ["gather", "shift", "stamp"])
def test_each_way_to_compute_keeps_the_type(way, monkeypatch):
    take_one_way(monkeypatch, way)
    random = np.random.default_rng(0)
    x, w = (
        (random.integers(-9, 10, shape) + 1j * random.integers(-9, 10, shape)).astype(np.complex64)
        for shape in ((2, 3, 5), (3, 20, 4))
    )
    expected = torch_transposed(x, w, stride=2, padding=1)
    actual = conv_transpose(x, w, stride=2, padding=1)
    assert actual.dtype == np.complex64
    assert np.array_equal(actual, expected)


def test_half_precision_is_summed_in_single():
    x, w = np.ones((1, 3000), np.float16), np.ones((1, 1, 3000), np.float16)
    # In half precision 2048 + 1 is 2048.
    assert conv(x, w).tolist() == [[3000.0]]
    assert conv_transpose(x, w).max() == 3000


def test_opposite_infinities_meet_in_silence():
    # Their sum is NaN, without a warning: pytest makes an error of each.
    x = np.array([[np.inf, -np.inf, 1.0]])
    assert np.isnan(conv_transpose(x, np.ones((1, 1, 2)))[0, 1])
    assert np.isnan(conv(x, np.ones((1, 1, 2)))[0, 0])
    assert np.isinf(conv(np.full((1, 2), 1e308), np.ones((1, 1, 2)))[0, 0])


def test_complex_is_not_conjugated():
    x, w = np.array([[1 + 2j, 3j]]), np.array([[[2j, 1]]])
    assert np.array_equal(conv(x, w), torch_conv(x, w))
    assert np.array_equal(conv_transpose(x, w), torch_transposed(x, w))


def test_a_batch_of_none_one_and_no_batch_axis():
    x, w = np.arange(6.0).reshape(1, 2, 3), np.ones((2, 4, 3))
    assert conv_transpose(x[:0], w).shape == (0, 4, 5)
    assert conv(x[:0], w.swapaxes(0, 1)).shape == (0, 4, 1)
    assert np.array_equal(conv_transpose(x, w)[0], conv_transpose(x[0], w))
    assert np.array_equal(conv(x, w.swapaxes(0, 1))[0], conv(x[0], w.swapaxes(0, 1)))


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_arguments_may_be_strided_and_read_only_and_are_not_changed(stride):
    random = np.random.default_rng(0)
    whole, weights = random.random((10, 2, 9, 9)), random.random((4, 4, 5, 3))
    x, w = whole.T[::2, ::-1].transpose(3, 2, 0, 1)[::3], weights[::2, ::-1]
    copies = x.copy(), w.copy()
    for array in (x, w):
        array.flags.writeable = False
    up = conv_transpose(x, w, stride=stride, padding=1)
    assert np.allclose(up, torch_transposed(*copies, stride=stride, padding=1), rtol=1e-12, atol=0)
    assert np.array_equal(x, copies[0])
    assert np.array_equal(w, copies[1])
    up[...] = 0  # the result is the caller's
    assert np.array_equal(x, copies[0])
    assert up.flags.c_contiguous


def test_the_result_shares_no_memory_with_the_input():
    x, w = np.ones((1, 1, 3)), np.ones((1, 1, 1))
    for result in (conv(x, w), conv_transpose(x, w)):
        assert not np.shares_memory(result, x)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", ["x", "weight"])
@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "op"),
    [(3, 1, 0, 0), (3, 1, 1, 0), (4, 2, 1, 0), (4, 2, 0, 1), (3, 2, 1, 1), (2, 3, 0, 0)],
)
def test_nan_and_infinity_go_where_pytorchs_go(value, place, kernel, stride, padding, op):
    x, w = np.ones((1, 1, 40)), np.ones((1, 1, kernel))
    (x if place == "x" else w)[0, 0, 1] = value
    up = {"stride": stride, "padding": padding, "output_padding": op}
    down = {"stride": stride, "padding": padding}
    equal = {"equal_nan": True}
    assert np.array_equal(conv_transpose(x, w, **up), torch_transposed(x, w, **up), **equal)
    assert np.array_equal(conv(x, w, **down), torch_conv(x, w, **down), **equal)


# --- Refusals ------------------------------------------------------------------------------

X, W = np.ones((1, 4, 6)), np.ones((4, 2, 3))
REFUSED = {
    "words": (lambda: conv([["a"]], W), TypeError, "x must hold numbers"),
    "bool": (
        lambda: conv_transpose(X > 0, W),
        TypeError,
        "x must hold numbers, got an array of bool",
    ),
    "weight of words": (lambda: conv_transpose(X, W.astype(str)), TypeError, "weight must hold"),
    "bias of words": (lambda: conv_transpose(X, W, ["a", "b"]), TypeError, "bias must hold"),
    "ragged": (lambda: conv([[1, 2], [3]], W), ValueError, "x must have rows of one length"),
    "ragged weight": (lambda: conv_transpose(X, [[[1], [1, 2]]]), ValueError, "weight must have"),
    "masked": (lambda: conv(np.ma.array(X), W), TypeError, "x must hold .* got a masked array"),
    "masked bias": (lambda: conv_transpose(X, W, np.ma.ones(2)), TypeError, "bias must hold"),
    "huge": (lambda: conv([[2**70]], W), TypeError, "x must hold numbers, got an array of object"),
    "object": (lambda: conv_transpose(X.astype(object), W), TypeError, "x must hold numbers"),
    "no space": (lambda: conv(X, W[0]), ValueError, r"at least one of space, got shape \(2, 3\)"),
    "no channels": (
        lambda: conv_transpose(X, W[:, :0]),
        ValueError,
        r"at least one channel .*4, 0",
    ),
    "too few axes": (lambda: conv(X[0, 0], W), ValueError, r"x must have 2 axes, or 3 .*\(6,\)"),
    "too many axes": (lambda: conv(X[None], W), ValueError, r"x must have 2 axes, or 3"),
    "channels, transposed": (
        lambda: conv_transpose(X[:, :3], W),
        ValueError,
        r"x must have 4 channels for weight of shape \(4, 2, 3\) and groups=1, got 3",
    ),
    "channels": (lambda: conv(X, W), ValueError, r"x must have 2 channels .* got 4"),
    "channels of groups": (lambda: conv(X, W, groups=4), ValueError, "x must have 8 channels"),
    "channels, no batch": (lambda: conv(X[0], W), ValueError, "x must have 2 channels"),
    "groups 0": (
        lambda: conv(X, W, groups=0),
        ValueError,
        "groups must be at least 1, got groups=0",
    ),
    "groups float": (lambda: conv(X, W, groups=2.0), TypeError, "groups must be an int"),
    "groups bool": (lambda: conv(X, W, groups=True), TypeError, "groups must be an int"),
    "groups divide": (
        lambda: conv_transpose(X, W, groups=3),
        ValueError,
        "groups must divide the first number of weight's shape, 4, got groups=3",
    ),
    "groups divide outputs": (lambda: conv(X, W, groups=3), ValueError, "groups must divide"),
    "bias": (
        lambda: (
            conv_transpose(X, W, np.ones(4), groups=2, stride=2) + conv_transpose(X, W, np.ones(3))
        ),
        ValueError,
        r"bias must have shape \(2,\), got shape \(3,\)",
    ),
    "bias of a convolution": (
        lambda: conv(X, W, np.ones(2), groups=2),
        ValueError,
        r"bias must have shape \(4,\)",
    ),
    "bias as a column": (lambda: conv_transpose(X, W, np.ones((2, 1))), ValueError, "bias must"),
    "size": (lambda: conv_transpose(X, W, output_padding=1), ValueError, "output_padding must be"),
    "kernel": (lambda: conv(X[..., :2], W, groups=2), ValueError, "kernel_size must span at most"),
    "empty space": (
        lambda: conv_transpose(X[..., :0], W),
        ValueError,
        "input_size must be at least 1",
    ),
    "parameter of two axes": (lambda: conv_transpose(X, W, stride=(2, 2)), ValueError, "of 1 ints"),
    "parameter's type": (
        lambda: conv(X, W, groups=2, padding="same"),
        TypeError,
        "padding must be",
    ),
    "dilation's type": (lambda: conv_transpose(X, W, dilation=1.0), TypeError, "dilation must be"),
}


@pytest.mark.parametrize(("call", "kind", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_what_is_wrong(call, kind, message):
    with pytest.raises(kind, match=message):
        call()


@pytest.mark.parametrize(
    ("batch", "groups"), [(2, 1), (1, 2), (2, 2)], ids=["batch", "groups", "batch and groups"]
)
def test_no_cell_left_is_refused_where_pytorch_answers_with_none(batch, groups):
    x, w = np.ones((batch, 2, 1, 1), np.float32), np.ones((2, 1, 2, 2), np.float32)
    layer = {"padding": 1, "groups": groups}
    assert torch_transposed(x, w, **layer).shape == (batch, groups, 0, 0)
    with pytest.raises(ValueError, match="that one must remain is this book's rule"):
        conv_transpose(x, w, **layer)


@pytest.mark.parametrize("groups", [np.int64(2), np.array(2)], ids=["NumPy's", "0-d array"])
def test_groups_are_an_int_of_any_kind(groups):
    assert conv(X, W, groups=groups).tolist() == conv(X, W, groups=2).tolist()


@given(st.data())
def test_shapes_are_refused_where_pytorch_refuses_them(data):
    def shape(axes, high):
        return tuple(data.draw(st.integers(1, high)) for _ in range(axes))

    axes = data.draw(st.sampled_from((1, 2)))
    size, kernel = shape(axes, 5), shape(axes, 3)
    x, w = np.ones(shape(2, 6) + size), np.ones(shape(2, 6) + kernel)
    groups = data.draw(st.integers(-1, 4))
    bias = np.ones(data.draw(st.integers(1, 6))) if data.draw(st.booleans()) else None
    for ours, theirs in ((conv, torch_conv), (conv_transpose, torch_transposed)):
        try:
            expected = theirs(x, w, bias, groups=groups)
        except RuntimeError:
            with pytest.raises(ValueError, match="must"):
                ours(x, w, bias, groups=groups)
        else:
            assert np.array_equal(ours(x, w, bias, groups=groups), expected)
