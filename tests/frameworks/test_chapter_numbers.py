"""The numbers that the chapter on other frameworks prints are the real libraries' numbers."""

import re
from pathlib import Path

import keras
import nbformat
import numpy as np
import onnxruntime
import pytest
import torch
from jax import lax
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from torch.nn.functional import conv_transpose1d, conv_transpose2d

from deconv_helpers import figures
from deconv_helpers.frameworks import from_jax, from_pytorch, to_jax, translate_weight

PATH = Path(__file__).parents[2] / "book" / "12_the_same_layer_elsewhere.ipynb"
CELLS = [c for c in nbformat.read(PATH, as_version=4).cells if c.cell_type == "code"]
X, W = np.array([1, 2, 3, 4]), np.array([1, 10, 100])


def printed(source):
    """Return what the one cell printed or returned that holds these words."""
    (found,) = [cell for cell in CELLS if source in cell.source and cell.outputs]
    return found.outputs[0].get("text") or found.outputs[0].data["text/plain"]


def whole(array):
    """Return an array's numbers as ints, and say if they are none."""
    numbers = np.asarray(array, dtype=float)
    assert np.array_equal(numbers, numbers.round())
    return numbers.round().astype(int)


def by_torch(padding, output_padding=0):
    x, w = torch.tensor(X)[None], torch.tensor(W)[None, None]
    return conv_transpose1d(x, w, None, 2, padding, output_padding)[0]


def by_keras(x, w, padding, output_padding=None, s=2):
    """Call Keras's layer of as many axes as the input has, with one channel."""
    make = {1: keras.layers.Conv1DTranspose, 2: keras.layers.Conv2DTranspose}[x.ndim]
    layer = make(1, w.shape, s, padding, output_padding=output_padding, use_bias=False)
    layer.build((1, *x.shape, 1))
    layer.set_weights([w[..., None, None]])
    return layer(x[None, ..., None].astype(np.float32)).detach().numpy()[0, ..., 0]


def by_jax(x, w, **arguments):
    arguments = {"strides": (2,) * x.ndim, "padding": "VALID"} | arguments
    x, w = (a.astype(np.float32) for a in (x[None, ..., None], w[..., None, None]))
    return np.asarray(lax.conv_transpose(x, w, **arguments))[0, ..., 0]


def onnx_model(**attributes):
    node = helper.make_node("ConvTranspose", ["x", "w"], ["y"], strides=[2], **attributes)
    shapes = {"x": [1, 1, 4], "w": [1, 1, 3], "y": [1, 1, None]}
    x, w, y = (helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items())
    graph = helper.make_graph([node], "layer", [x, w], [y])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)


def feed():
    return {"x": X.astype(np.float32)[None, None], "w": W.astype(np.float32)[None, None]}


def by_onnxruntime(**attributes):
    model = onnx_model(**attributes).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, feed())[0][0, 0]


ROWS = {
    "PyTorch 1": lambda: by_torch(1),
    "PyTorch 1, 1": lambda: by_torch(1, 1),
    "Keras valid": lambda: by_keras(X, W, "valid"),
    "Keras valid, 1": lambda: by_keras(X, W, "valid", 1),
    "Keras same": lambda: by_keras(X, W, "same"),
    "Keras same, 0": lambda: by_keras(X, W, "same", 0),
    "Keras same, 1": lambda: by_keras(X, W, "same", 1),
    "ONNX [1, 0]": lambda: by_onnxruntime(pads=[1, 0]),
    "ONNX shape 8": lambda: by_onnxruntime(output_shape=[8]),
    "ONNX SAME_UPPER": lambda: by_onnxruntime(auto_pad="SAME_UPPER"),
    "ONNX SAME_LOWER": lambda: by_onnxruntime(auto_pad="SAME_LOWER"),
    "JAX VALID": lambda: by_jax(X, W),
    "JAX SAME": lambda: by_jax(X, W, padding="SAME"),
    "JAX ((1, 1),)": lambda: by_jax(X, W, padding=((1, 1),)),
    "JAX ((2, 2),)": lambda: by_jax(X, W, padding=((2, 2),)),
}


def printed_rows():
    """Return the numbers in each line of the chapter's tables, by the name in front."""
    tables = [cell.outputs[0].text for cell in CELLS if cell.source.find("compare({") >= 0]
    lines = [line for table in tables for line in table.splitlines()]
    found = [re.fullmatch(r"(.+?) +\(-?\d+, -?\d+\) ([\d ]+)", line) for line in lines]
    return {line[1]: [int(number) for number in line[2].split()] for line in found}


