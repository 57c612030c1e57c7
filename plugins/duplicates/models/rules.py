"""What makes two records one, and the keys by which such records are found."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import Choice, CompanyModel, boolean, choice, integer, reference, text
from plugins.duplicates.services import matched

COMBINE = (
    Choice(value="all", label=lazy_pgettext("duplicates", "All of them")),
    Choice(value="any", label=lazy_pgettext("duplicates", "One of them is enough")),
)
ACTIONS = (
    Choice(value="warn", label=_("Warn"), tone="warn"),
    Choice(value="refuse", label=lazy_pgettext("duplicates", "Refuse"), tone="bad"),
)
METHODS = (
    Choice(value="exact", label=_("Exactly the same")),
    Choice(value="normalised", label=_("The same but for writing")),
    Choice(value="pinyin", label=_("The same by pinyin")),
    Choice(value="domain", label=_("The same domain")),
    Choice(value="fuzzy", label=_("Alike")),
)


class Rule(CompanyModel):
    """When two records are taken for one; its conditions say by what."""

    __tablename__ = "duplicates_rule"
    __collection__ = "rules"
    __label__ = _("Duplicate rule")
    __label_plural__ = _("Duplicate rules")
    __aside__ = ("active", False)
    __raises_revision__ = True

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    model: Mapped[str] = choice(_("Records"), matched.models, length=100)
    against: Mapped[str | None] = choice(
        _("Compared with"), matched.models, length=100,
        help=_("Empty: with others of their kind. Else both are compared, whichever is entered."),
    )  # fmt: skip
    combine: Mapped[str] = choice(_("Conditions"), COMBINE, default="all")
    archived: Mapped[bool] = boolean(
        _("Also archived ones"), help=_("Compare with what is put aside, too.")
    )
    action: Mapped[str] = choice(
        _("What happens"), ACTIONS, default="warn",
        help=_("Warn: whoever enters it may save it all the same. Refuse: only who may override."),
    )  # fmt: skip
    active: Mapped[bool] = boolean(lazy_pgettext("rule", "Active"), default=True)


class Condition(CompanyModel):
    """A field that has to be the same, or alike."""

    __tablename__ = "duplicates_condition"
    __collection__ = "conditions"
    __label__ = lazy_pgettext("duplicates", "Condition")
    __label_plural__ = lazy_pgettext("duplicates", "Conditions")
    __title__ = "id"
    __find_by__ = ()
    __search__ = ()
    __parent__ = "rule_id"
    __raises_revision__ = True

    rule_id: Mapped[int] = reference("duplicates.Rule", _("Duplicate rule"), on_delete="cascade")
    field: Mapped[str] = choice(_("Field"), matched.fields, length=150)
    other: Mapped[str | None] = choice(
        _("Field of the other"), matched.fields, length=150, help=_("Empty: the same field.")
    )
    method: Mapped[str] = choice(
        _("How"), METHODS, default="normalised",
        help=_(
            "But for writing: case, width, blanks, marks and legal forms such as 有限公司 and Ltd"
            " do not count; phones are compared by their digits with the country's code."
        ),
    )  # fmt: skip
    threshold: Mapped[int] = integer(
        _("Alike from (%)"), default=85, minimum=50, maximum=100,
        help=_("For what is to be alike: 100 is the same."),
    )  # fmt: skip


class Key(CompanyModel):
    """By what a record is found among those that may be the same. Code alone writes it; what it
    holds tells nothing of the record."""

    __tablename__ = "duplicates_key"
    __table_args__ = (
        sa.Index(None, "company_id", "key"),
        sa.Index(None, "company_id", "about_model", "about_id"),
    )

    about_model: Mapped[str] = mapped_column(sa.String(100))
    about_id: Mapped[int] = mapped_column(sa.BigInteger())
    key: Mapped[int] = mapped_column(sa.BigInteger())
