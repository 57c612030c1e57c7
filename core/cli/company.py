"""``xiaoguan company``, ``user`` and ``token``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from core.cli.output import company_option, json_option, show, this_app
from core.extensions import db
from core.identity import addresses, factors, service, sessions
from core.identity.belonging import login_named
from core.identity.login import companies_of
from plugin_api.context import now
from plugin_api.errors import Refused


@contextmanager
def refusals() -> Iterator[None]:
    """Say a refusal in one line and fail."""
    try:
        yield
    except Refused as refusal:
        db.session.rollback()
        fields = "; ".join(
            f"{name}: {text}" for name, texts in refusal.errors.items() for text in texts if name
        )
        raise click.ClickException(fields or str(refusal.message)) from refusal


@click.group("company")
def company_group() -> None:
    """Add and list companies; take one out, bring one in, remove one."""


@company_group.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="What people call it.")
@click.option("--country", default="CN", show_default=True, help="Two letters: its holidays.")
@click.option("--currency", default="", help="ISO 4217; by default the country's.")
@click.option("--timezone", default="", help="Such as Europe/Berlin.")
@click.option("--language", default="", help="zh or en.")
@click.option("--fiscal-year-start", type=click.IntRange(1, 12), default=1, show_default=True)
@click.option("--plugins/--no-plugins", default=True, show_default=True,
              help="Switch on what a new company starts with.")  # fmt: skip
@json_option
def add_company(
    *, slug: str, name: str, country: str, currency: str, timezone: str, language: str,
    fiscal_year_start: int, plugins: bool, as_json: bool,
) -> None:  # fmt: skip
    """Add a company with the seeded roles."""
    with this_app().app_context(), refusals():
        made = service.create_company(
            slug=slug, name=name, currency=currency.upper(), country=country.upper(),
            timezone=timezone, language=language, fiscal_year_start=fiscal_year_start,
            plugins=plugins,
        )  # fmt: skip
    show([{"id": made.id, "slug": made.slug, "name": made.name}], as_json=as_json)


@company_group.command("list")
@json_option
def list_companies(as_json: bool) -> None:
    """List every company."""
    with this_app().app_context():
        rows = [
            {"id": c.id, "slug": c.slug, "name": c.name, "currency": c.currency,
             "timezone": c.timezone, "language": c.language}
            for c in service.all_companies()
        ]  # fmt: skip
    show(rows, as_json=as_json, empty="There is no company yet; see: xiaoguan company add")


@click.group("user")
def user_group() -> None:
    """Add people to companies."""


@user_group.command("add")
@click.argument("email")
@company_option
@click.option("--name", required=True)
@click.option("--role", default="rep", show_default=True,
              help="A seeded one (admin, manager, rep, …) or one of your own.")  # fmt: skip
@click.option("--password", envvar="XIAOGUAN_PASSWORD", prompt=True, hide_input=True,
              help="Asked for when it is not given; also read from XIAOGUAN_PASSWORD.")  # fmt: skip
@json_option
def add_user(*, email: str, slug: str, name: str, role: str, password: str, as_json: bool) -> None:
    """Add a person who can log in.

    A person who has a login in another company keeps its password.
    """
    with this_app().app_context(), refusals(), service.system_in(slug):
        user = service.add_user(name=name, email=email, role=role, password=password)
        db.session.commit()
        row = {"id": user.id, "name": user.name, "email": user.email, "role": role}
    show([row], as_json=as_json)


@user_group.command("recover")
@click.argument("email")
def recover(email: str) -> None:
    """Take the second factor of a login away and end its sessions, for who has lost it."""
    with this_app().app_context(), refusals():
        login_id = login_named(email)
        if login_id is None:
            raise click.ClickException(f"there is no login {email}")
        factors.forget(login_id)
        sessions.end(login_id)
    click.echo(f"{email} logs in with the password alone.")


@user_group.command("address")
@click.argument("email")
@click.argument("other")
def address(*, email: str, other: str) -> None:
    """Have who logs in with EMAIL log in with OTHER, in all of their companies.

    Make sure that the address is theirs: who has its mailbox can set the password.
    """
    with this_app().app_context(), refusals():
        login_id = login_named(email)
        if login_id is None:
            raise click.ClickException(f"there is no login {email}")
        wanted = addresses.clean(other)
        before = addresses.change(login_id, wanted)
        for company in companies_of(login_id):
            with service.system_in(company.slug):
                addresses.follow(addresses.person_of(login_id), before, wanted)
    click.echo(f"{before} logs in with {wanted}.")


@click.group("token")
def token_group() -> None:
    """Make tokens for programs."""


@token_group.command("add")
@click.argument("user")
@company_option
@click.option("--name", default="command line", show_default=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1), help="How long it is valid; else for ever.")
@click.option("--read-only", is_flag=True, help="It reads and changes nothing.")
@json_option
def add_token(
    *, user: str, slug: str, name: str, days: int | None, read_only: bool, as_json: bool
) -> None:
    """Make a token that acts as USER (e-mail, external id or name). It is shown once."""
    with this_app().app_context(), refusals(), service.system_in(slug):
        person = service.find_user(user)
        expires = now() + timedelta(days=days) if days else None
        secret = service.add_token(person, name, expires, "read" if read_only else "full")
        db.session.commit()
        row = {"user": person.name, "company": slug, "token": secret}
    show([row], as_json=as_json)
