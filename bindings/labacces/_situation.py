"""Situations: households written by hand, as OpenFisca situation JSON."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from typing import Any

from . import _core

#: A situation as a dict, as JSON text, or the path of a file.
Situation = Mapping[str, Any] | str | os.PathLike[str]


def _plain(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"a situation holds numbers, texts, dates, true, false and None; found {type(value).__name__}")


def situation_text(situation: Situation) -> tuple[str, str]:
    """What messages call it, and its JSON text."""
    if isinstance(situation, Mapping):
        return "situation", json.dumps(situation, ensure_ascii=False, default=_plain)
    if isinstance(situation, str) and situation.lstrip().startswith("{"):
        return "situation", situation
    path = os.fspath(situation)
    return path, _core.read_file(path).decode("utf-8", "surrogateescape")
