"""The explorer: one ES module, and a page around it that opens from anywhere.

    python -m deconv_helpers.explorer PATH

writes the page. The module is written into it, since a page that is opened from
disk may not load one. `Explorer` is the same module as a widget for Jupyter.
"""

from pathlib import Path

MODULE = Path(__file__).with_name("explorer.js")

PURPOSE = (
    "Choose a layer, see what it does to sizes and cells, and link to it: "
    "the address holds the state."
)

TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Transposed-convolution explorer</title>
<meta name="description" content="@PURPOSE@">
<link rel="icon" href="data:,">
<style>
html { color-scheme: light; background: #ffffff; color: #222222 }
html[data-theme=dark] { color-scheme: dark; background: #121518; color: #eceff1 }
@media (prefers-color-scheme: dark) {
  html:not([data-theme]) { color-scheme: dark; background: #121518; color: #eceff1 }
}
body { margin: 0 auto; max-width: 1240px; padding: 20px clamp(10px, 3vw, 32px) 48px }
h1 { font: 650 24px/1.3 system-ui, sans-serif; margin: 0 0 4px }
header p { font: 15px/1.5 system-ui, sans-serif; margin: 0 0 16px }
header a { color: #1c6ea4 }
html[data-theme=dark] header a { color: #7cc0ea }
@media (prefers-color-scheme: dark) { html:not([data-theme]) header a { color: #7cc0ea } }
</style>
<script>
// The theme that the reader chose in the book. A page from disk may have no storage.
try {
  const mode = localStorage.getItem("mode");
  if (mode === "light" || mode === "dark") document.documentElement.dataset.theme = mode;
} catch {}
</script>
</head>
<body>
<header>
<p><a href="book/index.html">← The book</a></p>
<h1>Transposed-convolution explorer</h1>
<p>@PURPOSE@</p>
</header>
<main id="explorer"><noscript>The explorer needs JavaScript.</noscript></main>
<script type="module">
@MODULE@
mount(document.getElementById("explorer"));
</script>
</body>
</html>
"""


def page():
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
    module = MODULE.read_text(encoding="utf-8")
    return TEMPLATE.replace("@PURPOSE@", PURPOSE).replace("@MODULE@", module)


def __getattr__(name):
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
