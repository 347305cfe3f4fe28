"""The version of this installation, which processes that work together compare."""

VERSION = "0.1.0"
