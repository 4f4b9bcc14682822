"""The rules that every chapter keeps, each a function that returns the faults."""

import re

LONGEST_CELL = 10
LONGEST_LINE = 80  # what the page shows without scrolling, and a sheet of paper holds
LARGEST_PICTURE = 60_000
TEXT_OR_PICTURE = {"text/plain", "image/svg+xml"}
# A chapter asks deconv_helpers.figures for its pictures, and draws none itself.
PLOTTING = re.compile(r"\b(matplotlib|pyplot|plt|seaborn|plotly|PIL|IPython)\b")
# Cells that nbval would run, but let pass whatever they return.
LENIENT = re.compile(r"nbval[-_]", re.IGNORECASE)
LENIENT_TAGS = {"raises-exception", "skip-execution", "remove-output", "remove-cell"}
# An absolute path, a user's folder, or an address in memory: all differ elsewhere.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/])/(?:\w[\w.-]*/)+\w|[A-Za-z]:\\\w|\b0x[0-9a-f]{6,}\b|site-packages"
)


def code_cells(chapter):
    return [cell for cell in chapter.cells if cell.cell_type == "code"]


def faults(chapter):
    """Return all faults of one chapter, each as a line of text."""
    return [fault for rule in RULES for fault in rule(chapter)]


def executed_in_order(chapter):
    # nbval compares nothing of a cell that has neither count nor output.
    for place, cell in enumerate(code_cells(chapter), start=1):
        if cell.execution_count != place:
            yield f"cell {cell.id}: count is {cell.execution_count}, not {place}"
        for output in cell.outputs:
            if output.get("execution_count", place) != place:
                yield f"cell {cell.id}: output's count is {output['execution_count']}, not {place}"


def compared_in_full(chapter):
    for cell in chapter.cells:
        tags = set(cell.metadata.get("tags", []))
        if LENIENT.search(cell.source) or any(LENIENT.search(tag) for tag in tags):
            yield f"cell {cell.id}: an nbval marker, which lets outputs pass"
        if tags & LENIENT_TAGS:
            yield f"cell {cell.id}: tag {', '.join(sorted(tags & LENIENT_TAGS))}"


def without_errors_or_warnings(chapter):
    for cell in code_cells(chapter):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"cell {cell.id}: a stored traceback"
            if output.get("name") == "stderr" or "Warning:" in as_text(output):
                yield f"cell {cell.id}: a stored warning"


def of_no_machine(chapter):
    for cell in code_cells(chapter):
        for output in cell.outputs:
            if found := OF_ONE_MACHINE.search(as_text(output)):
                yield f"cell {cell.id}: output names {found.group()!r}, of one machine"


def text_or_svg(chapter):
    for cell in chapter.cells:
        if cell.get("attachments"):
            yield f"cell {cell.id}: an attached file"
        for output in cell.get("outputs", []):
            # Others, PNG above all, nbval does not compare.
            for kind in set(output.get("data", {})) - TEXT_OR_PICTURE:
                yield f"cell {cell.id}: output of type {kind}"


def light_pictures(chapter):
    for cell in code_cells(chapter):
        for output in cell.outputs:
            size = len(output.get("data", {}).get("image/svg+xml", "").encode())
            if size > LARGEST_PICTURE:
                yield f"cell {cell.id}: a picture of {size:,} bytes, not {LARGEST_PICTURE:,}"


def short_cells(chapter):
    for cell in code_cells(chapter):
        lines = len(cell.source.splitlines())
        if not 0 < lines <= LONGEST_CELL:
            yield f"cell {cell.id}: {lines} lines, allowed are 1 to {LONGEST_CELL}"


def narrow_cells(chapter):
    for cell in code_cells(chapter):
        for line in cell.source.splitlines():
            if len(line) > LONGEST_LINE:
                yield f"cell {cell.id}: a line of {len(line)}, allowed are {LONGEST_LINE}"


def no_plotting_code(chapter):
    for cell in code_cells(chapter):
        if found := PLOTTING.search(cell.source):
            yield f"cell {cell.id}: plotting code, {found.group()!r}"


def pictures_described(chapter):
    for cell in code_cells(chapter):
        if any("image/svg+xml" in output.get("data", {}) for output in cell.outputs):
            shown = cell.metadata.get("mystnb", {})
            alt = shown.get("image", {}).get("alt", "")
            if len(alt.split()) < 5:
                yield f"cell {cell.id}: alternative text is {alt!r}, which says nothing"
            if not shown.get("figure", {}).get("caption"):
                yield f"cell {cell.id}: a picture without caption"


def no_words_in_display_equations(chapter):
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            for equation in re.findall(r"\$\$(.+?)\$\$", cell.source, flags=re.DOTALL):
                if re.search(r"\\(text|mbox|textrm|mathrm)\b", equation):
                    yield f"cell {cell.id}: words in a display equation"


def opens_and_closes(chapter):
    prose = "\n".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    for part in (
        "**What you will see.**",
        "**What you need.**",
        "\n## Summary",
        "\n## Exercises",
        "\n## Further reading",
    ):
        if part not in prose:
            yield f"chapter has no {part.strip()!r}"


def at_least_three_exercises_that_run(chapter):
    asked, solution, solved = [], None, set()
    for cell in chapter.cells:
        if cell.cell_type == "markdown":
            asked += re.findall(r"```\{exercise\}[^\n]*\n:label: (\S+)", cell.source)
            if opened := re.search(r"```\{solution-start\} (\S+)", cell.source):
                solution = opened.group(1)
            if "```{solution-end}" in cell.source:
                solution = None
        elif solution:
            block = re.split(r"\n(?=\S)", cell.source.strip())[-1]
            if re.search(r"^\s*assert\b", block, flags=re.MULTILINE):
                solved.add(solution)
    if len(asked) < 3:
        yield f"{len(asked)} exercises, at least 3 are asked for"
    for label in asked:
        if label not in solved:
            yield f"exercise {label}: no solution that ends in an assert"


def clean_metadata(chapter):
    if set(chapter.metadata) != {"kernelspec", "language_info"}:
        yield f"metadata of the notebook: {', '.join(sorted(chapter.metadata))}"
    if "version" in chapter.metadata.get("language_info", {}):
        yield "metadata names the version of Python"
    for cell in chapter.cells:
        if extra := set(cell.metadata) - {"mystnb", "tags"}:
            yield f"cell {cell.id}: metadata {', '.join(sorted(extra))}"


def as_text(output):
    # A picture's outlines are numbers without end; its text form stands beside it.
    return output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))


RULES = [
    executed_in_order,
    compared_in_full,
    without_errors_or_warnings,
    of_no_machine,
    text_or_svg,
    light_pictures,
    short_cells,
    narrow_cells,
    no_plotting_code,
    pictures_described,
    no_words_in_display_equations,
    opens_and_closes,
    at_least_three_exercises_that_run,
    clean_metadata,
]
