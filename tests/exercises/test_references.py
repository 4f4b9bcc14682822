"""What the checks take for right, held against PyTorch."""

import pytest
import torch
from random_cases import random_cases
from torch import nn
from torch.nn import functional

from deconv_helpers.exercises import answers
from deconv_helpers.exercises.ladder import LADDER
from deconv_helpers.exercises.probes import LAYER_KEYWORDS
from deconv_helpers.exercises.tasks import TASKS

MANY = 25


def tensor(array):
    return torch.tensor(array, dtype=torch.float64)


def cases(name):
    """Return an exercise's own cases and many random ones."""
    return [*TASKS[name].cases, *random_cases(name, MANY)]


def transposed(x, w, stride, padding, output_padding):
    of_axes = functional.conv_transpose1d if x.ndim == 1 else functional.conv_transpose2d
    y = of_axes(tensor(x)[None], tensor(w)[None, None], None, stride, padding, output_padding)
    return y[0]


@pytest.mark.parametrize("name", ["transpose-1d", "transpose-2d"])
def test_the_operation_is_pytorchs(name):
    for case in cases(name):
        assert torch.equal(tensor(TASKS[name].right(**case)), transposed(*case.values()))


@pytest.mark.parametrize("name", ["conclusion-implement", "four-implement"])
def test_the_chapters_operation_is_pytorchs(name):
    for case in cases(name):
        parameters = {"p": 0, "p_": 0} | case
        assert torch.equal(tensor(TASKS[name].right(**case)), transposed(*_ordered(parameters)))


def _ordered(case):
    return (case[key] for key in ("x", "w", "s", "p", "p_"))


@pytest.mark.parametrize("name", ["layer", "fast"])
def test_the_layer_is_pytorchs(name):
    for case in cases(name):
        x, weight, bias = (None if case[key] is None else tensor(case[key])
                           for key in ("x", "weight", "bias"))  # fmt: skip
        parameters = {key: case[key] for key in LAYER_KEYWORDS}
        y = functional.conv_transpose2d(x, weight, bias, **parameters)
        assert torch.allclose(tensor(TASKS[name].right(**case)), y, rtol=1e-12)


def test_the_backward_pass_is_autograds():
    for case in cases("backward"):
        x, weight = (tensor(case[key]).requires_grad_() for key in ("x", "weight"))
        y = functional.conv_transpose2d(x, weight, **{key: case[key] for key in LAYER_KEYWORDS})
        expected = torch.autograd.grad(y, (x, weight), tensor(case["grad"]))
        for one, other in zip(answers.backward(**case), expected, strict=True):
            assert torch.allclose(tensor(one), other, rtol=1e-12)


def test_the_gradient_of_a_convolution_is_autograds():
    for case in cases("transpose-implement"):
        y = torch.zeros(1, 1, case["size"], dtype=torch.float64, requires_grad=True)
        x = functional.conv1d(y, tensor(case["w"]), stride=case["s"], padding=case["p"])
        (expected,) = torch.autograd.grad(x, y, tensor(case["g"]))
        assert torch.equal(tensor(answers.backward1d(**case)), expected)


def test_the_layer_of_one_axis_is_pytorchs():
    for case in cases("channels-implement"):
        x, w = tensor(case["x"])[None], tensor(case["w"])
        y = functional.conv_transpose1d(x, w, stride=case["s"], groups=case["groups"])
        assert torch.equal(tensor(answers.layer1d(**case)), y[0])


def test_the_convolution_is_pytorchs():
    for case in cases("start-implement"):
        y, w = tensor(case["y"])[None, None], tensor(case["w"])[None, None]
        x = functional.conv1d(y, w, stride=case["s"])
        assert torch.equal(tensor(answers.convolved(**case)), x[0, 0])


def test_sizes_are_pytorchs():
    for case in cases("output-size"):
        i_, k, *numbers = case.values()
        s, p, p_, d = numbers
        layer = nn.ConvTranspose1d(1, 1, k, s, p, p_, dilation=d)
        assert TASKS["output-size"].right(**case) == layer(torch.zeros(1, 1, i_)).shape[2]
    for case in cases("start-repair"):
        i, k, s, p = case.values()
        assert answers.convolution_size(**case) == nn.Conv1d(1, 1, k, s, p)(
            torch.zeros(1, 1, i)
        ).shape[2]  # fmt: skip


