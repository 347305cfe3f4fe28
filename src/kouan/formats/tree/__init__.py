"""Documents (XML, JSON) as tables of records: nodes with byte positions, cells, and splicing (DESIGN 4.1)."""
