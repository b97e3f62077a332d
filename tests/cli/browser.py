"""A headless Chromium for the tests of the report; none where the machine has none."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright


def chromium() -> str | None:
    """The browser of the machine: CHROMIUM, or the first of the usual names."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


class Opened:
    """A page as the browser has it, with what went wrong on the way."""

    def __init__(self, page: Page) -> None:
        self.page, self.faults, self.requests = page, [], []
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("request", lambda request: self.requests.append(request.url))


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield started
        finally:
            started.close()


def open_page(started: Browser, file: Path, width: int) -> Opened:
    opened = Opened(started.new_page(viewport={"width": width, "height": 900}))
    opened.page.goto(file.as_uri())
    opened.page.wait_for_selector("html[data-ready=yes]", timeout=20_000)
    return opened
