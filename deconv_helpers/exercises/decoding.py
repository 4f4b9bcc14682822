"""What can be seen of a wrong result: its shape, a shift, and which product a cell lacks.

With inputs below 10 and a kernel of powers of ten, every digit of a cell names its
input and its tap.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import values
from deconv_helpers.exercises.task import Task
from deconv_helpers.exercises.words import Words

# How far a result that is otherwise right may have moved to be called moved, and how much of it
# must still be there.
_FARTHEST, _LEAST_LEFT = 4, 3


class Seen(NamedTuple):
    """What differs: the keys of it, the lines that say it, and by how much a size is off."""

    reasons: tuple[str, ...]
    lines: list[str]
    off: int = 0


def differences(task: Task, number: int, got: Any, expected: Any, words: Words) -> Seen:
    """Return what differs between a result and what was expected in a case."""
    if isinstance(expected, int):
        if isinstance(got, float):
            return Seen(("float",), [words.says("float", got=got)])
        return Seen(("number",), [], got - expected)
    if not isinstance(got, tuple | list) and np.ndim(got) == 0:
        wanted = kind(task, expected, words)
        return Seen(("one-number",), [words.says("one-number", expected=wanted)])
    if isinstance(expected, list):
        return _of_lists(got, expected, words)
    if isinstance(expected, tuple):
        return _of_several(task, number, got, expected, words)
    return _of_arrays(task, number, got, expected, words)


def kind(task: Task, expected: Any, words: Words) -> str:
    """Return what kind of thing was expected."""
    if task.kind:
        return words.says(task.kind)
    if isinstance(expected, int):
        return words.says("an-int")
    if isinstance(expected, tuple):
        return words.says("a-pair", count=len(expected))
    if isinstance(expected, list):
        return words.says("a-list")
    return words.says("an-array", axes=expected.ndim)


def _of_lists(got: list[Any], expected: list[Any], words: Words) -> Seen:
    if len(got) != len(expected):
        return Seen(
            ("elements",), [words.says("elements", got=len(got), expected=len(expected))]
        )  # fmt: skip
    pairs = enumerate(zip(got, expected, strict=True))
    place, (one, other) = next((n, pair) for n, pair in pairs if not values.equal(*pair))
    if isinstance(one, float):
        return Seen(("float",), [words.says("float", got=one)])
    return Seen(("first-cell",), [_first_cell(f"[{place}]", one, other, words)])


def _of_several(
    task: Task, number: int, got: tuple[Array, ...], expected: tuple[Array, ...], words: Words
) -> Seen:
    pairs = enumerate(zip(got, expected, strict=True), start=1)
    place, (one, other) = next((n, pair) for n, pair in pairs if not values.equal(*pair))
    seen = _of_arrays(task, number, one, other, words)
    return seen._replace(lines=[words.says("the-one", place=place), *seen.lines])


def _of_arrays(task: Task, number: int, got: Array, expected: Array, words: Words) -> Seen:
    if got.ndim != expected.ndim:
        return _of_axes(got, expected, words)
    if number_of_cells := _moved(got, expected):
        key = "moved-back" if number_of_cells > 0 else "moved-front"
        return Seen((key,), [words.says(key, number=abs(number_of_cells))])
    if got.shape != expected.shape:
        return Seen(("shape",), [_of_shapes(got, expected, words)])
    cell = tuple(map(int, np.argwhere(~np.isclose(got, expected, rtol=1e-6, atol=1e-9))[0]))
    if task.decoded and (line := _decoded(task, number, got, expected, cell, words)):
        return Seen(("product",), [line])
    line = _first_cell(_name("", cell), got[cell], expected[cell], words)
    return Seen(("first-cell",), [line])


def _first_cell(cell: str, got: Any, expected: Any, words: Words) -> str:
    one, other = (each if isinstance(each, tuple) else f"{each:g}" for each in (got, expected))
    return words.says("first-cell", cell=cell, got=one, expected=other)


def _of_axes(got: Array, expected: Array, words: Words) -> Seen:
    ones = got.ndim - expected.ndim
    if got.shape == (1,) * ones + expected.shape and values.equal(
        got.reshape(expected.shape), expected
    ):
        index = ", ".join("0" * ones)
        line = words.says("axes-of-one", shape=got.shape, index=index)
        return Seen(("axes-of-one",), [line])
    return Seen(("axes",), [words.says("axes", got=got.ndim, expected=expected.ndim)])


def _of_shapes(got: Array, expected: Array, words: Words) -> str:
    if got.ndim > 1:
        return words.says("shape", got=got.shape, expected=expected.shape)
    off = len(got) - len(expected)
    return words.says("too-long" if off > 0 else "too-short", number=abs(off))


def _moved(got: Array, expected: Array) -> int:
    """Return by how many cells a row has moved to the end; 0 if it has not, or is no row."""
    if got.shape != expected.shape or got.size != got.shape[-1]:
        return 0
    got, expected = got.ravel(), expected.ravel()
    for number in range(1, min(_FARTHEST, len(got) - _LEAST_LEFT) + 1):
        if values.equal(got[number:], expected[:-number]):
            return number
        if values.equal(got[:-number], expected[number:]):
            return -number
    return 0


def _decoded(
    task: Task, number: int, got: Array, expected: Array, cell: tuple[int, ...], words: Words
) -> str:
    """Return which product a cell lacks or holds too much; empty if its digits do not say."""
    x, w = (np.asarray(task.cases[number][name]) for name in task.decoded)
    if not _has_telling_digits(x, w) or not float(got[cell]).is_integer() or got[cell] < 0:
        return ""
    name = _name("y", cell)
    taps = list(np.ndindex(*w.shape))
    digits = zip(
        taps, _digits(int(got[cell]), w.size), _digits(int(expected[cell]), w.size), strict=True
    )
    for tap, holds, should in digits:
        if holds == should:
            continue
        there, missing = _input(x, holds), _input(x, should)
        if holds == 0:
            return words.says("lacks", cell=name, product=_product(missing, tap))
        if there is None:
            return ""
        one = _product(there, tap)
        if should == 0:
            return _of_a_stranger(task, number, there, tap, name, expected.shape, words)
        return words.says("exchanged", cell=name, got=one, expected=_product(missing, tap))
    return ""


def _of_a_stranger(
    task: Task,
    number: int,
    place: tuple[int, ...],
    tap: tuple[int, ...],
    cell: str,
    shape: tuple[int, ...],
    words: Words,
) -> str:
    """Return where a product belongs that stands in a wrong cell."""
    numbers = task.letters(**task.cases[number])
    reach = zip(place, tap, *(numbers[key] for key in ("s", "p", "d")), strict=True)
    home = tuple(n * s + t * d - p for n, t, s, p, d in reach)
    one = _product(place, tap)
    if all(0 <= m < size for m, size in zip(home, shape, strict=True)):
        return words.says("holds", cell=cell, product=one, home=_name("y", home))
    return words.says("holds-cut", cell=cell, product=one)


def _has_telling_digits(x: Array, w: Array) -> bool:
    inputs = list(x.flat)
    return (
        x.dtype.kind == "i"
        and all(0 < each < 10 for each in inputs)
        and len(set(inputs)) == len(inputs)
        and list(w.flat) == [10**power for power in range(w.size)]
    )


def _digits(number: int, count: int) -> Iterator[int]:
    for power in range(count):
        # What does not fit into the digits stays in the last.
        yield number // 10**power % 10 if power < count - 1 else number // 10**power


def _input(x: Array, value: int) -> tuple[int, ...] | None:
    """Return where a value stands in the input, None if it does not."""
    return next((place for place in np.ndindex(*x.shape) if x[place] == value), None)


def _product(place: tuple[int, ...] | None, tap: tuple[int, ...]) -> str:
    return f"{_name('x', place or ())}·{_name('w', tap)}"


def _name(array: str, place: tuple[int, ...]) -> str:
    return f"{array}[{', '.join(map(str, place))}]"
