"""``xiaoguan search``: what the search over all plugins knows."""

from __future__ import annotations

import click

from core.cli.company import refusals
from core.cli.output import json_option, show, this_app
from core.extensions import db
from core.identity import service
from core.search.index import rebuild
from core.search.searched import searched


@click.group("search")
def search_group() -> None:
    """Look after the index of the search."""


@search_group.command("rebuild")
@click.option("--company", "slug", metavar="SLUG", help="Only this company.")
@json_option
def rebuild_command(slug: str | None, as_json: bool) -> None:
    """Make the index of the search anew, from the records that there are.

    Needed once after an upgrade that changes what is searched, and for records that did not
    come through the program. Everybody can go on working; a run that was stopped is repeated.
    """
    rows = []
    with this_app().app_context(), refusals():
        slugs = [slug] if slug is not None else [c.slug for c in service.all_companies()]
        for each in slugs:
            with service.system_in(each):
                for model in searched():
                    records = 0
                    for records in rebuild(db.session(), model):  # noqa: B007 - the last counts
                        db.session.commit()
                    db.session.commit()
                    rows.append({"company": each, "model": model.model_key(), "records": records})
                    click.echo(f"{each} {model.model_key()} {records:,}", err=True)
            db.session.remove()
    show(rows, as_json=as_json, empty="There is no company yet.")
