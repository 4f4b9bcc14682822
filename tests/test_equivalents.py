"""Four ways to see one operation: by hand, all equal, equal to `conv_transpose`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layers import layers, transposed_by_definition

from deconv_helpers import conv, conv_transpose
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
def test_all_four_and_the_fast_one_are_the_definition(case):
    case.bias = None
    expected = transposed_by_definition(case)[0, 0]
    assert np.array_equal(conv_transpose(case.x, case.weight, **case.parameters)[0, 0], expected)
    for view in VIEWS:
        assert np.array_equal(view(case.x[0, 0], case.weight[0, 0], **case.parameters), expected)


@given(layers(axes=(1, 2), one_channel=True))
def test_the_matrix_is_the_convolutions(case):
    parameters = {name: case.parameters[name] for name in ("stride", "padding", "dilation")}
    size = case.layer.output_size(case.x.shape[2:])
    x = np.random.default_rng(0).integers(-9, 10, size)
    expected = conv(x[None], case.weight, **parameters)[0]
    matrix = conv_matrix(size, case.weight[0, 0], **parameters)
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
    with pytest.raises(ValueError, match="kernel must have as many axes as x, 1"):
        view(x, [[1, 2]])


REFUSED = {
    "text": (["a"], TypeError, "x must hold numbers, got an array of <U1"),
    "bool": ([True], TypeError, "x must hold numbers, got an array of bool"),
    "ragged": ([[1, 2], [3]], ValueError, "x must have rows of one length"),
    "huge": ([2**70], TypeError, "x must hold numbers, got an array of object"),
    "masked": (np.ma.array([1, 2]), TypeError, "x must hold a number in each place, got a masked"),
    "no axis": (1, ValueError, "x must have at least one axis, got x=1"),
    "empty": ([0.0][:0], ValueError, "input_size must be at least 1"),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("x", "kind", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_array_of_numbers_is_refused_as_conv_transpose_refuses_it(
    view, x, kind, message
):
    with pytest.raises(kind, match=message):
        view(x, [1, 2])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("dtype", ["float16", "float32", "complex64", "int8", "longdouble"])
def test_types_are_those_of_conv_transpose(view, dtype):
    # In half precision 2048 + 1 is 2048: sums are kept in single precision.
    x, kernel = (
        np.ones(5, dtype),
        np.array([2047, 1, 1, 1] if dtype == "float16" else [1] * 4, dtype),
    )
    expected = conv_transpose(x[None], kernel[None, None])[0]
    actual = view(x, kernel)
    assert actual.dtype == expected.dtype == np.dtype(dtype)
    assert actual.tolist() == expected.tolist()
    assert view(x.tolist(), kernel).dtype == conv_transpose([x.tolist()], kernel[None, None]).dtype


@pytest.mark.parametrize("view", VIEWS)
def test_overflow_and_opposite_infinities_are_silent(view):
    # pytest makes an error of each warning.
    assert view([1e308, 1e308], [1.0, 1e10]).tolist()[1:] == [np.inf, np.inf]
    assert np.isnan(view([np.inf, -np.inf], [1.0, 1.0])[1])


@given(
    layers(axes=(1, 2), one_channel=True),
    st.sampled_from((np.nan, np.inf)),
    st.booleans(),
)
def test_nan_stands_where_conv_transpose_has_it_and_for_stamps_nowhere_else(case, value, in_x):
    (case.x if in_x else case.weight).flat[0] = value
    expected = np.isnan(conv_transpose(case.x, case.weight, **case.parameters)[0, 0])
    for view in VIEWS:
        actual = np.isnan(view(case.x[0, 0], case.weight[0, 0], **case.parameters))
        assert (actual >= expected).all()
        assert view is not scatter_add or (actual == expected).all()


def test_the_difference_that_the_docstring_tells():
    kernel = [1.0, np.inf, 1.0]
    assert np.isnan(scatter_add([1, 2], kernel, stride=3)).sum() == 0
    assert np.isnan(zero_insertion([1, 2], kernel, stride=3)).sum() > 0


def test_a_kernel_for_the_matrix_is_checked_as_well():
    with pytest.raises(TypeError, match="kernel must hold numbers, got an array of bool"):
        conv_matrix(3, [True])
    with pytest.raises(ValueError, match="kernel must have at least one axis"):
        conv_matrix(3, 1)
    assert conv_matrix(2, np.ones(1, np.float16)).dtype == np.float16
