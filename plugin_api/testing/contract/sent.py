"""What comes in and goes out: REST, files, bad input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from core.data.fields import FieldMeta, own_fields
from plugin_api.context import has_permission
from plugin_api.testing.contract.base import Checks, Subject, address, check
from plugin_api.testing.making import CannotMake, NotWanted, is_made_by_people
from plugin_api.testing.workplace import Workplace

WRONG: Mapping[str, Any] = {
    "integer": "many", "decimal": "much", "percent": "half", "money": "a lot", "boolean": "perhaps",
    "date": "2026-02-31", "instant": "yesterday", "choice": "no such value", "reference": 10**9,
    "email": "nobody", "url": "javascript:alert(1)",
}  # fmt: skip


class SentChecks(Checks):
    """A record goes out as it came in, and what does not fit is refused by name."""

    def test_rest_makes_reads_and_changes(self, subject: Subject) -> None:
        found = list[str]()
        place = subject.alone
        for model in _made(subject):
            try:
                sent = _sendable(subject, place, model)
            except NotWanted:
                continue
            except CannotMake as error:
                found.append(str(error))
                continue
            found += [f"{model.model_key()}: {each}" for each in _round(place, model, sent)]
        check(
            found, "set what a rule changes in before_create on readonly fields, or let"
            " values(model) give values that your rules leave alone.",
        )  # fmt: skip

    def test_a_stale_change_is_refused(self, subject: Subject) -> None:
        found, place = [], subject.alone
        for model in _made(subject):
            if "update" not in model.__actions__:
                continue
            try:
                id_ = subject.maker(place).one(model.model_key())
            except CannotMake:
                continue
            status = place.rest("PATCH", address(model, id_), {"version": 10**6}).status_code
            if status not in (403, 409, 422):
                found.append(f"{address(model, id_)} takes a version that nobody has read"
                             f" ({status})")  # fmt: skip
        check(found, "change records by host().records.update(record, values, version=…).")

    def test_bad_input_is_refused_by_name(self, subject: Subject) -> None:
        found, place = list[str](), subject.alone
        for model in _made(subject):
            fields = [m for m in own_fields(model).values() if not m.readonly and m.kind in WRONG]
            bodies = [({meta.name: WRONG[meta.kind]}, meta.name) for meta in fields]
            bodies.append(({"no_such_field": 1}, "no_such_field"))
            for body, name in bodies:
                answer = place.rest("POST", address(model), body)
                errors = (answer.get_json(silent=True) or {}).get("errors", {})
                if answer.status_code != 422 or name not in errors:
                    found.append(f"{address(model)} takes {body} ({answer.status_code} {errors})")
        check(found, "leave checks of kinds to the host; raise Rejected(field, text) in hooks.")

    def test_a_file_comes_back_as_it_went_out(self, subject: Subject) -> None:
        """The export of a list is imported again and finds nothing to change."""
        found, place = list[str](), subject.alone
        for model in _made(subject):
            if not {"import", "export"} <= set(model.__actions__):
                continue
            try:
                subject.maker(place).one(model.model_key())
            except CannotMake:
                continue
            found += _there_and_back(place, model)
        check(
            found, "name in __find_by__ fields that tell records apart, and take in hooks what the"
            " record itself holds.",
        )  # fmt: skip


def _made(subject: Subject) -> Iterator[Any]:
    yield from (model for model in subject.collections if is_made_by_people(model))


def _sendable(subject: Subject, place: Workplace, model: Any) -> dict[str, Any]:
    """What REST takes for a further record: values of which one has been made already, so that
    rules have had their say, and another number."""
    maker, key = subject.maker(place), model.model_key()
    with place.as_user("admin"):
        maker.inside(key)
        used = maker.used[key]
        values = {name: value for name, value in maker.values(key).items() if name in used}
        return maker.sendable(key, values)


def _round(place: Workplace, model: Any, sent: dict[str, Any]) -> Iterator[str]:
    made = place.rest("POST", address(model), sent)
    if made.status_code != 201:
        yield f"POST {sent} answers {made.status_code}: {_said(made)}"
        return
    id_ = made.json["id"]
    read = place.rest("GET", address(model, id_))
    if read.status_code != 200:
        yield f"what was made is not read: {read.status_code}"
        return
    yield from (f"sent {each}" for each in _unlike(model, sent, read.json))
    if "update" not in model.__actions__:
        return
    title = model.__title__
    change = {"version": read.json["version"]}
    if isinstance(sent.get(title), str) and not own_fields(model)[title].unique:
        change[title] = (sent[title] + " again")[: own_fields(model)[title].length]
    changed = place.rest("PATCH", address(model, id_), change)
    if changed.status_code != 200:
        yield f"PATCH {change} answers {changed.status_code}: {_said(changed)}"
        return
    again = place.rest("GET", address(model, id_)).json
    yield from (f"changed {each}" for each in _unlike(model, sent | change, again))


def _unlike(model: Any, sent: Mapping[str, Any], read: Mapping[str, Any]) -> Iterator[str]:
    for name, meta in own_fields(model).items():
        if name not in sent or name not in read:
            continue
        held = read[name]["id"] if isinstance(read[name], dict) else read[name]
        if not _same(meta, sent[name], held):
            yield f"{name}={sent[name]!r}, read {held!r}"


def _same(meta: FieldMeta, sent: Any, held: Any) -> bool:
    if meta.kind in ("money", "decimal", "percent") and None not in (sent, held):
        try:
            return Decimal(sent) == Decimal(held)
        except InvalidOperation:
            return False
    if meta.kind == "reference" and isinstance(sent, dict):
        return True
    if meta.kind == "phone" and sent and held:
        return "".join(filter(str.isdigit, sent)) == "".join(filter(str.isdigit, held))
    return bool(sent == held)


def _there_and_back(place: Workplace, model: Any) -> Iterator[str]:
    with place.as_user("admin"):
        if not has_permission(f"{model.model_key()}.import"):
            return
        keys = [name for name in model.__find_by__ if name in own_fields(model)]
    with place.page(address(model, more="/export?format=csv")) as file:
        if file.status_code != 200:
            yield f"{address(model)}: the export answers {file.status_code}"
            return
        content = file.get_data()
    key = _telling(content, keys)
    if key is None:
        return
    file_ = (io.BytesIO(content), "rows.csv")
    how = json.dumps({"options": {"key": key}})
    kept = _upload(place, address(model, more="/imports"), {"file": file_, "map": how})
    if kept.status_code != 201:
        yield f"{address(model)}: its own file is not taken: {_said(kept)}"
        return
    path = address(model, more=f"/imports/{kept.json['id']}/check")
    report = place.rest("POST", path, {"on_error": "skip"}).json
    for bad in report["row_errors"][:3]:
        yield f"{address(model)}: {bad['field']}={bad['value']!r} is refused: {bad['reason']}"
    if report["created"]:
        yield f"{address(model)}: {report['created']} rows are not found again by {key}"


def _telling(content: bytes, keys: list[str]) -> str | None:
    """The first of the fields by which each row of a file can be found again."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    for key in keys:
        held = [row.get(key) for row in rows]
        if all(held) and len(set(held)) == len(held):
            return key
    return None


def _upload(place: Workplace, path: str, form: Mapping[str, Any]) -> Any:
    place.rest("GET", "/")
    return place.installation.app.test_client().post(
        f"/api/v1{path}", headers=dict(place.tokens["admin"]), data=dict(form)
    )


def _said(answer: Any) -> str:
    told = answer.get_json(silent=True) or {}
    return f"{told.get('detail', '')} {told.get('errors', '')}".strip()
