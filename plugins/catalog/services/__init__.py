"""Business rules of the catalogue. No Flask here."""
