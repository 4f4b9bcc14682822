"""Print the built site as one PDF, to be read on paper.

    python tools/print_handout.py [--without-solutions] [SITE [PDF]]

The pages of the site are put one behind the other, so every number in the PDF
is the number on the site. Links lead to places in the PDF, animations stand
still, and solutions move to the end, each with a link to its exercise. Chromium
prints the result, and prints again until the page numbers in it are true.
"""

import mimetypes
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from argparse import ArgumentParser
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from deconv_helpers.files import write_whole

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
PDF = ROOT / "_build" / "pdf" / "transposed-convolution.pdf"
STYLE = Path(__file__).with_name("handout.css")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A name that no network knows: whatever the print asks for comes from the site's folder.
HOST = "http://book.invalid"
PAGE = f"{HOST}/book/handout.html"
SVG = "http://www.w3.org/2000/svg"
STRICT = 'MathJax.tex = {packages: {"[-]": ["noerrors", "noundefined"]}};'
# What the site does not say itself, in the languages of its editions.
WORDS = {
    "en": {"contents": "Contents", "solutions": "Solutions", "page": "page"},
    "zh": {"contents": "目录", "solutions": "解答", "page": "页"},
}
MOST_PRINTS = 5


class HandoutError(Exception):
    """What keeps the handout from being printed, in words for the reader."""


def parse(path):
    """Return a page of the site as a tree."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def parts(home):
    """Return the contents as the site's sidebar has them: pairs of caption and pages."""
    found = [("", ["index"])]
    for caption in home.select("nav.bd-links p.caption"):
        links = caption.find_next_sibling("ul").select("a.reference")
        names = [link["href"].removesuffix(".html") for link in links]
        found.append((caption.get_text(strip=True), names))
    return found


def chapter(site, name):
    """Return the text of one page, with names and links that hold among all pages."""
    text = parse(site / "book" / f"{name}.html").select_one("article.bd-article > section")
    if text is None:
        raise HandoutError(f"no text in {site / 'book' / name}.html")
    for furniture in text.select("a.headerlink, script, button, .toctree-wrapper, .elsewhere"):
        furniture.decompose()
    for target in text.select("[id]"):
        target["id"] = f"{name}--{target['id']}"
    text["id"] = name
    for link in text.select("a[href]"):
        link_in_print(link, name)
    for picture in text.select("img.moving"):
        picture["src"] += "#still"
    # Marks around words in plain black tell a reader nothing, and the PDF would keep each.
    for mark in text.select("pre .n, pre .nn, pre .p, pre .w, code .pre"):
        mark.unwrap()
    return text


def link_in_print(link, name):
    """Make a link of one page lead to a place in the PDF, or be plain text."""
    address = urlsplit(link["href"])
    if address.scheme:
        return
    page = Path(address.path).stem if address.path else name
    if page != "explorer":
        link["href"] = f"#{page}--{unquote(address.fragment)}" if address.fragment else f"#{page}"
        return
    # On paper there is nothing to explore: a sentence that only says so goes.
    after = link.next_sibling
    before = next(
        (text for text in link.find_all_previous(string=True, limit=9) if text.strip()), ""
    )
    if before.rstrip().endswith((".", "。")) and re.match(r"[.。]", str(after or "")):
        after.replace_with(str(after)[1:])
        link.decompose()
    else:
        link.unwrap()


def number(soup, target):
    """Return the place where the number of the page with a target will stand."""
    return soup.new_tag("span", attrs={"class": "page", "data-target": target})


def solutions_apart(soup, text, words):
    """Take the solutions out of a chapter; return them, linked with their exercises."""
    taken = []
    for solution in text.select("div.solution"):
        exercise = solution.find_previous(class_="exercise")
        name, title = exercise["id"], exercise.select_one(".caption-number").get_text(strip=True)
        heading = solution.select_one(".admonition-title")
        forth = soup.new_tag("a", href=f"#{name}--solution", attrs={"class": "forth"})
        forth.append(f"{heading.get_text(strip=True)}, {words['page']} ")
        forth.append(number(soup, f"{name}--solution"))
        exercise.select_one(".admonition-title").append(forth)
        back = soup.new_tag("a", href=f"#{name}")
        back.append(f"{title}, {words['page']} ")
        back.append(number(soup, name))
        heading.clear()
        heading.append(back)
        solution["id"] = f"{name}--solution"
        taken.append(solution.extract())
    return taken


