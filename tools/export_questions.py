"""Write the question bank for a learning platform.

    python tools/export_questions.py [FOLDER]

writes `questions.gift` (Moodle) and `questions.txt`, of which text2qti makes QTI
(Canvas, Moodle); with text2qti installed, `questions.zip` as well. FOLDER is
`_build/course` if none is named.
"""

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from commands import CommandError, Parser, run
from question_bank.formats import as_gift, as_text2qti
from question_bank.questions import QUESTIONS

from deconv_helpers.files import write_whole

TITLE = "Transposed convolution"
FOLDER = Path(__file__).parents[1] / "_build" / "course"


def main(arguments):
    """Write the files, and say which."""
    parser = Parser(__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="FOLDER")
    folder = parser.parse_args(arguments).folder
    texts = {
        "questions.gift": as_gift(QUESTIONS),
        "questions.txt": as_text2qti(QUESTIONS, TITLE),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_whole(folder / name, text.encode())
    except OSError as error:
        raise CommandError(f"{folder}: {error.strerror or error}") from None
    written = [*texts, *_qti(folder)]
    for name in written:
        print(folder / name)
    return 0


def _qti(folder):
    """Return the QTI file that text2qti has made; none where it is not installed."""
    own = Path(sys.executable).with_name("text2qti")
    command = str(own) if own.exists() else shutil.which("text2qti")
    if command is None:
        return []
    done = subprocess.run(
        [command, "questions.txt"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"text2qti: {done.stderr or done.stdout}")
    _without_dates(folder / "questions.zip")
    return ["questions.zip"]


def _without_dates(path):
    """Write an archive again, so that the same questions give the same bytes."""
    with ZipFile(path) as archive:
        contents = {info.filename: archive.read(info) for info in archive.infolist()}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    write_whole(path, buffer.getvalue())


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
