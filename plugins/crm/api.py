"""What other plugins may import of the CRM."""

from plugins.crm.access import CONTACT_DATA
from plugins.crm.models import (
    Account,
    Contact,
    Lead,
    Opportunity,
    OpportunityContact,
    OpportunityCredit,
    OpportunityLine,
)
from plugins.crm.models.accounts import GRADES

__all__ = [
    "CONTACT_DATA",
    "GRADES",
    "Account",
    "Contact",
    "Lead",
    "Opportunity",
    "OpportunityContact",
    "OpportunityCredit",
    "OpportunityLine",
]
