"""ONNX: sizes, values and refusals, held against the reference evaluator and onnxruntime."""

import numpy as np
import onnxruntime
import pytest
from drawing import Draw, outcome, size_or_none, told
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from deconv_helpers.frameworks import Scatter, from_onnx, to_onnx

CASES = 2000


def onnx_model(arrays, attributes):
    values = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, array.shape)
        for name, array in arrays.items()
    ]
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    node = helper.make_node("ConvTranspose", list(arrays), ["y"], **attributes)
    graph = helper.make_graph([node], "one_layer", values, [result])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)


def by_reference(arrays, attributes):
    return ReferenceEvaluator(onnx_model(arrays, attributes)).run(None, arrays)[0]


def by_runtime(arrays, attributes):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    model = onnx_model(arrays, attributes).SerializeToString()
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session.run(None, arrays)[0]


def x_and(weight):
    x = np.arange(1, 4, dtype=np.float32).reshape(1, 1, 3)
    return {"x": x, "w": np.array(weight, np.float32).reshape(1, 1, -1)}


def drawn(draw, axes, size):
    """Draw attributes, a few of them illegal."""
    each = {"kernel_shape": (1, 5), "strides": (1, 4), "dilations": (1, 3)}
    attributes = {name: [draw.int(*span) for _ in range(axes)] for name, span in each.items()}
    if draw.int(0, 1):
        attributes["dilations"] = [1] * axes
    if draw.int(0, 1):
        attributes["output_padding"] = [
            draw.int(0, s if draw.int(0, 9) == 0 else s - 1) for s in attributes["strides"]
        ]
    attributes["auto_pad"] = draw.one("NOTSET", "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER")
    if draw.int(0, 3) == 0:
        full = Scatter(*(tuple(attributes[name]) for name in each)).output_size(size)
        attributes["output_shape"] = [max(1, n - draw.int(-1, 4)) for n in full]
    elif attributes["auto_pad"] == "NOTSET" or draw.int(0, 9) == 0:
        attributes["pads"] = [draw.int(0, 4) for _ in range(2 * axes)]
    return attributes


def ours_of(attributes, size):
    """Return our model of these attributes."""
    where = {"input_size": size} if "output_shape" in attributes else {}
    return from_onnx(**attributes, **where)


def appends(attributes, scatter):
    """Tell whether a size is asked for that the full result does not have."""
    asked = "output_shape" in attributes or attributes["auto_pad"].startswith("SAME")
    added = attributes.get("output_padding", [0] * len(scatter.crop))
    return asked and any(sum(pair) + q < 0 for pair, q in zip(scatter.crop, added))


def reference_departs(attributes, groups, weight, bias):
    """Tell whether the reference evaluator 1.23 does not do what the standard says."""
    depthwise = len(weight) == groups and weight.shape[1] == 1 and bias is None
    derived = "output_shape" in attributes and not attributes["auto_pad"].startswith("SAME")
    return derived or (groups > 1 and not depthwise)


def test_random_layers_are_onnxs_own():
    draw = Draw(12)
    legal = by_both = refused = 0
    witnesses = {by_reference: 0, by_runtime: 0}
    while min(witnesses.values()) < CASES:
        axes = draw.one(1, 2)
        size = tuple(draw.int(1, 5) for _ in range(axes))
        attributes = drawn(draw, axes, size)
        groups = draw.one(1, 1, 1, 2, 3)
        inputs, outputs = draw.one((1, 1), (1, 1), (2, 1), (1, 2), (2, 3))
        x = draw.array(draw.int(1, 2), groups * inputs, *size)
        weight = draw.array(groups * inputs, outputs, *attributes["kernel_shape"])
        bias = draw.array(groups * outputs) if draw.int(0, 1) else None
        arrays = {"x": x, "w": weight} | ({} if bias is None else {"b": bias})
        theirs = attributes | {"group": groups}
        scatter, why = outcome(ours_of, attributes, size)
        if scatter is None:
            assert "ONNX" in why
            with pytest.raises(Exception, match=r"output_padding|pads"):
                by_runtime(arrays, theirs)
            refused += 1
            continue
        expected = size_or_none(scatter, size)
        if expected is None:
            continue
        values = scatter.apply(x, weight, bias, groups=groups)
        assert values.shape[2:] == expected
        departs = {
            by_reference: reference_departs(attributes, groups, weight, bias),
            by_runtime: appends(attributes, scatter),
        }
        for witness in witnesses:
            if not departs[witness]:
                result = witness(arrays, theirs)
                assert result.shape == values.shape, (witness, theirs)
                assert np.array_equal(result, values), (witness, theirs)
                witnesses[witness] += 1
        legal += not all(departs.values())
        by_both += not any(departs.values())
        if all(begin >= 0 and -end < s for (begin, end), s in zip(scatter.crop, scatter.stride)):
            assert from_onnx(**to_onnx(scatter)) == scatter
        else:
            with pytest.raises(ValueError, match=r"no operator of ONNX's.*take the full result"):
                to_onnx(scatter)
    assert legal >= by_both >= 1000
    assert refused >= 100


