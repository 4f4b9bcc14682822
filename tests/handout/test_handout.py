"""The handout in print, held against the site that it is made of."""

import re
from io import BytesIO
from types import SimpleNamespace

import print_handout
import pytest
from browsing import FONT_SETS, in_a_browser, only_fonts
from bs4 import BeautifulSoup
from handout import assemble
from handout.assemble import assembled, parse
from handout.browser import opened
from handout.document import described
from handout.errors import HandoutError
from handout.letters import check_letters
from handout.numbering import printed
from pypdf import PdfReader

SITE = print_handout.SITE
# The height of A4 without the margins, in the pixels of CSS.
PAPER = (297 - 20 - 18) * 96 / 25.4
# The families that the handout and MathJax bring, as a PDF names their fonts.
CARRIED = ("STIXTwoText-", "STIXTwoMath-", "DejaVuSansMono", "NotoSerifSC", "MathJax_")


@pytest.fixture(scope="module")
def assembly():
    return assembled(SITE)


@pytest.fixture(scope="module")
def html(assembly):
    return assembly.html


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def short(html):
    """The first page and one chapter, for what needs no more."""
    soup = BeautifulSoup(html, "html.parser")
    for chapter in soup.select("section.chapter:not([id='02_where_it_starts'])"):
        chapter.decompose()
    return str(soup)


@pytest.fixture(scope="module")
def prints(assembly, tmp_path_factory):
    """The whole book, measured as it will be printed and printed, on machines of two kinds."""
    done = {}
    for fonts in FONT_SETS:
        with pytest.MonkeyPatch.context() as machine:
            for name, value in only_fonts(fonts, tmp_path_factory.mktemp("fonts")).items():
                machine.setenv(name, value)
            with opened(SITE, assembly.html) as page:
                wide = page.locator("pre, table, img, div.math").evaluate_all(
                    """found => found.filter(e => e.clientWidth > 0
                        && e.scrollWidth > e.clientWidth + 1
                        || e.getBoundingClientRect().right > innerWidth + 1)
                        .map(e => e.textContent || e.src)"""
                )
                high = page.locator("figure, .cell, table").evaluate_all(
                    "found => found.map(e => e.getBoundingClientRect().height)"
                )
                pdf = described(printed(page), assembly)
        done[fonts] = SimpleNamespace(wide=wide, high=high, pdf=pdf)
    return done


@pytest.fixture(scope="module")
def book(prints, soup):
    """The printed book, taken apart."""
    pdf = prints["DejaVu"].pdf
    reader = PdfReader(BytesIO(pdf))
    things = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    return SimpleNamespace(
        things=[thing for thing in things if isinstance(thing, dict)],
        soup=soup,
        reader=reader,
        pages=[page.extract_text() for page in reader.pages],
        places={
            name.removeprefix("/"): reader.get_destination_page_number(place)
            for name, place in reader.named_destinations.items()
        },
    )


def titles(outline):
    """Return the bookmarks as pairs of depth and title."""
    return [
        pair
        for mark in outline
        for pair in (
            [(depth + 1, title) for depth, title in titles(mark)]
            if isinstance(mark, list)
            else [(0, squeezed(mark.title))]
        )
    ]


