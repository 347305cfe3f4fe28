"""Free text with everything labelled that is named in it, written without the recognizers."""
