"""Parquet, Arrow IPC and ORC, in batches bounded by bytes."""
