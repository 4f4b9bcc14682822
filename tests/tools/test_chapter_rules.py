"""Each rule rejects the smallest chapter that breaks it, and a sound chapter keeps them all."""

import inspect

import check_chapters
import nbformat
import pytest
from chapter_rules import (
    OF_QUESTIONS,
    RULES,
    chance,
    code,
    equations,
    faults,
    faults_of_page,
    prose,
    questions,
    rules_of,
    stored,
)
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# --- A sound chapter -------------------------------------------------------------------------


def result(text="3", **data):
    return new_output("execute_result", {"text/plain": text, **data}, execution_count=1)


def sound_chapter():
    solutions = []
    for name in "abc":
        solutions += [
            new_markdown_cell(f"```{{exercise}}\n:label: ex-{name}\n\nWhy?\n```"),
            new_markdown_cell(f"```{{solution-start}} ex-{name}\n:class: dropdown\n```"),
            new_code_cell("assert 1 + 1 == 2"),
            new_markdown_cell("```{solution-end}\n```"),
        ]
    chapter = new_notebook(
        cells=[
            new_markdown_cell(
                "# T\n\n**What you will see.** A.\n\n**What you need.** B. About 20 minutes."
            ),
            new_code_cell("1 + 2", outputs=[result()]),
            new_markdown_cell("## Rule\n\n$$\no = i + 1\n$$\n\n## Summary\n\n## Exercises"),
            *solutions,
            new_markdown_cell("## End\n\n## Further reading"),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "P"},
            "language_info": {"name": "python"},
        },
    )
    for number, cell in enumerate(chapter.cells):
        cell.id = f"c{number}"
    for place, cell in enumerate(code.code_cells(chapter), start=1):
        cell.execution_count = place
    return chapter


def described(**kinds):
    return {
        "mystnb": {"image": {"alt": "Five cells in a row."}, "figure": {"caption": "C"}} | kinds
    }


def change(number, **parts):
    """Return what changes one cell of a chapter."""
    return lambda chapter: chapter.cells[number].update(nbformat.from_dict(parts))


def add(number, text):
    """Return what adds to the text of one cell."""

    def added(chapter):
        chapter.cells[number].source += f"\n\n{text}"

    return added


def source(text):
    """Return what makes a text the first cell of code."""
    return change(1, source=text)


def shows(*outputs, **metadata):
    """Return what makes these the outputs of the first cell of code."""
    return change(1, outputs=list(outputs), metadata=metadata)


def stub(name):
    """Return what asks for code, and puts a stub with the check of that name below."""

    def made(chapter):
        exercise = chapter.cells[3]
        exercise.source = exercise.source.replace("Why?", "**Implement.** Write `f`.")
        cell = new_code_cell(f'def f(): ...\n\n\ncheck("{name}", f)')
        chapter.cells.insert(4, cell)

    return made


def equation(text):
    return add(2, text)


# --- rule: {what breaks it: (the break, the fault)} ------------------------------------------

SVG = {"image/svg+xml": "<svg/>"}
WORDS = "cell c2: words in a display equation, "
CHANCE = "cell c1: chance without a seed, "

