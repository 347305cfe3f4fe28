"""Measuring Kouan: how long, how many processor seconds, how much memory, against the limits that it set itself."""
