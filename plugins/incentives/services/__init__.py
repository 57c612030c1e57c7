"""How pay is calculated, entered, stated and paid."""
