"""Business rules of the CRM. No Flask here."""
