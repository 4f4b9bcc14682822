"""The pages of the site, put one behind the other as one page of HTML."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup

from handout.errors import HandoutError
from handout.letters import check_letters
from handout.numbering import number_of

ROOT = Path(__file__).parents[2]
STYLES = ("/_static/pygments.css", "/print/fonts/fonts.css", "/print/handout.css")
FURNITURE = "a.headerlink, script, button, .toctree-wrapper, .elsewhere, .on-screen"
# Pages that are nothing on paper; and the course, which lives by links to them.
PLAYED_WITH, COURSE = {"drills", "explorer"}, "course/"
# On the site a faulty formula is shown in red; here it is an error. And formulas wait for the
# fonts, since they are set to the size of the letters around them.
MATHEMATICS = """
MathJax.tex = {packages: {"[-]": ["noerrors", "noundefined"]}};
MathJax.startup = {typeset: false};
"""
# What the site does not say itself, in the languages of its editions.
WORDS = {
    "en": {"contents": "Contents", "solutions": "Solutions", "page": "page"},
    "zh": {"contents": "目录", "solutions": "解答", "page": "页"},
}


@dataclass(frozen=True)
class Book:
    """The whole book as one page of HTML, and what a PDF says of it."""

    title: str
    author: str
    language: str
    html: str


def parse(path):
    """Return a page of the site as a tree."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def parts(home):
    """Return the contents as the site's sidebar has them: pairs of caption and pages."""
    found = [("", ["index"])]
    for caption in home.select("nav.bd-links p.caption"):
        links = caption.find_next_sibling("ul").select("a.reference")
        names = [link["href"].removesuffix(".html") for link in links]
        names = [name for name in names if not name.startswith(COURSE)]
        if names:
            found.append((caption.get_text(strip=True), names))
    return found


def chapter(site, name):
    """Return the text of one page, with names and links that hold among all pages."""
    text = parse(site / "book" / f"{name}.html").select_one("article.bd-article > section")
    if text is None:
        raise HandoutError(f"no text in {site / 'book' / name}.html")
    for furniture in text.select(FURNITURE):
        furniture.decompose()
    for fold in text.select("details"):
        unfold(fold)
    for target in text.select("[id]"):
        target["id"] = f"{name}--{target['id']}"
    text["id"] = name
    for link in text.select("a[href]"):
        link_in_print(link, name)
    for picture in text.select("img"):
        picture.attrs.pop("loading", None)  # all are printed, and none may come late
        if "moving" in picture.get("class", []):
            picture["src"] += "#still"
    # A page may break between a name and the heading that has it: then each print differs.
    for mark in text.select("section > span[id]:empty"):
        if heading := mark.find_next_sibling(["h1", "h2", "h3"]):
            heading.insert(0, mark.extract())
    # Marks around words in plain black tell a reader nothing, and the PDF would keep each.
    for mark in text.select("pre .n, pre .nn, pre .p, pre .w, code .pre"):
        mark.unwrap()
    return text


def unfold(fold):
    """Lay open what is folded; the line that opened a proof becomes its first word."""
    line = fold.summary.extract()
    if "folded" in fold.get("class", []):
        fold.p.insert(0, f"{line.get_text(strip=True)}. ")
    fold.unwrap()


def link_in_print(link, name):
    """Make a link of one page lead to a place in the PDF, or be plain text."""
    address = urlsplit(link["href"])
    if address.scheme:
        return
    page = Path(address.path).stem if address.path else name
    if page in PLAYED_WITH or address.path.startswith(COURSE):
        link.unwrap()
    else:
        link["href"] = f"#{page}--{unquote(address.fragment)}" if address.fragment else f"#{page}"


def solutions_apart(soup, text, words):
    """Take the solutions out of a chapter; return them, linked with their exercises."""
    taken = []
    for solution in text.select("div.solution"):
        exercise = solution.find_previous(class_="exercise")
        name, title = exercise["id"], exercise.select_one(".caption-number").get_text(strip=True)
        heading = solution.select_one(".admonition-title")
        forth = soup.new_tag("a", href=f"#{name}--solution", attrs={"class": "forth"})
        forth.append(f"{heading.get_text(strip=True)}, {words['page']} ")
        forth.append(number_of(soup, f"{name}--solution"))
        exercise.select_one(".admonition-title").append(forth)
        back = soup.new_tag("a", href=f"#{name}")
        back.append(f"{title}, {words['page']} ")
        back.append(number_of(soup, name))
        heading.clear()
        heading.append(back)
        solution["id"] = f"{name}--solution"
        taken.append(solution.extract())
    return taken


