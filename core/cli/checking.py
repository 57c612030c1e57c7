"""``xiaoguan plugin check``: what a good plugin keeps, and what this one does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.checking.rules import RULES, TIERS
from core.config import Config

if TYPE_CHECKING:
    from core.checking.run import Finding, Report
    from core.checking.source import Source


@click.command("check")
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--fix", is_flag=True, help="Mend what can be mended without a person, then check.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="For people, or a list of objects for machines.",
)  # fmt: skip
@click.option("--quick", is_flag=True, help="Read files only; do not load the plugin.")
def check_command(paths: tuple[Path, ...], fix: bool, form: str, quick: bool) -> None:
    """Examine plugins: PATH is a plugin's folder, or a distribution that holds some.

    Each finding has its place, the code of its rule, and why it matters. Ends with 1 when a rule
    of the tier that the plugin claims in its quality.toml, by default bronze, is broken.
    The plugin is loaded to look at it: check what you would also run.
    """
    # It needs half of the host, which other commands of the group do not.
    from core.checking.mending import mend
    from core.checking.run import check

    sources = list(_sources(paths))
    instance = Config.from_environment().instance
    mended: list[str] = []
    if fix:
        for report in check(sources, instance, run=False):
            mended += mend(report)
        sources = list(_sources(paths))
    reports = check(sources, instance, run=not quick)
    if form == "json":
        rows = [row for report in reports for row in _rows(report)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for text in mended:
            click.echo(f"mended  {text}")
        for report in reports:
            click.echo("\n".join(_lines(report)))
    if any(report.errors for report in reports):
        raise SystemExit(1)


def _sources(paths: tuple[Path, ...]) -> Iterator[Source]:
    from core.checking.source import NoPluginError, find

    for path in paths:
        try:
            yield from find(path)
        except NoPluginError as error:
            raise click.ClickException(str(error)) from error


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    for each in report.findings:
        path = each.found.path
        yield {
            "plugin": report.source.name, "code": each.rule.code, "weight": each.weight,
            "tier": each.rule.tier, "place": each.place, "path": str(path) if path else "",
            "line": each.found.line, "text": each.found.text, "why": each.rule.why,
            "fixable": bool(each.rule.mended), "reason": each.reason,
        }  # fmt: skip


def _lines(report: Report) -> Iterator[str]:
    manifest = report.source.manifest
    yield f"{report.source.name} {manifest.version if manifest else '?'}  {report.source.folder}"
    by_rule: dict[str, list[Finding]] = {}
    for each in report.findings:
        by_rule.setdefault(each.rule.code, []).append(each)
    for code, found in by_rule.items():
        known, weight = RULES[code], found[0].weight
        yield f"\n  {weight}  {code} ({known.tier}): {known.says}"
        for each in found:
            yield f"    {each.place}: {each.found.text}"
        why = found[0].reason if weight in ("todo", "exempt") else known.why
        yield f"    why: {why}"
        if known.mended:
            yield f"    --fix {known.mended}"
    yield ""
    for tier in TIERS:
        codes = [code for code, known in RULES.items() if known.tier == tier]
        left = report.left(tier)
        open_ones = f"; left: {', '.join(left)}" if left else ""
        yield f"  {tier}: {len(codes) - len(left)} of {len(codes)}{open_ones}"
    claims = f"claims {report.quality.tier} in quality.toml"
    yield f"  reaches {report.reached or 'no tier'}, {claims}\n"
