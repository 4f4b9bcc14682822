"""The exercises of the chapters that ask for code, under their labels without `ex-`."""

from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import answers, mistakes, probes
from deconv_helpers.exercises.task import Task


def _one_axis(x: Array, w: Array, s: int, p: int = 0, p_: int = 0) -> dict[str, Any]:
    return probes.letters(s, p, p_, x=x, w=w)


def _channels(x: Array, w: Array, s: int, groups: int) -> dict[str, Any]:
    return probes.letters(s, x=x, w=w, b=None, g=groups)


def _as_numbers(layers: Any) -> list[tuple[Any, ...]]:
    """Return the numbers of layers as PyTorch has them, each of one channel."""
    return [_numbers_of(layer) for layer in layers]


def _numbers_of(layer: Any) -> tuple[Any, ...]:
    if not (layer.transposed and layer.in_channels == layer.out_channels == 1):
        raise ValueError("no transposed convolution of one channel")
    numbers = ("kernel_size", "stride", "padding", "output_padding", "dilation")
    return tuple(getattr(layer, name)[0] for name in numbers)


def _as_convention(found: Any) -> list[Any]:
    """Return what was said of a port, with 1 for stamps that are turned round and 0 for others."""
    turned, begin, end = found
    turned = np.asarray(turned).item()
    if turned not in (0, 1):
        raise ValueError("neither true nor false")
    return [int(turned), begin, end]


CHAPTERS = {
    "conclusion-implement": Task(
        "transposed1d",
        answers.transposed1d,
        probes.STAMPS,
        mistakes=mistakes.OPERATION,
        letters=_one_axis,
        decoded=("x", "w"),
        misfit="no-room",
    ),
    "start-implement": Task(
        "convolved", answers.convolved, probes.CONVOLUTION, mistakes=mistakes.CONVOLUTION
    ),
    "start-repair": Task(
        "out", answers.convolution_size, probes.CONV_SIZES, mistakes=mistakes.CONV_SIZE
    ),
    "divides-implement": Task(
        "decoder_sizes",
        answers.decoder_sizes,
        probes.DECODERS,
        mistakes=mistakes.DECODER_SIZES,
    ),
    "remainder-implement": Task(
        "steps_up", answers.steps_up, probes.HALVINGS, mistakes=mistakes.STEPS_UP
    ),
    "together-implement": Task(
        "mirror",
        answers.mirrored,
        probes.ENCODERS,
        mistakes=mistakes.MIRROR,
        read=_as_numbers,
        read_as="layers-as-numbers",
        kind="layers",
    ),
    "four-implement": Task(
        "by_phases",
        answers.by_phases,
        probes.FULL,
        mistakes=mistakes.FULL,
        letters=_one_axis,
        decoded=("x", "w"),
        misfit="no-room",
    ),
    "transpose-implement": Task(
        "backward",
        answers.backward1d,
        probes.INPUT_GRADIENT,
        mistakes=mistakes.INPUT_GRADIENT,
    ),
    "channels-implement": Task(
        "layer1d",
        answers.layer1d,
        probes.CHANNELS,
        mistakes=mistakes.CHANNELS,
        letters=_channels,
        misfit="no-room",
    ),
    "channels-repair": Task(
        "by_output", answers.by_output, probes.WEIGHTS, mistakes=mistakes.SCALING
    ),
    "checkerboards-implement": Task(
        "evened", answers.evened, probes.KERNELS, mistakes=mistakes.EVENED
    ),
    "places-implement": Task(
        "with_past",
        answers.with_past,
        probes.CHUNKS,
        mistakes=mistakes.STREAM,
        kind="parts",
    ),
    "decoder-implement": Task("fitted", answers.fitted, probes.PICTURES, mistakes=mistakes.FITTED),
    "elsewhere-implement": Task(
        "convention",
        answers.convention,
        probes.PORTS,
        mistakes=mistakes.CONVENTION,
        read=_as_convention,
        read_as="convention-as-numbers",
        kind="convention",
    ),
    "elsewhere-repair": Task(
        "converted", answers.converted, probes.CUTS, mistakes=mistakes.CONVERTED
    ),
    "elsewhere-shuffle": Task(
        "as_pointwise", answers.as_pointwise, probes.POINTWISE, mistakes=mistakes.POINTWISE
    ),
}
