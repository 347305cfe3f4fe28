"""Labelled data for recognition, made without any of the recognizers' code: what is written here is the truth."""
