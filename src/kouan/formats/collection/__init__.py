"""Sources of many files: a folder, a pattern of names, an archive; written back member by member."""
