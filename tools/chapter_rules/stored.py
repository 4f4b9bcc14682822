"""What is stored in a notebook: counts, outputs, tags and metadata."""

import re

from chapter_rules.code import code_cells

LARGEST_PICTURE = 60_000
TEXT_OR_PICTURE = {"text/plain", "image/svg+xml"}
CELL_METADATA = {"mystnb", "tags"}
# None of these takes an output out of the comparison.
TAGS = {"gallery", "hide-cell", "hide-input", "hide-output", "predict", "remove-input"}
# Cells that nbval would run, but let pass whatever they return.
LENIENT = re.compile(r"nbval[-_]", re.IGNORECASE)
# An absolute path, a user's folder, or an address in memory: all differ elsewhere.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/])/(?:\w[\w.-]*/)+\w|[A-Za-z]:\\\w|\b0x[0-9a-f]{6,}\b|site-packages"
)


def executed_in_order(notebook):
    """Cells are stored as run once, from the first to the last."""
    # nbval compares nothing of a cell that has neither count nor output.
    for place, cell in enumerate(code_cells(notebook), start=1):
        if cell.execution_count != place:
            yield cell, f"count is {cell.execution_count}, not {place}"
        for output in cell.outputs:
            if output.get("execution_count", place) != place:
                yield cell, f"output's count is {output['execution_count']}, not {place}"


def compared_in_full(notebook):
    """No marker and no tag takes an output out of the comparison."""
    for cell in notebook.cells:
        if LENIENT.search(cell.source):
            yield cell, "an nbval marker, which lets outputs pass"
        if unknown := set(cell.metadata.get("tags", [])) - TAGS:
            yield (
                cell,
                f"tag {', '.join(sorted(unknown))}, allowed are {', '.join(sorted(TAGS))}",
            )


def without_errors_or_warnings(notebook):
    """No stored output is a traceback or a warning."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield cell, "a stored traceback"
            if output.get("name") == "stderr" or "Warning:" in _as_text(output):
                yield cell, "a stored warning"


def of_no_machine(notebook):
    """No stored output names a path or an address in memory."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if found := OF_ONE_MACHINE.search(_as_text(output)):
                yield cell, f"output names {found.group()!r}, of one machine"


def text_or_svg(notebook):
    """Outputs are text or SVG, and no file is attached."""
    for cell in notebook.cells:
        if cell.get("attachments"):
            yield cell, "an attached file"
        for output in cell.get("outputs", []):
            # Others, PNG above all, nbval does not compare.
            for kind in set(output.get("data", {})) - TEXT_OR_PICTURE:
                yield cell, f"output of type {kind}"


def light_pictures(notebook):
    """A picture has at most 60,000 bytes."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            size = len(output.get("data", {}).get("image/svg+xml", "").encode())
            if size > LARGEST_PICTURE:
                yield cell, f"a picture of {size:,} bytes, allowed are {LARGEST_PICTURE:,}"


def pictures_described(notebook):
    """A picture has a caption and an alternative text of at least five words."""
    for cell in code_cells(notebook):
        if any("image/svg+xml" in output.get("data", {}) for output in cell.outputs):
            shown = cell.metadata.get("mystnb", {})
            alt = shown.get("image", {}).get("alt", "")
            if len(alt.split()) < 5:
                yield cell, f"alternative text is {alt!r}, which says nothing"
            if not shown.get("figure", {}).get("caption"):
                yield cell, "a picture without caption"


def clean_metadata(notebook):
    """Metadata hold nothing of the run: no version of Python, no times."""
    if set(notebook.metadata) != {"kernelspec", "language_info"}:
        yield None, f"metadata of the notebook: {', '.join(sorted(notebook.metadata))}"
    if "version" in notebook.metadata.get("language_info", {}):
        yield None, "metadata names the version of Python"
    for cell in notebook.cells:
        if extra := set(cell.metadata) - CELL_METADATA:
            yield cell, f"metadata {', '.join(sorted(extra))}"


def _as_text(output):
    # A picture's outlines are numbers without end; its text form stands beside it.
    return output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
