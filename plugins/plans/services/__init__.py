"""Business rules of plans: plain functions, and what they need of the database."""
