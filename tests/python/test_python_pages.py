"""What the documentation shows is run: docstrings, and the Python of README and of docs/python."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import labacces
from conftest import PACKAGE, ROOT

MODULES = [labacces.__name__] + [f"labacces.{module.name}" for module in pkgutil.iter_modules(labacces.__path__) if module.name != "_core"]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "python").glob("*.md"))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_docstrings(name):
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert outcome.failed == 0


def test_every_public_name_has_a_docstring():
    bare = [name for name in labacces.__all__ if not getattr(labacces, name).__doc__]
    assert bare == []


def test_the_reference_has_every_public_name():
    listed = re.findall(r"auto\w+:: labacces\.(\w+)", (ROOT / "docs" / "python" / "index.rst").read_text())
    assert sorted(set(labacces.__all__) - set(listed)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_of_the_pages(page: Path, tmp_path, monkeypatch):
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
    assert blocks
    monkeypatch.chdir(tmp_path)  # outside the clone, with nothing of it beside: where a reader tries it
    scope: dict = {}
    for block in blocks:
        exec(compile(block, page.name, "exec"), scope)


def test_types_pass_mypy_in_strict_mode():
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / "build" / "mypy"), str(ROOT / "bindings" / "labacces")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_types_pass_pyright_in_strict_mode():
    done = subprocess.run([sys.executable, "-m", "pyright", "--pythonpath", sys.executable], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_import_needs_nothing_but_the_package_itself():
    heavy = "numpy pandas pyarrow matplotlib tqdm polars".split()
    code = f"import sys; import labacces; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(PACKAGE)}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
