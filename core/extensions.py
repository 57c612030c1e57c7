"""Flask extensions, made once and bound to each application by its factory."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from core.tenancy.session import CompanySession
from plugin_api.models import Base

db = SQLAlchemy(
    model_class=Base, session_options={"class_": CompanySession}, disable_autonaming=True
)
csrf = CSRFProtect()
