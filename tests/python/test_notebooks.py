"""The notebooks run from the first cell to the last, and their code passes mypy in strict mode."""

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as pyplot
import pytest

from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "bindings" / "notebooks").glob("*.ipynb"))


def code_of(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scope: dict = {"__name__": "__main__"}
    for number, source in enumerate(code_of(path), 1):
        exec(compile(source, f"{path.name}, cell {number}", "exec"), scope)
    keep = os.environ.get("LABACCES_FIGURES")
    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(Path(keep or tmp_path) / f"{path.stem}_{number}.png", dpi=80)
    pyplot.close("all")


def test_notebooks_are_kept_without_outputs():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            assert not cell.get("outputs"), path.name


@pytest.fixture(scope="module")
def modules(tmp_path_factory) -> list[str]:
    """Each notebook's code as a module."""
    folder = tmp_path_factory.mktemp("notebooks")
    for path in NOTEBOOKS:
        (folder / f"notebook_{path.stem}.py").write_text("\n\n".join(code_of(path)) + "\n")
    return [str(path) for path in sorted(folder.iterdir())]


def test_the_code_of_the_notebooks_has_types(modules):
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / "build" / "mypy"), *modules]
    done = subprocess.run(command, env={**os.environ, "MYPYPATH": str(ROOT / "bindings")}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_code_of_the_notebooks_passes_pyright_in_strict_mode(modules):
    folder = Path(modules[0]).parent
    settings = {"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.10", "extraPaths": [str(ROOT / "bindings")], "reportMissingModuleSource": False,
                "reportUnusedExpression": False,  # the last line of a cell is shown
                "reportUnknownMemberType": False}  # as in pyproject.toml
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run([sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_there_are_notebooks():
    assert len(NOTEBOOKS) == 6
