"""Business rules of orders and of the ledger. No Flask here."""
