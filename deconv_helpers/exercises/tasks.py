"""The exercises that can be checked: what is called, what is right, what usually goes wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import answers, mistakes
from deconv_helpers.exercises.mistakes import Mistake


@dataclass(frozen=True)
class Task:
    """One exercise.

    Attributes
    ----------
    function : str
        What the answer is called in the text.
    right : callable
        Gives the expected result.
    calls : sequence of dict
        The cases: arguments by name, in the order in which they are passed.
    keywords : tuple of str
        The arguments that are passed by name.
    mistakes : mapping of str to callable
        Each takes the same arguments, and returns what that mistake returns.
    read : callable, optional
        Turns what the answer returned into what can be compared.
    decoded : tuple of str
        The names of an input and a kernel whose digits tell who wrote what.
    keeps_dtype : bool
        Whether the result has the input's type.
    whole_loop : bool
        Whether the answer must not run a line of Python for each input cell.
    """

    function: str
    right: Callable[..., Any]
    calls: Sequence[Mapping[str, Any]]
    keywords: tuple[str, ...] = ()
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)
    read: Callable[[Any], Any] | None = None
    decoded: tuple[str, ...] = ()
    keeps_dtype: bool = False
    whole_loop: bool = False


def _row(*numbers: float) -> Array:
    return np.array(numbers)


def _powers(k: int) -> Array:
    return 10 ** np.arange(k)


def _numbers(*shape: int, first: int = 1) -> Array:
    return np.arange(first, first + int(np.prod(shape))).reshape(shape)


# Probes whose digits tell the mistakes apart. A alone lets five wrong answers pass.

_X = _row(1, 2, 3, 4)
_STRIDES = [
    {"x": _X, "w": _powers(3), "s": 2, "p": 0, "p_": 0},
    {"x": _X, "w": _powers(3), "s": 2, "p": 1, "p_": 1},
    {"x": _X, "w": _powers(4), "s": 3, "p": 2, "p_": 1},
    {"x": _row(1, 2, 3), "w": _powers(4), "s": 1, "p": 1, "p_": 0},
    {"x": _row(3, 1, 2), "w": _powers(2), "s": 3, "p": 0, "p_": 2},
    {"x": _row(1, 2), "w": _powers(3), "s": 3, "p": 1, "p_": 2},
    {"x": _row(5), "w": _powers(5), "s": 2, "p": 1, "p_": 0},
    {"x": _row(0.5, -1.5), "w": _row(1.0, 2.0, 4.0), "s": 2, "p": 0, "p_": 1},
]


def _named(call: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call whose parameters have their full names."""
    names = {"s": "stride", "p": "padding", "p_": "output_padding"}
    return {names.get(name, name): value for name, value in call.items()}


