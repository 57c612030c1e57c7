"""What ``--fix`` does: only what cannot be wrong, and what is left for a person to say stays a
finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.checking.documents import SECTIONS
from core.checking.run import Report
from core.checking.source import Source
from core.checking.texts import LANGUAGE
from core.cli import catalogues


def mend(report: Report) -> list[str]:
    """Mend what can be; what was done, in words."""
    broken = {each.rule.code for each in report.findings if each.weight != "exempt"}
    done: list[str] = []
    for code, how in MENDS.items():
        if code in broken:
            done += how(report.source)
    return done


def _catalogue(source: Source) -> list[str]:
    path = catalogues.path_of(source.folder, LANGUAGE)
    if not source.is_readable:
        return []
    done = catalogues.update(path, LANGUAGE, catalogues.said([source.folder]))
    if not done.added and not done.dropped:
        return []
    return [
        f"{source.place(path)}: {done.added} texts added, {done.dropped} dropped,"
        f" {done.untranslated} to translate"
    ]


def _readme(source: Source) -> list[str]:
    path = source.readme
    if path.exists() and source.text(path).strip():
        return []
    manifest = source.manifest
    name, says = (manifest.name, manifest.summary) if manifest else (source.name, "")
    headings = "\n".join(f"\n{heading}\n" for heading, _pattern in SECTIONS)
    path.write_text(f"# {name}\n\n{says}\n{headings}", "utf-8")
    return [f"{source.place(path)}: written, to be filled"]


def _sections(source: Source) -> list[str]:
    path = source.readme
    if not path.is_file():
        return []
    text = path.read_text("utf-8")
    missing = [heading for heading, pattern in SECTIONS if not pattern.search(text)]
    if not missing:
        return []
    path.write_text(text.rstrip("\n") + "\n" + "".join(f"\n{each}\n" for each in missing), "utf-8")
    return [f"{source.place(path)}: {', '.join(missing)} added, to be filled"]


MENDS: Mapping[str, Callable[[Source], list[str]]] = {
    "texts-complete": _catalogue,
    "readme-there": _readme,
    "readme-sections": _sections,
}
"""Rule → what mends it; each of them has ``mended`` in its registration."""
