"""What the extension does to a page, on small document trees."""

from types import SimpleNamespace

import pytest
from book_site import body, pages
from docutils import nodes
from docutils.utils import new_document


def paragraph(*parts):
    """Return a document of one paragraph; a string of it is text."""
    document = new_document("page")
    text = nodes.paragraph()
    text.extend(nodes.Text(part) if isinstance(part, str) else part for part in parts)
    document.append(text)
    return document


def after(transform, document):
    """Return the one paragraph of a document once a transform has been over it."""
    transform(document).run()
    return document[0]


def formula(tex="k"):
    return nodes.math("", tex)


def link(kind="extlink-explorer"):
    return nodes.reference("", "Explore it", refuri="../explorer.html", classes=[kind])


@pytest.mark.parametrize(
    ("text", "kept", "rest"),
    [
        (", and on", ",", " and on"),
        ("), then", "),", " then"),
        (".", ".", ""),
        ("’s size", "’", "s size"),
        (" alone", None, " alone"),
        ("-th", None, "-th"),
        ("(x)", None, "(x)"),
    ],
)
def test_a_formula_keeps_the_sign_behind_it(text, kept, rest):
    first, *others = after(body.KeepSignsWithFormulas, paragraph("Take ", formula(), text))[1:]
    if kept is None:
        assert isinstance(first, nodes.math)
    else:
        assert first["classes"] == ["unbroken"]
        assert [type(part) for part in first] == [nodes.math, nodes.Text]
        assert first[1].astext() == kept
    assert "".join(part.astext() for part in others) == rest


def test_formulas_one_behind_the_other_keep_each_its_own_sign():
    found = after(
        body.KeepSignsWithFormulas, paragraph(formula("i"), ", ", formula("k"), ".", formula())
    )
    assert [part.astext() for part in found if part.astext()] == ["i,", " ", "k.", "k"]


def test_texts_that_are_alike_keep_their_places():
    # Equal texts are equal to Python too: what stands behind the formula is found by its place.
    emphasis = nodes.emphasis("", "never read")
    parts = (emphasis, ". It is ", nodes.emphasis("", "of"), formula("C"), ". It is ", "so")
    found = after(body.KeepSignsWithFormulas, paragraph(*parts))
    assert found.astext() == "never read. It is ofC. It is so"


def proof(*classes):
    """Return a document with a proof, as its directive makes it."""
    document = new_document("page")
    text = nodes.paragraph("", "Proof. It is so.")
    document.append(nodes.admonition("", text, classes=["proof", *classes], ids=["proof"]))
    return document


def test_a_proof_that_may_be_skipped_is_folded_behind_its_first_word():
    found = after(body.FoldProofs, proof("dropdown"))
    assert isinstance(found, body.folded)
    assert found.astext() == "It is so."
    # The theme's script would look for a title in what has the class, and ids are not doubled.
    assert (found[0]["classes"], found[0]["ids"]) == (["proof"], [])


def test_another_proof_stays_as_it_is():
    found = after(body.FoldProofs, proof())
    assert isinstance(found, nodes.admonition)
    assert found.astext() == "Proof. It is so."


@pytest.mark.parametrize(
    ("before", "behind", "marked"),
    [
        ("A picture. ", ". More.", True),
        ("", ".", True),
        ("中文。", "。", True),
        ("Or ", ".", False),
        ("A picture. ", " with two axes.", False),
        ("A picture. ", "", False),
    ],
)
def test_a_sentence_that_only_leads_to_the_explorer_is_for_the_screen(before, behind, marked):
    document = paragraph(before, link(), behind)
    found = after(body.MarkWhatIsForTheScreen, document)
    alone = [
        part for part in found if "on-screen" in getattr(part, "attributes", {}).get("classes", [])
    ]
    assert [part.astext() for part in alone] == ([f"Explore it{behind[0]}"] if marked else [])
    assert found.astext() == f"{before}Explore it{behind}"