def _of_one_axis(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    def made(mistake: Mistake) -> Mistake:
        return lambda x, w, s, p, p_: mistake(x, w, (s,), (p,), (p_,), (1,))

    return {key: made(mistake) for key, mistake in table.items() if key != "dilation-ignored"}


def _by_name(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    def made(mistake: Mistake) -> Mistake:
        return lambda x, w, stride, padding, output_padding: mistake(
            x, w, stride, padding, output_padding
        )

    return {key: made(mistake) for key, mistake in table.items()}


def _of_the_plane(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    def made(mistake: Mistake) -> Mistake:
        return lambda x, w, stride, padding, output_padding: mistake(
            x, w, stride, padding, output_padding, (1, 1)
        )

    return {key: made(mistake) for key, mistake in table.items() if key != "dilation-ignored"}


def _full_only(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    keys = "overwrite first-wins largest-wins reversed stride-ignored stride-zeros n-strides".split()
    keys += "repeated spread-only stride-twice convolution last-lost".split()

    def made(mistake: Mistake) -> Mistake:
        return lambda x, w, s: mistake(x, w, (s,), (0,), (0,), (1,))

    return {key: made(table[key]) for key in keys}


_ONE_AXIS = _of_one_axis(mistakes.OPERATION)

_PLANE = [
    {"x": _numbers(2, 2), "w": _powers(4).reshape(2, 2), "s": (1, 1), "p": (0, 0), "p_": (0, 0)},
    {"x": _numbers(2, 2), "w": _powers(4).reshape(2, 2), "s": (2, 1), "p": (0, 0), "p_": (0, 0)},
    {"x": _numbers(2, 3), "w": _powers(6).reshape(2, 3), "s": (2, 3), "p": (0, 1), "p_": (1, 0)},
    {"x": _numbers(3, 2), "w": _powers(9).reshape(3, 3), "s": (2, 2), "p": (1, 1), "p_": (1, 1)},
    {"x": _numbers(2, 2), "w": _powers(9).reshape(3, 3), "s": (2, 3), "p": (1, 0), "p_": (0, 2)},
    {"x": _numbers(1, 3), "w": _powers(8).reshape(2, 4), "s": (3, 2), "p": (0, 2), "p_": (2, 1)},
    {"x": _row(0.5, 1, -2, 4).reshape(2, 2), "w": _row(1.0, 2.0).reshape(1, 2), "s": (2, 2),
     "p": (0, 0), "p_": (1, 0)},
]  # fmt: skip


def _layers(*, groups_too: bool = True) -> list[dict[str, Any]]:
    """Return calls of a layer in the plane with channels."""

    def one(n: int, size: tuple[int, int], w: tuple[int, ...], bias: bool = True,
            s: Any = (1, 1), p: Any = (0, 0), p_: Any = (0, 0), g: int = 1,
            d: Any = (1, 1), dtype: Any = int) -> dict[str, Any]:  # fmt: skip
        outs = w[1] * g
        return {
            "x": _numbers(n, w[0], *size).astype(dtype),
            "weight": (_numbers(*w) % 11 - 3).astype(dtype),
            "bias": (100 * _numbers(outs)).astype(dtype) if bias else None,
            "stride": s, "padding": p, "output_padding": p_, "groups": g, "dilation": d,
        }  # fmt: skip

    return [
        one(1, (2, 2), (1, 1, 2, 2), bias=False, s=(2, 2)),
        one(1, (2, 3), (2, 2, 3, 2), bias=False, s=(2, 1), p=(1, 0)),
        one(2, (2, 2), (2, 3, 3, 3), s=(2, 2), p=(1, 1), p_=(1, 0)),
        one(1, (3, 2), (4, 2, 2, 3), s=(1, 2), g=2),
        one(2, (2, 2), (4, 4, 3, 3), s=(2, 3), p=(0, 2), p_=(1, 2), g=4, bias=False),
        one(1, (3, 3), (2, 2, 3, 2), s=(2, 1), p=(1, 1), p_=(1, 0), d=(2, 3)),
        one(1, (1, 4), (3, 1, 1, 5), s=(3, 2), p_=(2, 1), dtype=np.float32),
    ]


def _of_layers(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    def made(mistake: Mistake) -> Mistake:
        def wrong(x: Array, weight: Array, bias: Array | None, *, stride: Any, padding: Any,
                  output_padding: Any, groups: int, dilation: Any) -> Any:  # fmt: skip
            return mistake(x, weight, bias, stride, padding, output_padding, groups, dilation)

        return wrong

    return {key: made(mistake) for key, mistake in table.items()}


_LAYER_KEYWORDS = ("stride", "padding", "output_padding", "groups", "dilation")


def _backward_calls() -> list[dict[str, Any]]:
    calls = []
    for call in _layers():
        parameters = {name: call[name] for name in _LAYER_KEYWORDS}
        y = mistakes.conv_transpose(call["x"], call["weight"], **parameters)
        grad = (_numbers(*y.shape) % 7 - 2).astype(y.dtype)
        calls.append({"grad": grad, "x": call["x"], "weight": call["weight"], **parameters})
    return calls


_SIZES = [
    {"input_size": i, "kernel_size": k, "stride": s, "padding": p, "output_padding": q, "dilation": d}
    for i, k, s, p, q, d in [
        (4, 3, 2, 0, 0, 1), (4, 3, 2, 1, 0, 1), (4, 3, 2, 1, 1, 1), (5, 4, 3, 1, 2, 1),
        (7, 5, 3, 2, 1, 2), (1, 2, 4, 0, 3, 1), (9, 1, 1, 0, 0, 1), (6, 3, 1, 2, 0, 4),
    ]
]  # fmt: skip


def _sizes_by_name(table: Mapping[str, Mistake]) -> dict[str, Mistake]:
    def made(mistake: Mistake) -> Mistake:
        def wrong(input_size: int, kernel_size: int, stride: int, padding: int,
                  output_padding: int, dilation: int) -> Any:  # fmt: skip
            return mistake(input_size, kernel_size, stride, padding, output_padding, dilation)

        return wrong

    return {key: made(mistake) for key, mistake in table.items()}


def _sizes_without_remainders(size: int, layers: Sequence[tuple[int, int, int]], up: Any) -> list[int]:
    sizes = [size]
    for k, s, p in layers:
        sizes.append((sizes[-1] + 2 * p - k) // s + 1)
    for k, s, p in up(layers):
        sizes.append((sizes[-1] - 1) * s + k - 2 * p)
    return sizes


def _read_layers(layers: Any) -> list[tuple[Any, ...]]:
    names = ("kernel_size", "stride", "padding", "output_padding", "dilation")

    def number(value: Any) -> Any:
        return value[0] if isinstance(value, tuple) and len(value) == 1 else value

    return [tuple(number(getattr(layer, name)) for name in names) for layer in layers]


def _mirror_mistake(change: Callable[..., Any]) -> Mistake:
    return lambda size, layers: change(size, answers.mirrored(size, layers), layers)


def _without(place: int, value: int) -> Mistake:
    return _mirror_mistake(
        lambda size, right, layers: [
            (*one[:place], value, *one[place + 1 :]) for one in right
        ]
    )


def _padding_of_the_other(size: int, right: Any, layers: Any) -> Any:
    """Return a decoder whose output paddings are in the order of the way down."""
    turned = [one[3] for one in right][::-1]
    return [(*one[:3], p_, one[4]) for one, p_ in zip(right, turned, strict=True)]


TASKS: dict[str, Task] = {
    # The chapters.
    "conclusion-implement": Task(
        "transposed1d", answers.transposed1d, _STRIDES, mistakes=_ONE_AXIS, decoded=("x", "w")
    ),
    "start-implement": Task(
        "convolved",
        answers.convolved,
        [
            {"y": np.arange(10), "w": _powers(3), "s": 2},
            {"y": np.arange(1, 8), "w": _powers(2), "s": 3},
            {"y": np.arange(1, 10), "w": _powers(4), "s": 1},
            {"y": np.arange(1, 4), "w": _powers(3), "s": 2},
            {"y": np.arange(2, 10), "w": _powers(1), "s": 4},
        ],
        mistakes=mistakes.CONVOLUTION,
    ),
    "start-repair": Task(
        "out",
        answers.convolution_size,
        [
            {"i": i, "k": k, "s": s, "p": p}
            for i, k, s, p in [
                (50, 3, 2, 1), (48, 3, 2, 1), (49, 3, 2, 1), (52, 3, 2, 1), (20, 7, 3, 0),
                (10, 4, 4, 2), (9, 1, 1, 0), (5, 5, 3, 0),
            ]
        ],
        mistakes=mistakes.CONV_SIZE,
    ),
    "divides-implement": Task(
        "decoder_sizes",
        answers.decoder_sizes,
        [
            {"size": 50, "layers": [(3, 2, 1)] * 2},
            {"size": 65, "layers": [(3, 2, 1)] * 4},
            {"size": 50, "layers": [(5, 3, 0), (4, 2, 1)]},
            {"size": 30, "layers": [(2, 2, 0), (3, 1, 1), (5, 4, 2)]},
            {"size": 9, "layers": []},
        ],
        mistakes={
            "same-order-up": lambda size, layers: _sizes_without_remainders(
                size, layers, lambda all_: list(all_)
            ),
            "only-down": lambda size, layers: answers.decoder_sizes(size, layers)[: len(layers) + 1],
            "only-up": lambda size, layers: answers.decoder_sizes(size, layers)[len(layers) :],
            "only-ends": lambda size, layers: answers.decoder_sizes(size, layers)[-1],
            "first-size-left-out": lambda size, layers: answers.decoder_sizes(size, layers)[1:],
            "remainders-given-back": lambda size, layers: (
                (down := answers.decoder_sizes(size, layers)[: len(layers) + 1]) + down[-2::-1]
            ),
        },
    ),
    "remainder-implement": Task(
        "steps_up",
        answers.steps_up,
        [
            {"rows": 97, "depth": 3},
            {"rows": 143, "depth": 2},
            {"rows": 64, "depth": 4},
            {"rows": 50, "depth": 3},
            {"rows": 95, "depth": 5},
        ],
        mistakes={
            "order-of-the-way-down": lambda rows, depth: answers.steps_up(rows, depth)[::-1],
            "remainder-of-the-small-size": lambda rows, depth: [
                (rows >> step) % 2 for step in range(depth, 0, -1)
            ],
            "always-one": lambda rows, depth: [1] * depth,
            "never": lambda rows, depth: [0] * depth,
            "only-the-last": lambda rows, depth: [0] * (depth - 1) + [rows % 2],
            "sizes-instead": lambda rows, depth: [rows >> step for step in range(depth - 1, -1, -1)],
        },
    ),
    "together-implement": Task(
        "mirror",
        answers.mirrored,
        [
            {"size": 30, "layers": [(3, 2, 1, 1)]},
            {"size": 31, "layers": [(7, 3, 2, 1), (3, 2, 0, 2)]},
            {"size": 44, "layers": [(7, 3, 2, 1), (3, 2, 0, 2)]},
            {"size": 59, "layers": [(5, 4, 1, 2), (2, 3, 0, 1), (3, 2, 1, 1)]},
        ],
        mistakes={
            "order-of-the-way-down": _mirror_mistake(lambda size, right, layers: right[::-1]),
            "order-of-the-output-paddings": _mirror_mistake(_padding_of_the_other),
            "dilation-forgotten": _without(4, 1),
            "never": _without(3, 0),
            "always-one": _without(3, 1),
            "padding-forgotten": _without(2, 0),
            "stride-less-one": _mirror_mistake(
                lambda size, right, layers: [(*one[:3], one[1] - 1, one[4]) for one in right]
            ),
            "dilation-as-groups": _mirror_mistake(
                lambda size, right, layers: [(*one[:4], 1) for one in right]
            ),
        },
        read=_read_layers,
    ),
    "four-implement": Task(
        "by_phases",
        answers.by_phases,
        [
            {"x": _X, "w": _powers(3), "s": 2},
            {"x": _X, "w": _powers(5), "s": 3},
            {"x": _row(2, 1, 3), "w": _powers(2), "s": 4},
            {"x": _row(1, 2, 3), "w": _powers(4), "s": 1},
            {"x": _row(7), "w": _powers(6), "s": 5},
        ],
        mistakes=_full_only(mistakes.OPERATION),
        decoded=("x", "w"),
    ),
    "transpose-implement": Task(
        "backward",
        answers.backward1d,
        [
            {"g": _row(1.0, 2, 3)[None, None], "w": _powers(3)[None, None] * 1.0,
             "size": size, "s": s, "p": p}
            for size, s, p in [(5, 1, 0), (7, 2, 0), (8, 2, 0), (6, 2, 1), (7, 3, 1), (9, 3, 1)]
        ],
        mistakes={
            "size-ignored": lambda g, w, size, s, p: _one(g, w, s, p, 0),
            "reversed": lambda g, w, size, s, p: _one(
                g, w[..., ::-1], s, p, (size + 2 * p - w.shape[2]) % s
            ),
            "output-padding-always-one": lambda g, w, size, s, p: _one(g, w, s, p, min(1, s - 1)),
            "padding-left-out-of-the-remainder": lambda g, w, size, s, p: _one(
                g, w, s, p, (size - w.shape[2]) % s
            ),
            "padding-ignored": lambda g, w, size, s, p: _one(g, w, s, 0, 0),
            "unread-cells-in-front": lambda g, w, size, s, p: np.pad(
                _one(g, w, s, p, 0),
                [(0, 0), (0, 0), ((size + 2 * p - w.shape[2]) % s, 0)],
            ),
        },
    ),
    "channels-implement": Task(
        "layer1d",
        answers.layer1d,
        [
            {"x": _numbers(1, 3), "w": _powers(2).reshape(1, 1, 2), "s": 2, "groups": 1},
            {"x": _numbers(2, 3), "w": _numbers(2, 2, 3), "s": 2, "groups": 1},
            {"x": _numbers(2, 3), "w": _numbers(2, 3, 2), "s": 3, "groups": 1},
            {"x": _numbers(4, 3), "w": _numbers(4, 2, 4), "s": 3, "groups": 2},
            {"x": _numbers(3, 2), "w": _numbers(3, 2, 2), "s": 1, "groups": 3},
        ],
        mistakes={
            key: (lambda mistake: lambda x, w, s, groups: mistake(
                x[None], w, None, (s,), (0,), (0,), groups, (1,)
            )[0])(mistakes.LAYER[key])
            for key in ("channels-swapped", "groups-ignored", "groups-interleaved",
                        "channels-not-summed", "reversed")
        }
        | {
            "stride-ignored": lambda x, w, s, groups: answers.layer1d(x, w, 1, groups),
            "first-group-only": lambda x, w, s, groups: answers.layer1d(
                x[: len(x) // groups], w[: len(x) // groups], s, 1
            ),
        },
    ),
    "channels-repair": Task(
        "by_output",
        answers.by_output,
        [
            {"w": _row(1.0, 10, 2, 4, 5, 5, 8, 1).reshape(2, 2, 2)},
            {"w": _row(-1.0, 2, 3, -4, 5, 6, -12, 8, 9, 10, 11, 1).reshape(2, 3, 2)},
        ],
        mistakes={
            "by-input": lambda w: w / np.abs(w).max((1, 2), keepdims=True),
            "by-kernel": lambda w: w / np.abs(w).max(2, keepdims=True),
            "by-everything": lambda w: w / np.abs(w).max(),
            "by-tap": lambda w: w / np.abs(w).max(0, keepdims=True),
            "sign-forgotten": lambda w: w / w.max((0, 2), keepdims=True),
            "by-sum": lambda w: w / np.abs(w).sum((0, 2), keepdims=True),
        },
    ),
    # The ladder.
    "output-size": Task(
        "output_size",
        answers.output_size,
        _SIZES,
        mistakes=_sizes_by_name(mistakes.SIZE),
        keywords=("stride", "padding", "output_padding", "dilation"),
    ),
    "transpose-1d": Task(
        "transpose_1d",
        answers.transposed,
        [_named(call) for call in _STRIDES],
        mistakes=_by_name(_ONE_AXIS),
        keywords=("stride", "padding", "output_padding"),
        decoded=("x", "w"),
    ),
    "transpose-2d": Task(
        "transpose_2d",
        answers.transposed,
        [_named(call) for call in _PLANE],
        mistakes=_of_the_plane({**mistakes.OPERATION, **mistakes.PLANE}),
        keywords=("stride", "padding", "output_padding"),
        decoded=("x", "w"),
    ),
    "layer": Task(
        "layer",
        mistakes.conv_transpose,
        _layers(),
        mistakes=_of_layers(mistakes.LAYER),
        keywords=_LAYER_KEYWORDS,
        keeps_dtype=True,
    ),
    "backward": Task(
        "backward",
        answers.backward,
        _backward_calls(),
        mistakes={},
        keywords=_LAYER_KEYWORDS,
    ),
    "fast": Task(
        "fast",
        mistakes.conv_transpose,
        _layers(),
        mistakes=_of_layers(mistakes.LAYER),
        keywords=_LAYER_KEYWORDS,
        keeps_dtype=True,
        whole_loop=True,
    ),
}


def _one(g: Array, w: Array, s: int, p: int, p_: int) -> Array:
    return mistakes.conv_transpose(g, w, stride=s, padding=p, output_padding=p_)
