"""What tests of the pages of activities share."""

from __future__ import annotations

from typing import Any

from plugin_api.context import today
from plugin_api.host import host
from plugins.activities.models import Activity
from plugins.activities.services.kinds import by_code
from plugins.crm.models import Account
from tests.harness import Installation


def account_id() -> int:
    return host().session.query(Account.id).filter_by(name="Blue Mill").scalar()


def form(inst: Installation, **values: Any) -> dict[str, Any]:
    from plugin_api.context import current_company

    with inst.working("web"):
        return {"_company": str(current_company().id), **values}


def newest(inst: Installation, **values: Any) -> dict[str, Any]:
    with inst.working("web"):
        asked = host().session.query(Activity).filter_by(**values).order_by(Activity.id.desc())
        made = asked.first()
        assert made is not None
        return {
            name: getattr(made, name)
            for name in ("id", "subject", "state", "result", "about", "due", "start", "external_id",
                         "owner_id", "done_on", "details")
        }  # fmt: skip


def kind_id(inst: Installation, code: str) -> str:
    with inst.working("web"):
        sort = by_code(code)
        assert sort is not None and sort.code == code
        return str(sort.id)


def today_of(inst: Installation) -> Any:
    with inst.working("web"):
        return today()
