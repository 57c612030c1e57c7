"""Files attached to records: what they are, where they are kept, who may have them."""
