"""Identifiers of people and taxpayers in the United Kingdom and Ireland.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
UK_UTR | UK unique taxpayer reference | \d{5} ?\d{5}K? | gb.utr varied | 50526 91954 | utr, unique \
    taxpayer reference, taxpayer reference, self assessment, hmrc
UK_VAT | UK VAT registration number | (?:GB ?)?\d{3} ?\d{4} ?\d{2}(?: ?\d{3})? | gb.vat varied | 3149019 \
    31 | vat, vat no, vat number, vat reg, vat registration, vat id
UK_NINO | UK national insurance number | [A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z] ?\d{2} ?\d{2} ?\d{2} \
    ?[A-D]? | uk_nino | OY 0858 16 | national insurance, national insurance number, ni number, ni no, \
    nino, insurance number, n.i., ni/ssn
UK_DRIVING_LICENCE | UK driving licence number | [A-Z9]{5} ?\d{6} ?[A-Z9]{2}\d[A-Z]{2}(?: ?\d{2})? | \
    uk_licence | ALOQM 611189XY5GY | @LICENSE
UK_PASSPORT | UK passport number | \d{9} | varied | 174577159 | uk passport, british passport, hm \
    passport, gbr passport
UK_COMPANY_NUMBER | UK company number | (?:SC|NI|OC|SO|NC)\d{6}|0\d{7} | varied | 04731558 | company \
    number, company no, companies house, registered number, crn
UK_UPN | English unique pupil number | [A-HJ-NP-RT-Z]\d{11}[0-9A-Z] | gb.upn | H86000257656U | upn, \
    unique pupil number, pupil number
UK_ELECTORAL_ROLL | UK electoral roll number | [A-Z]{2,3}[ -]?\d{1,4} | electoral | QAX73 | electoral \
    roll, electoral number, elector number, polling number | 0.75 | 32
IE_PPS | Irish personal public service number | \d{7}[A-W][A-IW]? | ie.pps | 5038305E | pps, ppsn, pps \
    no, pps number, personal public service
IE_VAT | Irish VAT number | (?:IE ?)?\d[\dA-Z+*]\d{5}[A-W][A-IW]? | ie.vat | IE 3J25223HW | vat, vat no, \
    vat number, vat reg
IE_PASSPORT | Irish passport number | [PL][A-Z]\d{7} | varied | PG3022176 | irish passport, ie passport
"""
_BY_SHAPE = r"""
UK_NINO | UK national insurance number | [A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z] \d{2} \d{2} \d{2} [A-D] | \
    \d\d \d\d \d\d [a-d]\b | uk_nino | TZ 97 36 83 C | national insurance, ni number, ni no, nino | 0.85
UK_NINO | UK national insurance number | [A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z]\d{6}[A-D] | \d{6}[a-d]\b | \
    uk_nino | JM729727B | national insurance, ni number, ni no, nino | 0.65
UK_DRIVING_LICENCE | UK driving licence number | [A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2} | \
    \d{6}[a-z9]{2}\d[a-z]{2} | uk_licence | N9RSV706020LZ2PU | @LICENSE | 0.75
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
