"""GIFs: frames, colours, size, and the memory that they take."""

import re
import subprocess
import sys
import tracemalloc

import pytest
from drawings import CELL
from matplotlib.colors import to_rgb
from PIL import Image, ImageChops, ImageStat

from deconv_helpers import figures
from deconv_helpers.figures import picture as pictures
from deconv_helpers.figures.bounds import check_gif
from deconv_helpers.figures.palette import PALETTE
from deconv_helpers.figures.picture import Picture
from deconv_helpers.figures.rendering import svg_of


@pytest.mark.parametrize("view", ["stamps", "zero_insertion"])
@pytest.mark.parametrize(
    "layer",
    [
        dict(kernel_size=3, stride=2, padding=1, output_padding=1),
        dict(kernel_size=3, stride=2, output_padding=2, dilation=4),
        dict(kernel_size=2, stride=2, padding=2),
        dict(kernel_size=1, stride=3),
    ],
    ids=str,
)
def test_a_gif_has_a_frame_for_each_step_and_never_ends(tmp_path, layer, view):
    picture = figures.animate("conv_transpose", 4, view=view, seconds=0.5, **layer)
    steps = int(re.search(r"(\d+) steps", repr(picture)).group(1))
    with Image.open(picture.save(tmp_path / "a.gif")) as gif:
        assert gif.n_frames == steps
        assert gif.info["loop"] == 0
        assert gif.info["duration"] == 500
        frames = set()
        for step in range(steps):
            gif.seek(step)
            frames.add(gif.convert("RGB").tobytes())
    assert len(frames) == steps


def test_a_gif_has_the_colours_and_the_scale_of_the_pictures(tmp_path):
    picture = figures.animate("conv", (4, 4), 3)
    with Image.open(picture.save(tmp_path / "a.gif")) as gif:
        colours = {color for _, color in gif.convert("RGB").getcolors(1 << 16)}
        for kind in ("input", "output", "kernel"):
            face = tuple(round(255 * part) for part in to_rgb(PALETTE[kind].face))
            assert any(max(abs(a - b) for a, b in zip(face, c)) <= 3 for c in colours), kind
        points = [float(n) for n in re.search(r'viewBox="0 0 (\S+) (\S+)"', picture.svg).groups()]
        assert gif.size == pytest.approx([n / CELL * 40 for n in points], abs=1)


def test_a_picture_too_large_for_a_gif_is_refused_before_the_work(tmp_path, monkeypatch):
    picture = figures.animate("conv_transpose", 60, 3, stride=5)
    monkeypatch.setattr(pictures, "tqdm", lambda *a, **k: pytest.fail("began to draw"))
    with pytest.raises(ValueError, match=r"a GIF has at most 8192 pixels to a side, not 12\d+ x"):
        picture.save(tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


def test_too_many_frames_are_refused_before_the_work(tmp_path, monkeypatch):
    picture = figures.animate("conv", (42, 42), 1)  # 1764 frames of 86 x 45 cells
    monkeypatch.setattr(pictures, "tqdm", lambda *a, **k: pytest.fail("began to draw"))
    with pytest.raises(ValueError, match="at most 4000000000 pixels in all frames, not 1764 of"):
        picture.save(tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())
    check_gif(3024, 2116, 24 * 24)  # of 24 x 24 by a stride of two: passes


def test_more_frames_take_no_more_memory(tmp_path):
    # Sheets of one size: 10 steps in one, 100 in the other.
    def peak(stride, size):
        picture = figures.animate("conv", (20, 20), size, stride=stride)
        tracemalloc.start()
        picture.save(tmp_path / "a.gif")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = peak(9, 2), peak(2, 2)
    assert many < 1.5 * few


def test_what_a_gif_leaves_out_is_what_has_not_changed(tmp_path):
    # Frame by frame the file must show what one frame drawn on its own would.
    moving = figures.animate("conv_transpose", 4, 3, stride=2)
    with Image.open(moving.save(tmp_path / "a.gif")) as gif:
        gif.seek(2)
        shown = gif.convert("RGB")
    # Step 2 of 4 is the one that stands where nothing moves.
    still = Picture(moving._canvas.figure, "").save(tmp_path / "a.png", dpi=100)
    with Image.open(still) as png:
        apart = ImageChops.difference(shown, png.convert("RGB").crop((0, 0, *shown.size)))
    assert max(ImageStat.Stat(apart).mean) < 4  # of 255: a GIF has 127 colours
    assert max(high for _, high in apart.getextrema()) < 64


def test_an_animation_of_one_step(tmp_path):
    picture = figures.animate("conv", (3, 3), 3)
    with Image.open(picture.save(tmp_path / "one.gif")) as gif:
        assert gif.n_frames == 1


def test_saving_one_kind_does_not_change_the_other(tmp_path):
    picture = figures.animate("conv", 7, 3, stride=2)
    before = picture._moving_svg(svg_of(picture._canvas.figure))
    one = picture.save(tmp_path / "a.gif").read_bytes()
    assert picture._moving_svg(svg_of(picture._canvas.figure)) == before
    assert picture.save(tmp_path / "b.gif").read_bytes() == one
    assert picture.save(tmp_path / "a.svg").read_text() == picture.svg == picture._repr_svg_()


def test_the_same_bytes_in_another_process(tmp_path):
    code = (
        "import sys; from deconv_helpers import figures\n"
        "p = figures.animate('conv_transpose', (2, 3), 3, stride=2, output_padding=1)\n"
        "p.save(sys.argv[1] + '/a.svg'); p.save(sys.argv[1] + '/a.gif')"
    )
    for name in "12":
        (tmp_path / name).mkdir()
        subprocess.run([sys.executable, "-c", code, str(tmp_path / name)], check=True)
    for file in ("a.svg", "a.gif"):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()


def test_long_work_shows_how_far_it_is(tmp_path, monkeypatch, capsys):
    whole = pictures.tqdm
    # At once instead of after a second, which no test should wait for.
    monkeypatch.setattr(
        pictures, "tqdm", lambda *a, **k: whole(*a, **(k | {"delay": 0, "leave": True}))
    )
    figures.animate("conv", 7, 3).save(tmp_path / "a.gif")
    assert "5/5" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.mp4", "a", "gif"])
def test_another_ending_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"\.svg, \.gif"):
        figures.animate("conv", 5, 3).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_missing_is_said_before_the_work(tmp_path, monkeypatch):
    picture = figures.animate("conv", 5, 3)
    monkeypatch.setattr(pictures, "tqdm", lambda *a, **k: pytest.fail("began to draw"))
    with pytest.raises(FileNotFoundError, match="missing"):
        picture.save(tmp_path / "missing" / "a.gif")
