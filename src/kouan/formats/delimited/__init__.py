"""Delimited text: sniffed, streamed, written back in its own manner."""
