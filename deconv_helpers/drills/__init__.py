"""Drills: endless small questions made of random layers, a page of its own.

    python -m deconv_helpers.drills PATH

writes the page, complete in itself. The questions are made in the browser, by the
arithmetic of the live figure and with its pictures.

The parts, in the order in which one uses the other: the live figure's arithmetic,
words, views, drawing and colours; `chance.js` (chance that can be repeated),
`questions.js` (what is asked and what is right), `sentences.js` and one
language's words, `page.js`; `style.css`.
"""

from pathlib import Path

from deconv_helpers import explorer

_FOLDER = Path(__file__).parent
LANGUAGES = {
    "en": {
        "LANG": "en",
        "TITLE": "Drills",
        "PURPOSE": (
            "Small questions about random layers, easy ones first and harder ones as your answers "
            "come right. A seed makes a sheet that a whole class shares."
        ),
        "BACK": "← The book",
        "NOSCRIPT": "The drills need JavaScript.",
    },
}


def page(language: str = "en") -> str:
    """Return the page of the drills, complete in itself.

    Parameters
    ----------
    language : str
        What it speaks.

    Returns
    -------
    str
        HTML that asks no host for anything.

    Raises
    ------
    ValueError
        If it does not speak the language.

    Examples
    --------
    >>> "<title>Drills</title>" in page()
    True
    """
    if language not in LANGUAGES:
        allowed = ", ".join(LANGUAGES)
        raise ValueError(f"language must be one of {allowed}, got {language!r}")
    figure = ["arithmetic", "words", f"words.{language}", "views", "drawing", "colours"]
    own = ["chance", "questions", "sentences", f"words.{language}", "page"]
    script = explorer.joined(
        [explorer.part(f"{name}.js") for name in figure] + [_part(f"{name}.js") for name in own],
        PICTURE_CSS=explorer.part("picture.css"),
        DRILLS_CSS=_part("style.css"),
    )
    return explorer.filled(_part("page.html"), SCRIPT=script, **LANGUAGES[language])


def _part(name: str) -> str:
    return explorer.part(name, _FOLDER)
