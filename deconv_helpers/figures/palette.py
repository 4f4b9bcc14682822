"""The colours of the book: one for each kind of cell, safe for all kinds of colour vision."""

from dataclasses import dataclass

from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb


@dataclass(frozen=True)
class Look:
    """How a cell of one kind is drawn: by colour, and again without it."""

    face: str
    edge: str
    line: str = "solid"
    hatched: bool = False


# After Okabe and Ito's colours, made paler so that numbers stand on them.
# Line and hatching tell the kinds apart in grey.
PALETTE = {
    "input": Look(face="#a9d6f2", edge="#1c6ea4"),
    "kernel": Look(face="#f6c36a", edge="#a86400"),
    "output": Look(face="#94d8bd", edge="#00694a"),
    "padding": Look(face="#ffffff", edge="#808080", line="dashed"),
    "unread": Look(face="#fbe3da", edge="#c4450c", hatched=True),
    "bias": Look(face="#e3cbe8", edge="#7d4287", line="dotted"),
}
INK = "#222222"
QUIET = "#808080"
GUIDE = "#d8d8d8"  # a line that the eye follows, paler than any outline
RIM = "#6b5a3c"  # the outline of a shaded cell
# Where a shade is what is to be read: few to many, first to last.
_SHADES = LinearSegmentedColormap.from_list(
    "taps", ["#fbe7c6", "#f6c36a", "#e59a2f", "#c46f0a", "#8f4a00"]
)


def shade_of(number: int, count: int) -> str:
    """Return one of `count` shades, evenly spread, number 0 the lightest.

    Examples
    --------
    >>> shade_of(0, 3), shade_of(2, 3)
    ('#fbe7c6', '#8f4a00')
    """
    return to_hex(_SHADES(number / max(count - 1, 1)))


def ink_on(face: str) -> str:
    """Return a colour for numbers that stand on a shade.

    Examples
    --------
    >>> ink_on("#fbe7c6"), ink_on("#8f4a00")
    ('#222222', 'white')
    """
    return "white" if sum(to_rgb(face)) < 1.2 else INK
