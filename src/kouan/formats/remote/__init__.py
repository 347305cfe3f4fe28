"""Sources that are no files of this machine: tables of databases, objects of stores."""
