from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from plugin_api.models import CompanyModel, boolean, date, money, reference, text


class Visit(CompanyModel):
    __tablename__ = "visits_visit"
    __collection__ = "visits"
    __label__ = "Visit"
    __label_plural__ = "Visits"
    __owner__ = "owner_id"

    name: Mapped[str] = text("Name")
    owner_id: Mapped[int | None] = reference("core.User", "Owner")
    on: Mapped[dt.date] = date("On")
    fee: Mapped[int | None] = money("Fee", default=0)
    paid: Mapped[bool] = boolean("Paid")
