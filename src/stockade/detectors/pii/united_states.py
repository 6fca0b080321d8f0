"""Identifiers of people and taxpayers in the United States.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
US_SSN | US social security number | \d{3}[ .-]?\d{2}[ .-]?\d{4} | us_ssn_range | 84640 6071 | ssn, \
    ssns, social security, social security number, social security no, ss#, ss no, soc sec, social, \
    ni/ssn, seguro social, número de seguro social
US_ITIN | US individual taxpayer number (ITIN) | 9\d{2}[ -]?\d{2}[ -]?\d{4} | us_itin | 935841810 | \
    itin, individual taxpayer, taxpayer id, taxpayer identification, tax id, tin, ssn
US_ATIN | US adoption taxpayer number (ATIN) | 9\d{2}-?93-?\d{4} | us.atin | 910935342 | atin, adoption \
    taxpayer, adoption tin
US_PTIN | US preparer number (PTIN) | P\d{8} | us.ptin | P06808057 | ptin, preparer, preparer tax, tax \
    preparer
US_PASSPORT | US passport number | [A-Z]?\d{8}#?|\d{9} | varied | 470138971 | us passport, u.s. \
    passport, american passport, passport card
US_DRIVER_LICENSE | US driver's licence number | \
    [A-Z]{1,2}\d{2,8}[A-Z]?|[A-Z]\d{12}|[A-Z]\d{2,3}-\d{3}-\d{2,3}-\d{3}(?:-\d)?|\d{7,9}|\d{3} \d{3} \
    \d{3} | us_license | U437389384771 | @LICENSE | 0.74
US_ALIEN_NUMBER | US alien registration number | A[ -]?\d{7,9}|A?\d{3}-\d{3}-\d{3} | varied | \
    043-891-124 | alien number, alien registration, a-number, uscis, uscis number, alien no, green card
US_MILITARY_ID | US Department of Defense number | \d{10} | varied | 2686960361 | dod id, dod id number, \
    edipi, military id, cac, dod number
US_VISA_NUMBER | US visa number | [A-Z]?\d{8} | varied | Y42795746 | visa number, visa no, visa foil, us \
    visa
US_CASE_NUMBER | US immigration receipt number | \
    (?:EAC|WAC|LIN|SRC|NBC|MSC|IOE|YSC)-?\d{2}-?\d{3}-?\d{5} | varied | YSC-6396407994 | receipt number, \
    uscis, case number, receipt no, i-797, petition
"""
_BY_SHAPE = r"""
US_SSN | US social security number | \d{3}-\d{2}-\d{4} | \b\d{3}-\d\d-\d{4}\b | us_ssn | 839-93-4539 | \
    ssn, social security, soc sec | 0.85
US_ITIN | US individual taxpayer number (ITIN) | 9\d{2}-\d{2}-\d{4} | \b9\d\d-\d\d-\d{4}\b | us_itin | \
    941-79-0560 | itin, taxpayer id, tax id, ssn | 0.8
US_EIN | US employer number (EIN) | \d{2}-\d{7} | \b\d\d-\d{7}\b | us_ein | 59-7346192 | ein, fein, \
    employer identification, employer id, federal tax id, federal id, tax id | 0.0
US_CASE_NUMBER | US immigration receipt number | \
    (?:EAC|WAC|LIN|SRC|NBC|MSC|IOE|YSC)-?\d{2}-?\d{3}-?\d{5} | \
    \b(?:eac|wac|lin|src|nbc|msc|ioe|ysc)-?\d\d-?\d{3}-?\d | varied | YSC-6396407994 | receipt number, \
    uscis, case number | 0.75
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
