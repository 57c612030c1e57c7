"""Groups to look through, the page of a merge, and undoing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Refused
from plugin_api.models import model_of
from plugin_api.pages import check_company, inside, number, require
from plugins.duplicates.access import MERGE
from plugins.duplicates.services import matched, merging, reviewing, rules
from plugins.duplicates.services.merging import Plan

Answer = str | Response | tuple[str, int]
LAST_PAGE = 10_000

blueprint = Blueprint("duplicates", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a group as it is shown."""

    id: int
    title: str
    href: str
    owner: str
    values: Sequence[str]


@blueprint.get("/groups")
def groups() -> str:
    """Records that seem to be there twice."""
    require(MERGE)
    models = matched.models()
    known = [choice.value for choice in models]
    key = request.args.get("model", "")
    counts = {each: reviewing.count(each) for each in known}
    if key not in known:
        key = next((each for each in known if counts[each]), known[0] if known else "")
    state = "ignored" if request.args.get("state") == "ignored" else "open"
    here = min(number(request.args.get("page", "")) or 1, LAST_PAGE)
    found, more = reviewing.page(key, here, state) if key else ([], False)
    fields = _readable(key) if key else []
    rows = _rows(key, [record for each in found for record in each.records], fields)
    labels = [str(matched.info_of(matched.find(key), name).label) for name in fields] if key else []
    return render_template(
        "duplicates/groups.html", models=models, model=key, state=state, page=here, more=more,
        groups=[(each, [rows[record.id] for record in each.records]) for each in found],
        labels=labels, counts=counts,
    )  # fmt: skip


@blueprint.post("/groups/search")
def search() -> Response:
    """Have the search done again."""
    require(MERGE)
    check_company()
    host().jobs.start("duplicates.search", about="all")
    host().session.commit()
    flash(gettext("The search has begun. Look again in a few minutes."), "success")
    return _back(url_for("duplicates.groups"))


@blueprint.post("/groups/<int:group_id>/<decision>")
def decide(group_id: int, decision: str) -> Response:
    """Not the same, out of the way, or back again."""
    require(MERGE)
    check_company()
    known = {
        "apart": reviewing.tell_apart, "ignore": reviewing.ignore, "reopen": reviewing.reopen,
    }  # fmt: skip
    if decision not in known:
        raise NotFound("")
    shown = reviewing.one(group_id)
    known[decision](shown)
    host().session.commit()
    said = {
        "apart": gettext("Remembered: they are not the same."),
        "ignore": gettext("The group is out of the way."),
        "reopen": gettext("The group is back."),
    }
    flash(said[decision], "success")
    return _back(url_for("duplicates.groups", model=shown.group.about_model))


@blueprint.get("/merge")
def compare() -> str:
    """Records side by side, and what merging them would do."""
    require(MERGE)
    key, ids, keep = _asked(request.args)
    return _page(merging.plan(key, ids, keep))


@blueprint.post("/merge")
def merge() -> Answer:
    """Make them one."""
    require(MERGE)
    check_company()
    key, ids, keep = _asked(request.form)
    found = merging.plan(key, ids, keep, lock=True)
    chosen = {
        field.name: record_id
        for field in found.fields
        if (record_id := number(request.form.get(f"f-{field.name}", ""))) is not None
    }
    versions = {
        record_id: version
        for record_id in ids
        if (version := number(request.form.get(f"v-{record_id}", ""))) is not None
    }
    try:
        merging.merge(found, {**merging.defaults(found), **chosen}, versions)
        host().session.commit()
    except Refused as refused:
        host().session.rollback()
        return _page(merging.plan(key, ids, keep), chosen, refused.words), refused.status
    flash(gettext("Merged. What was merged is archived; the merge can be undone."), "success")
    return redirect(host().record_url(key, found.survivor.id), 303)


@blueprint.post("/merges/<int:merge_id>/undo")
def undo(merge_id: int) -> Response:
    """Make them again what they were."""
    require(MERGE)
    check_company()
    found, left = merging.undo(merge_id)
    host().session.commit()
    flash(gettext("The merge is undone."), "success")
    if left:
        said = " ".join(left[:10])
        flash(gettext("Not everything could be set back: %(what)s", what=said), "warning")
    return redirect(host().record_url(found.about_model, found.survivor_id), 303)


def _page(found: Plan, chosen: dict[str, int] | None = None, error: str = "") -> str:
    shown = {each.id: host().merging.shown(each) for each in found.records}
    kept = {**merging.defaults(found), **(chosen or {})}
    different = [f for f in found.fields if len({shown[i].get(f.name, "") for i in shown}) > 1]
    same = [
        (field.label, shown[found.survivor.id].get(field.name, ""))
        for field in found.fields
        if field not in different and shown[found.survivor.id].get(field.name)
    ]
    key, ids = found.model.model_key(), ",".join(str(each.id) for each in found.records)
    return render_template(
        "duplicates/merge.html", plan=found, key=key, ids=ids, shown=shown, kept=kept, error=error,
        different=different, same=same, title=found.model.__label_plural__,
        titles={each.id: getattr(each, each.__title__) or f"#{each.id}" for each in found.records},
        hrefs={each.id: host().record_url(key, each.id) for each in found.records},
        list_href=host().list_url(key),
    )  # fmt: skip


def _asked(given: Any) -> tuple[str, list[int], int | None]:
    numbers = [number(text.strip()) for text in given.get("ids", "").split(",")]
    ids = [each for each in numbers if each is not None]
    return given.get("model", ""), ids, number(given.get("keep", ""))


def _readable(key: str) -> list[str]:
    model = matched.find(key)
    return [
        name
        for name in model.__matched__
        if name in rules.fields_of(key) | {"city", "company_name"}
        and name != model.__title__
        and host().records.may_read(model, name)
    ]


def _rows(key: str, records: Sequence[Any], fields: Sequence[str]) -> dict[int, Row]:
    owner = matched.find(key).__owner__ if key else None
    ids = {getattr(each, owner) for each in records} if owner else set()
    user: Any = model_of("core.User")
    asked = sa.select(user.id, user.name).where(user.id.in_(ids - {None}))
    names = {row[0]: row[1] for row in host().session.execute(asked)} if ids else {}
    return {
        each.id: Row(
            each.id, str(getattr(each, each.__title__) or f"#{each.id}"),
            host().record_url(key, each.id), names.get(getattr(each, owner), "") if owner else "",
            [str(getattr(each, name) or "") for name in fields],
        )
        for each in records
    }  # fmt: skip


def _back(default: str) -> Response:
    return redirect(inside(request.form.get("next", "")) or default, 303)
