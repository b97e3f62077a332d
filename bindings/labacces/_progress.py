"""Progress of long computations: a bar where a person looks, or a function of one's own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

#: True shows a bar, False none, None one in notebooks and terminals when tqdm is installed; or a function of (done, total).
Progress = bool | None | Callable[[int, int], None]


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"


@contextmanager
def watching(progress: Progress, label: str) -> Generator[Callable[[int, int], None] | None, None, None]:
    """The function to call with (done, total) while the block runs, or None."""
    if callable(progress):
        yield progress
        return
    looked_at = _in_notebook() or (sys.stderr is not None and sys.stderr.isatty())
    if progress is False or (progress is None and not looked_at):
        yield None
        return
    try:
        from tqdm.auto import tqdm
    except ImportError:
        if progress:
            raise ImportError("progress=True needs tqdm: pip install tqdm") from None
        yield None
        return
    # A short computation shows nothing, unless a bar was asked for.
    with tqdm(total=None, desc=label, unit="chunk", delay=0 if progress else 1.0, leave=bool(progress)) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
