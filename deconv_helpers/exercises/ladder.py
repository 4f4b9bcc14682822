"""The rungs of *Build it yourself*, from a size to a fast layer with its backward pass."""

from dataclasses import replace

from deconv_helpers.exercises import answers, mistakes, probes
from deconv_helpers.exercises.task import Task
from deconv_helpers.ops import conv_transpose
from deconv_helpers.sizes import conv_transpose_output_size

_WITHOUT_DILATION = ("stride", "padding", "output_padding")


def _of_sizes(input_size: int, kernel_size: int, **numbers: int) -> dict[str, int]:
    letters = {"stride": "s", "padding": "p", "output_padding": "p_", "dilation": "d"}
    return {"i_": input_size, "k": kernel_size} | {
        letters[name]: number for name, number in numbers.items()
    }


_LAYER = Task(
    "layer",
    conv_transpose,
    probes.LAYERS,
    probes.LAYER_KEYWORDS,
    mistakes.LAYER,
    probes.letters,
    misfit="no-room",
    keeps_dtype=True,
)

LADDER = {
    "output-size": Task(
        "output_size",
        conv_transpose_output_size,
        probes.SIZES,
        (*_WITHOUT_DILATION, "dilation"),
        mistakes.SIZE,
        _of_sizes,
    ),
    "transpose-1d": Task(
        "transpose_1d",
        answers.transposed,
        [probes.in_full(case) for case in probes.STAMPS],
        _WITHOUT_DILATION,
        mistakes.OPERATION,
        probes.letters,
        decoded=("x", "w"),
        misfit="no-room",
    ),
    "transpose-2d": Task(
        "transpose_2d",
        answers.transposed,
        [probes.in_full(case) for case in probes.PLANE],
        _WITHOUT_DILATION,
        mistakes.OPERATION | mistakes.PLANE,
        probes.letters,
        decoded=("x", "w"),
        misfit="no-room",
    ),
    "layer": _LAYER,
    "backward": Task(
        "backward",
        answers.backward,
        probes.BACKWARD,
        probes.LAYER_KEYWORDS,
        mistakes.BACKWARD,
        probes.letters,
        kind="two-gradients",
        misfit="no-pad",
    ),
    "fast": replace(_LAYER, function="fast", mistakes=mistakes.FAST, by_taps=True),
}
