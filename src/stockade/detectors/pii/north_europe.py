"""Identifiers of people and taxpayers in the Nordic and the Baltic countries.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
SE_PERSONNUMMER | Swedish personal identity number | (?:19|20)?\d{6}[-+ ]?\d{4} | se.personnummer | \
    160809 4668 | personnummer, personnr, pers.nr, pnr, samordningsnummer
SE_ORGANISATIONSNUMMER | Swedish organisation number | \d{6}-?\d{4} | se.orgnr | 236796-2160 | \
    organisationsnummer, org.nr, orgnr, org nr
DK_CPR | Danish personal number (CPR) | \d{6}[- ]?\d{4} | dk_cpr | 101177-9660 | cpr, cpr-nr, \
    cpr-nummer, cpr nummer, cprnr, personnummer
DK_CVR | Danish company number (CVR) | \d{2} ?\d{2} ?\d{2} ?\d{2} | dk.cvr varied | 61098186 | cvr, \
    cvr-nr, cvr-nummer, se-nr, momsnummer
NO_FODSELSNUMMER | Norwegian birth number | \d{6} ?\d{5} | no.fodselsnummer | 050198 98247 | \
    fødselsnummer, fødselsnr, fnr, personnummer, d-nummer, fodselsnummer
NO_ORGNR | Norwegian organisation number | \d{3} ?\d{3} ?\d{3} | no.orgnr varied | 439862 459 | \
    organisasjonsnummer, orgnr, org.nr, org nr, foretaksnummer
FI_PERSONAL_IDENTITY_CODE | Finnish personal identity code | \d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y] | \
    fi.hetu | 121018A4897 | henkilötunnus, hetu, hlötunnus, personbeteckning, personal identity code
FI_BUSINESS_ID | Finnish business identity code | \d{7}-\d | fi.ytunnus | 7287317-7 | y-tunnus, ytunnus, \
    fo-nummer, alv, business id
IS_KENNITALA | Icelandic identity code | \d{6}-?\d{4} | is_.kennitala | 1511753920 | kennitala, kt, kt., \
    kennitölu
EE_ISIKUKOOD | Estonian personal code | [1-8]\d{10} | ee.ik | 84002215716 | isikukood, ik, isikukoodi, \
    personal code
LV_PERSONAS_KODS | Latvian personal code | \d{6}-?\d{5} | lv.pvn | 450877-79904 | personas kods, \
    personas koda, p.k., pk, personal code
LT_ASMENS_KODAS | Lithuanian personal code | [1-9]\d{10} | lt.asmens | 84712203751 | asmens kodas, a.k., \
    ak, asmens kodo, personal code
"""
_BY_SHAPE = r"""
FI_PERSONAL_IDENTITY_CODE | Finnish personal identity code | \
    [0-3]\d[01]\d\d{2}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y] | [0-3]\d[01]\d{3}[-+a-fu-y]\d{3}[0-9a-y] | \
    fi.hetu | 011276A1304 | henkilötunnus, hetu, personbeteckning | 0.75
SE_PERSONNUMMER | Swedish personal identity number | (?:19|20)\d{6}[-+]\d{4} | (?:19|20)\d{6}[-+]\d{4} | \
    se.personnummer | 19020304-5919 | personnummer, personnr | 0.8
SE_PERSONNUMMER | Swedish personal identity number | \d{2}[01]\d[0-9]\d[-+]\d{4} | \
    \d\d[01]\d[0-9]\d[-+]\d{4} | se.personnummer | 401228-4735 | personnummer, personnr | 0.6
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