def assembled(site, with_solutions=True):
    """Return the whole book as one page of HTML."""
    home_file = site / "book" / "index.html"
    if not home_file.is_file():
        raise HandoutError(f"no site in {site}: run `make book` first")
    home = parse(home_file)
    language = home.html["lang"]
    words = WORDS[language[:2]]
    author = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["author"]
    soup = BeautifulSoup(f'<html lang="{language}" data-theme="light"></html>', "html.parser")
    body = soup.new_tag("body")
    contents = soup.new_tag("nav")
    appendix = soup.new_tag("section", id="solutions", attrs={"class": "chapter"})
    appendix.append(soup.new_tag("h1", string=words["solutions"]))
    entries, texts = [], []
    for caption, names in parts(home):
        if caption:
            contents.append(soup.new_tag("p", string=caption, attrs={"class": "part"}))
        for name in names:
            text = chapter(site, name)
            text["class"] = [*text.get("class", []), "chapter"]
            taken = solutions_apart(soup, text, words)
            if not with_solutions:
                for forth in text.select("a.forth"):
                    forth.decompose()
            elif taken:
                appendix.append(soup.new_tag("h2", string=text.h1.get_text()))
                appendix.extend(taken)
            texts.append(text)
            if name != "index":
                entries.append((name, text.h1))
                contents.append(entry(soup, name, text.h1))
    if appendix.select_one(".solution"):
        texts.append(appendix)
        entries.append(("solutions", appendix.h1))
        contents.append(entry(soup, "solutions", appendix.h1))
    # The first page: the book's title, its author, and what is where.
    title = texts[0].h1.extract()
    front = soup.new_tag("section", id="front")
    front.append(title)
    front.append(soup.new_tag("p", string=author, attrs={"class": "author"}))
    front.append(soup.new_tag("h2", string=words["contents"]))
    front.append(contents)
    body.extend([front, *texts])
    for place, text in enumerate(texts):
        text["style"] = f"page: chapter-{place}"
    heads = "\n".join(
        f'@page chapter-{place} {{ @top-right {{ content: "{head(text.h1 or title)}" }} }}'
        for place, text in enumerate(texts)
    )
    soup.html.append(header(soup, site, home, title.get_text(), author, heads))
    soup.html.append(body)
    check_links(soup)
    return "<!DOCTYPE html>\n" + str(soup)


def entry(soup, name, heading):
    """Return a line of the contents."""
    line = soup.new_tag("p", attrs={"class": "entry"})
    link = soup.new_tag("a", href=f"#{name}", string=heading.get_text())
    line.extend([link, number(soup, name)])
    return line


def head(heading):
    """Return a heading as it stands at the top of the pages, for a string in CSS."""
    return heading.get_text().replace("\\", "\\\\").replace('"', '\\"')


def header(soup, site, home, title, author, heads):
    """Return the head of the page: its description, its style and its mathematics."""
    tag = soup.new_tag("head")
    tag.append(soup.new_tag("meta", charset="utf-8"))
    tag.append(soup.new_tag("title", string=title))
    tag.append(soup.new_tag("meta", attrs={"name": "author", "content": author}))
    pygments = (site / "_static" / "pygments.css").read_text(encoding="utf-8")
    light = re.sub(r'^html\[data-theme="dark"\].*\n?', "", pygments, flags=re.MULTILINE)
    style = "\n".join([light, STYLE.read_text(encoding="utf-8"), heads])
    tag.append(soup.new_tag("style", string=style))
    for script in home.select("head script"):
        if "MathJax" in (script.string or "") or "mathjax" in script.get("src", ""):
            tag.append(script.extract())
            # On the site a faulty formula is shown in red; here it is an error.
            tag.append(soup.new_tag("script", string=STRICT) if script.string else "\n")
    return tag


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


