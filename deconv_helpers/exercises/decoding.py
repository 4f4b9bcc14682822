"""What can be seen of a wrong array: its shape, a shift, and which product a cell lacks.

With inputs below 10 and a kernel of powers of ten, every digit of a cell names its
input and its tap.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.tasks import Task
from deconv_helpers.exercises.words import Words

# How far a result that is otherwise right may have moved to be called moved.
_FARTHEST = 4


def seen(
    task: Task, arguments: Mapping[str, Any], got: Any, expected: Any, words: Words
) -> tuple[str, list[str]]:
    """Return what differs, as the key of a failure and the lines that say it."""
    if isinstance(expected, tuple):
        return _of_several(task, arguments, got, expected, words)
    if isinstance(expected, list):
        return _of_lists(got, expected, words)
    if got.ndim != expected.ndim:
        return "axes", [words.says("axes", got=got.ndim, expected=expected.ndim)]
    if got.shape != expected.shape:
        return "shape", [_of_shapes(got, expected, words)]
    if number := _moved(got, expected):
        key = "moved-back" if number > 0 else "moved-front"
        return "moved", [words.says(key, number=abs(number))]
    cell = tuple(map(int, np.argwhere(~np.isclose(got, expected))[0]))
    name = _cell("y", cell)
    if task.decoded and (line := _decoded(task, arguments, got, expected, cell, words)):
        return "values", [line]
    values = {"got": f"{got[cell]:g}", "expected": f"{expected[cell]:g}"}
    return "values", [words.says("first-cell", cell=name, **values)]


def _of_several(
    task: Task, arguments: Mapping[str, Any], got: Any, expected: Any, words: Words
) -> tuple[str, list[str]]:
    if len(got) != len(expected):
        return "elements", [words.says("elements", got=len(got), expected=len(expected))]
    for place, (one, other) in enumerate(zip(got, expected, strict=True)):
        if one.shape != other.shape or not np.allclose(one, other):
            reason, lines = seen(task, arguments, one, other, words)
            return reason, [words.says("the-one", place=place + 1), *lines]
    raise AssertionError("equal things were to be told apart")


def _of_lists(got: list[Any], expected: list[Any], words: Words) -> tuple[str, list[str]]:
    if len(got) != len(expected):
        return "elements", [words.says("elements", got=len(got), expected=len(expected))]
    place = next(n for n, pair in enumerate(zip(got, expected, strict=True)) if pair[0] != pair[1])
    values = {"got": got[place], "expected": expected[place]}
    return "values", [words.says("first-cell", cell=f"[{place}]", **values)]


def _of_shapes(got: Array, expected: Array, words: Words) -> str:
    if got.ndim > 1:
        return words.says("shape", got=got.shape, expected=expected.shape)
    off = len(got) - len(expected)
    return words.says("longer" if off > 0 else "shorter", number=abs(off), as_symbol="")


def _moved(got: Array, expected: Array) -> int:
    """Return by how many cells a row has moved; 0 if it has not, or is no row."""
    if got.ndim > 1:
        return 0
    for number in range(1, min(_FARTHEST, len(got) - 1) + 1):
        if len(got) - number < 3:
            break
        if np.allclose(got[number:], expected[:-number]):
            return number
        if np.allclose(got[:-number], expected[number:]):
            return -number
    return 0


def _decoded(
    task: Task, arguments: Mapping[str, Any], got: Array, expected: Array,
    cell: tuple[int, ...], words: Words,
) -> str:  # fmt: skip
    """Return which product a cell lacks or holds too much; empty if its digits do not say."""
    x, w = (np.asarray(arguments[name]) for name in task.decoded)
    if not _tells(x, w) or not float(got[cell]).is_integer() or got[cell] < 0:
        return ""
    name = _cell("y", cell)
    taps = list(np.ndindex(*w.shape))
    digits = zip(taps, _digits(int(got[cell]), w), _digits(int(expected[cell]), w), strict=True)
    for tap, holds, should in digits:
        if holds == should:
            continue
        one, other = _product(x, holds, tap), _product(x, should, tap)
        if holds == 0:
            return words.says("lacks", cell=name, product=other)
        if not one:
            return ""
        if should == 0:
            return words.says("holds", cell=name, product=one)
        return words.says("exchanged", cell=name, got=one, expected=other)
    return ""


def _tells(x: Array, w: Array) -> bool:
    values = list(x.flat)
    return (
        x.dtype.kind == "i"
        and all(0 < value < 10 for value in values)
        and len(set(values)) == len(values)
        and list(w.flat) == [10**power for power in range(w.size)]
    )


def _digits(number: int, w: Array) -> Iterator[int]:
    for power in range(w.size):
        # What does not fit into the digits stays in the last.
        yield number // 10**power % 10 if power < w.size - 1 else number // 10**power


def _product(x: Array, value: int, tap: tuple[int, ...]) -> str:
    for place in np.ndindex(*x.shape):
        if x[place] == value:
            return f"{_cell('x', place)}·{_cell('w', tap)}"
    return ""


def _cell(name: str, place: tuple[int, ...]) -> str:
    return f"{name}[{', '.join(map(str, place))}]"
