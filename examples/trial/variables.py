"""The data sets of the trial and their variables, for the transport files and define.xml alike (SDTMIG 3.2 names)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: SAS name, label, and whether it is a number."""

    name: str
    label: str
    number: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """A data set: label, SDTM class, what a record is, and its variables in order."""

    name: str
    label: str
    kind: str
    structure: str
    variables: tuple[Variable, ...]


def _domain(name: str, label: str, kind: str, structure: str, listed: str) -> Domain:
    """Return a domain from lines `NAME label`, with `#` before the name of a number."""
    variables = []
    for line in filter(None, map(str.strip, listed.splitlines())):
        title, _, text = line.partition(" ")
        variables.append(Variable(title.removeprefix("#"), text, title.startswith("#")))
    return Domain(name, label, kind, structure, tuple(variables))


_HEAD = """
STUDYID Study Identifier
DOMAIN Domain Abbreviation
USUBJID Unique Subject Identifier
"""
_VISIT = """
#VISITNUM Visit Number
VISIT Visit Name
"""

DM = _domain(
    "DM",
    "Demographics",
    "SPECIAL PURPOSE",
    "One record per subject",
    _HEAD
    + """
    SUBJID Subject Identifier for the Study
    RFSTDTC Subject Reference Start Date/Time
    RFENDTC Subject Reference End Date/Time
    RFXSTDTC Date/Time of First Study Treatment
    RFXENDTC Date/Time of Last Study Treatment
    RFICDTC Date/Time of Informed Consent
    RFPENDTC Date/Time of End of Participation
    DTHDTC Date/Time of Death
    DTHFL Subject Death Flag
    SITEID Study Site Identifier
    INVID Investigator Identifier
    INVNAM Investigator Name
    BRTHDTC Date/Time of Birth
    #AGE Age
    AGEU Age Units
    SEX Sex
    RACE Race
    ETHNIC Ethnicity
    ARMCD Planned Arm Code
    ARM Description of Planned Arm
    ACTARMCD Actual Arm Code
    ACTARM Description of Actual Arm
    COUNTRY Country
    DMDTC Date/Time of Collection
    #DMDY Study Day of Collection
    """,
)
AE = _domain(
    "AE",
    "Adverse Events",
    "EVENTS",
    "One record per adverse event per subject",
    _HEAD
    + """
    #AESEQ Sequence Number
    AESPID Sponsor-Defined Identifier
    AETERM Reported Term for the Adverse Event
    AEDECOD Dictionary-Derived Term
    AEBODSYS Body System or Organ Class
    AESEV Severity/Intensity
    AESER Serious Event
    AEACN Action Taken with Study Treatment
    AEREL Causality
    AEOUT Outcome of Adverse Event
    AESDTH Results in Death
    AESHOSP Requires or Prolongs Hospitalization
    AESTDTC Start Date/Time of Adverse Event
    AEENDTC End Date/Time of Adverse Event
    #AESTDY Study Day of Start of Adverse Event
    #AEENDY Study Day of End of Adverse Event
    """,
)
EX = _domain(
    "EX",
    "Exposure",
    "INTERVENTIONS",
    "One record per constant dosing interval per subject",
    _HEAD
    + """
    #EXSEQ Sequence Number
    EXTRT Name of Actual Treatment
    #EXDOSE Dose per Administration
    EXDOSU Dose Units
    EXDOSFRM Dose Form
    EXDOSFRQ Dosing Frequency per Interval
    EXROUTE Route of Administration
    """
    + _VISIT
    + """
    EXSTDTC Start Date/Time of Treatment
    EXENDTC End Date/Time of Treatment
    #EXSTDY Study Day of Start of Treatment
    #EXENDY Study Day of End of Treatment
    """,
)


def _findings(name: str, label: str, more: str) -> Domain:
    listed = f"""
    #{name}SEQ Sequence Number
    {name}TESTCD Test or Examination Short Name
    {name}TEST Test or Examination Name
    {more}
    {name}ORRES Result or Finding in Original Units
    {name}ORRESU Original Units
    #{name}STRESN Numeric Result/Finding in Standard Units
    {name}STRESU Standard Units
    """
    dates = f"""
    {name}DTC Date/Time of Collection
    #{name}DY Study Day of Collection
    """
    return _domain(
        name, label, "FINDINGS", "One record per test per visit per subject", _HEAD + listed + _VISIT + dates
    )


LB = _findings(
    "LB",
    "Laboratory Test Results",
    "LBCAT Category for Lab Test\nLBORNRLO Reference Range Lower Limit in Orig Unit\n"
    "LBORNRHI Reference Range Upper Limit in Orig Unit\nLBNRIND Reference Range Indicator\nLBNAM Vendor Name",
)
VS = _findings("VS", "Vital Signs", "VSPOS Vital Signs Position of Subject")
DS = _domain(
    "DS",
    "Disposition",
    "EVENTS",
    "One record per disposition status or protocol milestone per subject",
    _HEAD
    + """
    #DSSEQ Sequence Number
    DSTERM Reported Term for the Disposition Event
    DSDECOD Standardized Disposition Term
    DSCAT Category for Disposition Event
    DSSTDTC Start Date/Time of Disposition Event
    #DSSTDY Study Day of Start of Disposition Event
    """,
)
CM = _domain(
    "CM",
    "Concomitant Medications",
    "INTERVENTIONS",
    "One record per recorded intervention per subject",
    _HEAD
    + """
    #CMSEQ Sequence Number
    CMTRT Reported Name of Drug, Med, or Therapy
    CMDECOD Standardized Medication Name
    CMINDC Indication
    #CMDOSE Dose per Administration
    CMDOSU Dose Units
    CMROUTE Route of Administration
    CMSTDTC Start Date/Time of Medication
    CMENDTC End Date/Time of Medication
    """,
)
CO = _domain(
    "CO",
    "Comments",
    "SPECIAL PURPOSE",
    "One record per comment per subject",
    """
    STUDYID Study Identifier
    DOMAIN Domain Abbreviation
    RDOMAIN Related Domain Abbreviation
    USUBJID Unique Subject Identifier
    #COSEQ Sequence Number
    IDVAR Identifying Variable
    IDVARVAL Identifying Variable Value
    COVAL Comment
    COEVAL Evaluator
    CODTC Date/Time of Comment
    """,
)
SUPPDM = _domain(
    "SUPPDM",
    "Supplemental Qualifiers for DM",
    "RELATIONSHIP",
    "One record per supplemental qualifier per subject",
    """
    STUDYID Study Identifier
    RDOMAIN Related Domain Abbreviation
    USUBJID Unique Subject Identifier
    IDVAR Identifying Variable
    IDVARVAL Identifying Variable Value
    QNAM Qualifier Variable Name
    QLABEL Qualifier Variable Label
    QVAL Data Value
    QORIG Origin
    QEVAL Evaluator
    """,
)

DOMAINS = (DM, AE, EX, LB, VS, DS, CM, CO, SUPPDM)
"""All data sets, in the order in which define.xml tells them."""
