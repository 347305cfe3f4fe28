"""SAS transport files, version 5, byte for byte."""
