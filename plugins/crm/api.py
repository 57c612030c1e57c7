"""What other plugins may import of the CRM."""

from plugins.crm.models import Account, Contact, Opportunity, OpportunityCredit, OpportunityLine

__all__ = ["Account", "Contact", "Opportunity", "OpportunityCredit", "OpportunityLine"]
