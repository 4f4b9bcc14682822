"""Make the students' version of the assignment, without solutions and hidden tests.

    python tools/release_assignment.py [FOLDER]

FOLDER, `_build/course/assignment` if none is named, gets `release/`, the notebook that
students are given, and `source/`, the one that it was made from, which grades: as nbgrader
wants them in the folder of a course.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from commands import BOOK, CommandError, Parser, read_notebook, run

from deconv_helpers.files import write_whole

ASSIGNMENT = "transposed-convolution"
SOURCE = BOOK / "course" / "assignment" / "transposed_convolution.ipynb"
FOLDER = BOOK.parent / "_build" / "course" / "assignment"


def nbgrader(*arguments, cwd):
    """Call nbgrader in the folder of a course.

    Raises
    ------
    CommandError
        If it is not installed, or fails.
    """
    if find_spec("nbgrader") is None:
        raise CommandError("nbgrader is missing; `make course` installs it")
    # It calls alembic by its name, which lies beside this Python.
    own = str(Path(sys.executable).parent)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=cwd,
        env=os.environ | {"PATH": os.pathsep.join([own, os.environ.get("PATH", os.defpath)])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"nbgrader {arguments[0]}: {done.stderr or done.stdout}")


def generate(course):
    """Put the source into the folder of a course, and make the students' version.

    Parameters
    ----------
    course : pathlib.Path
        The folder; nbgrader's database in it is made where there is none.

    Returns
    -------
    list of pathlib.Path
        The two notebooks in it, the source first.
    """
    read_notebook(SOURCE)
    files = [course / kind / ASSIGNMENT / SOURCE.name for kind in ("source", "release")]
    files[0].parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE, files[0])
    nbgrader("generate_assignment", ASSIGNMENT, "--force", cwd=course)
    return files


def main(arguments):
    """Write the two notebooks, and say where."""
    parser = Parser(__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="FOLDER")
    folder = parser.parse_args(arguments).folder
    with tempfile.TemporaryDirectory() as course:
        # Made elsewhere: a course's own database in the folder is the teacher's.
        for made in generate(Path(course)):
            target = folder / made.relative_to(course)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, made.read_bytes())
            except OSError as error:
                raise CommandError(f"{target}: {error.strerror or error}") from None
            print(target)
    return 0


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
