"""The live figure: the web component `<transposed-convolution>`, joined from its parts.

    python -m deconv_helpers.explorer PATH

writes the explorer's page, complete in itself. The component's script is written
into it, since a page that is opened from disk may be alone. `Explorer` is the
same component as a widget for Jupyter.

The parts, in the order in which one uses the other: `arithmetic.js` (the layer
as numbers), `words.js` (sentences), `words.en.js` and the like (one language's
words each), `views.js` (what each view draws), `drawing.js` (cells as SVG),
`colours.js` (the palette), `controls.js` (the rest of the page), `component.js` (the element);
`picture.css` and `style.css`.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deconv_helpers.explorer.bounds import RANGES, VIEWS
from deconv_helpers.layer import SYMBOLS

_FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")


def _parts(languages: Sequence[str]) -> list[str]:
    words = [f"words.{language}" for language in languages]
    return ["arithmetic", "words", *words, "views", "drawing", "colours", "controls", "component"]


PURPOSE = (
    "A layer with its numbers: change what you like, point at a cell, and see where its "
    "number comes from. The address holds what you set."
)

# The palette's hues on a dark page, and what only a page needs.
_DARK = {
    "input": "#1f4f70",
    "input-edge": "#7cc0ea",
    "kernel": "#6d4a0c",
    "kernel-edge": "#f2b854",
    "output": "#1d5f49",
    "output-edge": "#6fd0a8",
    "padding-edge": "#98a0a8",
    "unread": "#4a2013",
    "unread-edge": "#f58a5a",
    "bias": "#46294c",
    "bias-edge": "#d29bdc",
    "ink": "#eceff1",
    "quiet": "#aab3bb",
    "line": "#465059",
    "soft": "#20262b",
    "card": "#171b1f",
    "bad": "#ff9d94",
}
_LIGHT = {
    "quiet": "#5f6870",
    "line": "#d3d8dc",
    "soft": "#f3f5f6",
    "card": "#ffffff",
    "bad": "#b3261e",
}


def _light() -> dict[str, str]:
    """Return the book's palette as names and hues."""
    from deconv_helpers.figures.palette import INK, PALETTE

    hues = {"ink": INK}
    for kind, look in PALETTE.items():
        hues |= {kind: look.face, f"{kind}-edge": look.edge}
    return {name: hue for name, hue in (hues | _LIGHT).items() if name in _DARK}


def _as_css(hues: dict[str, str]) -> str:
    return "".join(f"--{name}:{hue};" for name, hue in sorted(hues.items()))


def given() -> dict[str, Any]:
    """Return what the browser's side has from Python's.

    Examples
    --------
    >>> given()["keys"]["op"], given()["symbols"]["op"], given()["ranges"]["op"]
    ('output_padding', 'p′', (0, 7))
    """
    symbols = {"input_size": "i'"} | SYMBOLS
    keys = {"i'": "i", "p'": "op"}  # in an address, where a prime does badly
    names = {keys.get(symbol, symbol): name for name, symbol in symbols.items()}
    return {
        "keys": names,
        "ranges": {key: RANGES[name] for key, name in names.items()},
        "symbols": {key: symbols[name].replace("'", "′") for key, name in names.items()},
        "views": VIEWS,
        "light": _as_css(_light()),
        "dark": _as_css(_DARK),
    }


def part(name: str, folder: Path = _FOLDER) -> str:
    """Return one part as it stands in its file, without the lines that are only comment.

    Parameters
    ----------
    name : str
        The file's name.
    folder : pathlib.Path
        Where it lies.

    Returns
    -------
    str
        Its text.

    Examples
    --------
    >>> part("arithmetic.js").startswith("const {")
    True
    """
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    kept = (
        line.lstrip("\t")
        for line in lines
        if line.strip() and not line.lstrip().startswith(("//", "/*"))
    )
    return "\n".join(kept)


def _smaller(text: str) -> str:
    # What a site ships is small; where the tool is missing, the same script is longer.
    try:
        import minify  # type: ignore[import-untyped]
    except ImportError:
        return text
    return minify.string("application/javascript", text)


def _style(css: str) -> str:
    # By hand: the tool leaves rules within rules as they are.
    return re.sub(r"\s*([{};,>])\s*|(?<=:) ", r"\1", css).replace(";}", "}")


def script(languages: Sequence[str] = LANGUAGES) -> str:
    """Return the component as one classic script, which defines its element once.

    Parameters
    ----------
    languages : sequence of str
        The languages that it speaks, of ``en`` and ``zh``. Where a page is in
        another one, it speaks the first.

    Returns
    -------
    str
        JavaScript that asks no host for anything and leaves no name behind.

    Examples
    --------
    >>> '"transposed-convolution"' in script()
    True
    >>> len(script(["en"])) < len(script())
    True
    """
    if not languages or not set(languages) <= set(LANGUAGES):
        raise ValueError(f"languages must be some of {LANGUAGES}, got languages={languages!r}")
    return joined(
        [part(f"{name}.js") for name in _parts(languages)],
        PICTURE_CSS=part("picture.css"),
        STYLE_CSS=part("style.css"),
    )


def joined(parts: Sequence[str], **styles: str) -> str:
    """Return parts as one classic script that leaves no name behind.

    Parameters
    ----------
    parts : sequence of str
        JavaScript; each part sees those before it, and ``GIVEN``.
    **styles : str
        CSS that the parts see as constants of these names.

    Returns
    -------
    str
        JavaScript.

    Examples
    --------
    >>> joined(["f(A);"], A="b {}").startswith("(()=>{")
    True
    """
    constants: dict[str, Any] = {"GIVEN": given()}
    constants |= {name: _style(css) for name, css in styles.items()}
    lines = [
        f"const {name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};"
        for name, value in constants.items()
    ]
    return _smaller("\n".join(["(() => {", '"use strict";', *lines, *parts, "})();"])) + "\n"


def module() -> str:
    """Return the same script as the ES module that a Jupyter widget is.

    Examples
    --------
    >>> module().startswith(script())
    True
    """
    return f"{script()}\n{part('widget.js')}\n"


def page() -> str:
    """Return the page of the explorer, complete in itself.

    Returns
    -------
    str
        HTML that asks no host for anything.

    Examples
    --------
    >>> "<title>Transposed-convolution explorer</title>" in page()
    True
    """
    template = (_FOLDER / "page.html").read_text(encoding="utf-8")
    return filled(template, PURPOSE=PURPOSE, SCRIPT=script())


def filled(template: str, **texts: str) -> str:
    """Return a page that stands alone: a template with its texts put in.

    Parameters
    ----------
    template : str
        HTML with ``@NAME@`` where a text belongs.
    **texts : str
        The texts by name. ``PAGE_CSS`` and ``THEME`` are put in besides.

    Returns
    -------
    str
        The page.

    Examples
    --------
    >>> filled("<h1>@TITLE@</h1>", TITLE="Drills")
    '<h1>Drills</h1>'
    """
    texts = {"PAGE_CSS": part("page.css"), "THEME": part("theme.js"), **texts}
    for name, text in texts.items():
        # In a page a script must not seem to end early.
        text = text.replace("</script", "<\\/script") if name == "SCRIPT" else text
        template = template.replace(f"@{name}@", text)
    return template


def __getattr__(name: str) -> Any:
    # The widget needs anywidget, an extra: the page must do without it.
    if name != "Explorer":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from deconv_helpers.explorer.widget import Explorer
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        raise ImportError(
            "Explorer needs anywidget, which the extra `explorer` brings: "
            "pip install 'deconv-helpers[explorer]'"
        ) from error
    return Explorer