BROKEN = {
    stored.executed_in_order: {
        "without count": (change(1, execution_count=None), "cell c1: count is None, not 1"),
        "out of order": (change(1, execution_count=2), "cell c1: count is 2, not 1"),
        "output of another run": (
            shows(new_output("execute_result", {"text/plain": "3"}, execution_count=7)),
            "cell c1: output's count is 7, not 1",
        ),
    },
    stored.compared_in_full: {
        "comment": (source("# NBVAL_IGNORE_OUTPUT\n1 + 2"), "cell c1: an nbval marker"),
        "tag of nbval": (change(1, metadata={"tags": ["nbval-skip"]}), "cell c1: tag nbval-skip"),
        "allowed to fail": (
            change(1, metadata={"tags": ["raises-exception"]}),
            "cell c1: tag raises-exception, allowed are gallery, hide-cell",
        ),
        "output that the page leaves out": (
            change(1, metadata={"tags": ["predict", "remove-output"]}),
            "cell c1: tag remove-output, ",
        ),
    },
    stored.without_errors_or_warnings: {
        "traceback": (
            shows(new_output("error", ename="E", evalue="", traceback=[])),
            "cell c1: a stored traceback",
        ),
        "warning": (
            shows(new_output("stream", name="stderr", text="old")),
            "cell c1: a stored warning",
        ),
        "printed warning": (
            shows(new_output("stream", name="stdout", text="UserWarning: old")),
            "cell c1: a stored warning",
        ),
    },
    stored.of_no_machine: {
        "path on Unix": (shows(result("'/home/someone/book.py'")), "names '/home/someone/b'"),
        "path on Windows": (shows(result("C:\\Users\\someone")), "of one machine"),
        "address in memory": (shows(result("<object at 0x7f3a2c1b0d90>")), "0x7f3a2c1b0d90"),
    },
    stored.text_or_svg: {
        "PNG": (shows(result(**{"image/png": "iVBORw0KGgo="})), "output of type image/png"),
        "HTML": (shows(result(**{"text/html": "<b>3</b>"})), "output of type text/html"),
        "attached picture": (
            change(0, attachments={"a.png": {"image/png": "iVBORw0KGgo="}}),
            "cell c0: an attached file",
        ),
    },
    stored.light_pictures: {
        "heavy": (
            shows(result(**{"image/svg+xml": "<svg>" + 60_000 * " "}), **described()),
            "cell c1: a picture of 60,005 bytes",
        ),
    },
    stored.pictures_described: {
        "no alternative text": (
            shows(result(**SVG), **described(image={})),
            "cell c1: alternative text is ''",
        ),
        "two words": (
            shows(result(**SVG), **described(image={"alt": "A picture."})),
            "alternative text is 'A picture.'",
        ),
        "no caption": (shows(result(**SVG), **described(figure={})), "a picture without caption"),
    },
    stored.clean_metadata: {
        "version of Python": (
            lambda chapter: chapter.metadata["language_info"].update(version="3.11.7"),
            "metadata names the version of Python",
        ),
        "of the notebook": (
            lambda chapter: chapter.metadata.update(widgets={}),
            "metadata of the notebook: kernelspec, language_info, widgets",
        ),
        "times": (
            change(1, metadata={"execution": {"iopub.execute_input": "2026-01-01T00:00:00Z"}}),
            "cell c1: metadata execution",
        ),
    },
    code.short_cells: {
        "11 lines": (source("\n".join(["1 + 2"] * 11)), "11 lines, allowed are 1 to 10"),
        "none": (source(""), "cell c1: 0 lines"),
    },
    code.narrow_cells: {
        "81 characters": (source("1 + " * 20 + "2"), "a line of 81 characters, allowed are 80"),
    },
    code.ends_in_a_value: {
        "an assignment": (change(1, source="o = 1 + 2", outputs=[]), "cell c1: ends in no value"),
        "an assignment after a value": (source("print(3)\no = 3"), "cell c1: ends in no value"),
        "a definition after a value": (
            source("o = 3\ndef f():\n    return o"),
            "cell c1: ends in no value",
        ),
        "a call that returns nothing": (
            change(1, source="o = []\no.append(3)", outputs=[]),
            "cell c1: ends in something that shows nothing",
        ),
        "a loop that prints nothing": (
            change(1, source="for o in range(3):\n    o + 1", outputs=[]),
            "cell c1: ends in something that shows nothing",
        ),
        "a magic": (source("o = 3\n%timeit o"), "cell c1: line 2 is no plain Python"),
    },
    code.no_plotting_code: {
        "matplotlib": (
            source("import matplotlib.pyplot as plt"),
            "cell c1: plotting code, 'matplotlib'",
        ),
    },
    code.fixed_names: {
        "a variable": (source("filter = 3\nfilter"), "cell c1: 'filter' is called 'w' in"),
        "a loop's": (source("for inp in (1, 2):\n    print(inp)"), "'inp' is called 'x' in"),
        "a parameter": (source("def f(**params):\n    return 3"), "'params' is called 'layer' in"),
    },
    chance.no_clock_and_no_chance: {
        "clock": (source("import time\ntime.time()"), "cell c1: the clock, through 'time'"),
        "date": (source("from datetime import date\n3"), "cell c1: the clock, through 'datetime'"),
        "no seed can be had": (source("import secrets\n3"), CHANCE + "'secrets'"),
        "Python's": (source("import random\nrandom.random()"), CHANCE + "'random.random'"),
        "Python's generator": (
            source("import random\nrandom.Random()"),
            CHANCE + "'random.Random'",
        ),
        "the system's": (source("import os\nos.urandom(1)"), CHANCE + "'os.urandom'"),
        "NumPy's, old": (
            source("import numpy as np\nnp.random.seed(0)\nnp.random.rand()"),
            CHANCE + "'numpy.random.rand'",
        ),
        "NumPy's, unseeded": (
            source("from numpy.random import default_rng as r\nr()"),
            CHANCE + "'numpy.random.default_rng'",
        ),
        "NumPy's, with None": (
            source("import numpy as np\nnp.random.default_rng(None)"),
            CHANCE + "'numpy.random.default_rng'",
        ),
        "torch's": (source("import torch\ntorch.rand(3)"), CHANCE + "'torch.rand'"),
        "torch's, like another": (
            source("from torch import randn_like\nrandn_like(3)"),
            CHANCE + "'torch.randn_like'",
        ),
        "torch's, seeded too late": (
            source("import torch\ntorch.rand(3)\ntorch.manual_seed(0)"),
            CHANCE + "'torch.rand'",
        ),
        "in place": (source("x = 3\nx.uniform_()"), CHANCE + "'uniform_'"),
        "initialised": (
            source("from torch import nn\nnn.init.kaiming_uniform_(3)"),
            CHANCE + "'torch.nn.init.kaiming_uniform_'",
        ),
    },
    equations.no_words_in_display_equations: {
        "dollars": (equation("$$\no = i \\text{ if even}\n$$"), WORDS + r"'\\text'"),
        "dollars on one line": (equation("$$o = \\mbox{size}$$"), WORDS + r"'\\mbox'"),
        "fence": (
            equation("```{math}\n:label: eq-size\no = \\textbf{i}\n```"),
            WORDS + r"'\\textbf'",
        ),
        "fence of colons": (equation(":::{math}\no = \\hbox{i}\n:::"), WORDS + r"'\\hbox'"),
        "inside of a theorem": (
            equation("````{prf:theorem}\n```{math}\no = \\textrm{i}\n```\n````"),
            WORDS + r"'\\textrm'",
        ),
        "align": (
            equation("\\begin{align}\no &= \\mathrm{size}\n\\end{align}"),
            WORDS + r"'\\mathrm{size}'",
        ),
        "another environment": (
            equation("\\begin{gather*}\no = \\mathit{size}\n\\end{gather*}"),
            WORDS + r"'\\mathit{size}'",
        ),
        "aligned in dollars": (
            equation("$$\n\\begin{aligned}\no &= \\text{i}\n\\end{aligned}\n$$"),
            WORDS + r"'\\text'",
        ),
        "an operator of our own": (
            equation("$$\n\\operatorname{size} x\n$$"),
            WORDS + r"'\\operatorname{size}'",
        ),
        "a tag": (equation("$$\no = i \\tag{size}\n$$"), WORDS + r"'\\tag'"),
        "bare": (equation("$$\noutput = i\n$$"), WORDS + "'output'"),
        "Chinese": (equation("$$\no = 尺\n$$"), WORDS + "'尺'"),
    },
    prose.exercises_without_titles: {
        "title": (
            change(3, source="```{exercise} Doubling\n:label: ex-a\n\nWhy?\n```"),
            "cell c3: an exercise with the title 'Doubling'",
        ),
        "title of a gated one": (
            change(3, source=":::{exercise-start} Doubling\n:label: ex-a\n:::"),
            "cell c3: an exercise with the title 'Doubling'",
        ),
    },
    prose.opens_and_closes: {
        "no summary": (change(2, source="## Exercises"), "'## Summary' is missing"),
        "summary after the exercises": (
            change(2, source="## Exercises\n\n## Summary"),
            "'## Exercises' is out of its place",
        ),
        "no time": (
            change(0, source="# T\n\n**What you will see.** A.\n\n**What you need.** B."),
            "the opening does not say how many minutes",
        ),
    },
    prose.three_to_five_exercises: {
        "two": (lambda chapter: chapter.cells.__delitem__(slice(3, 7)), "2 exercises, allowed"),
        "six": (
            add(2, 3 * "\n```{exercise}\n:label: ex-d\n```"),
            "6 exercises, allowed are 3 to 5",
        ),
        "no label": (
            change(3, source="```{exercise}\nWhy?\n```"),
            "cell c3: an exercise without a label",
        ),
    },
    prose.implemented_ones_checked: {
        "no stub": (
            change(3, source="```{exercise}\n:label: ex-a\n\n**Implement.** Write `f`.\n```"),
            'cell c3: no stub below it that ends in `check("a", …)`',
        ),
        "another's": (
            stub("b"),
            'cell c3: no stub below it that ends in `check("a", …)`',
        ),
    },
    prose.solutions_folded_and_asserted: {
        "open to see": (
            change(4, source="```{solution-start} ex-a\n```"),
            "cell c4: a solution that is not folded",
        ),
        "none": (lambda chapter: chapter.cells.__delitem__(slice(4, 7)), "ex-a: no solution"),
        "no code": (
            lambda chapter: chapter.cells.__delitem__(5),
            "exercise ex-a: a solution without code",
        ),
        "no assert": (
            change(5, source="1 + 1 == 2", outputs=[result("True")]),
            "cell c5: the last cell of a solution does not end in an assert",
        ),
        "an assert that is not last": (
            change(5, source="assert True\nprint()"),
            "cell c5: the last cell of a solution does not end in an assert",
        ),
        "an assert in a cell before": (
            lambda chapter: chapter.cells.insert(6, new_code_cell("print()", id="d")),
            "cell d: the last cell of a solution does not end in an assert",
        ),
    },
}
CASES = [
    pytest.param(rule, *case, id=f"{rule.__name__}-{name}")
    for rule, cases in BROKEN.items()
    for name, case in cases.items()
]


