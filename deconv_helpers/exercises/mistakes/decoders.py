"""Mistakes in lists of sizes and of layers, down through an encoder and up again."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from deconv_helpers.exercises import answers
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.sizes import conv_output_size

Rows: TypeAlias = list[tuple[int, ...]]


def _down(size: int, layers: Sequence[tuple[int, int, int]]) -> list[int]:
    return answers.decoder_sizes(size, layers)[: len(layers) + 1]


def _same_order(size: int, layers: Sequence[tuple[int, int, int]]) -> list[int]:
    sizes = _down(size, layers)
    for k, s, p in layers:
        sizes.append((sizes[-1] - 1) * s + k - 2 * p)
    return sizes


def _down_twice(size: int, layers: Sequence[tuple[int, int, int]]) -> list[int]:
    sizes = _down(size, layers)
    for k, s, p in reversed(layers):
        sizes.append(conv_output_size(sizes[-1], k, stride=s, padding=p))
    return sizes


DECODER_SIZES: dict[str, Mistake] = {
    "same-order-up": _same_order,
    "convolutions-up": _down_twice,
    "only-down": _down,
    "only-up": lambda size, layers: answers.decoder_sizes(size, layers)[len(layers) :],
    "only-ends": lambda size, layers: answers.decoder_sizes(size, layers)[-1],
    "first-size-left-out": lambda size, layers: answers.decoder_sizes(size, layers)[1:],
    "bottom-twice": lambda size, layers: (
        _down(size, layers) + answers.decoder_sizes(size, layers)[len(layers) :]
    ),
    "remainders-given-back": lambda size, layers: _down(size, layers) + _down(size, layers)[-2::-1],
}

STEPS_UP: dict[str, Mistake] = {
    "order-of-the-way-down": lambda rows, depth: answers.steps_up(rows, depth)[::-1],
    "remainder-of-the-small-size": lambda rows, depth: [
        (rows >> step) % 2 for step in range(depth, 0, -1)
    ],
    "always-one": lambda rows, depth: [1] * depth,
    "never": lambda rows, depth: [0] * depth,
    "only-the-last": lambda rows, depth: [0] * (depth - 1) + [rows % 2],
    "the-last-everywhere": lambda rows, depth: [rows % 2] * depth,
    "sizes-instead": lambda rows, depth: [rows >> step for step in range(depth - 1, -1, -1)],
}


def _mirrored(change: Callable[[Rows], Rows]) -> Mistake:
    return lambda size, layers: change(answers.mirrored(size, layers))


def _with(place: int, value: Callable[[tuple[int, ...]], Any]) -> Mistake:
    """Return the decoder with one of the numbers k, s, p, p', d of each layer changed."""
    return _mirrored(lambda rows: [(*row[:place], value(row), *row[place + 1 :]) for row in rows])


def _output_paddings_turned(rows: Rows) -> Rows:
    turned = [row[3] for row in reversed(rows)]
    return [(*row[:3], p_, row[4]) for row, p_ in zip(rows, turned, strict=True)]


MIRROR: dict[str, Mistake] = {
    "order-of-the-way-down": _mirrored(lambda rows: rows[::-1]),
    "order-of-the-output-paddings": _mirrored(_output_paddings_turned),
    "padding-forgotten": _with(2, lambda row: 0),
    "never": _with(3, lambda row: 0),
    "always-one": _with(3, lambda row: 1),
    "stride-less-one": _with(3, lambda row: row[1] - 1),
    "dilation-forgotten": _with(4, lambda row: 1),
    "remainder-without-padding": lambda size, layers: _by_remainder(
        size, layers, lambda i, k, s, p, d: (i - d * (k - 1) - 1) % s
    ),
    "remainder-without-dilation": lambda size, layers: _by_remainder(
        size, layers, lambda i, k, s, p, d: (i + 2 * p - k) % s
    ),
}


def _by_remainder(size: int, layers: Any, remainder: Callable[..., int]) -> Rows:
    rows: Rows = []
    for k, s, p, d in layers:
        rows.append((k, s, p, remainder(size, k, s, p, d), d))
        size = conv_output_size(size, k, stride=s, padding=p, dilation=d)
    return rows[::-1]