X_BY_K3 = [1, 10, 102, 20, 203, 30, 300]
BY_HAND = {
    "full": ({}, X_BY_K3),
    "pads crop": ({"pads": [1, 0]}, X_BY_K3[1:]),
    "each end": ({"pads": [0, 3]}, X_BY_K3[:4]),
    "output padding appends": ({"output_padding": [1]}, [*X_BY_K3, 0]),
    "the odd one at the end": ({"auto_pad": "SAME_UPPER"}, X_BY_K3[:-1]),
    "the odd one at the beginning": ({"auto_pad": "SAME_LOWER"}, X_BY_K3[1:]),
    "output padding moves the crop": (
        {"auto_pad": "SAME_UPPER", "output_padding": [1]},
        X_BY_K3[1:],
    ),
    "a shape with a word": ({"auto_pad": "SAME_UPPER", "output_shape": [6]}, X_BY_K3[:-1]),
}


@pytest.mark.parametrize(("attributes", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_by_hand(attributes, expected):
    arrays, attributes = x_and([1, 10, 100]), {"strides": [2]} | attributes
    assert by_reference(arrays, attributes).ravel().tolist() == expected
    assert by_runtime(arrays, attributes).ravel().tolist() == expected
    scatter = ours_of({"kernel_shape": 3} | attributes, (3,))
    assert scatter.apply(arrays["x"], arrays["w"]).ravel().tolist() == expected


def test_a_shape_alone_crops_the_odd_one_at_the_beginning_and_pads_are_ignored():
    arrays = x_and([1, 10, 100])
    for pads in ({}, {"pads": [1, 1]}):
        attributes = {"strides": [2], "output_shape": [4], **pads}
        assert by_runtime(arrays, attributes).ravel().tolist() == X_BY_K3[2:-1]
        scatter = from_onnx(3, input_size=3, **attributes)
        assert scatter.crop == ((2, 1),)


# --- Where the two programs differ -------------------------------------------------------


def test_where_same_has_to_append_the_runtime_makes_a_smaller_result():
    arrays, attributes = x_and([7]), {"strides": [4], "auto_pad": "SAME_UPPER"}
    theirs = by_reference(arrays, attributes).ravel().tolist()
    assert theirs == [0, 0, 7, 0, 0, 0, 14, 0, 0, 0, 21, 0]
    scatter = from_onnx(1, **attributes)
    assert scatter.apply(arrays["x"], arrays["w"]).ravel().tolist() == theirs
    assert by_runtime(arrays, attributes).ravel().tolist() == [7, 0, 0, 0, 14, 0, 0, 0, 21]


def test_where_a_shape_has_to_append_the_runtime_does_so_at_the_end():
    arrays = x_and([7])
    attributes = {"strides": [4], "auto_pad": "SAME_UPPER", "output_shape": [11]}
    assert by_reference(arrays, attributes).ravel().tolist() == [0, 7, 0, 0, 0, 14, 0, 0, 0, 21, 0]
    assert from_onnx(1, input_size=3, **attributes).crop == ((-1, -1),)
    assert by_runtime(arrays, attributes).ravel().tolist() == [7, 0, 0, 0, 14, 0, 0, 0, 21, 0, 0]


def test_the_reference_evaluator_takes_no_shape_alone():
    with pytest.raises(ValueError, match="sliding blocks"):
        by_reference(x_and([1, 10, 100]), {"strides": [2], "output_shape": [6]})


@pytest.mark.parametrize("dilation", [1, 4])
def test_both_refuse_output_padding_of_the_stride_even_under_dilation(dilation):
    arrays = x_and([1, 10, 100])
    attributes = {"strides": [2], "dilations": [dilation], "output_padding": [2]}
    for witness in (by_reference, by_runtime):
        with pytest.raises(Exception, match=r"sliding blocks|output_padding"):
            witness(arrays, attributes)
    with pytest.raises(ValueError, match="smaller than strides"):
        from_onnx(3, **attributes)


REFUSED = {
    "an unknown word": {"auto_pad": "SAME"},
    "pads beside a word": {"auto_pad": "VALID", "pads": [1, 1]},
    "pads of the wrong length": {"pads": [1]},
    "negative pads": {"pads": [-1, 0]},
    "no stride": {"strides": [0]},
}


@pytest.mark.parametrize("attributes", REFUSED.values(), ids=REFUSED)
def test_what_onnx_refuses(attributes):
    with pytest.raises(Exception, match=r".+"):
        by_runtime(x_and([1, 10, 100]), attributes)
    with pytest.raises(ValueError, match=r"must be"):
        from_onnx(3, **attributes)


def test_a_shape_needs_the_input_size():
    with pytest.raises(TypeError, match="input_size must be given"):
        from_onnx(3, output_shape=8)


def test_ints_stay_ints():
    assert from_onnx(3, strides=2, pads=1) == Scatter(3, 2, crop=(1, 1))
    assert from_onnx(3, pads=[1, 2, 3, 4]).crop == ((1, 3), (2, 4))
    assert told(to_onnx(Scatter(3))["pads"], 2) == (0, 0)
