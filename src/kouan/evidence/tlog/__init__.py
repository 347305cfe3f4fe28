"""Transparency log formats: RFC 6962 / 9162 trees, C2SP tiles, signed notes, checkpoints and proofs."""
