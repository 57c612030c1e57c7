"""What sorts of activities a company has, and what is asked on a visit."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.context import lazy_pgettext
from plugin_api.models import (
    Choice,
    CompanyModel,
    boolean,
    choice,
    integer,
    longtext,
    reference,
    text,
)

ICONS = (
    Choice(value="check2-square", label=_("Tick box")),
    Choice(value="telephone", label=_("Telephone")),
    Choice(value="people", label=_("People")),
    Choice(value="geo-alt", label=_("Place")),
    Choice(value="sticky", label=_("Slip of paper")),
    Choice(value="envelope", label=_("Envelope")),
    Choice(value="chat-dots", label=_("Speech bubble")),
    Choice(value="camera-video", label=_("Camera")),
    Choice(value="cup-hot", label=_("Cup")),
    Choice(value="box-seam", label=_("Parcel")),
    Choice(value="star", label=_("Star")),
)
ANSWERS = (
    Choice(value="text", label=_("Text")),
    Choice(value="number", label=_("Number")),
    Choice(value="yes_no", label=_("Yes or no")),
    Choice(value="choice", label=_("One of several")),
)


class Kind(CompanyModel):
    """A sort of activity: those that a company starts with, and its own."""

    __tablename__ = "activities_kind"
    __collection__ = "kinds"
    __label__ = _("Kind of activity")
    __label_plural__ = _("Kinds of activities")
    __find_by__ = ("code", "name")
    __search__ = ("name", "code")
    __aside__ = ("archived", True)

    name: Mapped[str] = text(lazy_pgettext("thing", "Name"), unique=True)
    code: Mapped[str | None] = text(
        _("Code"), length=40, unique=True, help=_("Names it in imports: call, visit.")
    )
    icon: Mapped[str] = choice(_("Icon"), ICONS, default="check2-square")
    is_contact: Mapped[bool] = boolean(
        _("Counts as contact"),
        help=_("Done ones count as having been in touch with whom they are about."),
    )
    is_visit: Mapped[bool] = boolean(
        _("Is a visit"), help=_("One goes there: with a stop in the day's route and a check-in.")
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    archived: Mapped[bool] = boolean(_("Archived"))


class Question(CompanyModel):
    """Something that is asked on each activity of a kind."""

    __tablename__ = "activities_question"
    __collection__ = "questions"
    __label__ = _("Question")
    __label_plural__ = _("Questions")
    __title__ = "name"
    __find_by__ = ("name",)
    __aside__ = ("archived", True)

    kind_id: Mapped[int] = reference("activities.Kind", _("Kind"), on_delete="cascade")
    name: Mapped[str] = text(_("Question"), length=300)
    answer: Mapped[str] = choice(_("Answered by"), ANSWERS, default="text")
    options: Mapped[str | None] = longtext(_("Answers to choose from"), help=_("One a line."))
    required: Mapped[bool] = boolean(
        _("Must be answered"), help=_("Asked for when somebody checks out of a visit.")
    )
    position: Mapped[int] = integer(_("Position"), default=0)
    archived: Mapped[bool] = boolean(_("Archived"))
