"""Everything the CRM keeps, in the order in which it points to each other."""

from plugins.crm.models.accounts import Account, Contact
from plugins.crm.models.history import CloseDateChange, StageChange
from plugins.crm.models.leads import Lead
from plugins.crm.models.opportunities import Opportunity
from plugins.crm.models.parts import OpportunityCredit, OpportunityLine
from plugins.crm.models.people import OpportunityContact
from plugins.crm.models.pipelines import LossReason, Pipeline, Stage, WinReason

ALL = (
    Pipeline,
    Stage,
    WinReason,
    LossReason,
    Account,
    Contact,
    Opportunity,
    OpportunityLine,
    OpportunityCredit,
    OpportunityContact,
    StageChange,
    CloseDateChange,
    Lead,
)

__all__ = [
    "ALL",
    "Account",
    "CloseDateChange",
    "Contact",
    "Lead",
    "LossReason",
    "Opportunity",
    "OpportunityContact",
    "OpportunityCredit",
    "OpportunityLine",
    "Pipeline",
    "Stage",
    "StageChange",
    "WinReason",
]
