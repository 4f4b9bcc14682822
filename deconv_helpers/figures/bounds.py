"""How large a picture may be: one budget, asked before anything is made or drawn."""

# A sheet, width times height, or an array that is drawn on it, in cells. What is larger
# nobody reads, and as SVG it weighs more than about a megabyte.
CELLS = 4000
SIDE = 500
GIF_SIDE = 8192  # pixels of a side
GIF_WORK = 4 * 10**9  # pixels of all frames together: minutes, not hours
PNG_PIXELS = 10**8  # 400 MB while it is drawn


def check_cells(*sizes: float) -> None:
    """Refuse what has more cells than a picture may have.

    Parameters
    ----------
    *sizes : float
        Its size along each axis, in cells.

    Raises
    ------
    ValueError
        If they are too many.

    Examples
    --------
    >>> check_cells(60, 60)
    >>> check_cells(300, 300)
    Traceback (most recent call last):
        ...
    ValueError: a picture has at most 4000 cells, 500 to a side, this one would have 300 x 300
    """
    cells = 1.0
    for size in sizes:
        cells *= size
    if cells > CELLS or max(sizes) > SIDE:
        shown = " x ".join(f"{size:.10g}" for size in sizes)
        raise ValueError(
            f"a picture has at most {CELLS} cells, {SIDE} to a side, this one would have {shown}"
        )


def check_gif(width: int, height: int, frames: int) -> None:
    """Refuse a GIF with too long a side or too many pixels.

    Parameters
    ----------
    width, height : int
        Its sides in pixels.
    frames : int
        Number of frames.

    Raises
    ------
    ValueError
        If it is too large.

    Examples
    --------
    >>> check_gif(3000, 2000, 576)
    >>> check_gif(3000, 2000, 1000)
    Traceback (most recent call last):
        ...
    ValueError: a GIF has at most 4000000000 pixels in all frames, not 1000 of 3000 x 2000
    """
    sides = f"{width} x {height}"
    if max(width, height) > GIF_SIDE:
        raise ValueError(f"a GIF has at most {GIF_SIDE} pixels to a side, not {sides}")
    if width * height * frames > GIF_WORK:
        raise ValueError(
            f"a GIF has at most {GIF_WORK} pixels in all frames, not {frames} of {sides}"
        )


def check_png(width: float, height: float, dpi: int) -> None:
    """Refuse a PNG with too many pixels.

    Parameters
    ----------
    width, height : float
        Its sides in inches.
    dpi : int
        Dots per inch.

    Raises
    ------
    ValueError
        If it is too large.

    Examples
    --------
    >>> check_png(20, 10, 200)
    >>> check_png(20, 10, 2000)
    Traceback (most recent call last):
        ...
    ValueError: dpi must be at most 707 for a picture of 20 x 10 inches, got dpi=2000
    """
    most = int((PNG_PIXELS / (width * height)) ** 0.5)
    if dpi > most:
        raise ValueError(
            f"dpi must be at most {most} for a picture of {width:.3g} x {height:.3g} inches, "
            f"got dpi={dpi}"
        )
