"""Four ways to see one operation: by hand, all equal, equal to `conv_transpose`."""

import numpy as np
import pytest
from hypothesis import given, settings
from layers import layers, transposed_by_definition

from deconv_helpers import conv, conv_transpose, conv_transpose_output_size
from deconv_helpers.equivalents import (
    conv_matrix,
    matrix_transpose,
    phase_by_phase,
    scatter_add,
    zero_insertion,
)

VIEWS = [scatter_add, zero_insertion, matrix_transpose, phase_by_phase]

BY_HAND = {
    "stamps": ([1, 2, 3], [1, 2, 3], {"stride": 2}, [1, 2, 5, 4, 9, 6, 9]),
    "padding": ([1, 2, 3], [1, 2, 3], {"stride": 2, "padding": 1}, [2, 5, 4, 9, 6]),
    "kernel shorter than stride": ([1, 2], [1, 1], {"stride": 3}, [1, 1, 0, 2, 2]),
    "padding above k - 1": ([1, 2, 3, 4], [1, 1], {"stride": 2, "padding": 2}, [2, 2, 3, 3]),
    "output padding above the stride": (
        [1, 2],
        [1, 1],
        {"output_padding": 2, "dilation": 3},
        [1, 2, 0, 1, 2, 0, 0],
    ),
    "stride and dilation share a divisor": (
        [1, 2],
        [1, 1],
        {"stride": 2, "dilation": 2},
        [1, 0, 3, 0, 2],
    ),
    "two axes": ([[1, 2]], [[1, 2], [3, 4]], {"stride": (1, 2)}, [[1, 2, 2, 4], [3, 4, 6, 8]]),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("x", "kernel", "layer", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_by_hand(view, x, kernel, layer, expected):
    assert view(x, kernel, **layer).tolist() == expected


@settings(max_examples=300)
@given(layers(one_channel=True))
def test_all_four_and_the_fast_one_are_the_definition(layer):
    layer.bias = None
    expected = transposed_by_definition(layer)[0, 0]
    assert np.array_equal(conv_transpose(layer.x, layer.weight, **layer.parameters)[0, 0], expected)
    for view in VIEWS:
        assert np.array_equal(view(layer.x[0, 0], layer.weight[0, 0], **layer.parameters), expected)


@given(layers(axes=(1, 2), one_channel=True))
def test_the_matrix_is_the_convolutions(layer):
    parameters = {name: layer.parameters[name] for name in ("stride", "padding", "dilation")}
    size = conv_transpose_output_size(layer.x.shape[2:], layer.weight.shape[2:], **layer.parameters)
    x = np.random.default_rng(0).integers(-9, 10, size)
    expected = conv(x[None], layer.weight, **parameters)[0]
    matrix = conv_matrix(size, layer.weight[0, 0], **parameters)
    assert np.array_equal(matrix @ x.ravel(), expected.ravel())


@pytest.mark.parametrize("view", VIEWS)
def test_arguments_stay_as_they_are_and_bad_ones_are_refused(view):
    x, kernel = np.array([1, 2, 3]), np.array([1, 2])
    view(x, kernel, stride=2)
    assert x.tolist() == [1, 2, 3]
    assert kernel.tolist() == [1, 2]
    with pytest.raises(ValueError, match="stride must be at least 1"):
        view(x, kernel, stride=0)
    with pytest.raises(ValueError, match="output_padding must be smaller"):
        view(x, kernel, output_padding=1)
    with pytest.raises(ValueError, match="kernel_size must be an int or a tuple of 1 ints"):
        view(x, [[1, 2]])
