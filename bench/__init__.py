"""Measuring Kouan: wall time, processor seconds and memory, against the limits that it set itself.

Processor seconds are the figure to compare, because shared machines are noisy. Dated reports that a change was
judged by are kept in `bench/reports/` as the JSON that `python -m bench --json` writes.
"""
