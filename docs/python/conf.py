"""The API reference, made by Sphinx from the docstrings: `make api-docs`, pages in build/api."""

import os
import sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
sys.path.insert(0, os.environ.get("LABACCES_PYTHON", str(root / "build" / "release" / "python")))

project = "labacces"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
html_theme = "furo"
nitpicky = False
