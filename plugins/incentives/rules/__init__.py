"""How pay is worked out: plain functions of exact numbers, nothing of companies or records.

Amounts are decimals in any one unit and are not rounded here; a statement rounds once.
"""