@pytest.mark.parametrize(("rule", "break_it", "fault"), CASES)
def test_a_broken_chapter_is_rejected(rule, break_it, fault):
    chapter = sound_chapter()
    break_it(chapter)
    assert any(fault in line for line in faults(chapter, [rule])), faults(chapter, [rule])


def test_every_rule_is_proved_and_says_in_one_line_what_it_is():
    assert set(BROKEN) == set(RULES)
    assert all(len(inspect.getdoc(rule).splitlines()) == 1 for rule in RULES)


# --- What is allowed -------------------------------------------------------------------------


def test_a_sound_chapter_has_no_fault():
    chapter = sound_chapter()
    nbformat.validate(chapter)
    assert faults(chapter) == []


ALLOWED = {
    "a prediction": change(1, metadata={"tags": ["predict"]}),
    "a prediction in words": change(2, metadata={"tags": ["predict"]}),
    "a cell that is folded": change(1, metadata={"tags": ["hide-cell"]}),
    "a section that is folded": add(2, "````{dropdown} Proof\n$$\no = i\n$$\n````"),
    "definitions": change(1, source="import torch\ndef f():\n    return 3", outputs=[]),
    "a loop that asserts": change(1, source="for o in (3,):\n    assert o == 3", outputs=[]),
    "a loop that prints": source("for o in (3,):\n    print(o)"),
    "Python's chance, seeded": source("import random\nrandom.seed(0)\nrandom.random()"),
    "NumPy's chance, seeded": source(
        "import numpy as np\nrandom = np.random.default_rng(0)\nrandom.random(3)"
    ),
    "torch's chance, seeded": source("import torch\ntorch.manual_seed(0)\ntorch.randn(3)"),
    "torch's chance from a generator": source("import torch\ntorch.rand(3, generator=3)"),
    "a method named as a clock": source("x = 3\nx.time"),
    "known operators and upright letters": equation(
        "$$\n\\operatorname{gcd}(i, s)\\,\\mathrm{d}x \\bmod \\max_{ij} x\n$$"
    ),
    "a matrix": equation("$$\n\\begin{pmatrix}\n1 & 2\n\\end{pmatrix}\n$$ (eq-matrix)"),
    "words between two equations": equation("$$\no = i\n$$ (eq-one)\n\nand so\n\n$$\ni = o\n$$"),
    "words in a line's mathematics": equation("so $o = \\text{size}$ holds"),
    "equations shown as code": equation("```text\n$$o = size$$\n```\n\nand `$$o = size$$`"),
}


