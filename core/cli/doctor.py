"""``xiaoguan doctor``: is everything as it should be?"""

from __future__ import annotations

import click

from core.cli.output import json_option, show, this_app
from core.hosting.doctor import examine

MARKS = {"ok": ("✓", "green"), "warn": ("!", "yellow"), "fail": ("✗", "red")}


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Examine the installation; fails when something must be done."""
    with this_app().app_context():
        findings = examine()
    if as_json:
        show(
            [{"check": f.check, "state": f.state, "text": str(f.text), "hint": str(f.hint)}
             for f in findings],
            as_json=True,
        )  # fmt: skip
    else:
        for finding in findings:
            mark, colour = MARKS[finding.state]
            click.echo(f"{click.style(mark, fg=colour)} {finding.check}: {finding.text}")
            if finding.hint:
                click.echo(f"    {finding.hint}")
    if any(finding.state == "fail" for finding in findings):
        raise SystemExit(1)
