"""Identifiers of people and taxpayers from Poland to Turkey and Central Asia.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
PL_PESEL | Polish personal number (PESEL) | \d{11} | pl.pesel | 33633077738 | pesel, nr pesel, numer \
    pesel, pesel nr
PL_NIP | Polish tax number (NIP) | (?:PL ?)?\d{3}[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}|\d{3}-\d{2}-\d{2}-\d{3} \
    | pl.nip varied | 143-38-95-182 | nip, nr nip, numer nip, numer identyfikacji podatkowej
PL_REGON | Polish business number (REGON) | \d{9}(?:\d{5})? | pl.regon varied | 451830198 | regon, nr \
    regon, numer regon
PL_ID_CARD | Polish identity card number | [A-Z]{3} ?\d{6} | pl_id_card | SJB 407368 | dowód osobisty, \
    dowodu osobistego, numer dowodu, nr dowodu, seria i numer, seria i nr, dowód, dowodu, identity card, \
    id card
PL_PASSPORT | Polish passport number | [A-Z]{2} ?\d{7} | varied | EY 5767741 | paszport, paszportu, \
    numer paszportu, nr paszportu
CZ_RODNE_CISLO | Czech and Slovak birth number | \d{6}/?\d{3,4} | cz.rc | 964519/236 | rodné číslo, \
    rodné čislo, r.č., rč, rodného čísla, rodné č, birth number
CZ_ICO | Czech company number | \d{8} | cz.dic varied | 05882362 | ičo, ič, ico, dič, identifikační \
    číslo
CZ_ID_CARD | Czech identity card number | \d{9} | varied | 174577159 | občanský průkaz, občanského \
    průkazu, číslo op, č. op, op č
SK_ID_CARD | Slovak identity card number | [A-Z]{2} ?\d{6} | varied | YX597500 | občiansky preukaz, \
    občianskeho preukazu, číslo op, č. op
HU_TAX_ID | Hungarian tax identification number | 8\d{9} | hu_tax | 8603995087 | adóazonosító, \
    adóazonosító jel, adóazonosító jele, adószám
HU_TAJ | Hungarian social security number (TAJ) | \d{3}[ -]?\d{3}[ -]?\d{3} | hu_taj | 091-403 373 | \
    taj, taj szám, taj-szám, tajszám, társadalombiztosítási
HU_ID_CARD | Hungarian identity card number | \d{6} ?[A-Z]{2} | varied | 190099GD | személyi igazolvány, \
    személyi igazolványszám, szig, személyigazolvány, személyazonosító igazolvány, személyi
RO_CNP | Romanian personal numeric code (CNP) | [1-9]\d{12} | ro.cnp | 1880902184859 | cnp, c.n.p., cod \
    numeric personal
RO_CUI | Romanian company code | (?:RO ?)?\d{4,10} | ro.cui varied | RO 190355110 | cui, c.u.i., cif, \
    cod fiscal, cod unic
RO_ID_CARD | Romanian identity card number | [A-Z]{2} ?\d{6} | varied | YX597500 | carte de identitate, \
    buletin, seria, ci seria, c.i.
BG_EGN | Bulgarian personal number (EGN) | \d{10} | bg.egn | 9710219868 | егн, egn, единен граждански \
    номер, лнч
HR_OIB | Croatian personal number (OIB) | \d{11} | hr.oib | 31956621217 | oib, osobni identifikacijski \
    broj
SI_EMSO | Slovenian personal number (EMŠO) | \d{13} | si.emso | 0711985504354 | emšo, emso, enotna \
    matična številka
SI_TAX | Slovenian tax number | (?:SI ?)?\d{8} | si.ddv varied | SI 37342908 | davčna številka, davčna, \
    id za ddv
RS_JMBG | Personal number of Serbia, Bosnia, Montenegro and North Macedonia (JMBG) | \d{13} | si.emso | \
    0711985504354 | jmbg, jmb, јмбг, матични број, jedinstveni matični broj, matični broj, ембг, embg, \
    матичен број
RS_PIB | Serbian tax number | \d{9} | rs.pib | 683435838 | pib, пиб, poreski identifikacioni broj
AL_NID | Albanian identity number | [A-T]\d{2}[0156]\d[0-3]\d\d{3}[A-W] | varied | R191719339Q | numri \
    personal, nid, numri i identitetit, letërnjoftim, kartë identiteti
MD_IDNP | Moldovan personal number | [02]\d{12} | md_idnp | 2434136511455 | idnp, cod personal, numărul \
    de identificare
UA_RNTRC | Ukrainian taxpayer number | \d{10} | ua.rntrc varied | 3278679974 | рнокпп, іпн, інн, \
    ідентифікаційний код, ідентифікаційний номер, ипн, податковий номер, rntrc
UA_PASSPORT | Ukrainian passport number | [A-Z]{2} ?\d{6}|\d{9} | varied | 695084545 | паспорт, \
    паспорта, id-картка, серія паспорта
BY_PASSPORT | Belarusian passport number | (?:AB|BM|HB|KH|MP|MC|KB|PP|SP|DP) ?\d{7} | varied | PP0224959 \
    | паспорт, паспорта, пашпарт, номер паспорта
RU_INN | Russian taxpayer number (INN) | \d{10}|\d{12} | ru.inn varied | 6709880042 | инн, inn, \
    идентификационный номер налогоплательщика
RU_SNILS | Russian pension insurance number (SNILS) | \d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{2} | ru_snils | \
    42892091302 | снилс, snils, страховой номер, пенсионное
RU_PASSPORT | Russian passport number | \d{2} ?\d{2} ?(?:№|N|No)? ?\d{6} | varied | 25 88  303428 | \
    паспорт, паспорта, паспорт рф, серия и номер, серия, паспорт серия, паспортные данные
RU_OGRN | Russian registration number (OGRN) | \d{13}|\d{15} | ru.ogrn | 7586357098210 | огрн, огрнип, \
    ogrn
KZ_IIN | Kazakh individual identification number | \d{12} | kz_iin | 931114277167 | иин, жсн, iin, \
    индивидуальный идентификационный номер
TR_NATIONAL_ID | Turkish identity number | [1-9]\d{10} | tr.tckimlik | 52292915500 | tckn, tc kimlik, \
    t.c. kimlik, tc no, kimlik, kimlik no, kimlik numarası, tc kimlik no
TR_VKN | Turkish tax number | \d{10} | tr.vkn varied | 0546915702 | vergi no, vergi numarası, vkn, vergi \
    kimlik
GE_PERSONAL_NUMBER | Georgian personal number | \d{11} | varied | 35708718128 | პირადი ნომერი, piradi \
    nomeri, personal number
AM_PSN | Armenian public services number | [1-8]\d{9} | varied | 8734392843 | հծհ, հանրային \
    ծառայությունների համարանիշ, soccard, psn
"""
_BY_SHAPE = r"""
PL_PESEL | Polish personal number (PESEL) | \d{2}(?:[02]\d|[13][0-2])[0-3]\d{6} | \
    \b\d\d[0-3]\d[0-3]\d{6}\b | pl.pesel | 15301094157 | pesel | 0.5
CZ_RODNE_CISLO | Czech and Slovak birth number | \d{2}[01235678]\d[0-3]\d/\d{3,4} | \d{6}/\d{3} | cz.rc \
    | 468208/519 | rodné číslo, r.č., rč | 0.75
RU_SNILS | Russian pension insurance number (SNILS) | \d{3}-\d{3}-\d{3} \d{2} | \d{3}-\d{3}-\d{3} \d\d | \
    ru_snils | 413-966-942 08 | снилс, snils, страховой номер | 0.9
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
