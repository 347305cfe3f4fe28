"""The structural kernel: runs of letters and digits, dispatch by length and kind, checks in place.

`cell` scans one cell and `rows` a column of them; both are plain Python over bytes. `start` runs them as they stand, or
compiled for large data: one source, so that the plain run is the reference of the compiled one.
"""
