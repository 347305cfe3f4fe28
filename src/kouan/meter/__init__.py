"""How many persons' data have left since 1 January, by exporter and year."""
