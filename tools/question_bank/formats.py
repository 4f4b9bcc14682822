"""The question bank as files that learning platforms read.

GIFT is Moodle's plain form. text2qti makes QTI, which Canvas and Moodle read, of a
plain form of its own.
"""

from collections.abc import Iterable

from question_bank.question import Question

# What has a meaning in GIFT, and is therefore written behind a backslash.
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})


def _gift(text: str) -> str:
    return text.translate(_SPECIAL)


def as_gift(questions: Iterable[Question]) -> str:
    """Return questions as GIFT, with a reason for each wrong answer.

    Parameters
    ----------
    questions : iterable of Question
        What to write.

    Returns
    -------
    str
        A file's text, by chapters.
    """
    lines, chapter = [], 0
    for question in sorted(questions, key=lambda one: one.chapter):
        if question.chapter != chapter:
            chapter = question.chapter
            lines += [f"$CATEGORY: Transposed convolution/Chapter {chapter}", ""]
        lines.append(f"::{_gift(question.name)}::[plain]{_gift(question.text)} {{")
        if question.number is None:
            for choice in question.choices:
                sign = "=" if choice.right else "~"
                lines.append(f"{sign}{_gift(choice.text)}#{_gift(choice.reason)}")
        else:
            lines[-1] += "#"
            lines.append(f"={question.number}#{_gift(question.reason)}")
            # A wrong number that is worth nothing, and has its reason.
            lines += [f"=%0%{slip.number}:0#{_gift(slip.reason)}" for slip in question.slips]
        lines += [f"####{_gift(question.reason)}", "}", ""]
    return "\n".join(lines)


def as_text2qti(questions: Iterable[Question], title: str) -> str:
    """Return questions in the form of which text2qti makes QTI.

    It knows no reasons for wrong numbers: there the answer's own is all that is told.

    Parameters
    ----------
    questions : iterable of Question
        What to write.
    title : str
        The quiz's title.

    Returns
    -------
    str
        A file's text.
    """
    lines = [f"Quiz title: {title}", ""]
    for number, question in enumerate(questions, 1):
        lines += [f"Title: {question.name}", f"{number}. {_plain(question.text)}"]
        lines.append(f"... {_plain(question.reason)}")
        if question.number is None:
            for letter, choice in zip("abcdefgh", question.choices, strict=False):
                lines.append(f"{'*' if choice.right else ''}{letter}) {_plain(choice.text)}")
                lines.append(f"... {_plain(choice.reason)}")
        else:
            lines.append(f"= {question.number}")
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a text whose signs are no Markdown."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("_", "\\_")
