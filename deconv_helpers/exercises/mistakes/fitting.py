"""Mistakes in padding a picture for a network, and in cropping what it returns."""

from collections.abc import Callable
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.task import Mistake


def _missing(x: Array, multiple: int) -> list[int]:
    return [-size % multiple for size in x.shape[2:]]


def _run(network: Callable[[Array], Array], x: Array, front: Any, behind: Any) -> Array:
    """Return what the network makes of a picture that was padded so much at each end."""
    room = list(zip(front, behind, strict=True))
    return network(np.pad(x, [(0, 0), (0, 0), *room], mode="edge"))


def _cropped(y: Array, x: Array, begin: Any = (0, 0)) -> Array:
    """Return what of a result has the picture's size, from a cell on."""
    ends = zip(begin, x.shape[2:], strict=True)
    cells: list[Any] = [slice(b, b + size) for b, size in ends]
    return y[(..., *cells)]


def _padded(
    ends: Callable[[list[int], int], tuple[Any, Any]],
    crop: Callable[[Array, Array, list[int]], Array] = lambda y, x, miss: _cropped(y, x),
) -> Mistake:
    """Return the picture padded by other numbers, made of those that miss and the multiple."""

    def made(network: Callable[[Array], Array], x: Array, multiple: int) -> Array:
        miss = _missing(x, multiple)
        return crop(_run(network, x, *ends(miss, multiple)), x, miss)

    return made


def _cut_down(network: Callable[[Array], Array], x: Array, multiple: int) -> Array:
    rows, columns = (size // multiple * multiple for size in x.shape[2:])
    return network(x[..., :rows, :columns])


def _square(network: Callable[[Array], Array], x: Array, multiple: int) -> Array:
    largest = max(x.shape[2:])
    size = largest + -largest % multiple
    return _cropped(_run(network, x, (0, 0), [size - one for one in x.shape[2:]]), x)


FITTED: dict[str, Mistake] = {
    "not-cropped": _padded(lambda miss, m: ([0, 0], miss), lambda y, x, miss: y),
    "cut-down": _cut_down,
    "padded-in-front": _padded(
        lambda miss, m: (miss, [0, 0]), lambda y, x, miss: _cropped(y, x, miss)
    ),
    "padded-in-front-cropped-behind": _padded(lambda miss, m: (miss, [0, 0])),
    "padded-at-both-ends": _padded(
        lambda miss, m: ([one // 2 for one in miss], [one - one // 2 for one in miss]),
        lambda y, x, miss: _cropped(y, x, [one // 2 for one in miss]),
    ),
    "cropped-in-front": _padded(
        lambda miss, m: ([0, 0], miss), lambda y, x, miss: _cropped(y, x, miss)
    ),
    "sizes-exchanged": _padded(
        lambda miss, m: ([0, 0], miss), lambda y, x, miss: y[..., : x.shape[3], : x.shape[2]]
    ),
    "a-multiple-too-many": _padded(lambda miss, m: ([0, 0], [one or m for one in miss])),
    "padded-to-a-square": _square,
    "network-not-run": lambda network, x, multiple: x,
}
