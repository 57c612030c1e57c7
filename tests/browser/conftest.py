"""A real Chromium against a real server with the demo companies."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
import waitress
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from core.web.pages import DEMO_PASSWORD
from tests.harness import Installation, with_demo

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
VIOLATIONS = """context => axe.run(context || document, {resultTypes: ["violations"]})
    .then(results => results.violations)"""
"""What axe finds wrong; all that it finds right would take longer to hand over than to find."""
LOOKS = (
    ("en", "desktop", False), ("zh", "desktop", True), ("zh", "phone", False), ("en", "phone", True)
)  # fmt: skip
"""Language, width and darkness: each pair of them that there is."""
WIDTHS = {"desktop": (1280, 800), "phone": (390, 844)}
PATIENCE = 20_000
"""Milliseconds that a busy machine may need for what a quiet one does at once."""
IGNORED = ("favicon",)
REPLACED = {"htmx:afterRequest", "htmx:sendAbort", "undefined"}
"""What htmx says of a request that a newer one has taken the place of, which is as it should be."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The demo, served."""

    base: str
    installation: Installation


@dataclass
class Visitor:
    """Somebody at a browser. Whatever the console says of errors is kept and asserted on."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the console says of errors."""
        is_bad = message.type in ("error", "warning")
        if is_bad and not any(word in message.text for word in IGNORED):
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def log_in(self, email: str) -> Page:
        self.go("/login")
        self.page.fill("#email", email)
        self.page.fill("#password", DEMO_PASSWORD)
        self.page.click("form.card-box button")
        self.page.wait_for_url(lambda url: not url.endswith("/login"))
        return self.page

    def read(self, language: str) -> None:
        """Choose a language, as the menu of the person does."""
        if self.page.get_attribute("html", "lang") != {"en": "en", "zh": "zh-CN"}[language]:
            self._choose(f'form[action="/language"] button[value="{language}"]')

    def work_for(self, company: str) -> None:
        """Switch to another of the person's companies."""
        if self.page.locator("nav.side .switcher .name").first.inner_text() != company:
            self._choose(f'form[action="/switch"] button:has-text("{company}")')

    def _choose(self, button: str) -> None:
        found = self.page.locator(button)
        with self.page.expect_navigation():
            found.evaluate("button => { button.closest('details').open = true; button.click(); }")

    def check(self, besides: str = "") -> None:
        """No violation of WCAG that axe can find, and no complaint of the browser; ``besides`` is
        a part that was looked at on a page before."""
        left_out = {"exclude": [[besides]]} if besides else None
        found = self.page.evaluate(VIOLATIONS, left_out)
        said = [
            f"{v['id']}: {v['nodes'][0]['target']} {v['nodes'][0]['failureSummary']}" for v in found
        ]
        assert said == [], self.page.url
        replaced = REPLACED if "htmx:sendAbort" in self.complaints else set()
        assert [said for said in self.complaints if said not in replaced] == [], self.page.url


def open_palette(page: Page, search: str = "") -> None:
    """Open it by its key once the page hears keys, type, and wait for the answer."""
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    if search:
        page.keyboard.type(search)
    settled(page, search)


def settled(page: Page, search: str = "") -> None:
    """Wait until the palette shows what was typed."""
    expect(page.locator("#palette-results")).to_have_attribute("data-of", search)
    expect(page.locator("#palette[aria-busy]")).to_have_count(0)


def chromium_path() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium here; apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve_demo(tmp_path_factory.mktemp("site")) as made:
        yield made


@contextmanager
def serve_demo(folder: Path) -> Iterator[Site]:
    """The demo companies at an address of this machine."""
    installation = with_demo(folder)
    installation.app.config["WTF_CSRF_ENABLED"] = True
    application: WSGIApplication = installation.app
    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.effective_port}", installation)  # type: ignore[union-attr]
    server.close()


Open = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Open]:
    """Opens a browser window: ``visit(language="zh", width="phone", dark=True)``."""
    opened: list[Visitor] = []

    def open_one(email: str = "", language: str = "en", **look: Any) -> Visitor:
        visitor = open_window(chromium, site, language=language, **look)
        opened.append(visitor)
        if email:
            visitor.log_in(email)
            visitor.read(language)
        return visitor

    yield open_one
    for visitor in opened:
        visitor.page.context.close()


def open_window(
    browser: Browser,
    site: Site,
    *,
    language: str = "en",
    width: str = "desktop",
    dark: bool = False,
    script: bool = True,
) -> Visitor:
    """A window of a browser in which nobody is logged in."""
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high},
        locale={"en": "en-GB", "zh": "zh-CN"}[language],
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=width == "phone",
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(AXE_SCRIPT)
    visitor = Visitor(context.new_page(), site.base)
    visitor.page.on("console", visitor.heard)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor
