"""Mistakes in the operation itself, without channels and with any number of axes."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.ops import conv, conv_transpose

Axes: TypeAlias = Sequence[int]


def full(x: Array, w: Array, s: Axes, d: Axes) -> Array:
    """Return all stamps, nothing cut."""
    return conv_transpose(x[None], w[None, None], stride=tuple(s), dilation=tuple(d))[0]


def cut(y: Array, begin: Axes, end: Axes) -> Array:
    """Cut so many cells from each end of each of the last axes; less than none puts zeros."""
    kept = [(0, 0)] * (y.ndim - len(begin))
    ends = [*kept, *zip(begin, end, strict=True)]
    y = np.pad(y, [(max(-b, 0), max(-e, 0)) for b, e in ends])
    slices = zip(y.shape, ends, strict=True)
    return y[tuple(slice(max(b, 0), max(size - max(e, 0), 0)) for size, (b, e) in slices)]


def less(a: Axes, b: Axes) -> list[int]:
    """Return the differences, axis by axis."""
    return [one - other for one, other in zip(a, b, strict=True)]


def swapped(numbers: Axes) -> Axes:
    """Return the numbers of two axes exchanged."""
    return tuple(reversed(numbers))


def right(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    """Return what is right, to make one mistake in."""
    return cut(full(x, w, s, d), p, less(p, p_))


def _none(numbers: Axes) -> list[int]:
    return [0] * len(numbers)


def _minus(numbers: Axes) -> list[int]:
    return less(_none(numbers), numbers)


def _times(a: Axes, b: Axes) -> list[int]:
    return [one * other for one, other in zip(a, b, strict=True)]


def _with(stride: Callable[[Axes], Axes] = tuple, **others: Callable[[Axes], Axes]) -> Mistake:
    """Return the layer with some of its parameters changed."""

    def made(x: Array, w: Array, **numbers: Axes) -> Array:
        changed = {"s": stride, **others}
        return right(x, w, **{key: changed.get(key, tuple)(each) for key, each in numbers.items()})

    return made


def _cut_by(ends: Callable[[Axes, Axes, Axes], tuple[Axes, Axes]]) -> Mistake:
    """Return the layer whose full result is cut at other ends, made of s, p and p'."""

    def made(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
        return cut(full(x, w, s, d), *ends(s, p, p_))

    return made


def _kernel(change: Callable[[Array], Array]) -> Mistake:
    """Return the layer with another kernel."""

    def made(x: Array, w: Array, **numbers: Axes) -> Array:
        return right(x, change(w), **numbers)

    return made


def _stamped(add: Callable[[Array, Array], Array]) -> Mistake:
    """Return a layer whose stamps are put down by something else than addition."""

    def made(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
        y = np.zeros_like(full(x, w, s, d))
        for n in np.ndindex(*x.shape):
            reach = zip(n, w.shape, s, d, strict=True)
            place = tuple(slice(m * a, m * a + b * (k - 1) + 1, b) for m, k, a, b in reach)
            y[place] = add(y[place], x[n] * w)
        return cut(y, p, less(p, p_))

    return made


def _product_by_product(
    x: Array, w: Array, y: Array, s: Axes, p: Axes, d: Axes, put: Callable[[float], float] = float
) -> Array:
    """Add each product to a result, as an index says: less than 0 counts from the end."""
    for n in np.ndindex(*x.shape):
        for t in np.ndindex(*w.shape):
            reach = zip(n, t, s, p, d, strict=True)
            cell = tuple(m * a + u * c - b for m, u, a, b, c in reach)
            if all(-size <= one < size for one, size in zip(cell, y.shape, strict=True)):
                y[cell] = put(y[cell] + x[n] * w[t])
    return y


def _wrapped(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    y = np.zeros_like(right(x, w, s, p, p_, d))
    return _product_by_product(x, w, y, s, p, d)


def _into_ints(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    room = np.zeros_like(cut(full(x, w, s, d), _none(p), _minus(p_)))
    return cut(_product_by_product(x, w, room, s, _none(p), d, np.trunc), p, p)


def _repeated_whole(x: Array, w: Array, s: Axes, d: Axes) -> Array:
    for axis, times in enumerate(s):
        x = np.repeat(x, times, axis)
    return full(x, w, [1] * x.ndim, d)


def sliced(y: Array, begin: Axes, end: Axes) -> Array:
    """Return a slice of each axis as Python reads its ends: 0 is no end."""
    return y[tuple(map(slice, begin, end))]


def _end_as_minus_p(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return sliced(cut(full(x, w, s, d), _none(p), _minus(p_)), p, _minus(p))


def _larger(old: Array, new: Array) -> Array:
    return np.where(np.abs(new) > np.abs(old), new, old)


def _padded_by_zeros(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return cut(right(x, w, s, p, _none(p_), d), _none(p_), _minus(p_))


def _zeros_in_front(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return cut(right(x, w, s, p, _none(p_), d), _minus(p_), _none(p_))


def _longer_input(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return right(cut(x, _none(p_), _minus(p_)), w, s, p, _none(p_), d)


def _padded_input(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return right(cut(x, _minus(p), _minus(p)), w, s, _none(p), p_, d)


def _spread_only(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    spread = full(x, np.ones([1] * x.ndim, dtype=x.dtype), s, d)
    return conv(spread[None], w[None, None], dilation=tuple(d))[0]


def _repeated(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    size = right(x, w, s, p, p_, d).shape
    y = _repeated_whole(x, w, s, d)
    return cut(y, p, [m - n - begin for m, n, begin in zip(y.shape, size, p, strict=True)])


def _only_inputs(inside: slice) -> Mistake:
    """Return the layer that sees some of its inputs only, in each axis."""

    def made(x: Array, w: Array, **numbers: Axes) -> Array:
        kept = np.zeros_like(x)
        cells = tuple(inside for _ in x.shape)
        kept[cells] = x[cells]
        return right(kept, w, **numbers)

    return made


def _only_taps(inside: slice) -> Mistake:
    """Return the layer that sees some of its taps only, in each axis."""

    def made(x: Array, w: Array, **numbers: Axes) -> Array:
        kept = np.zeros_like(w)
        taps = tuple(inside for _ in w.shape)
        kept[taps] = w[taps]
        return right(x, kept, **numbers)

    return made


def _one_apart(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    size = full(x, w, s, d).shape
    y = full(x, w, [1] * x.ndim, d)
    return cut(y, p, less(less(less(p, p_), size), _minus(y.shape)))


def _stride_twice(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return right(x, w, s, p, p_, d)[tuple(slice(None, None, step) for step in s)]


def _convolution(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    return conv(
        x[None], w[None, None], stride=tuple(s), padding=tuple(p), dilation=tuple(d)
    )[0]  # fmt: skip


def _jax_same(x: Array, w: Array, s: Axes, p: Axes, p_: Axes, d: Axes) -> Array:
    y = full(x, np.flip(w), s, d)
    over = less(y.shape, _times(x.shape, s))
    begin = [max(number, 0) // 2 for number in over]
    return cut(y, begin, less(over, begin))


OPERATION: dict[str, Mistake] = {
    "overwrite": _stamped(lambda old, new: new),
    "first-wins": _stamped(lambda old, new: np.where(old == 0, new, old)),
    "largest-wins": _stamped(_larger),
    "reversed": _kernel(np.flip),
    "stride-ignored": _with(lambda s: [1] * len(s)),
    "stride-in-the-size-only": _one_apart,
    "stride-zeros": _with(lambda s: [step + 1 for step in s]),
    "stride-is-kernel": lambda x, w, s, p, p_, d: right(x, w, w.shape, p, p_, d),
    "stride-twice": _stride_twice,
    "n-strides": _cut_by(lambda s, p, p_: (p, less(less(p, p_), s))),
    "uncropped": _cut_by(lambda s, p, p_: (_none(p), _none(p))),
    "padding-ignored": _cut_by(lambda s, p, p_: (_none(p), _minus(p_))),
    "crop-at-the-end-only": _cut_by(lambda s, p, p_: (_none(p), less(less(p, p_), _minus(p)))),
    "crop-in-front-only": _cut_by(lambda s, p, p_: (p, _minus(p_))),
    "padding-adds": _cut_by(lambda s, p, p_: (_minus(p), less(_minus(p), p_))),
    "padding-times-stride": _cut_by(lambda s, p, p_: (_times(s, p), less(_times(s, p), p_))),
    "padding-pads-input": _padded_input,
    "output-padding-ignored": _cut_by(lambda s, p, p_: (p, p)),
    "output-padding-is-zeros": _padded_by_zeros,
    "zeros-in-front": _zeros_in_front,
    "output-padding-in-front": _cut_by(lambda s, p, p_: (less(p, p_), p)),
    "output-padding-both-ends": _cut_by(lambda s, p, p_: (less(p, p_), less(p, p_))),
    "output-padding-cuts": _cut_by(lambda s, p, p_: (p, less(p, _minus(p_)))),
    "output-padding-pads-input": _longer_input,
    "repeated": _repeated,
    "repeated-and-cut": lambda x, w, s, p, p_, d: cut(_repeated_whole(x, w, s, d), p, p),
    "repeated-whole": lambda x, w, s, p, p_, d: _repeated_whole(x, w, s, d),
    "negative-index": _wrapped,
    "minus-zero": _end_as_minus_p,
    "end-counted-back": lambda x, w, s, p, p_, d: sliced(full(x, w, s, d), p, less(p_, p)),
    "into-ints": _into_ints,
    "spread-only": _spread_only,
    "convolution": _convolution,
    "first-lost": _only_inputs(slice(1, None)),
    "last-lost": _only_inputs(slice(0, -1)),
    "last-tap-lost": _only_taps(slice(0, -1)),
    "jax-same": _jax_same,
    "whole-numbers-only": lambda x, w, **numbers: np.trunc(right(x, w, **numbers)),
}

PLANE: dict[str, Mistake] = {
    "kernel-transposed": _kernel(np.transpose),
    "kernel-upside-down": _kernel(np.flipud),
    "kernel-mirrored": _kernel(np.fliplr),
    "axes-swapped": _with(swapped, p=swapped, p_=swapped, d=swapped),
    "strides-swapped": _with(swapped),
    "paddings-swapped": _with(p=swapped),
    "output-paddings-swapped": _with(p_=swapped),
    "rows-not-cut": _cut_by(lambda s, p, p_: ((0, p[1]), (-p_[0], p[1] - p_[1]))),
    "columns-not-cut": _cut_by(lambda s, p, p_: ((p[0], 0), (p[0] - p_[0], -p_[1]))),
    "first-stride-twice": _with(lambda s: (s[0], s[0])),
    "first-padding-twice": _with(p=lambda p: (p[0], p[0])),
    "first-output-padding-twice": _with(p_=lambda p_: (p_[0], p_[0])),
    "result-transposed": lambda x, w, **numbers: right(x, w, **numbers).T,
}


def _phases(x: Array, w: Array, s: Axes) -> list[Array]:
    return [full(x, w[phase :: s[0]], [1], [1]) for phase in range(min(s[0], len(w)))]


def _side_by_side(x: Array, w: Array, s: Axes, **others: Axes) -> Array:
    return cut(np.concatenate(_phases(x, w, s)), [0], [0])


def _first_phase(x: Array, w: Array, s: Axes, **others: Axes) -> Array:
    y = np.zeros_like(full(x, w, s, [1]))
    phase = _phases(x, w, s)[0]
    y[:: s[0]][: len(phase)] = phase
    return y


# In a result of which nothing is cut, and that may be made phase by phase.
_OF_THE_CUT = (
    "padding", "crop", "output-padding", "zeros", "uncropped", "jax", "whole",
    "repeated-and", "negative", "minus", "end", "into",
)  # fmt: skip
FULL: dict[str, Mistake] = {
    key: mistake for key, mistake in OPERATION.items() if not key.startswith(_OF_THE_CUT)
} | {
    "phases-side-by-side": _side_by_side,
    "first-phase-only": _first_phase,
}
