"""The command that prints the handout: its help, and each error in one line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import chromium
import print_handout
import pytest
from browsing import CHROMIUM, in_a_browser
from bs4 import BeautifulSoup
from playwright.sync_api import Error as BrowserError

TOOL = Path(print_handout.__file__)


@pytest.fixture
def one_page_site(tmp_path):
    """The site's first page alone, and what it loads."""
    site = tmp_path / "site"
    shutil.copytree(
        print_handout.SITE, site, ignore=shutil.ignore_patterns("_sources", "*.pdf", "0*.html")
    )
    page = site / "book" / "index.html"
    html = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    for more in html.select("nav.bd-links p.caption, article.bd-article a"):
        more.unwrap()
    page.write_text(str(html), encoding="utf-8")
    return site


@pytest.fixture
def refused(monkeypatch, capsys):
    """Run the command, which must fail before it works; return the one line that it says."""
    monkeypatch.setattr(print_handout, "assembled", lambda *_, **__: pytest.fail("it worked"))

    def run(*arguments):
        assert print_handout.main([str(argument) for argument in arguments]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        return said.err

    return run


def test_help_names_what_can_be_said(capsys):
    with pytest.raises(SystemExit) as ended:
        print_handout.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(word in said for word in ("--without-solutions", "site", "pdf"))


def test_without_chromium_it_says_what_to_install(monkeypatch, tmp_path, refused):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "apt-get install chromium" in refused(print_handout.SITE, tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("target", "said"),
    [("none/a.pdf", "folder"), ("a.txt", "must end in"), ("taken.pdf", "taken.pdf")],
)
def test_where_it_cannot_write_it_does_not_begin(tmp_path, refused, target, said):
    (tmp_path / "taken.pdf").mkdir()
    assert said in refused(print_handout.SITE, tmp_path / target)


def test_without_a_site_it_says_what_to_run(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert print_handout.main([str(tmp_path), str(tmp_path / "a.pdf")]) == 1
    assert capsys.readouterr().err == f"no site in {tmp_path}: run `make book` first\n"
    assert not list(tmp_path.iterdir())


def test_a_browser_that_does_not_start_is_said_in_one_line(monkeypatch, tmp_path, capsys):
    def dead(*_):
        raise BrowserError("it did not start\nwith many lines of its log")

    monkeypatch.setattr(print_handout, "opened", dead)
    monkeypatch.setattr(chromium, "find", lambda: "/bin/chromium")
    assert print_handout.main([str(print_handout.SITE), str(tmp_path / "a.pdf")]) == 1
    assert capsys.readouterr().err == "it did not start\n"


@in_a_browser
@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_browser_is_found_by_each_of_its_names(monkeypatch, tmp_path, name):
    (tmp_path / name).symlink_to(CHROMIUM)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == str(tmp_path / name)


def test_the_browser_s_command_says_where_it_is_or_fails(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "find", lambda: "/usr/bin/chromium")
    assert chromium.main([]) == 0
    assert capsys.readouterr().out == "/usr/bin/chromium\n"
    monkeypatch.setattr(chromium, "find", lambda: None)
    assert chromium.main([]) == 1
    assert "neither" in capsys.readouterr().err


@in_a_browser
def test_it_prints_on_a_machine_with_other_habits(tmp_path, one_page_site):
    """Another language, another time, no home to write to, a folder with a space in its name."""
    pdfs = []
    for folder, habits in {
        "plain": {},
        "with a space": {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "HOME": "/proc/none"},
    }.items():
        shutil.copytree(one_page_site, tmp_path / folder)
        pdfs.append(tmp_path / folder / "a.pdf")
        subprocess.run(
            [sys.executable, TOOL, tmp_path / folder, pdfs[-1]],
            env={**os.environ, **habits},
            check=True,
            capture_output=True,
        )
    assert pdfs[0].read_bytes() == pdfs[1].read_bytes()
