"""Individual case safety reports (ICH E2B(R3)) of a fictitious licence holder: one XML document per report."""
