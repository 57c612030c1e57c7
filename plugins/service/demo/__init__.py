"""What demo companies have of service."""

from __future__ import annotations

from plugin_api.context import Company
from plugins.service.demo import cases, mails, visits
from plugins.service.services import watching


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; what it has already is left as it is."""
    cases.load(company, seed)
    visits.load(company, seed)
    mails.load(company)
    # Else lists and cards say that what is overdue goes on, until the job has run.
    while watching.watch():
        pass
