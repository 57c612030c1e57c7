"""Every page that there is, read from the map of addresses and the registry of models."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from werkzeug.routing import Rule

from core.collab import open_links
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import Role, User
from plugin_api.context import current_company
from plugin_api.models import CompanyModel, model_of
from tests.harness import Installation

NO_PAGES: Mapping[str, str] = {
    **dict.fromkeys(("api", "health.alive", "health.ready", "metrics.metrics"), "for programs"),
    **dict.fromkeys(
        ("activities.static", "plans.static", "risk.report", "risk.static", "targets.static",
         "swot.static", "swot.slides",
         "sales.quote_pdf", "feeds.serve", "training.static", "training.certificate",
         "incentives.paper", "incentives.payroll", "incentives.sheet",
         "assets.serve", "analysis.table", "audit.file", "collections.figures", "files.download",
         "importing.bad_rows", "importing.export", "jobs.file", "open_pages.file"), "a file",
    ),
    **dict.fromkeys(
        ("collections.edit", "collections.lane", "collections.lookup", "collections.sums",
         "comments.proposals",
         "comments.timeline", "dashboards.tile", "files.show", "following.followers", "home.card",
         "moves.ask", "notifications.latest", "search.palette"), "a part of a page",
    ),
    **dict.fromkeys(
        ("analysis.records", "incentives.behind", "targets.records"), "leads on to a list"
    ),
    **dict.fromkeys(
        ("analysis.change_view", "collections.change_view", "dashboards.edit", "importing.show",
         "drafts.show", "jobs.show", "links.enter", "addresses.confirm", "addresses.go_back",
         "webhooks.ask"),
        "of what the demo does not have",
    ),
    "activities.choose_plan": "of one record",
    "dashboards.first": "leads on to a dashboard",
    "dashboards.ask_put": "of one picture",
    **dict.fromkeys(("sso.start", "sso.callback"), "on the way to a provider and back"),
    "own_sso": "for strangers, and on the way to a provider and back",
    "web.login": "for strangers",
    "links.forgot": "for strangers",
}  # fmt: skip
"""Endpoint, or the blueprint of several → why it is no page of its own."""

OF_COLLECTIONS: Mapping[str, str] = {
    "collections.show": "", "records.new": "/new", "importing.start": "/import",
    "collections.choose": "/columns?state=", "collections.put_together": "/conditions?state=",
    "collections.name_view": "/views/new?state=sort=id",
}  # fmt: skip
OF_RECORDS: Mapping[str, str] = {
    "records.show": "", "access.show": "/access", "privacy.show": "/personal",
}  # fmt: skip
OF_EXAMPLES: Mapping[str, Callable[[], str]] = {
    "activities.visit": lambda: f"/activities/visits/{_visit()}",
    "approvals.ask": lambda: f"/approvals/ask?move=sales.Order:confirm&id={_order()}",
    "crm.people": lambda: f"/crm/accounts/{_two().partition(',')[0]}/people",
    "dashboards.show": lambda: "/dashboards/crm.pipeline",
    "duplicates.compare": lambda: f"/duplicates/merge?model=crm.Account&ids={_two()}",
    "look_as.ask": lambda: f"/core/users/{_person()}/look-as",
    "permissions.show": lambda: f"/core/roles/{_rep()}/permissions",
    "role_fields.show": lambda: f"/core/roles/{_rep()}/fields/crm.Account",
    "open_pages.show": lambda: f"/open/{_link()}",
    "people.login_of": lambda: f"/core/users/{_person()}/login",
    "plugins.preview": lambda: "/core/plugins/targets",
    "incentives.mine": lambda: f"/incentives/mine?user={_paid()}&more=50000",
    "incentives.attempt": lambda: f"/incentives/versions/{_attempt()}/try",
    "swot.board": lambda: f"/swot/board/{_analysis()}",
    "swot.compare": lambda: f"/swot/compare/{_analysis()}",
    "swot.tows": lambda: f"/swot/tows/{_analysis()}",
    "swot.workshop": lambda: f"/swot/workshop/{_analysis()}",
    "incentives.effect": lambda: f"/incentives/versions/{_number('incentives.Version')}/effect",
    "rewards.ballot": lambda: f"/rewards/rounds/{_number('rewards.Round')}/ballot",
    "rewards.board": lambda: f"/rewards/contests/{_number('rewards.Contest')}/board",
    "plans.report": lambda: f"/plans/reporting/{_number('plans.Report')}",
    "plans.tree": lambda: f"/plans/tree/{_number('plans.Strategy')}",
    "pricing.explain": lambda: f"/pricing/explain?product__id={_goods()}&quantity=12",
    "pricing.simulate": lambda: "/pricing/simulate?promotion=1",
    "pricing.order_line": lambda: f"/pricing/order-lines/{_line('Order')}",
    "pricing.quote_line": lambda: f"/pricing/quote-lines/{_line('Quote')}",
    "risk.bowtie": lambda: f"/risk/bow-tie/{_number('risk.Risk')}",
    "sales.account_statement": lambda: f"/sales/accounts/{_owing()}/statement",
    "segments.preview": lambda: f"/segments/grades/{_grading()}",
    "service.answers": lambda: f"/service/visits/{_to_ask()}/answers",
    "targets.person": lambda: f"/targets/people/{_person()}",
    "training.attempt": lambda: f"/training/attempts/{_number('training.Attempt')}/answers",
    "training.career": lambda: f"/training/careers/{_number('training.Career')}/readiness",
    "training.evaluation": lambda: f"/training/courses/{_number('training.Course')}/evaluation",
    "training.preview": lambda: f"/training/rules/{_number('training.Rule')}/preview",
    "training.items": lambda: f"/training/quizzes/{_number('training.Quiz')}/items",
    "training.learn": lambda: f"/training/enrolments/{_number('training.Enrolment')}/learn",
}
ENOUGH = "crm.Contact"
"""Of this model every page is looked at; those of others are alike."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address, and a name that a file may have."""

    path: str
    name: str


