"""What demo companies have of service."""

from __future__ import annotations

from plugin_api.context import Company
from plugins.service.demo import cases, visits


def load(company: Company, seed: int) -> None:
    """Fill a company that has customers; what it has already is left as it is."""
    cases.load(company, seed)
    visits.load(company, seed)