@pytest.mark.parametrize("change_it", ALLOWED.values(), ids=ALLOWED)
def test_what_a_chapter_may_do_is_no_fault(change_it):
    chapter = sound_chapter()
    change_it(chapter)
    assert faults(chapter) == []


# --- The page of questions --------------------------------------------------------------------

QUESTION = "### Why?\n\n**So.** Because.\n\nAsked in [a/b#1](c). More in {ref}`chapter 1 <ch-one>`."
UNANSWERED = {
    questions.answered_at_once: (("**So.** ", ""), "'Why?': does not begin with the answer"),
    questions.led_on: (("{ref}`chapter 1 <ch-one>`", "chapter 1"), "'Why?': leads to no chapter"),
    questions.in_few_words: (("Because.", 99 * "word "), "'Why?': 100 words, allowed are 90"),
}


def page_of(*texts):
    return new_notebook(cells=[new_markdown_cell(text) for text in texts])


def test_a_question_that_is_answered_has_no_fault():
    page = page_of("# T\n\n(q-all)=\n## All", QUESTION, "(q-more)=\n## More", QUESTION)
    assert faults(page, OF_QUESTIONS) == []


@pytest.mark.parametrize("rule", UNANSWERED, ids=lambda rule: rule.__name__)
def test_a_question_that_is_not_answered_is_a_fault(rule):
    changed, fault = UNANSWERED[rule]
    page = page_of("# T", QUESTION.replace(*changed), QUESTION)
    assert [fault in line for line in faults(page, [rule])] == [True]
    assert set(UNANSWERED) == set(OF_QUESTIONS)