def squeezed(text):
    """Return the letters of a text; a PDF is free to lose spaces and to join letters."""
    for joined, letters in {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff"}.items():
        text = text.replace(joined, letters)
    return re.sub(r"\s", "", text)


def test_a_name_is_inside_of_the_heading_that_has_it(soup):
    """Else a page may break between the two, and no two prints are the same."""
    assert soup.select("section > span[id]:empty:has(+ :is(h1, h2, h3))") == []
    assert soup.select("h2 > span[id]:empty")


@in_a_browser
def test_it_is_tagged_and_says_what_it_is(book):
    root = book.reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712, pypdf's own boolean
    kinds = {thing.get("/S") for thing in book.things if thing.get("/Type") == "/StructElem"}
    assert {"/H1", "/H2", "/P", "/Table", "/Figure", "/Link", "/Code"} <= kinds
    assert root["/Lang"] == "en"
    assert book.reader.metadata.title == "Transposed convolution, explained and proved"
    assert book.reader.metadata.author == "The contributors"


@in_a_browser
def test_it_is_a4(book):
    for page in book.reader.pages:
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx([595, 842], abs=1)


@in_a_browser
def test_the_bookmarks_are_the_chapters_and_their_sections(book):
    chapters = [squeezed(chapter.get_text()) for chapter in book.soup.select("h1")]
    assert len(chapters) >= 16
    marks = titles(book.reader.outline)
    assert [title for depth, title in marks if depth == 0] == chapters
    # Mathematics in a title is lost in a bookmark, so only the count is compared.
    assert len([title for depth, title in marks if depth == 1]) == len(book.soup.select("h2"))


@in_a_browser
def test_every_page_but_the_first_has_its_number(book):
    assert len(book.pages) >= 60
    for number, text in enumerate(book.pages[1:], start=2):
        assert str(number) in text.split("\n"), number


@in_a_browser
def test_no_page_is_empty_or_ends_in_a_heading(book):
    headings = {squeezed(heading.get_text()) for heading in book.soup.select("h1, h2, h3")}
    for text in book.pages:
        assert len(text) > 80
        assert squeezed(text.rstrip().split("\n")[-1]) not in headings


@in_a_browser
def test_the_contents_and_the_exercises_name_true_pages(book):
    targets = [number["data-target"] for number in book.soup.select(".page")]
    assert len(targets) >= 15 + 2 * len(book.soup.select(".exercise"))
    assert set(targets) <= set(book.places)
    front = re.findall(r"[^\d\s] *(\d+)$", book.pages[0], flags=re.MULTILINE)
    named = [book.places[number["data-target"]] + 1 for number in book.soup.select("nav .page")]
    assert [int(number) for number in front] == named


@in_a_browser
def test_numbers_are_those_of_the_site_and_references_find_them(book):
    seen = 0
    for path in SITE.glob("book/*.html"):
        page = parse(path)
        for target in page.select(".theorem[id], .exercise[id], figure[id]"):
            number = target.select_one(".caption-number").get_text(strip=True)
            place = book.places.get(f"{path.stem}--{target['id']}")
            if place is not None:
                assert squeezed(number) in squeezed(book.pages[place]), number
                seen += 1
        for target in page.select("div.math[id]"):
            number = target.select_one(".eqno").get_text().rstrip("#")
            place = book.places.get(f"{path.stem}--{target['id']}")
            if place is not None:
                assert number in book.pages[place], number
                seen += 1
    assert seen > 40


@in_a_browser
def test_nothing_is_left_unresolved(book):
    text = "\n".join(book.pages)
    for trace in ("??", r"\(", r"\[", "Explore it", "{doc}", "{eq}", "explorer.html"):
        assert trace not in text
    assert "page \n" not in text


@in_a_browser
def test_links_lead_into_the_book_or_into_the_web(book):
    inside = 0
    for page in book.reader.pages:
        for link in page.get("/Annots", []):
            link = link.get_object()
            if "/Dest" in link:
                assert link["/Dest"].removeprefix("/") in book.places
                inside += 1
            else:
                assert link["/A"]["/URI"].startswith("https://")
    assert inside > 150


@in_a_browser
def test_pictures_are_vectors(book):
    assert [thing for thing in book.things if thing.get("/Subtype") == "/Image"] == []
    assert len(book.soup.select("img")) >= 40


@in_a_browser
@pytest.mark.parametrize("fonts", FONT_SETS)
def test_nothing_runs_off_the_paper(prints, fonts):
    assert prints[fonts].wide == []
    assert len(prints[fonts].high) > 100
    assert max(prints[fonts].high) < PAPER


@in_a_browser
def test_the_same_book_gives_the_same_bytes_whatever_fonts_a_machine_has(prints):
    one, other = (each.pdf for each in prints.values())
    assert not re.search(rb"/(CreationDate|ModDate|Producer)\b", one)
    assert "/ID" not in PdfReader(BytesIO(one)).trailer
    assert one == other


@in_a_browser
def test_all_fonts_in_it_are_its_own(book):
    names = {thing["/FontName"].split("+")[-1] for thing in book.things if "/FontName" in thing}
    assert len(names) >= 8
    assert [name for name in names if not name.startswith(CARRIED)] == []


@in_a_browser
@pytest.mark.parametrize("wrong", [r"\fracc{i", r"\frac{{i"])
def test_mathematics_that_fails_is_reported(short, wrong):
    assert r"\frac{i" in short
    with (
        pytest.raises(HandoutError, match="mathematics: "),
        opened(SITE, short.replace(r"\frac{i", wrong, 1)),
    ):
        pass


@in_a_browser
def test_a_file_that_the_site_lacks_is_reported(short):
    with (
        pytest.raises(HandoutError, match=r"not in the site: \S+\.none"),
        opened(SITE, short.replace(".svg", ".none", 1)),
    ):
        pass


def test_solutions_stand_at_the_end_and_lead_to_their_exercises(soup):
    exercises = [exercise["id"] for exercise in soup.select(".exercise")]
    solutions = soup.select("#solutions .solution")
    assert len(exercises) >= 24
    assert [solution["id"] for solution in solutions] == [f"{name}--solution" for name in exercises]
    assert len(soup.select(".solution")) == len(solutions)
    assert soup.select("section.chapter")[-1]["id"] == "solutions"
    for name, solution in zip(exercises, solutions, strict=True):
        assert soup.select_one(f'.exercise[id="{name}"] a[href="#{solution["id"]}"]')
        number = soup.select_one(f'.exercise[id="{name}"] .caption-number').get_text(strip=True)
        back = solution.select_one(f'.admonition-title a[href="#{name}"]')
        assert back.get_text(strip=True).startswith(f"{number},")


def test_solutions_can_be_left_out():
    soup = BeautifulSoup(assembled(SITE, with_solutions=False).html, "html.parser")
    assert len(soup.select(".exercise")) >= 24
    assert soup.select(".solution, #solutions, a.forth") == []
    assert 'href="#solutions"' not in str(soup)


def test_what_is_folded_on_the_site_lies_open_in_print(soup):
    folded = sum(
        len(parse(path).select("article details.folded")) for path in SITE.glob("book/*.html")
    )
    assert folded > 5
    assert soup.select("details, summary") == []
    assert (
        len([text for text in soup.select(".proof > p") if text.get_text()[:7] == "Proof. "])
        == folded
    )


def test_animations_stand_still(soup):
    moving = soup.select("img.moving")
    assert len(moving) >= 20
    assert all(picture["src"].endswith(".svg#still") for picture in moving)


def test_what_only_leads_to_the_explorer_is_left_out(soup):
    assert "explorer.html#" in (SITE / "book" / "gallery.html").read_text(encoding="utf-8")
    assert soup.select('a[href*="explorer.html"]') == []


def test_the_course_is_left_out_and_no_link_leads_there(soup):
    assert (SITE / "book" / "course" / "teaching.html").is_file()
    assert soup.select('[id^="teaching"], a[href*="teaching"], #plan') == []
    assert "Course" not in [part.get_text() for part in soup.select("p.part")]


@pytest.mark.parametrize("page", ["<p>ش</p>", "<pre>中 ش</pre>"])
def test_a_character_that_no_carried_font_has_is_reported(page):
    words, code = "first ⌊k′ ÷ 2⌋ ≤ ∑ √½ · × − → ⊤ ≥ é ø λ 转", "λ ⊤ − → … │"
    known = BeautifulSoup(f"<body><p>{words}</p><code>{code}</code></body>", "html.parser")
    check_letters(known)
    known.body.append(BeautifulSoup(page, "html.parser"))
    with pytest.raises(HandoutError, match="no font of the handout has ش"):
        check_letters(known)


def test_the_check_of_letters_is_part_of_the_assembly(monkeypatch):
    monkeypatch.setitem(assemble.WORDS["en"], "contents", "Содержание")
    with pytest.raises(HandoutError, match="has С а д е ж"):
        assembled(SITE)


def test_a_link_that_leads_nowhere_is_reported():
    soup = BeautifulSoup('<p id="a"><a href="#a"></a><a href="#b"></a></p>', "html.parser")
    with pytest.raises(HandoutError, match="lead nowhere: #b"):
        assemble.check_links(soup)
