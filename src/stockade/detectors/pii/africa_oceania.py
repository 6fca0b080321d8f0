"""Identifiers of people and taxpayers in Africa, the Middle East, Australia and New Zealand.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
ZA_ID_NUMBER | South African identity number | \d{6} ?\d{4} ?\d{2} ?\d | za.idnr | 8806117691081 | south \
    african id, sa id, rsa id, id number, identity number, id no
ZA_TAX | South African tax number | [01239]\d{9} | za.tin varied | 0970484689 | income tax reference, \
    tax reference, sars
NG_NIN | Nigerian national identity number | \d{11} | varied | 35708718128 | nin, national \
    identification number, national identity number, nimc
NG_BVN | Nigerian bank verification number | \d{11} | varied | 35708718128 | bvn, bank verification \
    number
KE_ID | Kenyan identity card number | \d{7,8} | varied | 9492926 | kenyan id, national id no, \
    kitambulisho, id card no, huduma
KE_PIN | Kenyan tax number | [AP]\d{9}[A-Z] | ke.pin | A052649608M | kra, kra pin, pin number, kra pin \
    no
GH_CARD | Ghana card number | GHA-?\d{9}-?\d | varied | GHA7225669154 | ghana card, ghanacard, nia, \
    national id
GH_TIN | Ghanaian tax number | [PCGQV]\d{10}|[PCGQV]00\d{7}[0-9X] | gh.tin | P0033997233 | tin, gra
UG_NIN | Ugandan national identity number | C[MF]\d{8}[0-9A-Z]{4} | varied | CM22939944ONBA | nin, ndaga \
    muntu, nira, national id
RW_NID | Rwandan national identity number | [123] ?(?:19|20)\d{2} ?[78] ?\d{7} ?\d ?\d{2} | varied | \
    31918807846528 62 | indangamuntu, national id, nida
TZ_NIDA | Tanzanian national identity number | (?:19|20)\d{6}-?\d{5}-?\d{5}-?\d{2} | varied | \
    198520938577800277-57 | nida, kitambulisho cha taifa, kitambulisho
ET_FAN | Ethiopian identity number | \d{4} ?\d{4} ?\d{4}(?: ?\d{4})? | varied | 504733129578 9301 | \
    fayda, fayda id
MU_NID | Mauritian identity number | [A-Z]\d{12}[0-9A-Z] | mu.nid | S0911928560046 | national identity \
    card, nic, id number, carte d'identité nationale
EG_NATIONAL_ID | Egyptian national identity number | [23]\d{13} | eg_nid | 28303180459902 | الرقم \
    القومي, رقم قومي, بطاقة الرقم القومي, national id
MA_CIN | Moroccan identity card number | [A-Z]{1,2}\d{5,6} | varied | GB21130 | cin, cnie, carte \
    nationale, carte nationale d'identité, بطاقة التعريف الوطنية, البطاقة الوطنية
TN_CIN | Tunisian identity card number | [01]\d{7} | varied | 09650008 | cin, carte d'identité \
    nationale, بطاقة التعريف الوطنية, بطاقة التعريف
DZ_NIN | Algerian national identity number | [12]\d{17} | varied | 289355312469274857 | nin, numéro \
    d'identification national, رقم التعريف الوطني
IL_ID_NUMBER | Israeli identity number | \d{8}-?\d|\d{9} | il.idnr varied | 13995261-8 | תעודת זהות, \
    ת.ז, ת.ז., ת״ז, מספר זהות, teudat zehut, israeli id, mispar zehut
SA_NATIONAL_ID | Saudi identity or residence number | [12]\d{9} | luhn varied | 1758699969 | رقم الهوية, \
    الهوية الوطنية, إقامة, الإقامة, رقم الإقامة, iqama, iqama no, saudi id
AE_EMIRATES_ID | Emirates identity number | 784-?(?:19|20)\d{2}-?\d{7}-?\d | ae_id | 784-196685498485 | \
    emirates id, eid, الهوية الإماراتية, رقم الهوية, هوية
QA_QID | Qatari identity number | [23]\d{10} | varied | 37649603292 | qid, qatar id, رقم البطاقة \
    الشخصية, البطاقة الشخصية
KW_CIVIL_ID | Kuwaiti civil number | [23]\d{11} | kw_civil | 391032122812 | civil id, civil id no, الرقم \
    المدني, البطاقة المدنية
BH_CPR | Bahraini personal number | \d{9} | varied | 174577159 | bahrain id, cpr, cpr no, الرقم الشخصي, \
    رقم الهوية
JO_NATIONAL_ID | Jordanian national number | [29]\d{9} | varied | 9147231278 | الرقم الوطني, رقم وطني, \
    jordanian id, national number
IR_NATIONAL_CODE | Iranian national code | \d{10} | ir_code | 3741934364 | کد ملی, کدملی, شماره ملی, \
    کارت ملی, national code
IQ_NATIONAL_ID | Iraqi national card number | \d{12} | varied | 784703789096 | البطاقة الوطنية, البطاقة \
    الوطنية الموحدة, الرقم الوطني
LB_ID | Lebanese identity number | \d{12} | varied | 784703789096 | الهوية اللبنانية, lebanese id, رقم \
    الهوية
AU_TFN | Australian tax file number | \d{3} ?\d{3} ?\d{2,3} | au.tfn varied | 532 573 37 | tfn, tax \
    file, tax file number, tax file no
AU_ABN | Australian business number | \d{2} ?\d{3} ?\d{3} ?\d{3} | au.abn varied | 57 457 640 318 | abn, \
    a.b.n., australian business number, business number
AU_ACN | Australian company number | \d{3} ?\d{3} ?\d{3} | au.acn varied | 569 193 531 | acn, a.c.n., \
    australian company number, company number
AU_PASSPORT | Australian passport number | (?:P[A-FU-Z]|[A-HJ-NPR-Z])\d{7} | varied | PE8417502 | \
    australian passport, aus passport
AU_DRIVER_LICENSE | Australian driver's licence number | [A-Z]?\d{5,10}[A-Z]? | varied | W115757756 | \
    australian licence, nsw licence, vic licence, qld licence, driver licence, drivers licence, driver's \
    licence, card number licence
AU_CENTRELINK | Australian customer reference number (Centrelink) | \d{3} ?\d{3} ?\d{3}[A-Z] | varied | \
    222 107028S | centrelink, crn, customer reference number, services australia
NZ_IRD | New Zealand tax number | \d{2,3}[ -]?\d{3}[ -]?\d{3} | nz.ird varied | 30-986-105 | ird, ird \
    no, ird number, inland revenue
NZ_DRIVER_LICENSE | New Zealand driver licence number | [A-Z]{2}\d{6} | varied | SM283515 | driver \
    licence, drivers licence, driver's licence, nz licence, licence no
NZ_PASSPORT | New Zealand passport number | [A-Z]{2}\d{6} | varied | SM283515 | new zealand passport, nz \
    passport
"""
_BY_SHAPE = r"""
AE_EMIRATES_ID | Emirates identity number | 784-(?:19|20)\d{2}-\d{7}-\d | 784-(?:19|20)\d\d-\d{7} | \
    ae_id | 784-1905-9061543-2 | emirates id, eid, هوية | 0.95
GH_CARD | Ghana card number | GHA-\d{9}-\d | gha-\d{9}-\d | varied | GHA-022670441-8 | ghana card, nia | \
    0.9
ZA_ID_NUMBER | South African identity number | \
    \d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}[012][89]\d | \b\d\d[01]\d[0-3]\d{5}[012][89]\d\b \
    | za.idnr | 9103128205088 | south african id, sa id, rsa id, id number | 0.6
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
