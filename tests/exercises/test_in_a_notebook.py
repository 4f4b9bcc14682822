"""In a cell of a notebook: what is shown, what is printed, and a kernel that lives on."""

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

IMPORT = "from deconv_helpers.exercises import check"
STUB = "def transpose_1d(x, w, stride, padding, output_padding):"
CELLS = [
    f'{IMPORT}\n\n{STUB} ...\n\ncheck("transpose-1d", transpose_1d)',
    f'{STUB}\n    print("s =", stride)\n    return x + w\n\ncheck("transpose-1d", transpose_1d)',
    f'{STUB}\n    exit()\n\ncheck("transpose-1d", transpose_1d)',
    f'{STUB}\n    quit()\n\ncheck("transpose-1d", transpose_1d)',
    "1 + 1",
]


@pytest.fixture(scope="module")
def outputs():
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    return [nbformat.from_dict(cell.outputs) for cell in notebook.cells]


def shown(output):
    return output["data"]["text/plain"].splitlines()


def test_a_report_shows_itself(outputs):
    (output,) = outputs[0]
    assert shown(output)[0] == "transpose-1d: not yet."
    assert set(output["data"]) == {"text/plain"}


def test_what_is_printed_stands_above_and_an_error_has_the_cells_line(outputs):
    printed, output = outputs[1]
    assert printed["text"] == "s = 2\n"
    assert shown(output)[2].endswith("at line 3: return x + w")


@pytest.mark.parametrize("number", [2, 3])
def test_exit_ends_the_answer_and_not_the_kernel(outputs, number):
    assert shown(outputs[number][-1])[2].startswith("It raised SystemExit")
    assert shown(outputs[4][0]) == ["2"]
