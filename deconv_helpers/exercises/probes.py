"""The cases that tell mistakes apart.

Inputs are below 10 and kernels are powers of ten, so that every digit of a cell
names its input and its tap. A symmetric kernel, stride 1 or as much padding as
output padding would let wrong answers pass: each set has cases without any of these.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.stand_ins import Network, Port
from deconv_helpers.exercises.task import Arguments
from deconv_helpers.ops import conv_transpose

LAYER_KEYWORDS = ("stride", "padding", "output_padding", "groups", "dilation")
_FULL_NAMES = {"s": "stride", "p": "padding", "p_": "output_padding", "d": "dilation"}


def row(*numbers: float) -> Array:
    """Return an array of one axis."""
    return np.array(numbers)


def powers(*shape: int) -> Array:
    """Return a kernel of powers of ten."""
    return 10 ** np.arange(int(np.prod(shape))).reshape(shape)


def numbers(*shape: int) -> Array:
    """Return an array that counts from 1."""
    return np.arange(1, 1 + int(np.prod(shape))).reshape(shape)


def in_full(case: Arguments) -> Arguments:
    """Return a case whose parameters have PyTorch's names."""
    return {_FULL_NAMES.get(name, name): value for name, value in case.items()}


def letters(
    stride: Any = 1, padding: Any = 0, output_padding: Any = 0, dilation: Any = 1, **others: Any
) -> dict[str, Any]:
    """Return the same the other way: the parameters as letters, each a tuple over the axes."""
    both = {"s": stride, "p": padding, "p_": output_padding, "d": dilation}
    axes = max(len(each) if isinstance(each, tuple) else 1 for each in both.values())
    tuples = {key: _as_tuple(each, axes) for key, each in both.items()}
    names = {"weight": "w", "bias": "b", "grad": "y", "groups": "g"}
    return {names.get(key, key): each for key, each in others.items()} | tuples


def _as_tuple(number: Any, axes: int) -> tuple[int, ...]:
    return number if isinstance(number, tuple) else (number,) * axes


X = numbers(4)

# One axis. The second case alone lets five wrong answers pass.
STAMPS: list[Mapping[str, Any]] = [
    {"x": X, "w": powers(3), "s": 2, "p": 0, "p_": 0},
    {"x": X, "w": powers(3), "s": 2, "p": 1, "p_": 1},
    {"x": X, "w": powers(4), "s": 3, "p": 2, "p_": 1},
    {"x": numbers(3), "w": powers(4), "s": 1, "p": 1, "p_": 0},
    {"x": row(3, 1, 2), "w": powers(2), "s": 3, "p": 0, "p_": 2},
    {"x": numbers(2), "w": powers(3), "s": 3, "p": 1, "p_": 2},
    {"x": row(5), "w": powers(5), "s": 2, "p": 1, "p_": 0},
    {"x": row(0.5, -1.5), "w": row(4.0, 2.0, 1.0), "s": 2, "p": 0, "p_": 1},
]

FULL: list[Mapping[str, Any]] = [
    {"x": X, "w": powers(3), "s": 2},
    {"x": X, "w": powers(5), "s": 3},
    {"x": row(2, 1, 3), "w": powers(2), "s": 4},
    {"x": numbers(3), "w": powers(4), "s": 1},
    {"x": row(7), "w": powers(6), "s": 5},
    {"x": row(1, 2), "w": row(5, 1, 3), "s": 2},
]

PLANE: list[Mapping[str, Any]] = [
    {"x": numbers(2, 2), "w": powers(2, 2), "s": (1, 1), "p": (0, 0), "p_": (0, 0)},
    {"x": numbers(2, 2), "w": powers(2, 2), "s": (2, 1), "p": (0, 0), "p_": (0, 0)},
    {"x": numbers(2, 3), "w": powers(2, 3), "s": (2, 3), "p": (0, 1), "p_": (1, 0)},
    {"x": numbers(3, 2), "w": powers(3, 3), "s": (2, 2), "p": (1, 1), "p_": (1, 1)},
    {"x": numbers(2, 2), "w": powers(3, 3), "s": (2, 3), "p": (1, 0), "p_": (0, 2)},
    {"x": numbers(1, 3), "w": powers(2, 4), "s": (3, 2), "p": (0, 2), "p_": (2, 1)},
    {"x": row(0.5, 1.5, -2, 4).reshape(2, 2), "w": row(3.0, 1).reshape(1, 2), "s": (2, 1),
     "p": (0, 0), "p_": (1, 0)},
]  # fmt: skip

CONVOLUTION: list[Mapping[str, Any]] = [
    {"y": np.arange(10), "w": powers(3), "s": 2},
    {"y": np.arange(1, 8), "w": powers(2), "s": 3},
    {"y": np.arange(1, 10), "w": powers(4), "s": 1},
    {"y": np.arange(1, 4), "w": powers(3), "s": 2},
    {"y": np.arange(2, 10), "w": powers(1), "s": 4},
]

