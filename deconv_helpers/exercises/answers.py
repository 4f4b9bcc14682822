"""The right answers: what each exercise asks for, from the package itself."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from deconv_helpers.arguments import Array
from deconv_helpers.design import mirror
from deconv_helpers.layer import Layer
from deconv_helpers.ops import conv, conv_transpose
from deconv_helpers.sizes import Ints, conv_output_size, conv_transpose_output_size


def transposed(x: Array, w: Array, *, stride: Ints, padding: Ints, output_padding: Ints) -> Array:
    """Return the transposed convolution without channels."""
    return conv_transpose(
        x[None], w[None, None], stride=stride, padding=padding, output_padding=output_padding
    )[0]


def transposed1d(x: Array, w: Array, s: int, p: int, p_: int) -> Array:
    """Return the same of one axis, its parameters by their letters."""
    return transposed(x, w, stride=s, padding=p, output_padding=p_)


def backward(
    grad: Array,
    x: Array,
    weight: Array,
    *,
    stride: Ints = 1,
    padding: Ints = 0,
    output_padding: Ints = 0,
    groups: int = 1,
    dilation: Ints = 1,
) -> tuple[Array, Array]:
    """Return the gradients for the input and for the weight of `conv_transpose`."""
    taps, cells = weight.shape[2:], x.shape[2:]
    small = conv(grad, weight, stride=stride, padding=padding, dilation=dilation, groups=groups)
    # With p' of at least s the convolution has more positions than the layer has inputs.
    inputs: tuple[Any, ...] = tuple(map(slice, cells))
    axes = Layer(taps, stride, padding, output_padding, dilation).axes(len(taps))
    split = x.reshape(len(x), groups, -1, int(np.prod(cells)))
    met = _windows(grad, axes, taps, cells)
    met = met.reshape(len(x), groups, weight.shape[1], int(np.prod(taps)), -1)
    for_weight = np.einsum("bgan,bgctn->gact", split, met)
    return small[(..., *inputs)], for_weight.reshape(weight.shape)


def _windows(y: Array, axes: Sequence[Any], taps: Sequence[int], cells: Sequence[int]) -> Array:
    """Return of the large array, with axes for taps and cells, what each meets there."""
    along = list(zip(axes, taps, cells, strict=True))
    reach = [(n - 1) * one.stride + one.dilation * (k - 1) + 1 for one, k, n in along]
    room = [
        (one.padding, max(last - size, 0))
        for one, size, last in zip(axes, y.shape[2:], reach, strict=True)
    ]
    y = np.pad(y, [(0, 0), (0, 0), *room])
    met = []
    for tap in product(*map(range, taps)):
        window: list[Any] = []
        for t, (one, _, n) in zip(tap, along, strict=True):
            start = t * one.dilation
            window.append(slice(start, start + (n - 1) * one.stride + 1, one.stride))
        met.append(y[(..., *window)])
    return np.stack(met, axis=2)


def convolved(y: Array, w: Array, s: int) -> Array:
    """Return the convolution of one axis, as PyTorch defines it."""
    return conv(y[None], w[None, None], stride=s)[0]


def convolution_size(i: int, k: int, s: int, p: int) -> int:
    """Return the size of a convolution."""
    return conv_output_size(i, k, stride=s, padding=p)


def decoder_sizes(size: int, layers: Sequence[tuple[int, int, int]]) -> list[int]:
    """Return the sizes down through convolutions and up through their bare partners."""
    sizes = [size]
    for k, s, p in layers:
        sizes.append(conv_output_size(sizes[-1], k, stride=s, padding=p))
    for k, s, p in reversed(layers):
        sizes.append(conv_transpose_output_size(sizes[-1], k, stride=s, padding=p))
    return sizes


def steps_up(rows: int, depth: int) -> list[int]:
    """Return the output paddings that lead back through so many halvings."""
    return [layer.output_padding for layer in mirror(rows, [Layer(2, 2)] * depth)]  # type: ignore[misc]


def mirrored(size: int, layers: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, ...]]:
    """Return the numbers k, s, p, p' and d of each layer of the decoder."""
    encoder = [Layer(k, s, p, 0, d) for k, s, p, d in layers]
    return [_numbers(layer) for layer in mirror(size, encoder)]


def _numbers(layer: Layer) -> tuple[Any, ...]:
    return (
        layer.kernel_size,
        layer.stride,
        layer.padding,
        layer.output_padding,
        layer.dilation,
    )


def by_phases(x: Array, w: Array, s: int) -> Array:
    """Return the full result of one axis."""
    return transposed1d(x, w, s, 0, 0)


def backward1d(g: Array, w: Array, size: int, s: int, p: int) -> Array:
    """Return the gradient for a convolution's input of a known size."""
    return conv_transpose(g, w, stride=s, padding=p, output_padding=(size + 2 * p - w.shape[2]) % s)


def layer1d(x: Array, w: Array, s: int, groups: int) -> Array:
    """Return the layer of one axis with channels, not batched."""
    return conv_transpose(x, w, stride=s, groups=groups)


def by_output(w: Array) -> Array:
    """Return a weight whose output channels have the largest absolute value 1."""
    return w / np.abs(w).max((0, 2), keepdims=True)


def evened(w: Array, s: int) -> Array:
    """Return a kernel whose phases have the same sum, each changed alike in all its taps."""
    phase = np.arange(len(w)) % s
    miss = w.sum() / s - np.bincount(phase, w, s)
    return w + (miss / np.bincount(phase, minlength=s))[phase]


def with_past(chunks: Sequence[Array], w: Array, bias: Array, s: int) -> tuple[Array, ...]:
    """Return what each chunk adds to the result, all of it made at once and then divided."""
    y = conv_transpose(np.concatenate(chunks, axis=-1), w, bias, stride=s)
    ends = np.cumsum([s * chunk.shape[-1] for chunk in chunks])
    return tuple(np.split(y, ends, axis=-1)[: len(chunks)])


def fitted(network: Callable[[Array], Array], x: Array, multiple: int) -> Array:
    """Return what a network that takes multiples only makes of a picture of any size."""
    rows, columns = x.shape[2:]
    room = [(0, 0), (0, 0), (0, -rows % multiple), (0, -columns % multiple)]
    return network(np.pad(x, room, mode="edge"))[..., :rows, :columns]


def convention(port: Callable[..., Array], k: int, s: int) -> list[int]:
    """Return whether a port turns its stamps round, as 0 or 1, and its two cuts."""
    x, w = np.zeros((1, 9), int), np.arange(1, k + 1)[None, None]
    x[0, 4] = 1
    y = np.asarray(port(x, w))[0]
    first = int(y.nonzero()[0][0])
    begin = 4 * s - first
    full = conv_transpose_output_size(x.shape[1], k, stride=s)
    return [int(y[first] == k), begin, full - len(y) - begin]


def converted(y: Array, p: int, p_: int) -> Array:
    """Return of a full result of one axis what the layer returns."""
    return np.pad(y, (0, p_))[p : len(y) + p_ - p]


def as_pointwise(w: Array) -> Array:
    """Return the weight of the 1 × 1 convolution that stands before a shuffle."""
    return w.transpose(1, 2, 3, 0).reshape(-1, len(w), 1, 1)
