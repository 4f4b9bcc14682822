"""How the code of a cell is written."""

import ast
import re

LONGEST_CELL = 10
LONGEST_LINE = 80  # what the page shows without scrolling, and a sheet of paper holds
# A chapter asks deconv_helpers.figures for its pictures, and draws none itself.
PLOTTING = re.compile(r"\b(matplotlib|pyplot|plt|seaborn|plotly|PIL|IPython)\b")
DEFINITION = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
BLOCK = (ast.For, ast.While, ast.If, ast.With, ast.Try)
# What other books call the things that have one name in this one.
OTHER_NAMES = {
    "x": ("data", "inp", "input", "input_tensor", "signal"),
    "w": ("weight", "kernel", "filt", "filter", "filters", "kern", "ker"),
    "layer": ("conv_layer", "deconv", "kwargs", "params", "tconv"),
}
FIXED = {other: name for name, others in OTHER_NAMES.items() for other in others}


def code_cells(notebook):
    """Return the cells of a notebook that hold code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def parsed(cell):
    """Return the statements of a cell; none where it is not Python."""
    try:
        return ast.parse(cell.source).body
    except SyntaxError:
        return []  # a fault of its own, see `ends_in_a_value`


def last_statement(cell):
    """Return the statement that a cell ends in, inside of blocks too."""
    statements = parsed(cell)
    while statements and isinstance(statements[-1], BLOCK):
        statements = statements[-1].body
    return statements[-1] if statements else None


def short_cells(notebook):
    """A cell has 1 to 10 lines."""
    for cell in code_cells(notebook):
        lines = len(cell.source.splitlines())
        if not 0 < lines <= LONGEST_CELL:
            yield cell, f"{lines} lines, allowed are 1 to {LONGEST_CELL}"


def narrow_cells(notebook):
    """A line has at most 80 characters."""
    for cell in code_cells(notebook):
        for line in cell.source.splitlines():
            if len(line) > LONGEST_LINE:
                yield cell, f"a line of {len(line)} characters, allowed are {LONGEST_LINE}"


def ends_in_a_value(notebook):
    """A cell shows what it ends in, ends in an assert, or only imports and defines."""
    for cell in code_cells(notebook):
        try:
            statements = ast.parse(cell.source).body
        except SyntaxError as error:
            yield cell, f"line {error.lineno} is no plain Python"
            continue
        if not statements or all(isinstance(each, DEFINITION) for each in statements):
            continue
        last = statements[-1]
        if isinstance(last_statement(cell), ast.Assert):
            continue
        if not isinstance(last, (ast.Expr, *BLOCK)):
            yield cell, "ends in no value"
        elif not cell.outputs:
            yield cell, "ends in something that shows nothing"


def no_plotting_code(notebook):
    """A picture is one call of deconv_helpers.figures; a cell plots nothing itself."""
    for cell in code_cells(notebook):
        if found := PLOTTING.search(cell.source):
            yield cell, f"plotting code, {found.group()!r}"


def fixed_names(notebook):
    """An input is `x`, its weights are `kernel`, a layer or its parameters `layer`."""
    for cell in code_cells(notebook):
        for statement in parsed(cell):
            for node in ast.walk(statement):
                name = None
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    name = node.id
                elif isinstance(node, ast.arg):
                    name = node.arg
                if name in FIXED:
                    yield cell, f"{name!r} is called {FIXED[name]!r} in this book"
