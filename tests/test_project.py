"""What the project's own files promise."""

import ast
import doctest
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "deconv_helpers"
MODULES = sorted(PACKAGE.rglob("*.py"))
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\n")[:-1]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name="requirements.txt", first="-e ."):
    lines = [line for line in read(name).splitlines() if line and line[0] != "#"]
    assert lines.pop(0) == first
    return dict(line.split("==") for line in lines)


def pins_of_a_course():
    return pins("requirements-course.txt", "-r requirements.txt")


def test_every_requirement_is_pinned_to_a_version():
    for name, version in [*pins().items(), *pins_of_a_course().items()]:
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)*(\.post[0-9]+)?", version), f"{name}=={version}"


def test_a_course_adds_to_the_pins_and_changes_none():
    assert {"nbgrader", "text2qti"} <= set(pins_of_a_course())
    assert not set(pins_of_a_course()) & set(pins())


def test_the_pins_lie_in_the_ranges_of_the_package():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    assert list(extras) == ["explorer"]
    for dependency in project["dependencies"] + extras["explorer"]:
        name, least = dependency.split(">=")
        pinned = [int(part) for part in pins()[name].split(".")]
        assert pinned >= [int(part) for part in least.split(".")]


def test_the_readmes_examples_run():
    failures, tries = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tries >= 3
    assert failures == 0


def test_the_readmes_commands_exist():
    targets = set(re.findall(r"^(\w+):", read("Makefile"), flags=re.MULTILINE))
    for page in ("README.md", "CONTRIBUTING.md", "book/index.md"):
        named = set(re.findall(r"\bmake (\w+)\b(?=`|\s+#|$)", read(page), flags=re.MULTILINE))
        assert named, page
        assert named <= targets, page


def test_readers_are_told_the_python_that_the_package_asks_for():
    least = tomllib.loads(read("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    for page in ("README.md", "book/index.md"):
        assert f"Python {least} or newer" in read(page)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_package_never_imports_torch(path):
    assert not re.search(r"^\s*(import|from) torch\b", path.read_text(), flags=re.MULTILINE)


# Each room of the package, and the rooms that it may import from.
BELOW = {
    "sizes": set(),
    "files": set(),
    "layer": {"sizes"},
    "design": {"layer", "sizes"},
    "arguments": {"layer", "sizes"},
    "ops": {"arguments", "layer", "sizes"},
    "overlap": {"arguments", "layer", "ops", "sizes"},
    "equivalents": {"arguments", "layer", "ops", "sizes"},
    "exercises": {"arguments", "design", "exercises", "layer", "ops", "sizes"},
    "frameworks": {"arguments", "frameworks", "layer", "ops", "sizes"},
    "substitutes": {"arguments", "frameworks", "layer", "ops", "sizes"},
    "figures": {"design", "equivalents", "figures", "files", "layer", "ops", "overlap", "sizes"},
    "explorer": {"explorer", "figures", "files", "layer", "sizes"},
    "drills": {"drills", "explorer", "files"},
}


def rooms_imported(path):
    """Return the rooms of the package that a file imports from, the package itself as ''."""
    modules = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: an import without the package's name"
            modules += (
                [f"deconv_helpers.{alias.name}" for alias in node.names]
                if node.module == "deconv_helpers"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
    names = [module.split(".") for module in modules]
    return {name[1] if name[1:] else "" for name in names if name[0] == "deconv_helpers"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room != "__init__":
        assert rooms_imported(path) <= BELOW[room]


def test_no_room_imports_one_that_imports_it():
    for room, rooms in BELOW.items():
        for other in rooms - {room}:
            assert room not in BELOW[other], f"{room} and {other}"


def test_every_folder_and_every_file_of_the_package_is_shipped():
    setuptools = tomllib.loads(read("pyproject.toml"))["tool"]["setuptools"]
    folders = {path.parent for path in MODULES if path.name == "__init__.py"}
    names = {".".join(folder.relative_to(ROOT).parts): folder for folder in folders}
    assert set(setuptools["packages"]) == set(names)
    for name, folder in names.items():
        patterns = setuptools["package-data"].get(name, [])
        others = {path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".py"}
        shipped = {other for other in others if any(fnmatch(other, each) for each in patterns)}
        assert shipped == others, name


def test_names_of_tests_are_unique_over_all_rooms():
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


def test_the_readmes_map_names_every_folder():
    named = set(re.findall(r"^\| `([^`]+)/` \|", read("README.md"), flags=re.MULTILINE))
    folders = {name.split("/")[0] for name in TRACKED if "/" in name and name[0] != "."}
    assert named == folders


def test_everything_that_contributing_names_is_there():
    for page in ("README.md", "CONTRIBUTING.md"):
        paths = re.findall(
            r"`((?:book|deconv_helpers|tests|tools|binder|\.ci)/[^`*… ]*)", read(page)
        )
        assert paths, page
        assert [path for path in paths if not (ROOT / path).exists()] == [], page


def test_nothing_generated_is_in_git():
    generated = re.compile(
        r"(^|/)(_build|\.venv|__pycache__|utils\.py|conf\.py)(/|$)|\.(mo|pyc|png)$"
    )
    assert [name for name in TRACKED if generated.search(name)] == []


def test_contributing_stays_short():
    assert len(read("CONTRIBUTING.md").splitlines()) < 90
