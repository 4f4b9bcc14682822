"""One budget for every picture, asked before anything is made."""

import pytest

from deconv_helpers import figures
from deconv_helpers.figures.bounds import CELLS, SIDE

HUGE = 10**9
TOO_LARGE = {
    "columns": lambda: figures.staircase(3, stride=HUGE),
    "more columns than a range can count": lambda: figures.size_map(
        3, input_sizes=range(3, 10**30)
    ),
    "a long animation": lambda: figures.animate("conv", HUGE, 3),
    "a far stride": lambda: figures.animate(
        "conv_transpose", 3, 3, stride=HUGE, view="zero_insertion"
    ),
    "a wide padding": lambda: figures.animate("conv", (3, 3), 3, padding=HUGE),
    "counts": lambda: figures.overlap((300, 300), 5, stride=3),
    "counts behind a cut": lambda: figures.overlap((HUGE, HUGE), 2, padding=HUGE // 2 - 1),
    "many stamps": lambda: figures.overlap(90, 90),
    "reading": lambda: figures.unread_rows(HUGE, HUGE),
    "positions": lambda: figures.unread_rows(150, 70),
    "stamps far apart": lambda: figures.stamps([1, 2], [1], stride=HUGE),
    "zeros": lambda: figures.zero_insertion(2, 2, stride=HUGE),
    "phases": lambda: figures.phases(1, 3, stride=HUGE),
    "matrix": lambda: figures.matrices(1, 3, stride=HUGE, padding=HUGE),
    "crop": lambda: figures.crop(HUGE, 3),
    "layers": lambda: figures.encoder_decoder(5, [dict(kernel_size=1)] * 10**5),
}
# As much as is drawn, of what is densest.
LARGEST = {
    "staircase": lambda: figures.staircase(3, stride=999, input_sizes=range(3, 500)),
    "size map": lambda: figures.size_map(3, stride=2, input_sizes=range(3, 500)),
    "stamps": lambda: figures.stamps([7] * 3, [7] * 490),
    "zeros": lambda: figures.zero_insertion(480, 3),
    "phases": lambda: figures.phases(245, 3, stride=2),
    "matrices": lambda: figures.matrices(43, 3),
    "overlap": lambda: figures.overlap(20, 180),
    "positions": lambda: figures.unread_rows(70, 24, stride=2),
    "animation": lambda: figures.animate("conv", (48, 48), 1, stride=2),
}


@pytest.mark.parametrize("draw", TOO_LARGE.values(), ids=TOO_LARGE)
def test_what_nobody_could_read_is_refused(draw, monkeypatch):
    monkeypatch.setattr(figures.canvas.Figure, "__init__", lambda *a, **k: pytest.fail("drew"))
    with pytest.raises(ValueError, match=f"at most {CELLS} cells, {SIDE} to a side, this one"):
        draw()


@pytest.mark.parametrize("draw", LARGEST.values(), ids=LARGEST)
def test_the_largest_pictures_weigh_about_a_megabyte(draw):
    assert len(draw().svg.encode()) < 1_200_000
