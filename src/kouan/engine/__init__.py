"""Map and merge over batches: threads here, a cluster elsewhere, the same kernels."""
