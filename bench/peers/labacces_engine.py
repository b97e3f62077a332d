"""The program `labacces` on a situation."""

from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

PLURAL = {"individu": "individus", "famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}


@dataclass
class Labacces:
    """A program, and which law it applies: `law` is a list of options such as ["--law", DIR]."""

    program: Path
    law: list[str] = field(default_factory=list)

    def _run(self, *arguments: str | Path) -> str:
        done = subprocess.run([self.program, *map(str, arguments), *self.law], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"labacces {arguments[0]}: {done.stderr.strip()}")
        return done.stdout

    @cached_property
    def variables(self) -> dict[str, dict]:
        """name -> its declaration in the law."""
        law = json.loads(self._run("law", "export"))
        return {variable["name"]: variable for variable in law["inputs"] + law["rules"]}

    def calculate(self, situation: dict) -> dict:
        """The situation with its nulls filled; nulls of variables that the law lacks stay."""
        with tempfile.TemporaryDirectory() as folder:
            given, filled = Path(folder) / "situation.json", Path(folder) / "filled.json"
            given.write_text(json.dumps(situation), encoding="utf-8")
            self._run("calculate", given, "--output", filled)
            return json.loads(filled.read_text(encoding="utf-8"))

    def drop_unknown_inputs(self, situation: dict) -> set[str]:
        """Takes variables out that the law lacks and that are given, as the program refuses them; gives their names."""
        dropped = set()
        for units in situation.values():
            for content in units.values():
                for name in [name for name, value in content.items() if isinstance(value, dict) and name not in self.variables]:
                    if any(cell is not None for cell in content[name].values()):
                        dropped.add(name)
                        del content[name]
        return dropped