SIZES: list[Mapping[str, Any]] = [
    {"input_size": i_, "kernel_size": k, **in_full({"s": s, "p": p, "p_": p_, "d": d})}
    for i_, k, s, p, p_, d in [
        (4, 3, 2, 0, 0, 1),
        (4, 3, 2, 1, 0, 1),
        (4, 3, 2, 1, 1, 1),
        (5, 4, 3, 1, 2, 1),
        (7, 5, 3, 2, 1, 2),
        (1, 2, 4, 0, 3, 1),
        (9, 1, 1, 0, 0, 1),
        (6, 3, 1, 2, 0, 4),
    ]
]

CONV_SIZES: list[Mapping[str, Any]] = [
    {"i": i, "k": k, "s": s, "p": p}
    for i, k, s, p in [
        (50, 3, 2, 1),
        (48, 3, 2, 1),
        (49, 3, 2, 1),
        (52, 3, 2, 1),
        (20, 7, 3, 0),
        (10, 4, 4, 2),
        (9, 1, 1, 0),
        (5, 5, 3, 0),
    ]
]


def _layer(
    n: int,
    size: tuple[int, int],
    w: tuple[int, int, int, int],
    *,
    bias: bool = True,
    groups: int = 1,
    dtype: type = int,
    s: tuple[int, int] = (1, 1),
    p: tuple[int, int] = (0, 0),
    p_: tuple[int, int] = (0, 0),
    d: tuple[int, int] = (1, 1),
) -> Mapping[str, Any]:
    named = in_full({"s": s, "p": p, "p_": p_})
    # No whole numbers where the type can hold others.
    unit = dtype(1) if dtype is int else dtype(0.5)
    return {
        "x": numbers(n, w[0], *size).astype(dtype) * unit,
        "weight": (numbers(*w) % 11 - 3).astype(dtype),
        "bias": (100 * numbers(w[1] * groups)).astype(dtype) if bias else None,
        **named,
        "groups": groups,
        "dilation": d,
    }


LAYERS: list[Mapping[str, Any]] = [
    _layer(1, (2, 2), (1, 1, 2, 2), bias=False, s=(2, 2)),
    _layer(1, (2, 3), (2, 2, 3, 2), bias=False, s=(2, 1), p=(1, 0)),
    _layer(2, (2, 2), (2, 3, 3, 3), s=(2, 2), p=(1, 1), p_=(1, 0)),
    _layer(1, (3, 2), (4, 2, 2, 3), s=(1, 2), groups=2),
    _layer(2, (2, 2), (4, 4, 3, 3), s=(2, 3), p=(0, 2), p_=(1, 2), groups=4, bias=False),
    _layer(1, (3, 3), (2, 2, 3, 2), s=(2, 1), p=(1, 1), p_=(1, 0), d=(2, 3)),
    # A p' of at least s, which the dilation allows.
    _layer(1, (3, 2), (2, 1, 1, 2), s=(2, 1), p_=(0, 1), d=(1, 2)),
    _layer(1, (1, 4), (3, 1, 1, 5), s=(3, 2), p_=(2, 1), dtype=np.float32),
    _layer(1, (2, 2), (6, 2, 1, 2), s=(1, 2), groups=2),
]


def _with_gradient(case: Mapping[str, Any]) -> Mapping[str, Any]:
    parameters = {name: case[name] for name in LAYER_KEYWORDS}
    y = conv_transpose(case["x"], case["weight"], **parameters)
    grad = (numbers(*y.shape) % 7 - 2).astype(y.dtype)
    return {"grad": grad, "x": case["x"], "weight": case["weight"], **parameters}


BACKWARD = [_with_gradient(case) for case in LAYERS]

INPUT_GRADIENT: list[Mapping[str, Any]] = [
    {"g": numbers(1, 1, n) * 1.0, "w": powers(1, 1, k) * 1.0, "size": size, "s": s, "p": p}
    for n, k, size, s, p in [
        (3, 3, 5, 1, 0),
        (3, 3, 7, 2, 0),
        (3, 3, 8, 2, 0),
        (3, 3, 6, 2, 1),
        (3, 3, 7, 3, 1),
        (3, 3, 9, 3, 1),
        (2, 3, 5, 4, 1),
        (3, 7, 6, 2, 3),
        (2, 5, 2, 3, 3),
    ]
]

