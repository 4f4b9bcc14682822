"""Mistakes in a layer that gets its input in chunks and remembers the frames before."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.exercises import answers
from deconv_helpers.exercises.task import Mistake
from deconv_helpers.ops import conv_transpose

Parts: TypeAlias = tuple[Array, ...]


def _kept(w: Array, s: int) -> int:
    """Return how many frames before its own a sample hears."""
    return (w.shape[-1] - 1) // s


def _streamed(
    keep: Callable[[Array, int], int] = _kept,
    cut: Callable[[Array, int, int, int], Array] = lambda y, past, all_, s: y[
        ..., past * s : all_ * s
    ],
    remembered: Callable[[Array, Array], Array] = lambda joined, chunk: joined,
) -> Mistake:
    """Return the layer with other frames kept, or another part of each result sent."""

    def made(chunks: Sequence[Array], w: Array, bias: Array, s: int) -> Parts:
        count = keep(w, s)
        past = np.zeros((*chunks[0].shape[:-1], count), chunks[0].dtype)
        parts = []
        for chunk in chunks:
            x = np.concatenate([past, chunk], axis=-1)
            y = conv_transpose(x, w, bias, stride=s)
            parts.append(cut(y, past.shape[-1], x.shape[-1], s))
            held = remembered(x, chunk)
            past = held[..., max(held.shape[-1] - count, 0) :]
        return tuple(parts)

    return made


def _tails_with_bias(chunks: Sequence[Array], w: Array, bias: Array, s: int) -> Parts:
    """Add tails that hold the bias already."""
    tail: Array | None = None
    parts = []
    for chunk in chunks:
        y = conv_transpose(chunk, w, bias, stride=s)
        if tail is not None:
            room = max(tail.shape[-1] - y.shape[-1], 0)
            y = np.pad(y, [(0, 0), (0, 0), (0, room)])
            y[..., : tail.shape[-1]] += tail
        parts.append(y[..., : chunk.shape[-1] * s])
        tail = y[..., chunk.shape[-1] * s :]
    return tuple(parts)


def _without(
    chunks: Sequence[Array], w: Array, bias: Array, s: int, *, biased: bool = True
) -> Parts:
    """Return what each chunk makes alone."""
    return tuple(conv_transpose(x, w, bias if biased else None, stride=s) for x in chunks)


def _alone(chunks: Sequence[Array], w: Array, bias: Array, s: int) -> Parts:
    return tuple(
        y[..., : x.shape[-1] * s]
        for x, y in zip(chunks, _without(chunks, w, bias, s), strict=True)
    )  # fmt: skip


STREAM: dict[str, Mistake] = {
    "past-forgotten": _alone,
    "chunks-in-full": _without,
    "past-sent-again": _streamed(cut=lambda y, past, all_, s: y[..., : all_ * s]),
    "tail-sent": _streamed(cut=lambda y, past, all_, s: y[..., past * s :]),
    "last-samples-sent": _streamed(
        cut=lambda y, past, all_, s: y[..., y.shape[-1] - (all_ - past) * s :]
    ),
    "one-frame-kept": _streamed(keep=lambda w, s: 1),
    "too-few-frames-kept": _streamed(keep=lambda w, s: max(w.shape[-1] // s - 1, 0)),
    "past-of-the-chunk-alone": _streamed(
        cut=lambda y, past, all_, s: y[..., past * s : all_ * s],
        remembered=lambda joined, chunk: chunk,
    ),
    "bias-in-the-tails": _tails_with_bias,
    "bias-ignored": lambda chunks, w, bias, s: answers.with_past(chunks, w, 0 * bias, s),
    "reversed": lambda chunks, w, bias, s: answers.with_past(chunks, w[..., ::-1], bias, s),
}
