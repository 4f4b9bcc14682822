"""Display equations, in every form in which a page can hold one."""

import re

# Names of functions that every language writes alike.
OPERATORS = {
    "Var", "argmax", "argmin", "col", "conv", "corr", "diag", "gcd", "im", "lcm", "rank", "tr",
    "vec",
}  # fmt: skip
FENCE = re.compile(r" *(`{3,}|~{3,}|:{3,})[ \t]*([^`]*)$")
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
FORMS = [
    re.compile(r"\$\$(?P<body>.+?)\$\$", re.DOTALL),
    re.compile(
        r"^ *(?P<fence>`{3,}|:{3,}|~{3,})\{math\}(?P<body>.*?)^ *(?P=fence)",
        re.DOTALL | re.MULTILINE,
    ),
    re.compile(
        r"^ *\\begin\{(?P<name>\w+\*?)\}(?P<body>.*?)\\end\{(?P=name)\}", re.DOTALL | re.MULTILINE
    ),
    re.compile(
        r"^(?P<indent> *)\.\. math::(?P<body>[^\n]*(?:\n(?P=indent) +[^\n]*|\n[ \t]*(?=\n))*)",
        re.MULTILINE,
    ),
]
OPTION = re.compile(r"^ *:[\w-]+:[^\n]*$", re.MULTILINE)
ENVIRONMENT = re.compile(r"\\(begin|end)\{\w+\*?\}(\{[^}]*\})?")
TEXT = re.compile(r"\\(text\w*|[mhf]box|intertext|shortintertext|tag\*?)(?![A-Za-z])")
UPRIGHT = re.compile(r"\\(math(?:rm|it|bf|sf|tt|normal)|rm)\s*\{([^}]*)\}")
OPERATOR = re.compile(r"\\operatorname\*?\s*\{([^}]*)\}")
COMMAND = re.compile(r"\\[A-Za-z]+")
WORD = re.compile(r"[^\W\d_]{3,}")


def no_words_in_display_equations(notebook):
    """Display equations hold no words, in no form: a translation shares them."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for _, what in words_in_display_equations(cell.source):
                yield cell, what


def words_in_display_equations(text):
    """Yield (line, what is wrong) for each display equation of a text that holds words."""
    text = INLINE_CODE.sub("", _without_code(text))
    found_in = set()
    for form in FORMS:
        for equation in form.finditer(text):
            line = text.count("\n", 0, equation.start()) + 1
            # An environment inside of $$ is found twice.
            if word := _word(equation["body"]):
                inside = any(first <= equation.start() < last for first, last in found_in)
                found_in.add(equation.span())
                if not inside:
                    yield line, f"words in a display equation, {word!r}"


def _without_code(text):
    """Return a text with its blocks of code left blank, so that lines keep their numbers."""
    lines, opened = [], []  # the fences around a line; a directive's has its name in braces
    for line in text.split("\n"):
        in_code = bool(opened) and not opened[-1][1]
        if found := FENCE.match(line):
            fence, argument = found[1], found[2].strip()
            if opened and not argument and fence.startswith(opened[-1][0]):
                opened.pop()
            elif not in_code and argument[:1] == "{":
                opened.append((fence, True))
            elif not in_code and fence[0] != ":":
                opened.append((fence, False))
                in_code = True
        lines.append("" if in_code else line)
    return "\n".join(lines)


def _word(equation):
    """Return the first word of an equation, as it is written; None where there is none."""
    equation = ENVIRONMENT.sub(" ", OPTION.sub("", equation))
    if found := TEXT.search(equation):
        return found.group()
    for found in UPRIGHT.finditer(equation):
        if re.search(r"[^\W\d_]{2}", found[2]):
            return found.group()
    for found in OPERATOR.finditer(equation):
        if found[1] not in OPERATORS:
            return found.group()
    rest = COMMAND.sub(" ", OPERATOR.sub(" ", equation))
    found = WORD.search(rest) or re.search(r"[\u3400-\u9fff]+", rest)
    return found.group() if found else None