def places(installation: Installation, company: str) -> list[Place]:
    """Every page that the administrator of a company can open, in the order of addresses."""
    with installation.working(company):
        found = sorted({*_single(installation), *_generic()})
    return [Place(path, _name(path)) for path in found]


def unknown(installation: Installation) -> list[str]:
    """Endpoints of pages about something that no table here knows of."""
    tables = (NO_PAGES, OF_COLLECTIONS, OF_RECORDS, OF_EXAMPLES)
    known = {endpoint for table in tables for endpoint in table}
    return sorted(
        rule.endpoint
        for rule in _pages(installation)
        if rule.arguments and rule.endpoint not in known
    )


def _pages(installation: Installation) -> Iterator[Rule]:
    for rule in installation.app.url_map.iter_rules():
        names = {rule.endpoint, rule.endpoint.partition(".")[0]}
        if "GET" in (rule.methods or ()) and not names & NO_PAGES.keys():
            yield rule


def _single(installation: Installation) -> Iterator[str]:
    for rule in _pages(installation):
        if rule.endpoint in OF_EXAMPLES:
            yield OF_EXAMPLES[rule.endpoint]()
        elif not rule.arguments:
            yield rule.rule


def _generic() -> Iterator[str]:
    """Pages of each collection, and the form of a new record or the first one in turn: their
    fields are the same."""
    registry, enabled = services().registry, enabled_set(current_company())
    for number, (key, model) in enumerate(registry.models.items()):
        plugin = model.plugin_id()
        if not model.__collection__ or plugin not in enabled or not issubclass(model, CompanyModel):
            continue
        path = f"/{plugin}/{model.__collection__}"
        yield path
        if registry.kanban_view(key):
            yield f"{path}?view=kanban"
        if registry.calendar_view(key):
            yield f"{path}?view=calendar"
        first = db.session.scalars(sa.select(model.id).order_by(model.id)).first()
        forms = [f"{path}/new"] if "create" in model.__actions__ else []
        forms += [f"{path}/{first}"] if first is not None else []
        yield from forms if key == ENOUGH else forms[number % 2 :][:1] or forms[:1]
        if key == ENOUGH:
            yield from (f"{path}?view={view}" for view in ("chart", "pivot"))
            yield from (path + end for end in OF_COLLECTIONS.values())
            yield from (f"{path}/{first}{end}" for end in OF_RECORDS.values())


def _link() -> str:
    quote: Any = model_of("sales.Quote")
    sent = db.session.scalars(sa.select(quote).where(quote.status == "sent")).first()
    token = open_links.token_of(open_links.make(sent, "sales.decide"))
    db.session.commit()
    return token


def _goods() -> Any:
    product: Any = model_of("catalog.Product")
    return db.session.scalars(sa.select(product.id).order_by(product.id)).first()


def _line(of: str) -> Any:
    line: Any = model_of(f"sales.{of}Line")
    return db.session.scalars(sa.select(line.id).order_by(line.id.desc())).first()


def _two() -> str:
    account: Any = model_of("crm.Account")
    numbers = db.session.scalars(sa.select(account.id).order_by(account.id).limit(2))
    return ",".join(map(str, numbers))


def _order() -> Any:
    order: Any = model_of("sales.Order")
    return db.session.scalars(sa.select(order.id).where(order.status == "draft")).first()


def _number(key: str) -> Any:
    model: Any = model_of(key)
    return db.session.scalars(sa.select(model.id).order_by(model.id)).first()


def _analysis() -> Any:
    """One with pairs."""
    pair: Any = model_of("swot.Pair")
    return db.session.scalars(sa.select(pair.analysis_id).order_by(pair.id)).first()


def _grading() -> Any:
    grading: Any = model_of("segments.Grading")
    return db.session.scalars(sa.select(grading.id)).first()


def _rep() -> Any:
    return db.session.scalars(sa.select(Role.id).where(Role.code == "rep")).first()


def _to_ask() -> Any:
    visit: Any = model_of("service.Visit")
    return db.session.scalars(sa.select(visit.id).where(visit.state == "planned")).first()


def _visit() -> int:
    activity: Any = model_of("activities.Activity")
    kind: Any = model_of("activities.Kind")
    asked = sa.select(activity.id).join(kind, kind.id == activity.kind_id).where(kind.is_visit)
    return int(db.session.scalars(asked.order_by(activity.id.desc())).first() or 0)


def _person() -> Any:
    return db.session.scalars(sa.select(User.id).where(User.name == "王磊")).first()


def _owing() -> int:
    row: Any = model_of("sales.Receivable")
    return int(db.session.scalars(sa.select(row.account_id).where(row.open > 0)).first() or 0)


def _name(path: str) -> str:
    plain = "".join(c if c.isalnum() else "-" for c in path)
    return "-".join(part for part in plain.split("-") if part) or "home"


def _paid() -> int:
    statement: Any = model_of("incentives.Statement")
    return int(db.session.scalar(sa.select(statement.user_id).order_by(statement.id).limit(1)))


def _attempt() -> int:
    version: Any = model_of("incentives.Version")
    return int(db.session.scalar(sa.select(version.id).where(version.state == "draft").limit(1)))
