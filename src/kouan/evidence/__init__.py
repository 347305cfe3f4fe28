"""Evidence that strangers can check: keys, the transparency log, sealed folders, labels (DESIGN 4.5, 4.6)."""
