"""DICOM files: their headers."""
