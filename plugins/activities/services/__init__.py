"""Business rules of activities: plain functions, without Flask where a rule needs none."""
