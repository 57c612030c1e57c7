"""Business rules of pricing. No Flask here."""
