"""The two addresses of `_config.yml`: what they turn on, and that nothing shows without."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import execute_notebooks
import pytest
import yaml
from commands import LECTURES

ROOT = Path(__file__).parents[2]
HANDOUT = "transposed-convolution.pdf"
CHAPTER = "book/04_when_it_does_not"
REPOSITORY, ADDRESS = "https://github.com/someone/somewhere", "https://example.org/book"


def links(html):
    return re.findall(r'href="([^"]+)"', html)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the site of a copy of the book whose addresses are set."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("book", "tools"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "_toc.yml", copy)
    (copy / "_build" / "pdf").mkdir(parents=True)
    (copy / "_build" / "pdf" / HANDOUT).write_bytes(b"%PDF-1.4")
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings["repository"]["url"] = REPOSITORY
    settings["html"]["baseurl"] = ADDRESS
    (copy / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    program = Path(sys.executable).with_name("jupyter-book")
    build = [program, "build", ".", "-W", "-n", "--keep-going", "--quiet"]
    done = subprocess.run(build, capture_output=True, text=True, cwd=copy)
    assert done.returncode == 0, done.stdout + done.stderr
    return copy / "_build" / "html"


@pytest.fixture(scope="module")
def page(site):
    return (site / f"{CHAPTER}.html").read_text(encoding="utf-8")


def test_the_repository_s_address_opens_the_chapter_elsewhere(page):
    assert {
        REPOSITORY,
        f"{REPOSITORY}/blob/main/{CHAPTER}.ipynb?plain=1",
        f"https://colab.research.google.com/github/someone/somewhere/blob/main/{CHAPTER}.ipynb",
        f"https://mybinder.org/v2/gh/someone/somewhere/main?urlpath=lab/tree/{CHAPTER}.ipynb",
    } <= set(links(page))


def test_the_site_s_address_is_each_page_s_own(site, page):
    here = f"{ADDRESS}/{CHAPTER}.html"
    assert f'<link rel="canonical" href="{here}"' in page
    assert f'property="og:url" content="{here}"' in page
    assert f'property="og:image" content="{ADDRESS}/_static/card.png"' in page
    assert (site / "_static/card.png").read_bytes().startswith(b"\x89PNG")


def test_the_sitemap_holds_every_page_of_the_book(site):
    found = [node.text for node in ElementTree.parse(site / "sitemap.xml").iter() if node.text]
    pages = [path.relative_to(site).as_posix() for path in site.glob("book/**/*.html")]
    assert sorted(found) == sorted(f"{ADDRESS}/{page}" for page in pages)


def test_the_printed_book_lies_beside_the_site_and_is_linked(site, page):
    assert (site / HANDOUT).read_bytes() == b"%PDF-1.4"
    assert f"../{HANDOUT}" in links(page)


def test_without_addresses_nothing_is_shown():
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    html = (ROOT / f"_build/html/{CHAPTER}.html").read_text(encoding="utf-8")
    if not settings["repository"]["url"]:
        assert not re.search(r"colab\.research|mybinder|blob/main", html)
    if not settings["html"]["baseurl"]:
        assert not re.search(r"canonical|og:url|og:image\"", html)
        assert not (ROOT / "_build/html/sitemap.xml").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [(REPOSITORY, f"%pip install git+{REPOSITORY}</code>"), ("", "for ADDRESS.</p>")],
)
def test_the_note_says_what_to_install(tmp_path, monkeypatch, address, said):
    (tmp_path / "_config.yml").write_text(f"repository: {{url: '{address}'}}")
    monkeypatch.setattr(execute_notebooks, "ROOT", tmp_path)
    assert said in execute_notebooks.install_note()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "book").glob("*.ipynb")) + LECTURES, ids=lambda p: p.stem
)
def test_each_notebook_says_at_its_top_what_to_install(path):
    cells = execute_notebooks.nbformat.read(path, as_version=4).cells
    notes = [cell.source for cell in cells if cell.source.startswith(execute_notebooks.NOTE)]
    assert notes == [cells[1].source] == [execute_notebooks.install_note()]


def test_binder_installs_the_pinned_book_with_the_cpu_build():
    lines = (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    torch = next(pin for pin in pins if pin.startswith("torch=="))
    assert f"{torch}+cpu" in lines
    assert "-r ../requirements.txt" in lines