CHANNELS: list[Mapping[str, Any]] = [
    {"x": numbers(1, 3), "w": powers(1, 1, 2), "s": 2, "groups": 1},
    {"x": numbers(2, 3), "w": numbers(2, 2, 3), "s": 2, "groups": 1},
    {"x": numbers(2, 3), "w": numbers(2, 3, 2), "s": 3, "groups": 1},
    {"x": numbers(4, 3), "w": numbers(4, 2, 4), "s": 3, "groups": 2},
    {"x": numbers(3, 2), "w": numbers(3, 2, 2), "s": 1, "groups": 3},
]

WEIGHTS: list[Mapping[str, Any]] = [
    {"w": row(1.0, 10, 2, 4, 5, 5, 8, 1).reshape(2, 2, 2)},
    {"w": row(-1.0, 2, 3, -4, 5, 6, -12, 8, 9, 10, 11, 1).reshape(2, 3, 2)},
]

DECODERS: list[Mapping[str, Any]] = [
    {"size": 50, "layers": [(3, 2, 1)] * 2},
    {"size": 65, "layers": [(3, 2, 1)] * 4},
    {"size": 50, "layers": [(5, 3, 0), (4, 2, 1)]},
    {"size": 30, "layers": [(2, 2, 0), (3, 1, 1), (5, 4, 2)]},
    {"size": 9, "layers": []},
]

HALVINGS: list[Mapping[str, Any]] = [
    {"rows": 97, "depth": 3},
    {"rows": 143, "depth": 2},
    {"rows": 64, "depth": 4},
    {"rows": 50, "depth": 3},
    {"rows": 95, "depth": 5},
]

ENCODERS: list[Mapping[str, Any]] = [
    {"size": 30, "layers": [(3, 2, 1, 1)]},
    {"size": 31, "layers": [(7, 3, 2, 1), (3, 2, 0, 2)]},
    {"size": 44, "layers": [(7, 3, 2, 1), (3, 2, 0, 2)]},
    {"size": 64, "layers": [(4, 4, 1, 2), (2, 3, 0, 1), (3, 2, 1, 1)]},
]

KERNELS: list[Mapping[str, Any]] = [
    {"w": row(1.0, 10, 100), "s": 2},
    {"w": row(1.0, 10, 100, 1000, 10_000), "s": 3},
    {"w": row(2.0, -1, 4, 3, 8, 1, 5), "s": 2},
    {"w": row(3.0, 5, 2), "s": 1},
    {"w": row(1.0, 2, 4), "s": 3},
]


def _chunks(
    n: int, sizes: tuple[int, ...], w: tuple[int, int, int], s: int
) -> Mapping[str, Any]:  # fmt: skip
    frames = numbers(n, w[0], sum(sizes))
    ends = np.cumsum(sizes)[:-1]
    bias = 1000 * numbers(w[1])
    return {"chunks": np.split(frames, ends, -1), "w": numbers(*w) % 11 - 3, "bias": bias, "s": s}


CHUNKS: list[Mapping[str, Any]] = [
    _chunks(1, (3, 2), (1, 1, 4), 2),
    _chunks(1, (2, 2, 3), (1, 1, 6), 2),
    _chunks(2, (1, 4, 1, 2), (2, 3, 8), 3),
    _chunks(1, (1, 1, 3), (2, 1, 7), 2),
    _chunks(1, (2, 3), (1, 2, 3), 3),
]


def _framed(*shape: int) -> Array:
    """Return a picture with a black edge, so that it does not matter how it is continued."""
    inside = numbers(*shape[:2], *(size - 2 for size in shape[2:])) * 1.0
    return np.pad(inside, [(0, 0), (0, 0), (1, 1), (1, 1)])


PICTURES: list[Mapping[str, Any]] = [
    {"network": Network(multiple), "x": _framed(*shape), "multiple": multiple}
    for shape, multiple in [
        ((1, 1, 3, 5), 4),
        ((1, 1, 6, 5), 4),
        ((2, 1, 4, 3), 2),
        ((1, 2, 4, 4), 4),
        ((1, 1, 7, 4), 3),
    ]
]

PORTS: list[Mapping[str, Any]] = [
    {"port": Port(turned, begin, end, s), "k": k, "s": s}
    for turned, begin, end, k, s in [
        (False, 2, 1, 5, 2),
        (True, 1, 2, 5, 2),
        (False, 0, 0, 3, 1),
        (True, 3, 0, 4, 3),
        (False, 0, -1, 4, 2),
        (False, 1, 3, 7, 4),
    ]
]

CUTS: list[Mapping[str, Any]] = [
    {"y": numbers(9), "p": p, "p_": p_}
    for p, p_ in [(1, 1), (2, 1), (1, 2), (0, 2), (2, 0), (0, 0)]
]

POINTWISE: list[Mapping[str, Any]] = [
    {"w": numbers(*shape)} for shape in [(2, 3, 2, 2), (1, 1, 3, 3), (3, 2, 2, 2), (2, 2, 2, 2)]
]
