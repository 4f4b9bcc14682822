"""The model, and the ways between frameworks: by hand, by brute force, and by running both."""

import subprocess
import sys
from itertools import product

import keras
import numpy as np
import pytest
import torch
from drawing import Draw, first, last, size_or_none
from jax import lax
from one_thread import one_thread  # noqa: F401
from test_against_onnx import by_runtime
from torch.nn import functional as F

from deconv_helpers import Layer
from deconv_helpers.frameworks import (
    Scatter,
    dense_weight,
    from_jax,
    from_keras,
    from_onnx,
    from_pytorch,
    to_jax,
    to_keras,
    to_onnx,
    to_pytorch,
    translate_weight,
)

X, W = [[1, 2, 3, 4]], [[[1, 10, 100]]]
FULL = [1, 10, 102, 20, 203, 30, 304, 40, 400]
BY_HAND = {
    "the full scatter": (Scatter(3, 2), FULL),
    "PyTorch crops in front": (from_pytorch(3, stride=2, padding=1, output_padding=1), FULL[1:]),
    "Keras behind": (from_keras(3, strides=2, padding="same"), FULL[:-1]),
    "ONNX as you like, lower": (from_onnx(3, strides=2, auto_pad="SAME_LOWER"), FULL[1:]),
    "ONNX as you like, upper": (from_onnx(3, strides=2, auto_pad="SAME_UPPER"), FULL[:-1]),
    "JAX turns the kernel round": (
        from_jax(3, strides=2),
        [100, 10, 201, 20, 302, 30, 403, 40, 4],
    ),
    "unless it is told not to": (from_jax(3, strides=2, transpose_kernel=True), FULL),
    "cells are appended": (Scatter(3, 2, crop=(-1, -2)), [0, *FULL, 0, 0]),
    "on one side, cut on the other": (Scatter(3, 2, crop=(7, -1)), [40, 400, 0]),
    "nothing but what was appended": (Scatter(3, 2, crop=(11, -4)), [0, 0]),
    "Keras's gaps": (from_keras(3, strides=4), [*[1, 10, 100, 0, 2, 20, 200, 0, 3, 30, 300, 0, 4],
                                               40, 400, 0]),
}  # fmt: skip


@pytest.mark.parametrize(("scatter", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_by_hand(scatter, expected):
    assert scatter.output_size(4) == len(expected)
    assert scatter.apply(X, W).tolist() == [expected]
    assert scatter.apply([X], W, [7]).tolist() == [[[value + 7 for value in expected]]]


def test_doubling_with_a_kernel_of_three_is_a_pixel_apart_and_with_four_it_is_not():
    ours = from_pytorch(3, stride=2, padding=1, output_padding=1)
    assert from_onnx(3, strides=2, auto_pad="SAME_LOWER") == ours
    assert from_keras(3, strides=2, padding="same").crop == (0, 1)
    assert from_onnx(3, strides=2, auto_pad="SAME_UPPER").crop == (0, 1)
    assert from_jax(3, strides=2, padding="SAME").crop == (0, 1)
    assert from_pytorch(4, stride=2, padding=1) == from_keras(4, strides=2, padding="same")


def test_the_same_layer_is_the_same_value():
    assert Scatter((3, 3), 2) == Scatter(3, (2, 2)) == Scatter(3, 2, crop=((0, 0), (0, 0)))
    assert Scatter([3, 3], crop=[[1, 0], (0, 1)]).crop == ((1, 0), (0, 1))
    assert str(from_jax(3, strides=2)) == "k=3 s=2 d=1 crop=(0, 0) flipped"
    assert Scatter(3).output_size((4, 5)) == (6, 7)
    assert Scatter((3, 1)).output_size(4) == (6, 4)


def test_infinity_and_half_precision_pass_through():
    x = np.array([[np.inf, 1]], np.float16)
    out = Scatter(1, 2, crop=(0, -1)).apply(
        x, np.ones((1, 1, 1), np.float16), np.ones(1, np.float16)
    )
    assert out.dtype == np.float16
    assert out.tolist() == [[np.inf, 1, 2, 1]]


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"kernel_size": 0}, ValueError, "kernel_size must be at least 1"),
        ({"kernel_size": 3, "stride": 1.5}, TypeError, "stride must be an int"),
        ({"kernel_size": 3, "crop": 1}, TypeError, "crop must be a pair"),
        ({"kernel_size": 3, "crop": (1, 0, 0)}, TypeError, "crop must be a pair"),
        ({"kernel_size": (3, 3), "crop": ((1, 0),)}, ValueError, "2 pairs"),
        ({"kernel_size": 3, "crop": (0.5, 0)}, TypeError, "crop must be an int"),
        ({"kernel_size": 3, "flipped": 1}, TypeError, "flipped must be True or False"),
    ],
    ids=str,
)
def test_what_the_model_refuses(given, error, message):
    with pytest.raises(error, match=message):
        Scatter(**given)


