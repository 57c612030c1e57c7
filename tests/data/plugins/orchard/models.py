"""Plots with rows of trees."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from plugin_api.models import (
    Choice,
    CompanyModel,
    choice,
    currency,
    integer,
    longtext,
    money,
    reference,
    text,
)

SIZES = (
    Choice(value="small", label="Small"),
    Choice(value="middle", label="Middle"),
    Choice(value="large", label="Large"),
)


class Plot(CompanyModel):
    __tablename__ = "orchard_plot"
    __collection__ = "plots"
    __label__ = "Plot"
    __label_plural__ = "Plots"
    __find_by__ = ("number", "name")

    name: Mapped[str] = text("Name", length=30)
    number: Mapped[int | None] = integer("Number")
    size: Mapped[str | None] = choice("Size", SIZES)
    part_of_id: Mapped[int | None] = reference("orchard.Plot", "Part of")


class Row(CompanyModel):
    __tablename__ = "orchard_row"
    __collection__ = "rows"
    __label__ = "Row"
    __label_plural__ = "Rows"

    name: Mapped[str] = text("Name")
    plot_id: Mapped[int] = reference("orchard.Plot", "Plot")


class Tree(CompanyModel):
    __tablename__ = "orchard_tree"
    __collection__ = "trees"
    __label__ = "Tree"
    __label_plural__ = "Trees"
    __title__ = "size"
    __search__ = ("site", "notes")
    __owner__ = "keeper_id"
    __table_args__ = (sa.Index("ix_orchard_tree_worth", "company_id", "keeper_id", "worth"),)

    keeper_id: Mapped[int] = reference("core.User", "Keeper")
    worth: Mapped[int] = money("Worth", currency_field="currency")
    currency: Mapped[str] = currency("Currency", default="CNY")
    size: Mapped[str] = choice("Size", SIZES, default="small")
    plot_id: Mapped[int | None] = reference("orchard.Plot", "Plot")
    row_id: Mapped[int | None] = reference("orchard.Row", "Row", narrow={"plot": "plot"})
    mother_id: Mapped[int | None] = reference("orchard.Tree", "Mother")
    site: Mapped[str | None] = text("Site", kind="url")
    phone: Mapped[str | None] = text("Phone", kind="phone", length=40)
    notes: Mapped[str | None] = longtext("Notes")
