"""Change one digit in each stored output, one at a time, and see whether nbval notices.

    python tools/falsify_outputs.py [NOTEBOOK ...]

For every output of every cell a copy of its chapter is made in which one digit
of this output is another one. nbval then runs all copies. Each must fail, in
that cell and in no other. Reports caught / tried; the exit status is 1 if any
change passed. The notebooks themselves are only read.
"""

import random
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
from commands import CommandError, Parser, notebooks, read_notebook, run


def digits(text):
    """Return the places of all digits in a text."""
    return [place for place, letter in enumerate(text) if letter.isascii() and letter.isdigit()]


def with_another_digit(text, chance):
    """Return the text with one digit, chosen by chance, replaced by another."""
    place = chance.choice(digits(text))
    other = chance.choice([digit for digit in "0123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def falsified(chapter, chance):
    """Yield (cell number, kind of output, chapter with one digit changed)."""
    stored = nbformat.writes(chapter)
    code = [place for place, cell in enumerate(chapter.cells) if cell.cell_type == "code"]
    for number, place in enumerate(code):
        for nth, output in enumerate(chapter.cells[place].outputs):
            for kind in output.get("data", {"stream": None}):
                copy = nbformat.reads(stored, as_version=4)
                target = copy.cells[place].outputs[nth]
                holder, key = (target, "text") if kind == "stream" else (target.data, kind)
                if digits(holder[key]):
                    holder[key] = with_another_digit(holder[key], chance)
                    yield number, kind, copy


def failed_cells(folder):
    """Run nbval over the copies; return {copy's name: numbers of the cells that failed}."""
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q"]
    command += ["-n", "auto", "--dist", "loadscope", "-p", "no:cacheprovider"]
    command += ["--rootdir", str(folder), f"--junit-xml={report}", str(folder)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if not report.is_file():
        last = (ended.stderr or ended.stdout).strip().splitlines()[-1:]
        raise CommandError(f"nbval did not run: {' '.join(last)}")
    failed = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        name = Path(case.get("classname")).stem
        cells = failed.setdefault(name, set())
        if case.find("failure") is not None or case.find("error") is not None:
            cells.add(int(case.get("name").split()[-1]))
    return failed


def main(arguments):
    """Falsify the notebooks named on the command line, or all; return the exit status."""
    parser = Parser(__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    chance = random.Random(0)
    caught = tried = 0
    for path in notebooks(parser.parse_args(arguments).notebooks):
        chapter = read_notebook(path)
        with tempfile.TemporaryDirectory() as folder:
            expected = {}
            for nth, (number, kind, copy) in enumerate(falsified(chapter, chance)):
                name = f"copy{nth:03}"
                expected[name] = (number, kind)
                nbformat.write(copy, Path(folder, f"{name}.ipynb"))
            failed = failed_cells(Path(folder))
        passed = [place for name, place in expected.items() if failed.get(name) != {place[0]}]
        tried += len(expected)
        caught += len(expected) - len(passed)
        print(f"{path.name}: caught {len(expected) - len(passed)} of {len(expected)}", flush=True)
        for number, kind in passed:
            print(f"  not caught: code cell {number}, {kind}")
    print(f"caught / tried: {caught} / {tried}")
    return int(caught != tried)


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