def assembled(site, *, with_solutions=True):
    """Return the site as one book."""
    home_file = site / "book" / "index.html"
    if not home_file.is_file():
        raise HandoutError(f"no site in {site}: run `make book` first")
    home = parse(home_file)
    language = home.html["lang"]
    words = WORDS[language[:2]]
    author = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["author"]
    soup = BeautifulSoup(f'<html lang="{language}" data-theme="light"></html>', "html.parser")
    contents = soup.new_tag("nav")
    appendix = new_section(soup, "solutions", words["solutions"])
    texts = []
    for caption, names in parts(home):
        if caption:
            contents.append(soup.new_tag("p", string=caption, attrs={"class": "part"}))
        for name in names:
            text = chapter(site, name)
            taken = solutions_apart(soup, text, words)
            if not with_solutions:
                for forth in text.select("a.forth"):
                    forth.decompose()
            elif taken:
                appendix.append(soup.new_tag("h2", string=text.h1.get_text()))
                appendix.extend(taken)
            if texts:  # the first is the page that the contents stand on
                contents.append(entry(soup, name, text.h1))
            texts.append(text)
    if appendix.select_one(".solution"):
        contents.append(entry(soup, "solutions", appendix.h1))
        texts.append(appendix)
    heads = [text.h1.get_text() for text in texts]
    title = texts[0].h1.extract()
    front = front_page(soup, title, author, words, contents)
    for place, text in enumerate(texts):
        text["class"] = [*text.get("class", []), "chapter"]
        text["style"] = f"page: chapter-{place}"
    body = soup.new_tag("body")
    body.extend([front, *texts])
    soup.html.extend([header(soup, home, title.get_text(), heads), body])
    check_links(soup)
    check_letters(soup)
    return Book(title.get_text(), author, language, f"<!DOCTYPE html>\n{soup}")


def new_section(soup, name, heading):
    """Return a section with nothing in it yet but its heading."""
    section = soup.new_tag("section", id=name)
    section.append(soup.new_tag("h1", string=heading))
    return section


def entry(soup, name, heading):
    """Return a line of the contents."""
    line = soup.new_tag("p", attrs={"class": "entry"})
    link = soup.new_tag("a", href=f"#{name}", string=heading.get_text())
    line.extend([link, number_of(soup, name)])
    return line


def front_page(soup, title, author, words, contents):
    """Return the first page: the book's title, its author, and what is where."""
    front = soup.new_tag("section", id="front")
    named = soup.new_tag("p", string=author, attrs={"class": "author"})
    front.extend([title, named, soup.new_tag("h2", string=words["contents"]), contents])
    return front


def header(soup, home, title, heads):
    """Return the head of the page: its title, its styles and its mathematics."""
    tag = soup.new_tag("head")
    tag.append(soup.new_tag("meta", charset="utf-8"))
    tag.append(soup.new_tag("title", string=title))
    for sheet in STYLES:
        tag.append(soup.new_tag("link", rel="stylesheet", href=sheet))
    running = [
        f'@page chapter-{place} {{ @top-right {{ content: "{quoted(head)}" }} }}'
        for place, head in enumerate(heads)
    ]
    tag.append(soup.new_tag("style", string="\n".join(running)))
    for script in home.select("head script"):
        if "MathJax" in (script.string or "") or "mathjax" in script.get("src", ""):
            tag.append(script.extract())
            if script.string:
                tag.append(soup.new_tag("script", string=MATHEMATICS))
    return tag


def quoted(text):
    """Return a text as it stands in a string of CSS."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def check_links(soup):
    """Make sure that every name is used once, and that every link leads to one."""
    names = set()
    for target in soup.select("[id]"):
        # The site's own doubles are parts of boxes, to which nothing links.
        if target["id"] in names:
            del target["id"]
        else:
            names.add(target["id"])
    lost = {link["href"] for link in soup.select('a[href^="#"]') if link["href"][1:] not in names}
    if lost:
        raise HandoutError(f"links that lead nowhere: {', '.join(sorted(lost))}")
