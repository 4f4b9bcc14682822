"""Arrays side by side, drawn."""

import re

from deconv_helpers import figures
from deconv_helpers.figures.palette import INK


def greys(picture):
    """Return the shade of each patch, as it stands in the SVG: not the sheet, nor the letters."""
    return [
        face for face in re.findall(r'style="fill: (#[0-9a-f]{6})"', picture.svg)[1:] if face != INK
    ]


def test_each_array_has_a_scale_of_its_own():
    # 1 is the largest of the first array, and the smallest of the second.
    light, dark, *second = greys(figures.arrays([[0, 1]], [[1, 3]], names="xy"))
    assert (light, dark) == ("#ffffff", "#262626")
    assert second == [light, dark]


def test_on_one_scale_a_shade_means_the_same_everywhere():
    first = greys(figures.arrays([[0, 1]], [[1, 2]], names="xy", one_scale=True))
    lowest, middle, same, highest = first
    assert (lowest, highest) == ("#ffffff", "#262626")
    assert middle == same not in (lowest, highest)


def test_on_one_scale_a_flat_array_is_no_middle_grey():
    assert (
        greys(figures.arrays([[5]], [[1, 9]], names="xy", one_scale=True))[0]
        == greys(figures.arrays([[1, 5, 9]], names="x"))[1]
    )
    assert greys(figures.arrays([[9]], [[1, 9]], names="xy", one_scale=True))[0] == "#262626"
