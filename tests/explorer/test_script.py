"""The component as a file: its size, its form, the command that writes it."""

import gzip
import subprocess
import sys
from types import SimpleNamespace

import pytest
from browsing import in_a_browser
from live_figures import write_component

from deconv_helpers import explorer


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "deconv_helpers.explorer", *map(str, arguments)],
        capture_output=True,
        text=True,
    )


def test_small_enough():
    script = explorer.script(["en"]).encode()  # as a site ships it
    packed = gzip.compress(script, 9, mtime=0)
    print(f"\n{len(script):,} bytes, {len(packed):,} compressed")
    assert len(script) < 60_000
    assert len(packed) < 21_776  # 20,480 is the aim


def test_the_page_holds_the_script_and_the_module_begins_with_it():
    assert explorer.script().strip() in explorer.page()
    assert explorer.module().startswith(explorer.script())


@in_a_browser
def test_a_language_that_is_not_there_falls_back_to_one_that_is(browser):
    page = browser.new_page()
    page.add_script_tag(content=explorer.script(["zh"]))
    page.set_content("<html lang=fr><transposed-convolution></transposed-convolution>")
    assert page.text_content("[data-view=stamps]") == "印记"
    page.close()
    with pytest.raises(ValueError, match="languages must be some of"):
        explorer.script(["fr"])


@pytest.mark.parametrize(
    ("language", "spoken"), [("en", "en"), ("zh_CN", "zh"), (None, "en"), ("fr", "en")]
)
def test_a_site_ships_its_own_language_only(tmp_path, language, spoken):
    (tmp_path / "_static").mkdir()
    config = SimpleNamespace(language=language)
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path, config=config)
    write_component(app, None)
    shipped = (tmp_path / "_static" / "transposed-convolution.js").read_text(encoding="utf-8")
    assert shipped == explorer.script([spoken])


def test_it_is_the_same_each_time():
    assert explorer.script() == explorer.script()


@in_a_browser
def test_one_classic_script_leaves_no_name_behind_and_may_come_twice(browser):
    page = browser.new_page()
    noise = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    before = set(page.evaluate("Object.keys(window)"))
    for _ in range(2):
        page.add_script_tag(content=explorer.script())
    assert set(page.evaluate("Object.keys(window)")) == before
    page.set_content("<transposed-convolution></transposed-convolution>")
    assert noise == []
    page.close()


def test_the_command_writes_the_page_or_the_script(tmp_path):
    assert run(tmp_path / "x.html").returncode == 0
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == explorer.page()
    assert run("--script", tmp_path / "x.js").returncode == 0
    assert (tmp_path / "x.js").read_text(encoding="utf-8") == explorer.script()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--help"], 0, "usage: python -m deconv_helpers.explorer"),
        ([], 2, "the following arguments are required: PATH"),
        (["nowhere/x.html"], 1, "folder that exists"),
        (["."], 1, "error: "),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(tmp_path, monkeypatch, arguments, code, says):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.returncode == code and says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr and list(tmp_path.iterdir()) == []


@in_a_browser
def test_without_its_tool_the_script_is_longer_and_the_same(browser, monkeypatch):
    small = explorer.script()
    monkeypatch.setitem(sys.modules, "minify", None)  # as if it were not installed
    assert len(explorer.script()) > len(small)
    page = browser.new_page()
    page.add_script_tag(content=explorer.script())
    page.set_content("<transposed-convolution></transposed-convolution>")
    result = page.evaluate("document.querySelector('transposed-convolution').result")
    assert result == [1, 10, 102, 20, 203, 30, 304, 40, 400]
    page.close()
