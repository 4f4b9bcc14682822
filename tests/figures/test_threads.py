"""Drawing in threads, and beside a caller who has settings of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import matplotlib as mpl
import matplotlib.style
import pytest

from deconv_helpers import figures

DRAW = [
    *(lambda k=k, s=s: figures.unread_rows(10, k, stride=s) for k in (1, 2, 3) for s in (1, 2, 3)),
    *(lambda n=n: figures.phases(n, 4, stride=3, output_padding=1) for n in range(1, 15)),
    *(lambda n=n: figures.animate("conv_transpose", (n, n), 3, stride=2) for n in range(1, 6)),
    *(lambda n=n: figures.size_map(n, stride=2) for n in range(1, 13)),
]


@pytest.fixture
def settings():
    """Settings of the caller's own, which a test may change."""
    with mpl.rc_context():
        yield mpl.rcParams


def test_pictures_drawn_in_threads_are_those_drawn_alone(settings):
    alone = [draw().svg for draw in DRAW]
    assert len(alone) == 40
    settings["font.size"] = 17
    before, changed, done = dict(settings), set(), Event()

    def watch():
        while not done.is_set():
            changed.update(name for name, value in dict(settings).items() if value != before[name])

    with ThreadPoolExecutor(5) as threads:
        watching = threads.submit(watch)
        together = list(threads.map(lambda draw: draw().svg, DRAW))
        done.set()
    watching.result()
    assert together == alone
    assert changed == set()


def test_an_animation_is_saved_by_several_threads_at_once(tmp_path):
    picture = figures.animate("conv", (4, 4), 3)
    with ThreadPoolExecutor(3) as threads:
        paths = list(threads.map(lambda n: picture.save(tmp_path / f"{n}.gif"), range(6)))
    assert len({path.read_bytes() for path in paths}) == 1


@pytest.mark.parametrize("style", mpl.style.available)
def test_no_style_of_matplotlib_shows_in_a_picture(settings, style):
    alone = [draw().svg for draw in DRAW[::13]]
    mpl.style.use(style)
    before = dict(settings)
    assert [draw().svg for draw in DRAW[::13]] == alone
    assert dict(settings) == before


SETTINGS = {
    "axes.grid": True,
    "figure.autolayout": True,
    "figure.facecolor": "red",
    "font.family": "serif",
    "font.size": 30,
    "lines.antialiased": False,
    "lines.dashed_pattern": [1, 1],
    "lines.scale_dashes": False,
    "mathtext.fontset": "cm",
    "path.sketch": (1, 100, 2),
    "savefig.bbox": "tight",
    "svg.fonttype": "none",
    "svg.hashsalt": "another",
    "text.parse_math": False,
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_does_not_show_in_a_picture(settings, name):
    alone = [draw().svg for draw in DRAW[::13]]
    settings[name] = SETTINGS[name]
    assert [draw().svg for draw in DRAW[::13]] == alone
