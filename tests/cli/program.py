"""Starts the built program: LABACCES_PROGRAM, or the one of the release build."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LABACCES_PROGRAM", ROOT / "build" / "release" / "labacces"))


def labacces(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs one command in `folder`, which is where relative paths begin."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, capture_output=True, timeout=300)
    result = subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )
    # A sanitizer speaks on stderr; it must stay silent on whatever input.
    assert "Sanitizer" not in result.stderr and "runtime error:" not in result.stderr, result.stderr
    return result


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
