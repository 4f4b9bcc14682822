"""A small site with live figures and predictions, built by the book's own extension."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from answers import PRINTED, SHOWN_ONLY
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[2]
LAYER = "i=4&k=3&s=2&op=1"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="240pt" height="120pt" viewBox="0 0 240 120"'
    '{layer}><rect width="240" height="120" fill="#56b4e9"/></svg>'
)
LIVE = SVG.format(layer=' data-live="' + LAYER.replace("&", "&amp;") + '"')
STILL = SVG.format(layer="")
SETTINGS = """
import sys
sys.path[:0] = [{tools!r}]
extensions = ["myst_nb", "sphinx_copybutton", "live_figures"]
html_theme = "sphinx_book_theme"
html_static_path = [{static!r}]
html_css_files = ["book.css"]
nb_execution_mode = "off"
numfig = True
"""
METADATA = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
LONG = "\n\n".join(["A paragraph, so that there is something to scroll."] * 40)
# What must not be mistaken: a picture amid text, and one that names no layer.
PAGE = f"""# Pictures

{LONG}

A picture ![amid text](live.svg) of a line.

![alone](live.svg)

![still](still.svg)

{LONG}
"""
COVER = """# The first page

Above.

```{figure} live.svg
:alt: the cover
:figclass: cover
```

Below.
"""


def picture_cell(svg, caption=None, name=None, tags=()):
    """Return a cell whose output is a picture."""
    image = {"alt": "a picture"}
    shown = {"image": image}
    if caption:
        shown["figure"] = {"caption": caption, "name": name}
    output = new_output("display_data", data={"image/svg+xml": svg, "text/plain": "a picture"})
    metadata = {"mystnb": shown, "tags": tags}
    return new_code_cell("draw()", execution_count=1, outputs=[output], metadata=metadata)


def text_cell(printed, tags=()):
    """Return a cell whose output is text."""
    output = new_output("execute_result", data={"text/plain": printed}, execution_count=1)
    return new_code_cell("cell()", execution_count=1, outputs=[output], metadata={"tags": tags})


def build(source, folder):
    """Write the sources and build the site of them."""
    static = source / "static"
    static.mkdir(parents=True)
    for name in ("book.css", "live.js", "live.css", "predict.js", "predict.css"):
        shutil.copy(ROOT / "book" / "static" / name, static)
    settings = SETTINGS.format(tools=str(ROOT / "tools"), static="static")
    (source / "conf.py").write_text(settings, encoding="utf-8")
    (source / "live.svg").write_text(LIVE, encoding="utf-8")
    (source / "still.svg").write_text(STILL, encoding="utf-8")
    notebooks = {
        "figures": [
            new_markdown_cell("# Figures\n\n" + LONG),
            picture_cell(LIVE, caption="A layer. See the text.", name="fig-one"),
            new_markdown_cell(LONG),
            picture_cell(LIVE),
            picture_cell(STILL),
        ],
        "predictions": [
            new_markdown_cell("# Predictions"),
            *(text_cell(printed, ["predict"]) for printed in PRINTED),
        ],
        "told": [
            new_markdown_cell("# Told"),
            text_cell("tensor([3])", ["predict"]),
            new_markdown_cell("Three it is.\n\nAnd so on."),
        ],
        "shown": [
            new_markdown_cell("# Only shown"),
            *(text_cell(printed, ["predict"]) for printed in SHOWN_ONLY),
            picture_cell(LIVE, caption="A layer to foresee.", name="fig-two", tags=["predict"]),
            new_markdown_cell("[](#fig-two)"),
            text_cell("tensor([1, 10, 102])"),
        ],
    }
    for name, cells in notebooks.items():
        nbformat.write(new_notebook(cells=cells, metadata=METADATA), source / f"{name}.ipynb")
    pages = {"pictures": PAGE, "cover": COVER, "plain": "# Plain\n\nNothing to take hold of."}
    for name, text in pages.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    toc = "\n".join(["# Contents", "", "```{toctree}", *notebooks, *pages, "```"])
    (source / "index.md").write_text(toc, encoding="utf-8")
    program = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", source, folder]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    # What the build has put there is the component; tests of its surroundings need less.
    component = folder / "_static" / "transposed-convolution.js"
    shutil.copy(Path(__file__).with_name("stand_in.js"), component)
    for name in ("figures", "predictions"):  # as the Chinese edition says it
        text = (folder / f"{name}.html").read_text(encoding="utf-8")
        text = text.replace('lang="en"', 'lang="zh-CN"', 1)
        (folder / f"{name}-zh.html").write_text(text, encoding="utf-8")
