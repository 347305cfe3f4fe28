"""Documents, facts, items, texts, days, errors and canonical bytes; imports nothing else of Kouan."""
