"""One identifier, one file."""
