"""Which layers to take: the mirror of an encoder, layers for two sizes, where things land.

Integers, fractions and Layers only. A chain of layers is a sequence of steps,
each with its direction: ``("conv", layer)`` is a convolution or a pooling,
``("conv_transpose", layer)`` a transposed convolution. A chain lies along one
axis: `Layer.axes` takes a layer apart.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Literal, NamedTuple, TypeAlias

from deconv_helpers.layer import Layer
from deconv_helpers.sizes import (
    SMALLEST,
    Int,
    Ints,
    as_int,
    axes_of,
    conv_transpose_output_size,
    per_axis,
)

Step: TypeAlias = tuple[Literal["conv", "conv_transpose"], Layer]
Choice: TypeAlias = Int | Iterable[Int]


# An encoder backwards.


def mirror(input_size: Ints, encoder: Sequence[Layer]) -> tuple[Layer, ...]:
    """Return the decoder that leads back through every size of an encoder.

    Parameters
    ----------
    input_size : int or tuple of int
        Size that goes into the encoder, at least 1.
    encoder : sequence of Layer
        Its convolutions and poolings, in the order in which they are called. A
        pooling is a layer too, its stride told: `Layer(2, stride=2)`. Sizes are
        rounded down, as in PyTorch unless a pooling has ``ceil_mode=True``,
        which is not supported. An `output_padding` is ignored: a convolution
        has none.

    Returns
    -------
    tuple of Layer
        The transposed convolutions in the order in which the decoder calls
        them: the encoder's last layer comes first. Each has the
        `output_padding` that its step needs.

    Raises
    ------
    TypeError
        If a size is not an int, nor a tuple of ints, or a layer is no Layer.
    ValueError
        If a layer does not fit into the size that reaches it.

    Examples
    --------
    U-Net's poolings lead from 143 to 71 to 35, and back:

    >>> [str(layer) for layer in mirror(143, [Layer(2, stride=2), Layer(2, stride=2)])]
    ["k=2 s=2 p=0 p'=1 d=1", "k=2 s=2 p=0 p'=1 d=1"]
    """
    per_axis(axes_of(input_size=input_size) or 1, input_size=input_size)
    decoder = []
    size = input_size
    for place, layer in enumerate(encoder):
        _check_layer(f"encoder[{place}]", layer)
        try:
            smaller = layer.conv_output_size(size)
        except ValueError as error:
            raise ValueError(f"{error} (at encoder[{place}], input_size={size})") from None
        decoder.append(layer.with_output_size(smaller, size))
        size = smaller
    return tuple(reversed(decoder))


# From two sizes to layers.


class FoundLayers(tuple[Layer, ...]):
    """Layers that were found, the simplest first; a tuple that knows what came nearest.

    Parameters
    ----------
    layers : iterable of Layer
        What was found.
    nearest : tuple of int
        The nearest sizes, or factors, that can be reached.

    Examples
    --------
    >>> FoundLayers([], nearest=(7, 9)).nearest
    (7, 9)
    """

    nearest: tuple[int, ...]

    def __new__(cls, layers: Iterable[Layer] = (), nearest: tuple[int, ...] = ()) -> "FoundLayers":
        """Make a tuple of the layers; its content is set before it exists."""
        found = super().__new__(cls, layers)
        found.nearest = nearest
        return found


def find_layers(
    input_size: Int | None = None,
    output_size: Int | None = None,
    *,
    factor: Int | None = None,
    kernel_size: Choice = range(1, 12),
    stride: Choice = range(1, 9),
    padding: Choice | None = None,
    output_padding: Choice | None = None,
    dilation: Choice = 1,
) -> FoundLayers:
    """Return every legal layer that makes one size of another, the simplest first.

    Parameters
    ----------
    input_size, output_size : int
        Sizes before and after the transposed convolution along one axis, at
        least 1.
    factor : int
        Instead of the two sizes: the output is to have `factor` times the size
        of the input, whatever that is. At least 1.
    kernel_size, stride, dilation : int or iterable of int
        What they may be.
    padding : int or iterable of int, optional
        What it may be. Left out: at most the cells that the kernel spans less
        1. More is legal, but the outermost inputs then have no effect.
    output_padding : int or iterable of int, optional
        What it may be. Left out: whatever PyTorch accepts, smaller than
        `stride` or than `dilation`.

    Returns
    -------
    FoundLayers
        A tuple of layers, perhaps empty. Its attribute `nearest` holds the
        wanted size where it is reached, and otherwise the nearest below and
        above it that these bounds reach; with `factor`, the factors.

    Raises
    ------
    TypeError
        If a value is not an int, nor ints; or if not either both sizes or
        `factor` are given.
    ValueError
        If a value is below its bound.

    Notes
    -----
    The order: small dilation; a tap for every phase (none left out: `kernel_size`
    at least `stride`, and `dilation` without a common divisor with it); even
    overlap (`stride` divides `kernel_size`); exactly `stride` times the size and
    centred; no `output_padding`; then small kernel, padding, stride. Without
    dilation it is the order of the live figure.

    Examples
    --------
    >>> layers = find_layers(7, 14)
    >>> str(layers[0]), len(layers)
    ("k=2 s=2 p=0 p'=0 d=1", 21)

    A layer that doubles every size, with a kernel of 3:

    >>> [str(layer) for layer in find_layers(factor=2, kernel_size=3)]
    ["k=3 s=2 p=1 p'=1 d=1"]

    With a stride of 4 and nothing added, 8 becomes 32, but not 31:

    >>> layers = find_layers(8, 31, kernel_size=4, stride=4, output_padding=0)
    >>> layers, layers.nearest
    ((), (30, 32))
    """
    bounds = _Bounds(
        _choice("kernel_size", kernel_size),
        _choice("stride", stride),
        None if padding is None else _choice("padding", padding),
        None if output_padding is None else _choice("output_padding", output_padding),
        _choice("dilation", dilation),
    )
    if (input_size is None, output_size is None, factor is None) not in (
        (False, False, True),
        (True, True, False),
    ):
        raise TypeError(
            f"input_size and output_size must both be given, or factor alone, got "
            f"input_size={input_size}, output_size={output_size}, factor={factor}"
        )
    if factor is not None:
        return _layers_for_factor(as_int("factor", factor, 1), bounds)
    have = as_int("input_size", input_size, SMALLEST["input_size"])
    want = as_int("output_size", output_size, SMALLEST["output_size"])
    found = _in_order(have, want, bounds)
    if found:
        return FoundLayers(found, nearest=(want,))
    return FoundLayers(nearest=_around(want, _neighbours(have, want, bounds)))


@dataclass(frozen=True)
class _Bounds:
    """What each parameter may be; None leaves it to the layer's other parameters."""

    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...] | None
    output_padding: tuple[int, ...] | None
    dilation: tuple[int, ...]

    def kernels(self, input_size: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield kernel size, stride, dilation, and the size of the full result."""
        for d in self.dilation:
            for k in self.kernel_size:
                for s in self.stride:
                    yield k, s, d, conv_transpose_output_size(input_size, k, stride=s, dilation=d)

    def output_paddings(self, s: int, d: int) -> list[int]:
        legal = range(max(s, d))
        return [q for q in legal if self.output_padding is None or q in self.output_padding]

    def paddings(self, k: int, d: int) -> Sequence[int]:
        return range(d * (k - 1) + 1) if self.padding is None else self.padding


def _choice(name: str, value: Any) -> tuple[int, ...]:
    """Return what a parameter may be: each number once, the smallest first."""
    try:
        several = tuple(value)
    except TypeError:
        several = (value,)
    return tuple(sorted({as_int(name, number, SMALLEST[name]) for number in several}))


def _in_order(have: int, want: int, bounds: _Bounds) -> list[Layer]:
    found = sorted(_solutions(have, want, bounds), key=lambda one: _order(have, want, *one))
    return [Layer(*parameters) for parameters in found]


def _solutions(have: int, want: int, bounds: _Bounds) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield the parameters of each layer, in the order in which `Layer` takes them."""
    for k, s, d, full in bounds.kernels(have):
        paddings = bounds.paddings(k, d)
        for output_padding in bounds.output_paddings(s, d):
            # Both ends lose p: what is too much is even, or this output_padding is none.
            p, odd = divmod(full + output_padding - want, 2)
            if not odd and p in paddings:
                yield k, s, p, output_padding, d


def _order(have: int, want: int, k: int, s: int, p: int, q: int, d: int) -> tuple[int, ...]:
    # With nothing added, s times the size is centred too: the kernel spans s + 2p cells.
    exact = want == have * s and q == 0
    unreached = k < s or gcd(s, d) > 1
    return d, unreached, k % s != 0, not exact, q > 0, k, p, s, q


def _layers_for_factor(factor: int, bounds: _Bounds) -> FoundLayers:
    # The size grows by `stride` with each input cell, so that one cell decides for all.
    def found(number: int) -> list[Layer]:
        own = (number,) if number in bounds.stride else ()
        return _in_order(1, number, replace(bounds, stride=own))

    layers = found(factor)
    if layers:
        return FoundLayers(layers, nearest=(factor,))
    return FoundLayers(nearest=_around(factor, {s for s in bounds.stride if found(s)}))


def _neighbours(have: int, want: int, bounds: _Bounds) -> set[int]:
    """Return of each kernel the sizes next to one that none of them reaches."""
    sizes = set()
    for k, s, d, full in bounds.kernels(have):
        paddings = bounds.paddings(k, d)
        for output_padding in bounds.output_paddings(s, d):
            uncropped = full + output_padding
            # The first padding that crops too much, and the last that crops too little.
            first = bisect_right(paddings, (uncropped - want) // 2)
            sizes |= {uncropped - 2 * p for p in paddings[max(first - 1, 0) : first + 1]}
    return {size for size in sizes if size >= SMALLEST["output_size"]}


def _around(wanted: int, numbers: set[int]) -> tuple[int, ...]:
    below = [number for number in numbers if number < wanted]
    above = [number for number in numbers if number > wanted]
    return (*([max(below)] if below else ()), *([min(above)] if above else ()))


# Where things land.


class Placement(NamedTuple):
    """Where cell n of a chain's input lies among the cells of its output.

    Attributes
    ----------
    scale, offset : fractions.Fraction
        At ``scale * n + offset``, in output cells; a whole number is the
        middle of a cell.

    Examples
    --------
    >>> placement = Placement(Fraction(2), Fraction(1, 2))
    >>> print(placement, placement.at(3))
    2n + 1/2 13/2
    """

    scale: Fraction
    offset: Fraction

    def __str__(self) -> str:
        """Return the placement as one writes it down."""
        times, parts = self.scale.as_integer_ratio()
        scale = f"{times if times != 1 else ''}n{f'/{parts}' if parts != 1 else ''}"
        if not self.offset:
            return scale
        return f"{scale} {'+' if self.offset > 0 else '-'} {abs(self.offset)}"

    def at(self, n: Int | Fraction) -> Fraction:
        """Return where cell n, or a place between cells, lies."""
        return self.scale * (n if isinstance(n, Fraction) else as_int("n", n)) + self.offset

    def inverse(self) -> "Placement":
        """Return where cell n of the output lies among the cells of the input.

        Examples
        --------
        >>> Placement(Fraction(2), Fraction(1, 2)).inverse()
        Placement(scale=Fraction(1, 2), offset=Fraction(-1, 4))
        """
        return Placement(1 / self.scale, -self.offset / self.scale)


def centre(steps: Iterable[Step]) -> Placement:
    """Return where the centre of what an input cell becomes lies in the output.

    Parameters
    ----------
    steps : iterable of ("conv" or "conv_transpose", Layer)
        The chain, in the order in which it is called.

    Returns
    -------
    Placement
        The stamp of input cell n has its centre at ``scale * n + offset``. A
        convolution sends the middle of a window to the window's output. No
        steps move nothing.

    Raises
    ------
    TypeError, ValueError
        If a step is not a direction and a layer of one axis.

    Examples
    --------
    FCN-32s pads its first layer by 100. Of the others, those with a kernel of 3
    and a padding of 1 move nothing:

    >>> pool = ("conv", Layer(2, stride=2))
    >>> encoder = [("conv", Layer(3, padding=100)), *5 * [pool], ("conv", Layer(7))]
    >>> print(centre(encoder).inverse())
    32n + 25/2

    Score n stands for the place 32n + 12.5 of the picture, but its stamp's
    centre is at 32n + 31.5. So the result is to be cropped at 19:

    >>> stamp = ("conv_transpose", Layer(64, stride=32))
    >>> print(centre([stamp]), centre([*encoder, stamp]), sep=", ")
    32n + 63/2, n + 19
    """
    scale, offset = Fraction(1), Fraction(0)
    for direction, layer in _checked(steps):
        k, s, p, _, d = _numbers(layer)
        middle = Fraction(d * (k - 1), 2) - p
        if direction == "conv_transpose":
            scale, offset = scale * s, offset * s + middle
        else:
            scale, offset = scale / s, (offset - middle) / s
    return Placement(scale, offset)


# What one output sees, away from the borders.


def receptive_field(steps: Iterable[Step]) -> tuple[int, ...]:
    """Return how many cells the inputs that one output sees span, first to last.

    Parameters
    ----------
    steps : iterable of ("conv" or "conv_transpose", Layer)
        As in `centre`.

    Returns
    -------
    tuple of int
        One number for each phase: output cell n, away from the borders, has
        the number at ``n`` modulo their count. Behind convolutions alone there
        is one phase. 0 where no input arrives.

    Raises
    ------
    TypeError, ValueError
        As `centre`.

    Examples
    --------
    >>> receptive_field([("conv", Layer(3)), ("conv", Layer(2, stride=2)), ("conv", Layer(3))])
    (8,)
    >>> receptive_field([("conv_transpose", Layer(3, stride=2))])
    (2, 1)
    """
    return tuple(max(seen) - min(seen) + 1 if seen else 0 for seen in _seen_by_phase(steps))


def inputs_seen(steps: Iterable[Step]) -> tuple[int, ...]:
    """Return how many inputs one output sees, phase by phase.

    With dilation, or phases that no tap reaches, these are fewer than
    `receptive_field` spans. Parameters, result and errors are laid out as
    there.

    Examples
    --------
    >>> inputs_seen([("conv", Layer(3, dilation=2))]), receptive_field(
    ...     [("conv", Layer(3, dilation=2))]
    ... )
    ((3,), (5,))
    """
    return tuple(len(seen) for seen in _seen_by_phase(steps))


def overlap(steps: Iterable[Step]) -> tuple[int, ...]:
    """Return how many ways lead from inputs to one output, phase by phase.

    With one layer it is the number of products that are added; through a chain
    the numbers multiply and add. Parameters, result and errors are laid out as
    those of `receptive_field`.

    Examples
    --------
    A second uneven layer makes it worse:

    >>> overlap([("conv_transpose", Layer(3, stride=2))])
    (2, 1)
    >>> overlap(2 * [("conv_transpose", Layer(3, stride=2))])
    (3, 2, 3, 1)
    """
    return tuple(seen.total() for seen in _seen_by_phase(steps))


def _seen_by_phase(steps: Iterable[Step]) -> list[Counter[int]]:
    backwards = _checked(steps)[::-1]
    return [_seen(cell, backwards) for cell in range(_period(backwards))]


def _period(backwards: Sequence[Step]) -> int:
    """Return by how many output cells to go so that every layer before moves by whole cells."""
    moved, period = Fraction(1), 1
    for direction, layer in backwards:
        s = _numbers(layer)[1]
        moved = moved / s if direction == "conv_transpose" else moved * s
        period = lcm(period, moved.denominator)
    return period


def _seen(cell: int, backwards: Sequence[Step]) -> Counter[int]:
    """Count the ways from each input to an output, in a chain without borders."""
    ways = Counter({cell: 1})
    for direction, layer in backwards:
        k, s, p, _, d = _numbers(layer)
        before: Counter[int] = Counter()
        for place, number in ways.items():
            for t in range(k):
                if direction == "conv":
                    before[place * s - p + t * d] += number
                elif (place + p - t * d) % s == 0:
                    before[(place + p - t * d) // s] += number
        ways = before
    return ways


# Chunk by chunk.


class Stream(NamedTuple):
    """What a causal layer remembers between chunks: one of the two is enough.

    Attributes
    ----------
    frames : int
        How many past input frames to put before the next chunk.
    sums : int
        Or: how many sums, before the bias, to carry over and to add to the
        first outputs of the next chunk.
    """

    frames: int
    sums: int


def stream(layer: Layer) -> Stream:
    """Return what to keep so that chunk by chunk gives the same as all at once.

    The layer is causal: of the full result of i frames the first ``i * s``
    cells are kept, so that no output waits for a later frame. What is cut at
    the end are the `sums` that are carried; where the kernel spans fewer than
    `stride` cells nothing is, and the missing cells hold the bias alone.

    Parameters
    ----------
    layer : Layer
        Along one axis, time, with no padding of either kind: the cut takes its
        place.

    Returns
    -------
    Stream

    Raises
    ------
    TypeError
        If `layer` is no Layer.
    ValueError
        If it has more than one axis, `padding` or `output_padding`.

    Examples
    --------
    >>> stream(Layer(16, stride=8)), stream(Layer(7, stride=2))
    (Stream(frames=1, sums=8), Stream(frames=3, sums=5))
    """
    k, s, p, q, d = _numbers(_of_one_axis("layer", layer))
    for name, value in {"padding": p, "output_padding": q}.items():
        if value:
            raise ValueError(
                f"{name} must be 0 in a causal layer, which is cut at the end alone, "
                f"got {name}={value}"
            )
    last = d * (k - 1)  # the tap that is farthest from its input
    return Stream(frames=last // s, sums=max(last + 1 - s, 0))


# What a chain is made of.


def _checked(steps: Iterable[Step]) -> list[Step]:
    checked = []
    for place, step in enumerate(steps):
        name = f"steps[{place}]"
        if not isinstance(step, tuple | list) or len(step) != 2:
            raise TypeError(f"{name} must be a direction and a Layer, got {name}={step!r}")
        direction, layer = step
        if direction not in ("conv", "conv_transpose"):
            raise ValueError(
                f"{name} must begin with 'conv' or 'conv_transpose', got {direction!r}"
            )
        checked.append((direction, _of_one_axis(name, layer)))
    return checked


def _of_one_axis(name: str, layer: Any) -> Layer:
    _check_layer(name, layer)
    try:
        return layer.axes(1)[0]
    except ValueError as error:
        raise ValueError(f"{error} (in {name}; Layer.axes gives one layer for each axis)") from None


def _check_layer(name: str, layer: Any) -> None:
    if not isinstance(layer, Layer):
        raise TypeError(f"{name} must be a Layer, got {layer!r}")


def _numbers(layer: Layer) -> tuple[int, int, int, int, int]:
    """Return k, s, p, p' and d of a layer of ints."""
    return tuple(layer.keywords.values())  # type: ignore[return-value]