def test_decoders_are_pytorchs():
    for case in cases("divides-implement"):
        x = torch.zeros(1, 1, case["size"])
        sizes = [x.shape[2]]
        down = [nn.Conv1d(1, 1, *layer) for layer in case["layers"]]
        up = [nn.ConvTranspose1d(1, 1, *layer) for layer in case["layers"][::-1]]
        for layer in down + up:
            x = layer(x)
            sizes.append(x.shape[2])
        assert answers.decoder_sizes(**case) == sizes


def test_mirrored_encoders_return_the_size():
    for case in cases("together-implement"):
        x = torch.zeros(1, 1, case["size"])
        for k, s, p, d in case["layers"]:
            x = nn.Conv1d(1, 1, k, s, p, d)(x)
        for k, s, p, p_, d in answers.mirrored(**case):
            x = nn.ConvTranspose1d(1, 1, k, s, p, p_, dilation=d)(x)
        assert x.shape[2] == case["size"]


def test_steps_up_return_the_rows():
    for case in cases("remainder-implement"):
        rows = case["rows"] >> case["depth"]
        for p_ in answers.steps_up(**case):
            rows = 2 * rows + p_
        assert rows == case["rows"]


def test_scaled_weights_have_the_largest_value_one():
    for case in cases("channels-repair"):
        w = tensor(answers.by_output(**case))
        assert torch.allclose(w.abs().amax((0, 2)), torch.ones(w.shape[1], dtype=w.dtype))


def test_evened_kernels_turn_ones_into_one_value():
    for case in cases("checkerboards-implement"):
        w, s = tensor(answers.evened(**case)), case["s"]
        x = torch.ones(1, 1, len(w) + 2, dtype=w.dtype)
        y = functional.conv_transpose1d(x, w[None, None], stride=s)[0, 0, len(w) : -len(w)]
        assert torch.allclose(y, y[:1])
        for j in range(s):
            change = (w - tensor(case["w"]))[j::s]
            assert torch.allclose(change, change[:1])


def test_chunks_are_pytorchs_result_in_parts():
    for case in cases("places-implement"):
        chunks, s = [tensor(chunk) for chunk in case["chunks"]], case["s"]
        frames = torch.cat(chunks, dim=2)
        y = functional.conv_transpose1d(frames, tensor(case["w"]), tensor(case["bias"]), stride=s)
        expected = y[..., : s * frames.shape[2]].split([s * x.shape[2] for x in chunks], dim=2)
        for part, one in zip(answers.with_past(**case), expected, strict=True):
            assert torch.equal(tensor(part), one)


def test_fitted_pictures_are_those_of_pytorchs_padding():
    for case in cases("decoder-implement"):
        network, x, multiple = case.values()
        rows, columns = x.shape[2:]
        room = (0, -columns % multiple, 0, -rows % multiple)
        y = network(functional.pad(tensor(x), room))[..., :rows, :columns]
        assert torch.equal(tensor(answers.fitted(**case)), y)


@pytest.mark.parametrize(("p", "p_"), [(0, 0), (2, 1), (1, 2), (0, 1), (3, 0)])
def test_the_convention_of_pytorch_is_found(p, p_):
    def port(x, w):
        return functional.conv_transpose1d(tensor(x), tensor(w), None, 3, p, p_)

    assert answers.convention(port, 5, 3) == [0, p, p - p_]


def test_the_convention_of_a_port_is_its_own():
    for case in cases("elsewhere-implement"):
        port = case["port"]
        assert answers.convention(**case) == [port.turned, port.begin, port.end]


def test_a_converted_result_is_pytorchs():
    x, w = torch.arange(1.0, 4)[None, None], torch.arange(2.0, 7)[None, None]
    full = functional.conv_transpose1d(x, w, stride=4)[0, 0].numpy()
    for p in range(5):
        for p_ in range(4):
            y = functional.conv_transpose1d(x, w, None, 4, p, p_)[0, 0]
            assert answers.converted(full, p, p_).tolist() == y.tolist()


def test_a_pointwise_convolution_and_a_shuffle_are_the_layer():
    for case in cases("elsewhere-shuffle"):
        w = tensor(case["w"])
        x, k = torch.arange(6.0 * len(w), dtype=w.dtype).reshape(1, len(w), 2, 3), w.shape[2]
        y = functional.conv2d(x, tensor(answers.as_pointwise(**case)))
        y = functional.pixel_shuffle(y, k)
        assert torch.equal(y, functional.conv_transpose2d(x, w, stride=k))


def test_rungs_have_the_arguments_of_the_operation():
    assert list(LADDER) == [
        "output-size",
        "transpose-1d",
        "transpose-2d",
        "layer",
        "backward",
        "fast",
    ]
