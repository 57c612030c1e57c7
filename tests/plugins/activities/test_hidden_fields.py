"""What a role hides, nothing of activities shows."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from plugin_api.host import host
from plugin_api.models import model_of
from plugins.activities.models import Activity
from plugins.activities.services import digest
from plugins.crm.models import Account
from tests.harness import Installation
from tests.plugins.activities.kit import form, kind_id, today_of
from tests.plugins.crm.kit import user


def test_what_a_role_hides_is_in_no_panel_page_feed_or_mail(
    web: Installation, ann: FlaskClient, about: str
) -> None:
    """The plugin's own selects keep to the rights on fields as lists do."""
    hidden = ("result", "details", "about", "location", "outcome")
    with web.working("web"):
        role = host().session.get(model_of("core.User"), user("ann")).role_id
        mill = host().session.get(Account, int(about.split(":")[1]))
        made = [
            host().records.create(
                Activity,
                {"kind": int(kind_id(web, "visit")), "subject": "Shown", "owner": user("ann"),
                 "state": state, "due": today_of(web), "about_model": "crm.Account",
                 "about_id": mill.id, "result": "Zresult", "details": "Zdetails",
                 "location": "Zlocation", "outcome": "negative"},
            ).id
            for state in ("done", "open")
        ]  # fmt: skip
        rows = [
            host().records.create(
                model_of("core.RoleField"),
                {"role": role, "model": "activities.Activity", "field": name, "narrowed": how},
            ).id
            for name, how in zip(hidden, ("masked", *["hidden"] * 4), strict=True)
        ]  # fmt: skip
    page = ann.post("/core/feeds", data=form(web, feed="activities.calendar")).text
    feed = re.search(r"<code data-secret>https://x.example(.*?)</code>", page)
    assert feed is not None
    path = f"/crm/accounts/{about.split(':')[1]}?show=activities"
    paths = (path, f"/activities/visits/{made[1]}", f"/activities/visits/{made[0]}",
             "/activities/route", feed[1], "/")  # fmt: skip
    shown = {each: ann.get(each).text for each in paths}
    with web.working("web", "ann"):
        message = digest.compose(today_of(web))
        assert message is not None
        shown["digest"] = "\n".join(map(str, message.lines))
        shown["reminder"] = str(digest._reminder(host().session.get(Activity, made[1])))
    with web.working("web"):
        for number in rows:
            rule = host().session.query(model_of("core.RoleField")).filter_by(id=number).one()
            host().records.delete(rule)
    said = {(place, word) for word in ("Zresult", "Zdetails", "Zlocation")
            for place, text in shown.items() if word in text}  # fmt: skip
    assert not said
    assert "Went badly" not in shown[path]
    for place in (f"/activities/visits/{made[1]}", feed[1], "reminder"):
        assert "Shown" in shown[place] and "Blue Mill" not in shown[place]