def test_the_name_of_a_notebook_says_which_rules_it_keeps():
    of_all = rules_of("gallery.ipynb")
    assert rules_of("07_the_transpose.ipynb") == RULES
    assert rules_of("13_questions_people_ask.ipynb") == of_all + OF_QUESTIONS


# --- The command -----------------------------------------------------------------------------


def test_a_page_is_checked_for_its_equations_with_their_lines():
    assert faults_of_page("# T\n\n$$\no = i\n$$\n") == []
    assert faults_of_page("# T\n\n```py\n$$\n```\n\n$$\no = size\n$$\n") == [
        "line 7: words in a display equation, 'size'"
    ]
    assert faults_of_page("a\n\n.. math::\n\n   o = size\n\nwords\n") == [
        "line 3: words in a display equation, 'size'"
    ]


def test_the_command_prints_a_fault_a_line_and_ends_with_1(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    chapter = sound_chapter()
    nbformat.write(chapter, "01_sound.ipynb")
    assert check_chapters.main(["01_sound.ipynb"]) == 0
    assert capsys.readouterr().out == ""
    chapter.cells[1].source = "1 + 2\n\n\n" * 4
    chapter.cells[2].source = "## Exercises"
    nbformat.write(chapter, "01_broken.ipynb")
    nbformat.write(chapter, "broken.ipynb")
    assert check_chapters.main(["01_broken.ipynb", "broken.ipynb"]) == 1
    assert capsys.readouterr().out == (
        "01_broken.ipynb: cell c1: 12 lines, allowed are 1 to 10\n"
        "01_broken.ipynb: '## Summary' is missing\n"
        "broken.ipynb: cell c1: 12 lines, allowed are 1 to 10\n"
    )


def test_the_help_lists_every_rule():
    text = check_chapters.rules_as_text()
    said = [inspect.getdoc(rule) for rule in RULES + OF_QUESTIONS]
    assert [rule for rule in said if rule not in text] == []


def test_a_stub_with_its_own_check_keeps_the_rule():
    chapter = sound_chapter()
    stub("a")(chapter)
    assert list(prose.implemented_ones_checked(chapter)) == []
