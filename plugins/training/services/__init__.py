"""What training does with its records."""
