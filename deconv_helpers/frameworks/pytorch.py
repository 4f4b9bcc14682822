"""PyTorch's `ConvTranspose`: padding at both ends, and less of it at the end."""

from deconv_helpers.frameworks.scatter import Pair, Scatter, by_hand, pairs, unwrapped
from deconv_helpers.layer import Layer
from deconv_helpers.sizes import Ints, axes_of, per_axis


def from_pytorch(layer: Layer | Ints, **parameters: Ints) -> Scatter:
    """Return PyTorch's layer as a Scatter: the crop is ``(p, p - p')``.

    Parameters
    ----------
    layer : Layer or int or tuple of int
        A layer, or the `kernel_size` of one.
    **parameters : int or tuple of int
        `stride`, `padding`, `output_padding`, `dilation`, as in `Layer`.

    Returns
    -------
    Scatter

    Raises
    ------
    TypeError, ValueError
        As `Layer`.

    Examples
    --------
    >>> from_pytorch(3, stride=2, padding=1, output_padding=1).crop
    (1, 0)
    """
    return Scatter.of(Layer.of(layer, **parameters))


def to_pytorch(scatter: Scatter) -> Layer:
    """Return PyTorch's layer with this crop.

    Parameters
    ----------
    scatter : Scatter
        Whether it is `flipped` is a matter of the weights: `translate_weight`.

    Returns
    -------
    Layer
        `padding` is what is cut off in front, `output_padding` by how much
        less is cut off behind.

    Raises
    ------
    ValueError
        If there is none: less is cut off in front than behind, or a negative
        number in front, or the difference is neither below `stride` nor below
        `dilation`.

    Examples
    --------
    >>> to_pytorch(Scatter(3, stride=2, crop=(1, 0)))
    Layer(kernel_size=3, stride=2, padding=1, output_padding=1, dilation=1)
    """
    axes = axes_of(kernel_size=scatter.kernel_size)
    crop = pairs("crop", scatter.crop, axes or 1)
    numbers = {"stride": scatter.stride, "dilation": scatter.dilation}
    for axis, (pair, s, d) in enumerate(zip(crop, *per_axis(axes or 1, **numbers))):
        if why := _reason(pair, s, d):
            swapped = (
                ", or turn x, the kernel and the result round, which swaps begin and end"
                if not _reason(pair[::-1], s, d)
                else ""
            )
            raise ValueError(
                f"crop={pair} is no layer of PyTorch's: {why}"
                f"{'' if axes is None else f' (on axis {axis})'}; {by_hand(crop)}{swapped}"
            )
    return Layer(
        scatter.kernel_size,
        scatter.stride,
        unwrapped(axes, tuple(begin for begin, _ in crop)),
        unwrapped(axes, tuple(begin - end for begin, end in crop)),
        scatter.dilation,
    )


def _reason(pair: Pair, s: int, d: int) -> str:
    begin, end = pair
    if begin < 0:
        return f"padding would be {begin}, and must be at least 0"
    if begin < end:
        return (
            f"padding would be {begin} and output_padding {begin} - {end} = {begin - end}, "
            f"and must be at least 0"
        )
    if begin - end >= max(s, d):
        return (
            f"output_padding would be {begin} - {end} = {begin - end}, and must be smaller "
            f"than stride={s} or dilation={d}"
        )
    return ""
