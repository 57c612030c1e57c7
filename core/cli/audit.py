"""``xiaoguan audit``: is the audit trail as it was written?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from core.cli.company import refusals
from core.cli.output import json_option, show, this_app
from core.data import sealing, verifying
from core.data.verifying import Anchor
from core.identity import service

company = click.option("--company", "slug", metavar="SLUG", help="Only this one; by default all.")


@click.group("audit")
def audit_group() -> None:
    """Verify the audit trail, and take anchors of it to keep elsewhere."""


@audit_group.command("verify")
@company
@click.option(
    "--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Lines that “xiaoguan audit anchor” has printed: shows whether the end was cut off.",
)  # fmt: skip
@json_option
def verify_command(slug: str | None, anchors: Path | None, as_json: bool) -> None:
    """Walk along the chain of every company; fails and names the first entry that is broken."""
    try:
        kept = _read(anchors) if anchors is not None else []
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{anchors}: not lines of “audit anchor”: {error}") from error
    rows = []
    with this_app().app_context(), refusals():
        slugs = _slugs(slug)
        for each in slugs:
            with service.system_in(each):
                found = verifying.verify([a for a in kept if a.company == each])
            rows.append(
                {"company": each, "sealed": found.sealed, "unsealed": found.unsealed,
                 "since": found.since, "state": "sound" if found.is_sound else "broken",
                 "entry": found.entry, "reason": found.reason}
            )  # fmt: skip
    gone = {each.company for each in kept} - set(slugs) if slug is None else set()
    rows += [
        {"company": each, "sealed": 0, "unsealed": 0, "since": None, "state": "broken",
         "entry": None, "reason": "there is an anchor, but no company"}
        for each in sorted(gone)
    ]  # fmt: skip
    show(rows, as_json=as_json, empty="There is no company.")
    if any(row["state"] == "broken" for row in rows):
        raise SystemExit(1)


@audit_group.command("anchor")
@company
def anchor_command(slug: str | None) -> None:
    """Print how far each chain is, a JSON line a company.

    Keep the lines where whoever reaches the database does not: “audit verify --anchors” then
    shows an end that was cut off, and a chain that was made anew.
    """
    with this_app().app_context(), refusals():
        for each in _slugs(slug):
            with service.system_in(each):
                sealing.seal()
                made = asdict(verifying.anchor())
            click.echo(json.dumps(made | {"at": made["at"].isoformat()}))


@audit_group.command("seal")
@company
@json_option
def seal_command(slug: str | None, as_json: bool) -> None:
    """Seal what waits; a running server or worker does so every minute."""
    rows = []
    with this_app().app_context(), refusals():
        for each in _slugs(slug):
            with service.system_in(each):
                rows.append({"company": each, "sealed": sealing.seal()})
    show(rows, as_json=as_json, empty="There is no company.")


def _slugs(slug: str | None) -> list[str]:
    if slug is not None:
        return [service.load_company(slug).slug]
    return [each.slug for each in service.all_companies()]


def _read(file: Path) -> list[Anchor]:
    return list(_lines(file.read_text("utf-8")))


def _lines(text: str) -> Iterator[Anchor]:
    for line in filter(str.strip, text.splitlines()):
        found = json.loads(line)
        yield Anchor(
            company=str(found["company"]), number=int(found["number"]), hash=str(found["hash"]),
            at=datetime.fromisoformat(found["at"]),
        )  # fmt: skip
