"""Libraries that parse hostile bytes, each in a process of its own: a crash or a bomb ends there."""
