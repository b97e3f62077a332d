"""Every ```console block of docs/cli does what the page shows. A line `...` stands for any lines."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from program import ROOT, labacces

PAGES = sorted((ROOT / "docs" / "cli").glob("*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands_of(page: Path) -> list[tuple[str, str]]:
    """(command, what it prints), in the order of the page."""
    found = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def matches(shown: str, printed: str) -> bool:
    pieces = [re.escape(piece) for piece in re.split(r"^ *\.\.\.\n", shown, flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*?".join(pieces), printed) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_shows(page, tmp_path):
    shutil.copytree(ROOT / "docs" / "cli" / "examples", tmp_path, dirs_exist_ok=True)
    commands = commands_of(page)
    assert commands
    for command, output in commands:
        words = shlex.split(command)
        assert words[0] == "labacces", command
        result = labacces(*words[1:], folder=tmp_path)
        assert result.returncode != 3
        printed = result.stdout + result.stderr
        assert matches(output, printed), f"{command}\n{printed}"


def test_each_verb_has_its_page():
    assert {page.stem for page in PAGES} >= {"run", "compare", "sweep", "curve", "takeup", "calculate", "explain", "test", "law", "bench"}


def test_dots_stand_for_lines_and_nothing_else_does():
    assert matches("a\n...\nb\n", "a\nx\nb\n") and matches("a\n...\n", "a\n") and matches("...\nb\n", "b\n")
    assert not matches("a\n", "a\nb\n") and not matches("a\n...\nc\n", "a\nb\n")
