"""The marks by which Arrow IPC is known."""

ARROW_MAGICS = (b"ARROW1\0\0", b"\xff\xff\xff\xff")
"""File format (Feather version 2 is one) and stream format."""
