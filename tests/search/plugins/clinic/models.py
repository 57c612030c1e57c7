from __future__ import annotations

from sqlalchemy.orm import Mapped

from plugin_api.context import lazy_gettext as _
from plugin_api.models import Choice, CompanyModel, choice, longtext, reference, text

SIZES = (Choice(value="small", label="Small one"), Choice(value="large", label="Large one"))


class Room(CompanyModel):
    __tablename__ = "clinic_room"
    __collection__ = "rooms"
    __label__ = "Room"
    __label_plural__ = "Rooms"

    name: Mapped[str] = text("Name")
    size: Mapped[str | None] = choice("Size", SIZES)


class Patient(CompanyModel):
    __tablename__ = "clinic_patient"
    __collection__ = "patients"
    __label__ = _("Person")
    __label_plural__ = _("People")
    __search__ = ("name", "code", "email", "phone", "notes")
    __owner__ = "doctor_id"

    name: Mapped[str] = text("Name")
    code: Mapped[str | None] = text("Code", unique=True)
    email: Mapped[str | None] = text("E-mail", kind="email")
    phone: Mapped[str | None] = text("Phone", kind="phone")
    notes: Mapped[str | None] = longtext("Notes")
    room_id: Mapped[int | None] = reference("clinic.Room", "Room")
    doctor_id: Mapped[int | None] = reference("core.User", "Doctor")


class Visit(CompanyModel):
    __tablename__ = "clinic_visit"
    __collection__ = "visits"
    __label__ = "Visit"
    __label_plural__ = "Visits"
    __title__ = "id"
    __search__ = ("reason",)
    __parent__ = "patient_id"

    reason: Mapped[str | None] = text("Reason")
    patient_id: Mapped[int] = reference("clinic.Patient", "Patient", on_delete="cascade")
