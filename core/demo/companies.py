"""Making the demo companies: people in every role, plugins, and the plugins' own records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

from core.collab.notify import quietly
from core.data import sealing
from core.demo.people import ADMIN, COMPANIES, DemoCompany
from core.demo.talk import load_talk
from core.extensions import db
from core.host import services
from core.hosting import enablement
from core.identity import service
from core.identity.models import Role, Team, User
from core.identity.passwords import hash_password
from core.web.pages import DEMO_PASSWORD
from plugin_api.context import current_company

SEED = 20

Say = Callable[[str], None]


def ensure(say: Say) -> None:
    """Make the companies that nobody works for yet, each as a whole or not at all."""
    peopled = service.members().keys()
    wanted = [company for company in COMPANIES if company.name not in peopled]
    if not wanted:
        return
    there = {company.slug for company in service.all_companies()}
    # Slow to make on purpose, so it is made once: everybody has the same password.
    kept = hash_password(DEMO_PASSWORD)
    for company in wanted:
        say(f"Making {company.name} …")
        if company.slug not in there:
            service.create_company(
                slug=company.slug,
                name=company.name,
                currency=company.currency,
                country=company.country,
                timezone=company.timezone,
                language=company.language,
            )
        for email in _addresses(company):
            service.ensure_login(email, password_hash=kept, language=company.language)
        with service.system_in(company.slug):
            _people(company, kept)
            _plugins(company)
            _others(company, kept)
            _records(company, say)
            load_talk()
            db.session.commit()
            sealing.seal()


def logins() -> Mapping[str, list[tuple[str, str]]]:
    """Demo company → (e-mail, role) of everybody who can log in."""
    names = {company.name for company in COMPANIES}
    return {name: people for name, people in service.members().items() if name in names}


def show_logins(app: Flask) -> None:
    """Have the login page list who can log in."""
    config = app.extensions["xiaoguan.config"]
    app.extensions["xiaoguan.config"] = replace(config, demo=True)


def _addresses(company: DemoCompany) -> list[str]:
    people = [company.director, *company.others.values()]
    for team in company.teams:
        people += [team.manager, *team.members]
    return [ADMIN[0], *(company.address(local) for _, local in people)]


def _people(company: DemoCompany, kept: str) -> None:
    def add(name: str, email: str, role: str, team: Team | None = None) -> User:
        return service.add_user(
            name=name,
            email=email,
            role=role,
            team_id=team.id if team else None,
            password_hash=kept,
        )

    email, names = ADMIN
    add(names[company.language], email, "admin")
    office = _team(company.head_office)
    director = add(company.director[0], company.address(company.director[1]), "manager", office)
    office.manager_id = director.id
    for team in company.teams:
        made = _team(team.name, office)
        manager = add(team.manager[0], company.address(team.manager[1]), "manager", made)
        made.manager_id = manager.id
        for name, local in team.members:
            add(name, company.address(local), "rep", made)
    db.session.flush()


def _others(company: DemoCompany, kept: str) -> None:
    """Who has a role of their own, which a plugin may have brought."""
    known = set(db.session.scalars(sa.select(Role.code)))
    for role, (name, local) in company.others.items():
        if role in known:
            email = company.address(local)
            service.add_user(name=name, email=email, role=role, password_hash=kept)


def _team(name: str, parent: Team | None = None) -> Team:
    found = db.session.scalar(sa.select(Team).where(Team.name == name))
    team = found or Team(name=name, parent_id=parent.id if parent else None)
    db.session.add(team)
    db.session.flush()
    return team


def _plugins(company: DemoCompany) -> None:
    host = services()
    for id_, plugin in host.registry.plugins.items():
        on = enablement.enabled_set(current_company())
        manifest = plugin.manifest
        wanted = company.everything or manifest.default_enabled or not manifest.depends
        if wanted and id_ not in on:
            enablement.enable(id_)


def _records(company: DemoCompany, say: Say) -> None:
    host = services()
    for id_ in host.registry.plugins:
        if id_ in enablement.enabled_set(current_company()):
            say(f"  {company.name}: {host.registry.plugins[id_].manifest.name}")
            # Two years that never were are no news to anybody.
            with quietly(), force_locale(company.language):
                host.dispatcher.call_one(id_, "load_demo", company=current_company(), seed=SEED)
