"""Keras 3: sizes, values and refusals, held against the real layer."""

from itertools import product

import keras
import numpy as np
import pytest
from drawing import Draw, first, last, outcome, size_or_none, told
from one_thread import one_thread  # noqa: F401

from deconv_helpers.frameworks import (
    Scatter,
    from_keras,
    to_keras,
    translate_weight,
)

CASES = 2000


def keras_layer(axes, filters, **arguments):
    kind = getattr(keras.layers, f"Conv{axes}DTranspose")
    return kind(filters, dtype="float64", data_format="channels_last", **arguments)


def keras_values(layer, x, weight, bias):
    """Run a layer on arrays laid out as in PyTorch."""
    layer.build(last(x).shape)
    layer.set_weights([translate_weight(weight, "pytorch", "keras"), bias])
    values = layer(last(x)).detach().cpu().numpy()
    assert tuple(layer.compute_output_shape(last(x).shape)) == values.shape
    return first(values)


def drawn(draw, axes):
    """Draw arguments, a few of them illegal."""
    arguments = {
        "kernel_size": draw.each(axes, 1, 6),
        "strides": draw.each(axes, 1, 4),
        "padding": draw.one("valid", "same", "Same"),
    }
    if draw.int(0, 3) == 0:
        arguments["dilation_rate"] = draw.each(axes, 1, 3)
        if draw.int(0, 3):
            arguments["strides"] = 1
    if draw.int(0, 1):
        arguments["output_padding"] = tuple(
            draw.int(0, s if draw.int(0, 9) == 0 else s - 1)
            for s in told(arguments["strides"], axes)
        )
    return arguments


def test_random_layers_are_keras_own():
    draw = Draw(12)
    legal = refused = empty = 0
    while legal < CASES:
        axes = draw.one(1, 1, 2, 2, 2, 3) if legal % 20 == 0 else draw.one(1, 2)
        arguments = drawn(draw, axes)
        inputs, filters = draw.int(1, 3), draw.int(1, 3)
        layer, why = outcome(keras_layer, axes, filters, **arguments)
        if layer is None:
            with pytest.raises(ValueError, match="Keras"):
                from_keras(**arguments)
            assert "output_padding" in why or "dilation_rate" in why
            refused += 1
            continue
        scatter = from_keras(**arguments)
        size = tuple(draw.int(1, 5) for _ in range(axes))
        if (expected := size_or_none(scatter, size)) is None:
            empty += 1
            continue
        x = draw.array(draw.int(1, 2), inputs, *size)
        weight = draw.array(inputs, filters, *told(arguments["kernel_size"], axes))
        bias = draw.array(filters)
        theirs = keras_values(layer, x, weight, bias)
        assert theirs.shape[2:] == told(expected, axes), arguments
        assert np.array_equal(scatter.apply(x, weight, bias), theirs), arguments
        assert from_keras(**to_keras(scatter)) == scatter
        legal += 1
    assert refused >= 20
    assert empty >= 20


@pytest.mark.parametrize("axes", [1, 2])
def test_to_keras_finds_a_layer_wherever_there_is_one(axes):
    for k, s in product(range(1, 6), range(1, 4)):
        reached = {
            from_keras(k, strides=s, padding=word, output_padding=q).crop
            for word, q in product(("valid", "same"), (None, *range(s)))
        }
        for crop in product(range(-4, 6), repeat=2):
            scatter = Scatter(k, s, crop=crop) if axes == 1 else Scatter((k, k), s, crop=crop)
            if crop in reached:
                assert from_keras(**to_keras(scatter)) == scatter
            else:
                with pytest.raises(ValueError, match=r"no layer of Keras's.*take the full result"):
                    to_keras(scatter)


@pytest.mark.parametrize(
    "arguments",
    [
        {"padding": "causal"},
        {"padding": "full"},
        {"strides": 0},
        {"kernel_size": 0},
        {"output_padding": -1, "strides": 2},
        {"dilation_rate": 0},
        {"strides": (2, 1), "dilation_rate": (1, 2), "kernel_size": (3, 3)},
        {"strides": (1, 2, 3), "kernel_size": (3, 3)},
    ],
    ids=str,
)
def test_what_keras_refuses(arguments):
    arguments = {"kernel_size": 3} | arguments
    with pytest.raises(ValueError, match=r".+"):
        keras_layer(2, 1, **arguments)
    with pytest.raises(ValueError, match=r".+"):
        from_keras(**arguments)
