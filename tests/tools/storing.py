"""Notebooks for the tests of tools."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook


def write_notebook(path, *sources):
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    path.write_text(nbformat.writes(notebook))
    return path
