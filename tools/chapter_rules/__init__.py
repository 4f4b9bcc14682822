"""The rules of chapters and pages.

Each rule is a function that takes a notebook and yields its faults, as pairs of
a cell (None for the whole notebook) and what is wrong there. The first line of
its docstring is the rule.
"""

from chapter_rules import chance, code, equations, prose, questions, stored

# What every notebook of the book keeps.
OF_NOTEBOOKS = [
    stored.executed_in_order,
    stored.compared_in_full,
    stored.without_errors_or_warnings,
    stored.of_no_machine,
    stored.text_or_svg,
    stored.light_pictures,
    stored.pictures_described,
    stored.clean_metadata,
    code.short_cells,
    code.narrow_cells,
    code.ends_in_a_value,
    code.no_plotting_code,
    code.fixed_names,
    chance.no_clock_and_no_chance,
    equations.no_words_in_display_equations,
    prose.exercises_without_titles,
]
# What a chapter keeps besides: it argues.
OF_CHAPTERS = [
    prose.opens_and_closes,
    prose.three_to_five_exercises,
    prose.solutions_folded_and_asserted,
    prose.implemented_ones_checked,
]
# What the page of questions keeps instead: it answers.
OF_QUESTIONS = [
    questions.answered_at_once,
    questions.led_on,
    questions.in_few_words,
]
RULES = OF_NOTEBOOKS + OF_CHAPTERS


def rules_of(name):
    """Return the rules of a notebook, by its name."""
    if "questions" in name:
        return OF_NOTEBOOKS + OF_QUESTIONS
    return RULES if name[:1].isdigit() else OF_NOTEBOOKS


def faults(notebook, rules=RULES):
    """Return all faults of one notebook, each as a line of text."""
    return [
        f"cell {cell.id}: {what}" if cell else what
        for rule in rules
        for cell, what in rule(notebook)
    ]


def faults_of_page(text):
    """Return all faults of one Markdown page, each as a line of text."""
    return [f"line {line}: {what}" for line, what in equations.words_in_display_equations(text)]
