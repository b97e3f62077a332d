"""The rules of the source tree: layers, listed sources, file lengths, words that must not stay."""

import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = "base population law legislation plan engine takeup outcomes scenario report".split()
TOP_LEVEL = {
    "CMakeLists.txt", "libsim", "bindings", "tools", "scenarios", "bench", "tests", "README.md", "CHANGELOG.md",
    "LICENSE", "pyproject.toml", "Makefile", "CMakePresets.json", ".ci", "docs", ".clang-format", ".clang-tidy", ".gitignore",
}
LONGEST = 450
# Files that may be longer, each with the reason.
LONG_FILES: dict[str, str] = {
    "tests/laws_bad/syntax_too_long_chain.law": "its length is the fault that is tested",
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@lru_cache
def all_tracked() -> tuple[str, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the tree is not known")
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def tracked(*endings: str) -> list[str]:
    names = list(all_tracked())
    return [name for name in names if name.endswith(endings)] if endings else names


def text(name: str) -> str:
    # Some test data is no UTF-8 on purpose.
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def layer_of(path: str) -> int | None:
    parts = path.split("/")
    return LAYERS.index(parts[1]) if parts[0] == "libsim" and len(parts) > 2 and parts[1] in LAYERS else None


def bad_includes(name: str, source: str) -> list[str]:
    """Includes of a libsim file that are no path from the root, or lead to a later layer or out of the library."""
    own = layer_of(name)
    found = []
    for included in INCLUDE.findall(source):
        other = layer_of(included)
        if other is None and not included.startswith("libsim/"):
            found.append(f"{name}: \"{included}\" is no path into libsim/ from the root")
        elif own is not None and other is not None and other > own:
            found.append(f"{name}: {LAYERS[own]} must not include {LAYERS[other]} ({included})")
        elif not (ROOT / included).exists():
            found.append(f"{name}: {included} does not exist")
    return found


def test_the_check_of_layers_sees_a_wrong_include():
    assert bad_includes("libsim/law/x.cpp", '#include "libsim/plan/graph.hpp"\n')
    assert bad_includes("libsim/law/x.cpp", '#include "law.hpp"\n')
    assert not bad_includes("libsim/plan/x.cpp", '#include "libsim/law/law.hpp"\n#include <vector>\n')


def test_a_folder_of_libsim_includes_itself_and_earlier_ones_only():
    sources = [name for name in tracked(".hpp", ".cpp") if name.startswith("libsim/")]
    assert sources
    assert [line for name in sources for line in bad_includes(name, text(name))] == []


def test_every_folder_of_libsim_is_a_layer():
    folders = {name.split("/")[1] for name in tracked() if name.startswith("libsim/") and name.count("/") > 1}
    assert folders <= set(LAYERS)


def test_every_source_is_listed_in_a_cmake_file_of_its_folder_or_above():
    missing = []
    for name in tracked(".cpp"):
        path = ROOT / name
        lists = [folder / "CMakeLists.txt" for folder in path.parents if folder.is_relative_to(ROOT)]
        listed = any(
            re.search(rf"(?<![\w./-]){re.escape(str(path.relative_to(file.parent)))}(?![\w.-])", file.read_text())
            for file in lists
            if file.exists()
        )
        if not listed:
            missing.append(name)
    assert missing == []


def test_sources_are_not_much_longer_than_400_lines():
    lengths = {name: text(name).count("\n") for name in tracked(".cpp", ".hpp", ".py", ".law", ".sh", ".cmake")}
    long = {name: length for name, length in lengths.items() if length > LONGEST and name not in LONG_FILES}
    assert long == {}
    needless = [name for name in LONG_FILES if lengths.get(name, 0) <= LONGEST]
    assert needless == []


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "XX" + "X"])
def test_no_word_of_unfinished_work_stands_in_the_sources(word):
    names = tracked(".cpp", ".hpp", ".py", ".law", ".sh", ".cmake", "CMakeLists.txt", "Makefile")
    assert [name for name in names if re.search(rf"\b{word}\b", text(name))] == []


def test_no_tracked_file_names_a_path_of_one_machine():
    pattern = re.compile(r"(?<![\w.])/(?:work|home|root)/")
    names = tracked(".cpp", ".hpp", ".py", ".law", ".sh", ".cmake", ".md", ".txt", ".json", ".yaml", ".yml", "Makefile")
    assert [name for name in names if name != "tests/structure/test_structure.py" and pattern.search(text(name))] == []


def test_the_top_level_has_only_the_agreed_names():
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def test_no_file_is_named_after_nothing():
    vague = re.compile(r"(^|/)(utils?|helpers?|common|misc)(\.\w+|/)")
    assert [name for name in tracked() if vague.search(name)] == []


def test_each_header_says_in_its_first_line_what_it_is_for():
    headers = [name for name in tracked(".hpp")]
    assert [name for name in headers if not text(name).startswith("// ")] == []
