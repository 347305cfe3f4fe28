"""One module per command: `run(arguments, settings) -> exit status`."""