def hatched(svg):
    """Return a picture whose hatches are lines, cut to the cell that they fill.

    Chromium prints the fill of a `<pattern>` as a coarse grid of pixels.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)
    patterns = {f"url(#{pattern.get('id')})": pattern for pattern in root.iter(f"{{{SVG}}}pattern")}
    parents = {child: parent for parent in root.iter() for child in parent}
    filled = re.compile(r"fill: (url\(#\w+\))")
    paths = [path for path in parents if filled.search(path.get("style", ""))]
    for count, path in enumerate(paths):
        pattern = patterns[filled.search(path.get("style"))[1]]
        wide, high = float(pattern.get("width")), float(pattern.get("height"))
        places = [float(place) for place in re.findall(r"-?\d+(?:\.\d+)?", path.get("d"))]
        cell = ET.Element(f"{{{SVG}}}g", {"clip-path": f"url(#cell-{count})"})
        clip = ET.SubElement(cell, f"{{{SVG}}}clipPath", {"id": f"cell-{count}"})
        ET.SubElement(clip, f"{{{SVG}}}path", {"d": path.get("d")})
        for x in tiles(places[::2], wide):
            for y in tiles(places[1::2], high):
                tile = ET.SubElement(cell, f"{{{SVG}}}g", {"transform": f"translate({x} {y})"})
                tile.extend(pattern)
        path.set("style", filled.sub("fill: none", path.get("style")))
        parent = parents[path]
        parent.insert(list(parent).index(path), cell)
    return ET.tostring(root)


def tiles(places, step):
    """Return where the tiles of a pattern begin that cover some places."""
    first, last = int(min(places) // step), int(max(places) // step)
    return [tile * step for tile in range(first, last + 1)]


def browser_path():
    """Return where Chromium is."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise HandoutError(
        "Chromium prints the handout, and it is not installed. "
        "On Debian or Ubuntu: sudo apt-get install chromium"
    )


@contextmanager
def opened(site, html):
    """Open the book in Chromium as it will be printed; give the page."""
    path, faults = browser_path(), []

    def serve(route):
        address = route.request.url.split("?")[0].split("#")[0]
        file = site / unquote(urlsplit(address).path).lstrip("/")
        if address == PAGE:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif address.startswith(f"{HOST}/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            body = file.read_bytes()
            route.fulfill(body=hatched(body) if b"<pattern" in body else body, content_type=kind)
        else:
            faults.append(f"not in the site: {address}")
            route.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        # As wide as the text on paper, so that what is measured here is what is printed.
        page = browser.new_page(viewport={"width": 643, "height": 900})
        page.emulate_media(media="print", color_scheme="light", reduced_motion="reduce")
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", serve)
        page.goto(PAGE, wait_until="load")
        page.evaluate("MathJax.startup.promise.then(() => document.fonts.ready)")
        for wrong in page.locator("mjx-merror").all():
            faults.append(f"mathematics: {wrong.get_attribute('data-mjx-error')}")
        for wrong in page.locator(".math:not(:has(mjx-container))").all_inner_texts():
            faults.append(f"mathematics: not set: {wrong}")
        if faults:
            raise HandoutError("; ".join(faults))
        yield page
        browser.close()


def printed(page):
    """Return the open book as a PDF, with page numbers that are true."""
    shown = {}
    for _ in range(MOST_PRINTS):
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
        reader = PdfReader(BytesIO(pdf))
        found = {
            name.removeprefix("/"): reader.get_destination_page_number(place) + 1
            for name, place in reader.named_destinations.items()
        }
        if found == shown:
            return pdf
        shown = found
        page.evaluate(
            """pages => document.querySelectorAll("span.page").forEach(
                (span) => { span.textContent = pages[span.dataset.target]; })""",
            found,
        )
    raise HandoutError(f"page numbers still move after {MOST_PRINTS} prints")


def finished(pdf, html):
    """Return the PDF with its description, and nothing in it that differs between runs."""
    soup = BeautifulSoup(html.split("<style>")[0], "html.parser")
    reader = PdfReader(BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    # The dates and the browser's name go: the same book gives the same bytes.
    writer.metadata = {
        "/Title": soup.title.get_text(),
        "/Author": soup.select_one('meta[name="author"]')["content"],
    }
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(soup.html["lang"])
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    whole = BytesIO()
    writer.write(whole)
    return whole.getvalue()


def main(arguments):
    """Print the site named on the command line; return the exit status."""
    parser = ArgumentParser(description="Print the built site as one PDF.")
    parser.add_argument("--without-solutions", action="store_true")
    parser.add_argument("site", nargs="?", type=Path, default=SITE)
    parser.add_argument("pdf", nargs="?", type=Path, default=PDF)
    wanted = parser.parse_args(arguments)
    try:
        browser_path()
        print("[1/3] putting the pages together", flush=True)
        html = assembled(wanted.site, not wanted.without_solutions)
        print("[2/3] setting the mathematics", flush=True)
        with opened(wanted.site, html) as page:
            print("[3/3] printing", flush=True)
            pdf = finished(printed(page), html)
    except HandoutError as error:
        print(error, file=sys.stderr)
        return 1
    target = wanted.pdf
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, pdf)
    pages = len(PdfReader(BytesIO(pdf)).pages)
    print(f"The handout: {target}, {pages} pages, {len(pdf):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