def test_the_sign_of_a_formula_before_it_ends_the_sentence():
    document = paragraph("Take ", formula(), ". ", link(), ".")
    body.KeepSignsWithFormulas(document).run()
    body.MarkWhatIsForTheScreen(document).run()
    assert document[0].astext() == "Take k. Explore it."
    assert "on-screen" in document[0][-2]["classes"]


def test_other_links_are_for_the_paper_too():
    found = after(body.MarkWhatIsForTheScreen, paragraph("A. ", link("reference"), "."))
    assert not [part for part in found if isinstance(part, nodes.inline)]


def test_all_pictures_but_the_first_load_late():
    pictures = [nodes.image(uri=f"{number}.svg") for number in range(3)]
    after(body.LoadPicturesLate, paragraph(*pictures))
    assert [picture.get("loading") for picture in pictures] == [None, "lazy", "lazy"]


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"></svg>', (96, 48)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36"></svg>', (72, 36)),
        ("no picture", None),
        (None, None),
    ],
)
def test_the_size_of_a_picture_is_in_pixels_or_not_known(tmp_path, svg, size):
    file = tmp_path / "picture.svg"
    if svg is not None:
        file.write_text(svg)
    assert body.size_on_page(file) == size


class Translator:
    """What writes the pages, as far as a picture needs it."""

    def __init__(self, folder, images):
        self.builder = SimpleNamespace(srcdir=folder, images=images, imgpath="../_images")
        self.body = []

    def visit_image(self, node):
        self.body.append("as Sphinx does")

    def emptytag(self, node, name, suffix, **attributes):
        return name, attributes


@pytest.mark.parametrize(
    "given", [{"uri": "https://example.org/a.svg"}, {"uri": "a.svg", "width": "3em"}]
)
def test_pictures_whose_size_is_not_the_book_s_to_say_stay_as_they_are(tmp_path, given):
    (tmp_path / "a.svg").write_text('<svg width="72pt" height="36pt"></svg>')
    translator = Translator(tmp_path, {"a.svg": "a.svg"})
    body.visit_image(translator, nodes.image(**given))
    assert translator.body == ["as Sphinx does"]


def test_a_picture_of_the_book_says_all_that_it_is(tmp_path):
    (tmp_path / "a b.svg").write_text('<svg width="72pt" height="36pt"></svg>')
    translator = Translator(tmp_path, {"a b.svg": "a b.svg"})
    body.visit_image(
        translator, nodes.image(uri="a b.svg", alt="A cell", loading="lazy", align="left")
    )
    assert translator.body == [
        (
            "img",
            {
                "src": "../_images/a%20b.svg",
                "alt": "A cell",
                "width": "96",
                "height": "48",
                "class": "align-left",
                "loading": "lazy",
            },
        )
    ]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["The size\nof it."], "The size of it."),
        ([nodes.strong("", "What you will see."), " The size."], "The size."),
        (["", nodes.strong("", "本章内容。"), " 大小。"], "大小。"),
        (["The ", nodes.strong("", "size"), "."], "The size."),
        (["a" * 299 + " bcd"], "a" * 299 + " …"),
    ],
)
def test_a_page_is_described_by_its_first_paragraph(parts, said):
    assert pages.description(paragraph(*parts)) == said


def test_a_page_without_a_paragraph_has_no_description():
    app = SimpleNamespace(config=SimpleNamespace(root_doc="index"))
    context = {"meta": None, "metatags": ""}
    pages.describe(app, "page", "page.html", context, nodes.section())
    assert context == {"meta": None, "metatags": ""}


def test_a_description_is_written_as_text():
    app = SimpleNamespace(config=SimpleNamespace(root_doc="index"))
    context = {"meta": None, "metatags": ""}
    pages.describe(app, "page", "page.html", context, paragraph('k < 3 & "so on"'))
    assert (
        context["metatags"]
        == '<meta name="description" content="k &lt; 3 &amp; &quot;so on&quot;" />\n'
    )
