"""Numbers that follow each other without gaps, however many take them at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.host import services
from plugin_api.context import lazy_gettext as _
from plugin_api.models import CompanyModel


class NumberSeries(CompanyModel):
    """The last number that was taken of a series."""

    __tablename__ = "core_number_series"
    __label__ = _("Series of numbers")
    __label_plural__ = _("Series of numbers")
    __title__ = "series"
    __table_args__ = (sa.UniqueConstraint("company_id", "series"),)

    series: Mapped[str] = mapped_column(sa.String(100))
    last: Mapped[int] = mapped_column(sa.BigInteger())


def take(series: str, count: int = 1) -> range:
    """The next ``count`` numbers of a series, from 1.

    The row stays locked until the transaction ends: whoever asks meanwhile waits, and what is
    rolled back is given back. Take numbers late in a transaction, and in one order of series.
    """
    if count < 1:
        return range(0)
    session = services().session
    onwards = (
        sa.update(NumberSeries)
        .where(NumberSeries.series == series)
        .values(last=NumberSeries.last + count)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    last = session.execute(onwards).scalar_one_or_none()
    if last is None:
        plain = session.get_bind().dialect.name == "sqlite"
        insert: Any = sqlite.insert if plain else postgresql.insert
        # Somebody else may begin the series at the same moment: then theirs is taken on.
        begun = insert(NumberSeries).on_conflict_do_nothing()
        session.execute(begun, [{"series": series, "last": 0, "version": 1}])
        last = session.execute(onwards).scalar_one()
    return range(last - count + 1, last + 1)