def test_each_line_of_the_tables_is_held_against_a_library():
    assert list(printed_rows()) == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_line_of_the_tables_is_what_the_library_returns(name):
    assert whole(ROWS[name]()).tolist() == printed_rows()[name]


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("ONNX [1, 0]", {"pads": [1, 0]}),
        ("ONNX SAME_UPPER", {"auto_pad": "SAME_UPPER"}),
        ("ONNX SAME_LOWER", {"auto_pad": "SAME_LOWER"}),
    ],
)
def test_onnxs_reference_agrees_with_onnxruntime(name, attributes):
    y = ReferenceEvaluator(onnx_model(**attributes)).run(None, feed())[0][0, 0]
    assert whole(y).tolist() == printed_rows()[name]


def test_the_three_letters_are_those_of_the_libraries():
    x, w = np.zeros((5, 5)), np.zeros((7, 7))
    x[2, 2] = 1
    w[:, 1] = w[0, 1:6] = w[3, 1:5] = 1
    y = conv_transpose2d(*(torch.tensor(a)[None, None] for a in (x, w)), None, 2, 3, 1)[0, 0]
    ports = whole(by_keras(x, w, "same")), whole(by_jax(x, w, padding="SAME"))
    picture = figures.arrays(w, y, *ports, names=["w", "y_1", "y_2", "y_3"])
    (stored,) = [cell for cell in CELLS if "figures.arrays" in cell.source]
    assert stored.outputs[0].data["image/svg+xml"] == picture.svg


@pytest.mark.parametrize(
    ("source", "arguments"),
    [("from_jax(3, strides=2).apply", {}), ("mended.apply", {"transpose_kernel": True})],
)
def test_jax_returns_what_its_default_and_its_flag_are_said_to(source, arguments):
    y = by_jax(np.array([1, 2, 3]), np.array([1, 2, 3]), **arguments)
    assert printed(source) == repr(whole(y)[None])


def test_jax_says_pytorchs_crop_in_both_ways():
    ours = to_jax(from_pytorch(3, stride=2, padding=1, output_padding=1))
    assert printed("to_jax(ours)").replace("\n", "") == str(ours)
    other = ours | {"padding": ((1, 0),), "use_consistent_padding": True}
    for arguments in (ours, other):
        assert whole(by_jax(X, W, **arguments)).tolist() == by_torch(1, 1).tolist()


def test_keras_cuts_one_at_each_end_of_a_kernel_of_four():
    w = np.array([1, 10, 100, 1000])
    full = conv_transpose1d(torch.tensor(X)[None], torch.tensor(w)[None, None], None, 2)[0]
    assert printed("from_keras(4, strides=2") == "(1, 1)"
    assert whole(by_keras(X, w, "same")).tolist() == full[1:-1].tolist()


def test_weights_have_the_shapes_that_the_libraries_ask_for():
    w = np.zeros((5, 3, 4, 4))
    shapes = {to: translate_weight(w, "pytorch", to).shape for to in ("keras", "jax")}
    assert printed("translate_weight(w2") == str(list(shapes.values()))
    layer = keras.layers.Conv2DTranspose(3, 4)
    layer.build((1, 6, 6, 5))
    assert tuple(layer.kernel.shape) == shapes["keras"]
    y = lax.conv_transpose(np.zeros((1, 6, 6, 5)), np.zeros(shapes["jax"]), (1, 1), "VALID")
    assert y.shape == (1, 9, 9, 3)


@pytest.mark.parametrize(("k", "s"), [(1, 3), (2, 3), (2, 5)])
def test_where_the_stride_is_larger_valid_appends(k, s):
    w = np.arange(1, k + 1)
    y = by_keras(X, w, "valid", s=s)
    assert len(y) == 4 * s
    assert not y[-(s - k) :].any()
    assert whole(y).tolist() == whole(by_jax(X, w, strides=(s,), transpose_kernel=True)).tolist()


def test_the_libraries_refuse_an_output_padding_of_a_whole_stride():
    with pytest.raises(ValueError, match="output_padding"):
        keras.layers.Conv1DTranspose(1, 3, 2, output_padding=2)
    with pytest.raises(Exception, match=r"output_padding\[0\] \(2\)"):
        by_onnxruntime(output_padding=[2])
    assert printed('device="meta"') == "torch.Size([1, 1, 11])"


def test_a_port_of_jax_that_takes_pytorchs_cut_answers_as_the_unknown_device():
    y = by_jax(np.array([0, 1, 0]), W, padding=((1, 2),))
    assert from_jax(3, strides=2, padding=((1, 2),)).crop == (1, 0)
    (cell,) = [cell for cell in CELLS if cell.source.startswith("answer = ")]
    assert cell.source.startswith(f"answer = {whole(y).tolist()}\n")
