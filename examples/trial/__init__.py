"""A fictitious phase III trial at Chinese sites, as the data sets of CDISC SDTM in SAS transport files."""
