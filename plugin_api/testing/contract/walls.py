"""Nothing of another company, nothing without permission, nothing where it is off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import sqlalchemy as sa
from flask.testing import FlaskClient

from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import Role
from core.jobs import runs
from plugin_api.context import current_company
from plugin_api.errors import NotFound
from plugin_api.hookspecs import POLICIES
from plugin_api.testing.contract.base import (
    FAR,
    Checks,
    Subject,
    address,
    check,
    reached,
)
from plugin_api.testing.workplace import Workplace

CHANGES = ("POST", "PUT", "PATCH", "DELETE")
OF_RECORDS = ("", "/edit", "/preview", "/files", "/timeline", "/access", "/followers")
"""Pages about a record, after its own address."""


class WallChecks(Checks):
    """Whoever asks, on whatever path, gets what is theirs."""

    open_routes: ClassVar[frozenset[str]] = frozenset()
    """Endpoints that need no permission, because they show people what is their own."""

    def test_records_of_another_company_are_not_there(self, subject: Subject) -> None:
        """By page, form, REST, list, search, file, comment and attachment."""
        theirs, failed = subject.filled(subject.other_place)
        found = list(failed)
        mine = subject.world.full
        for model in subject.collections:
            id_ = theirs.get(model.model_key())
            if id_ is not None and not _has(subject, mine, model, id_):
                found += _seen(mine, model, id_)
        check(found, "read by host().records or by selects of mapped classes, never by raw SQL.")

    def test_lists_and_searches_hold_no_record_of_another_company(self, subject: Subject) -> None:
        theirs, _failed = subject.filled(subject.other_place)
        mine, found = subject.world.full, list[str]()
        mark = subject.maker(subject.other_place).mark
        for model in subject.collections:
            if model.model_key() in theirs:
                ids = _ids(subject, mine, model)
                answer = mine.rest("GET", f"{address(model)}?limit=1000&count=true&fields=id")
                shown = {row["id"] for row in answer.json["items"]}
                if shown - ids or answer.json["total"] != len(ids):
                    found.append(f"{address(model)} over REST counts or holds others' records")
                for path in (
                    address(model), address(model, more="?view=chart"),
                    address(model, more="/export?format=csv"),
                ):  # fmt: skip
                    if mark in _text(mine, path):
                        found.append(f"{path} holds what another company has written")
        searched = _text(mine, f"/search?q={mark}")
        found += [
            f"the search finds {address(model, theirs[model.model_key()])}"
            for model in subject.collections
            if f'{address(model, theirs.get(model.model_key()))}"' in searched
        ]
        if mark in _text(mine, "/"):
            found.append("the home page holds what another company has written")
        check(found, "read by host().records or by selects of mapped classes, never by raw SQL.")

    def test_figures_count_nothing_of_another_company(self, subject: Subject) -> None:
        subject.filled(subject.other_place)
        empty, found = subject.company("empty"), []
        with empty.as_user("admin"):
            for measure in subject.plugin.contribution.measures:
                try:
                    value = services().measures.value(measure.key)
                except NotFound:
                    continue
                if value:
                    found.append(f"{measure.key} is {value} where there is no record")
        check(found, "write facts against mapped classes, so that the wall applies to them.")

    def test_every_page_needs_a_permission(self, subject: Subject) -> None:
        """Of a role that is granted nothing; and nobody who is not logged in gets anywhere."""
        place, found = subject.world.full, []
        nobody = _nobody(subject, place)
        stranger = subject.world.app.test_client()
        for rule in subject.rules():
            if rule.endpoint in self.open_routes:
                continue
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                path = reached(rule)
                form = {"_company": str(place.id)} if method in CHANGES else None
                for who, client, fine in (
                    ("somebody without any permission", nobody, (403, 404)),
                    ("a stranger", stranger, (302, 303, 401, 403, 404)),
                ):
                    answer = client.open(path, method=method, data=form)
                    if answer.status_code not in fine:
                        found.append(f"{method} {path} ({rule.endpoint}) answers"
                                     f" {answer.status_code} to {who}")  # fmt: skip
        check(
            found, 'begin each view with require("<plugin>.<Model>.<action>") of plugin_api.pages;'
            " a page that shows people what is their own is named in open_routes.",
        )  # fmt: skip

    def test_records_need_a_permission(self, subject: Subject) -> None:
        place, found = subject.world.full, []
        nobody = _nobody(subject, place)
        for model in subject.collections:
            for more in ("", "/new", "/export?format=csv"):
                with nobody.get(address(model, more=more)) as answer:
                    if answer.status_code not in (403, 404):
                        path = address(model, more=more)
                        found.append(f"{path} answers {answer.status_code} to anybody")
        check(found, "leave permissions to the host; grant them in access.py.")

    def test_nothing_is_there_where_it_is_off(self, subject: Subject) -> None:
        """Neither pages nor REST, menus, jobs, figures or hooks."""
        bare, found = subject.world.bare, list[str]()
        paths = [(rule, reached(rule)) for rule in subject.rules()]
        for rule, path in paths:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                form = {"_company": str(bare.id)} if method in CHANGES else None
                status = bare.browser("admin").open(path, method=method, data=form).status_code
                if status != 404:
                    found.append(f"{method} {path} answers {status}")
        for model in subject.collections:
            for more in ("", "/new", "/1"):
                status = bare.page(address(model, more=more)).status_code
                if status != 404:
                    found.append(f"{address(model, more=more)} answers {status}")
            status = bare.rest("GET", address(model)).status_code
            if status != 404:
                found.append(f"REST: {address(model)} answers {status}")
        if f'href="/{subject.id}/' in bare.page("/").text:
            found.append("the menu of the home page goes there")
        found += _at_work(subject, bare)
        check(found, "leave it to the host: register by hooks, and do nothing when imported.")


def _seen(mine: Workplace, model: Any, id_: int) -> Iterator[str]:
    for more in OF_RECORDS:
        status = mine.page(address(model, id_, more)).status_code
        if status not in (404, 405):
            yield f"{address(model, id_, more)} answers {status}"
    for more in ("", "/delete", "/comments", "/files", "/shares"):
        status = mine.post(address(model, id_, more), "admin", text="x").status_code
        if status not in (404, 405):
            yield f"POST {address(model, id_, more)} answers {status}"
    body = {"version": 1}
    for method, more in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/comments"), ("POST", "/comments"),
        ("GET", "/attachments"),
    ):  # fmt: skip
        sent = None if method == "GET" else body
        status = mine.rest(method, address(model, id_, more), sent).status_code
        if status not in (404, 405):
            yield f"REST: {method} {address(model, id_, more)} answers {status}"


def _at_work(subject: Subject, bare: Workplace) -> Iterator[str]:
    made = subject.plugin.contribution
    with bare.as_user("admin"):
        on = enabled_set(current_company())
        for job in made.jobs:
            if runs.job_of(f"{subject.id}.{job.id}") is not None:
                yield f"the job {job.id} can be started"
        known = {measure.key for measure in services().measures.all()}
        yield from (f"the measure {m.key} is offered" for m in made.measures if m.key in known)
        for hook in POLICIES:
            if subject.id in services().dispatcher.answering(hook, on):
                yield f"the hook {hook} is called"


def _nobody(subject: Subject, place: Workplace) -> FlaskClient:
    """A browser of somebody whose role grants nothing."""
    if "nobody" not in place.people:
        with place.working():
            session = services().session
            if session.scalar(sa.select(Role).where(Role.code == "nobody")) is None:
                session.add(Role(name="Nobody", code="nobody"))
    return place.browser("nobody")


def _ids(subject: Subject, place: Workplace, model: Any) -> set[int]:
    with place.working():
        return set(services().session.scalars(sa.select(model.id)))


def _has(subject: Subject, place: Workplace, model: Any, id_: int) -> bool:
    """Whether the number is one of the company's own, too."""
    return id_ in _ids(subject, place, model)


def _text(place: Workplace, path: str) -> str:
    with place.page(path) as answer:
        return str(answer.get_data(as_text=True))


__all__ = ["FAR", "WallChecks"]
