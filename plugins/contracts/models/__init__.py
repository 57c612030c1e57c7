"""Contracts, what is paid by them, and what each side has promised."""

from plugins.contracts.models.contracts import Contract
from plugins.contracts.models.parts import Instalment, Obligation

ALL = (Contract, Instalment, Obligation)

__all__ = ["ALL", "Contract", "Instalment", "Obligation"]
