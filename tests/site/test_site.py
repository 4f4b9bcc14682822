"""The site that `make book` has built: whole, described, and by itself."""

import re
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "_build" / "html"
PAGES = sorted(SITE.glob("book/**/*.html"))


def test_the_site_is_built():
    assert (SITE / "index.html").is_file(), "no site: run `make book` first"
    assert len(PAGES) >= 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_picture_says_what_is_to_be_seen(page):
    for image in re.findall(r"<img\b[^>]*>", page.read_text(encoding="utf-8")):
        alt = re.search(r'\balt="([^"]*)"', image)
        assert alt, image
        assert not re.search(r"\.\w{3,4}$|/", alt.group(1)), image


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_loads_nothing_from_another_host(page):
    html = page.read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|img|iframe)\b[^>]*\bsrc="([^"]+)"', html)
    loaded += re.findall(
        r'<link\b(?=[^>]*\brel="(?:stylesheet|preload|icon)")[^>]*\bhref="([^"]+)"', html
    )
    assert loaded
    for address in loaded:
        assert not re.match(r"(?:\w+:)?//", address)
        assert (page.parent / address.split("?")[0].split("#")[0]).is_file(), address


def test_the_search_finds_the_words_of_the_book():
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    for word in ("dilat", "remaind", "staircas"):  # stems, as the index keeps them
        assert f'"{word}"' in index


def test_the_search_finds_an_error_message_as_it_is_printed():
    index = (SITE / "searchindex.js").read_text(encoding="utf-8")
    titles = index.partition('"alltitles"')[2].partition('"docnames"')[0]
    for message in (
        "output padding must be smaller than either stride or dilation",
        "requested an output size of [12], but valid sizes range from [9] to [10]",
        "Sizes of tensors must match except in dimension 1",
        "Given transposed=1, weight of size [256, 128, 2, 2], expected input",
    ):
        assert message in titles


def test_pictures_keep_their_room_and_load_when_they_come_near():
    html = (SITE / "book/06_four_ways_to_see_it.html").read_text(encoding="utf-8")
    images = re.findall(r'<img\b[^>]*src="\.\./_images[^>]*>', html)
    assert len(images) >= 3
    for side in ("width", "height"):
        assert all(re.search(rf' {side}="\d+"', image) for image in images)
    assert ["lazy" in image for image in images] == [False] + [True] * (len(images) - 1)


def test_a_formula_and_the_sign_behind_it_stay_on_one_line():
    html = (SITE / "book/01_the_conclusion_first.html").read_text(encoding="utf-8")
    assert re.search(r'<span class="unbroken"><span class="math[^>]*>[^<]*</span>[.,;:?]', html)
