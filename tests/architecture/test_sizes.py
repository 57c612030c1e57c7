"""A file that grows past its one concept is split; for plugins it is a rule."""

from __future__ import annotations

from core.checking.layout import MOST as CODE
from tests.architecture.sources import files, place

TESTS = 400
ALLOWED = {
    "plugin_api/hookspecs.py": "every hook of the host in one place, mostly their descriptions",
}


def too_long(*folders: str, most: int) -> list[str]:
    ends = (".py", ".js", ".css", ".html")
    return [
        f"{place(path)} has {count} lines, more than {most}"
        for path in files(*folders, ends=ends)
        if (count := len(path.read_text("utf-8").splitlines())) > most
        and place(path) not in ALLOWED
        and path.parent.name != "versions"  # written by a command, as long as what they make
    ]


def test_files_stay_small() -> None:
    assert too_long("core", "plugin_api", most=CODE) == []


def test_tests_stay_small() -> None:
    assert too_long("tests", "benchmarks", "docs", most=TESTS) == []
