"""Sentences with everything marked that must leave them, and sentences that must stay as they are: all invented."""
