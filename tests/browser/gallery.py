"""``python -m tests.browser.gallery FOLDER``: a picture of every page of the demo.

Each page is taken wide and narrow, light and dark; ``index.html`` shows them side by side.
"""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, Site, chromium_path, open_window, serve_demo
from tests.browser.places import Place, places

COMPANY, COMPANY_NAME, ADMIN = "qinghe", "清河科技", "admin@xiaoguan.example"
LOOKS = (("en", "desktop", False), ("zh", "desktop", True), ("zh", "phone", False))
"""Language, width, and whether dark."""
STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }
figure { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top; }
img { max-height: 22rem; border: 1px solid #ccc; }
"""


def main() -> None:
    """Take all pictures, or those of pages whose address holds a text."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.gallery", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="pages whose address holds this")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as instance, serve_demo(Path(instance)) as site:
        found = [place for place in places(site.installation, COMPANY) if asked.only in place.path]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
            for look in LOOKS:
                take(browser, site, found, look, asked.folder)
            browser.close()
    (asked.folder / "index.html").write_text(index(found), "utf-8")
    click.echo(f"{len(found)} pages: {asked.folder / 'index.html'}")


def take(
    browser: Browser, site: Site, found: list[Place], look: tuple[str, str, bool], folder: Path
) -> None:
    """One look of every page."""
    language, width, dark = look
    visitor = open_window(browser, site, language=language, width=width, dark=dark)
    visitor.log_in(ADMIN)
    visitor.read(language)
    visitor.work_for(COMPANY_NAME)
    for place in found:
        page = visitor.go(place.path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / file_of(place, look))
    visitor.page.context.close()


def file_of(place: Place, look: tuple[str, str, bool]) -> str:
    """``crm-accounts-zh-phone-light.png``."""
    language, width, dark = look
    return f"{place.name}-{language}-{width}-{'dark' if dark else 'light'}.png"


def index(found: list[Place]) -> str:
    """A page of all pictures."""
    parts = [
        "<!doctype html><meta charset='utf-8'><title>Gallery</title>",
        f"<style>{STYLE}</style>",
    ]
    for place in found:
        parts.append(f"<h2>{escape(place.path)}</h2>")
        for look in LOOKS:
            name = file_of(place, look)
            parts.append(
                f"<figure><a href='{name}'><img loading='lazy' src='{name}' alt=''></a>"
                f"<figcaption>{', '.join(name[len(place.name) + 1 : -4].split('-'))}</figcaption>"
                "</figure>"
            )
    return "\n".join(parts)


if __name__ == "__main__":
    main()
