"""What jobs of this plugin make."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.models import CompanyModel, text


class Item(CompanyModel):
    __tablename__ = "shed_item"
    __collection__ = "items"
    __label__ = "Item"
    __label_plural__ = "Items"

    name: Mapped[str] = text("Name")
