"""What people of a demo company said lately about the records that changed last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from core.collab import comments
from core.collab.notify import has_page
from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity.models import Team, User
from core.identity.service import actor_for
from plugin_api.context import acting_as, clock_at, current_company, now
from plugin_api.models import CompanyModel

RECORDS = 4
"""Records of each kind that are talked about."""
SAID: Mapping[str, Sequence[tuple[str, str]]] = {
    "zh": (
        ("@{owner} 这周进展如何？下一步是什么时候？", "@{manager} 已约周四上午，见面后更新。"),
        ("@{owner} 请补充一下关键联系人。", "已补充。"),
        ("做得好，@{owner}！", "谢谢！"),
        ("@{owner} 需要我一起去吗？", "@{manager} 太好了，周三下午两点可以吗？"),
    ),
    "en": (
        ("@{owner} how does it stand this week, and when is the next step?",
         "@{manager} we meet on Thursday morning; I write it down afterwards."),
        ("@{owner} please add who decides there.", "Added."),
        ("Well done, @{owner}!", "Thank you!"),
        ("@{owner} shall I come along?", "@{manager} gladly: Wednesday at two?"),
    ),
}  # fmt: skip
"""Language → what a manager says and what the owner answers."""


def load_talk() -> None:
    """Let managers and owners talk about the newest records of each kind that moves on."""
    company, host = current_company(), services()
    on = enabled_set(company)
    lines = SAID.get(company.language, SAID["en"])
    for key in host.registry.workflows:
        model = host.registry.models[key]
        if model.plugin_id() in on and issubclass(model, CompanyModel) and model.__owner__:
            for place, record in enumerate(_newest(model)):
                _talk(record, lines[place % len(lines)], place)


def _newest(model: Any) -> Sequence[CompanyModel]:
    owner = getattr(model, model.__owner__)
    workflow = services().registry.workflows[model.model_key()]
    moving = {state for each in workflow.transitions for state in each.from_}
    asked = sa.select(model).where(
        owner.is_not(None),
        getattr(model, workflow.field).in_(moving),
        model.created_at < now() - timedelta(days=RECORDS + 2),
    )
    found = db.session.scalars(asked.order_by(model.id.desc()).limit(RECORDS)).all()
    return [record for record in found if has_page(record)]


def _talk(record: CompanyModel, lines: tuple[str, str], place: int) -> None:
    owner = db.session.get(User, getattr(record, record.__owner__ or ""))
    team = db.session.get(Team, owner.team_id) if owner and owner.team_id else None
    manager = db.session.get(User, team.manager_id) if team and team.manager_id else None
    if owner is None or manager is None or owner.id == manager.id:
        return
    for who, line, hours in ((manager, lines[0], 20), (owner, lines[1], 2)):
        said = line.format(owner=owner.name, manager=manager.name)
        at = now() - timedelta(hours=hours + 24 * place)
        with clock_at(at), acting_as(current_company(), actor_for(who)):
            comments.add(record, said)
