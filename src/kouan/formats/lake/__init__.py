"""Tables that lie in many files with a record of which belong to them: partitioned folders, Delta, Iceberg."""
