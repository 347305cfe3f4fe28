"""Kouan 口岸: an open data port for lawful, provable cross-border data export."""