def test_values_need_the_right_kernel_and_a_cell():
    with pytest.raises(ValueError, match="weight must have kernel_size=3 taps"):
        Scatter(3).apply(X, [[[1, 2]]])
    with pytest.raises(ValueError, match="crop must leave a cell"):
        Scatter(3, crop=(3, 3)).apply(X, W)


def test_the_models_import_no_framework():
    code = (
        "import sys, deconv_helpers.frameworks, deconv_helpers.substitutes; "
        "sys.exit(bool({'torch', 'keras', 'jax', 'onnx', 'onnxruntime'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- Back to PyTorch -----------------------------------------------------------------------

NO_LAYER = {
    "less in front than behind": ((0, 1), "output_padding 0 - 1 = -1.*or turn x, the kernel"),
    "much less": ((0, 2), "cut off 0 cells in front and 2 behind$"),
    "appended in front": ((-1, 0), "padding would be -1.*append 1"),
    "too much more": ((3, 1), "must be smaller than stride=2 or dilation=1"),
}


@pytest.mark.parametrize(("crop", "message"), NO_LAYER.values(), ids=NO_LAYER)
def test_where_pytorch_has_no_layer_it_is_said_why(crop, message):
    with pytest.raises(ValueError, match=message):
        to_pytorch(Scatter(3, 2, crop=crop))


def test_turning_everything_round_swaps_the_ends():
    scatter = Scatter(3, 2, crop=(0, 1))
    layer = to_pytorch(Scatter(3, 2, crop=(1, 0)))
    around = from_pytorch(layer).apply(np.flip(X), np.flip(W))
    assert np.flip(around).tolist() == scatter.apply(X, W).tolist()


def test_to_pytorch_finds_a_layer_wherever_there_is_one():
    for k, s, d in product((1, 3), (1, 2, 3), (1, 2)):
        reached = {}
        for p, q in product(range(6), range(max(s, d))):
            layer = Layer(k, s, p, q, d)
            reached[from_pytorch(layer).crop] = layer
        for crop in product(range(-3, 6), repeat=2):
            scatter = Scatter(k, s, d, crop)
            if crop in reached:
                assert to_pytorch(scatter) == reached[crop]
            else:
                with pytest.raises(ValueError, match="no layer of PyTorch's"):
                    to_pytorch(scatter)


# --- Weights -------------------------------------------------------------------------------

LAYOUTS = ("pytorch", "onnx", "keras", "jax", "jax_transpose_kernel")


@pytest.mark.parametrize(("source", "target"), [*product(LAYOUTS, LAYOUTS)])
def test_there_and_back_again(source, target):
    weight = np.arange(120).reshape(2, 3, 4, 5)
    there = translate_weight(weight, source, target)
    assert translate_weight(there, target, source).tolist() == weight.tolist()
    assert there.flags.c_contiguous
    assert not np.shares_memory(there, weight)


def test_layouts_by_shape():
    weight = np.ones((2, 3, 4, 5))
    assert translate_weight(weight, "pytorch", "keras").shape == (4, 5, 3, 2)
    assert translate_weight(weight, "pytorch", "jax").shape == (4, 5, 2, 3)
    assert translate_weight(weight, "pytorch", "jax_transpose_kernel").shape == (4, 5, 3, 2)


def test_a_weight_without_groups_does_the_same():
    draw = Draw(1)
    x, weight = draw.array(2, 6, 4), draw.array(6, 2, 3)
    grouped = Scatter(3, 2).apply(x, weight, groups=3)
    assert np.array_equal(Scatter(3, 2).apply(x, dense_weight(weight, 3)), grouped)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((np.ones((2, 1, 3)), "pytorch", "tensorflow"), "target must be one of"),
        ((np.ones((2, 3)), "pytorch", "keras"), "weight must have two axes"),
        ((np.ones((4, 1, 3)), "pytorch", "keras", 2), "groups must be 1 .* dense_weight"),
        ((np.ones((3, 1, 3)), "pytorch", "onnx", 2), "groups must divide"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_weights_that_are_refused(given, message):
    weight, source, target, *groups = given
    with pytest.raises(ValueError, match=message):
        translate_weight(weight, source, target, groups=groups[0] if groups else 1)


# --- The same layer, run in each framework --------------------------------------------------


def in_pytorch(scatter, x, weight, groups):
    given = {name: v for name, v in to_pytorch(scatter).keywords.items() if name != "kernel_size"}
    call = getattr(F, f"conv_transpose{x.ndim - 2}d")
    return call(torch.from_numpy(x), torch.from_numpy(weight), groups=groups, **given).numpy()


def in_keras(scatter, x, weight, groups):
    given = to_keras(scatter)
    weight = translate_weight(dense_weight(weight, groups), "pytorch", "keras")
    given.pop("kernel_size")
    return first(keras.ops.conv_transpose(last(x), weight, data_format="channels_last", **given))


def in_jax(scatter, x, weight, groups):
    given = to_jax(scatter)
    target = "jax_transpose_kernel" if given["transpose_kernel"] else "jax"
    weight = translate_weight(dense_weight(weight, groups), "pytorch", target)
    return first(lax.conv_transpose(last(x), weight, **given))


def in_onnx(scatter, x, weight, groups):
    arrays = {"x": x, "w": translate_weight(weight, "pytorch", "onnx", groups=groups)}
    return by_runtime(arrays, {**to_onnx(scatter), "group": groups})


EACH = {"PyTorch": in_pytorch, "Keras": in_keras, "JAX": in_jax, "ONNX": in_onnx}
FEW = {"JAX": 40}  # each call is compiled by itself


@pytest.mark.parametrize(("name", "run"), EACH.items(), ids=EACH)
def test_a_translated_layer_with_its_weights_does_the_same(name, run):
    draw = Draw(7)
    done = 0
    while done < FEW.get(name, 300):
        axes, groups = draw.one(1, 2), draw.one(1, 1, 2, 3)
        k = tuple(draw.int(1, 4) for _ in range(axes))
        crop = tuple((draw.int(0, 2), draw.int(-1, 2)) for _ in range(axes))
        scatter = Scatter(k, draw.each(axes, 1, 3), draw.one(1, 1, 2), crop)
        size = tuple(draw.int(2, 4) for _ in range(axes))
        if size_or_none(scatter, size) is None:
            continue
        x = draw.array(2, groups * draw.int(1, 2), *size)
        weight = draw.array(x.shape[1], draw.int(1, 2), *k)
        try:
            theirs = run(scatter, x, weight, groups)
        except ValueError as error:
            if "take the full result" not in str(error) and "in Keras" not in str(error):
                raise
            continue
        assert np.array_equal(scatter.apply(x, weight, groups=groups), theirs), scatter
        done += 1
