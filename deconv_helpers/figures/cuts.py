"""One full result and several cuts of it: what frameworks keep of the same sums."""

from collections.abc import Sequence

from numpy.typing import ArrayLike

from deconv_helpers.equivalents import scatter_add
from deconv_helpers.figures.canvas import Canvas
from deconv_helpers.figures.numbers import whole_numbers
from deconv_helpers.figures.palette import QUIET
from deconv_helpers.figures.picture import Picture
from deconv_helpers.sizes import Int, as_int

_ROW = 1.5  # from one row to the next, in cells


def cuts(
    x: ArrayLike,
    kernel: ArrayLike,
    crops: Sequence[tuple[Int, Int]],
    *,
    stride: Int = 1,
    dilation: Int = 1,
) -> Picture:
    """Draw the full result of a layer, and what each crop keeps of it.

    Above, the full result. Below it a row for each crop: the cells that it keeps,
    and pale and dashed those that it cuts. A negative number appends cells that
    hold nothing but the bias.

    Parameters
    ----------
    x : sequence of int
        The input, in one dimension.
    kernel : sequence of int
        The weights.
    crops : sequence of (int, int)
        How many cells are cut at the beginning and at the end.
    stride, dilation : int
        As in `conv_transpose`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose`; and if there is no crop, a crop is no pair of ints, or
        it keeps no cell.

    Examples
    --------
    >>> cuts([1, 2, 3], [1, 2, 1], [(1, 0), (0, 1)], stride=2)
    cuts: full 1 2 3 4 5 6 3, (1, 0) keeps 2 3 4 5 6 3, (0, 1) keeps 1 2 3 4 5 6
    """
    inputs = whole_numbers("x", x, 1)
    weights = whole_numbers("kernel", kernel, 1)
    pairs = [_pair(crop) for crop in crops]
    if not pairs:
        raise ValueError("crops must hold at least one pair (begin, end), got crops=[]")
    full = scatter_add(inputs, weights, stride=stride, dilation=dilation).tolist()
    for begin, end in pairs:
        if len(full) - begin - end < 1:
            raise ValueError(
                f"crops must keep at least one of {len(full)} cells, got ({begin}, {end})"
            )
    left = min(0, *(begin for begin, _ in pairs))
    right = len(full) - min(0, *(end for _, end in pairs))
    sheet = Canvas(left - 2.4, -0.3, right + 0.3, _ROW * len(pairs) + 1.3)
    for place, number in enumerate(full):
        sheet.cell(place, 0, "kernel", number)
    said = []
    for row, (begin, end) in enumerate(pairs, start=1):
        kept = range(begin, len(full) - end)
        top = _ROW * row
        for place in range(min(begin, 0), max(kept.stop, len(full))):
            number = full[place] if 0 <= place < len(full) else 0
            kind = "output" if 0 <= place < len(full) else "bias"
            sheet.cell(place, top, kind, number, cut=place not in kept)
        for edge in [kept.start] * bool(begin) + [kept.stop] * bool(end):
            sheet.line([edge, edge], [top - 0.2, top + 1.2], color=QUIET, style="dashed")
        sheet.text(left - 0.4, top + 0.5, f"$({begin}, {end})$", across="right")
        numbers = " ".join(str(full[p]) if 0 <= p < len(full) else "0" for p in kept)
        said.append(f"({begin}, {end}) keeps {numbers}")
    return sheet.picture(", ".join([f"cuts: full {' '.join(map(str, full))}", *said]))


def _pair(crop: tuple[Int, Int]) -> tuple[int, int]:
    """Return a crop as two ints, if it is that."""
    try:
        begin, end = crop
    except (TypeError, ValueError):
        raise ValueError(f"crops must hold pairs (begin, end), got {crop!r}") from None
    return as_int("begin", begin), as_int("end", end)
