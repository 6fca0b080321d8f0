"""Numbers that an organisation gives to its people: staff, customers, students.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_words, pii

_BY_WORDS = r"""
EMPLOYEE_ID | Employee number | [A-Z]{1,5}-?\d{3,10}(?:-\d{1,4})?|\d{4,10} | record | 8961 | @EMPLOYEE | \
    0.66 | 48
CUSTOMER_ID | Customer number | [A-Z]{1,6}-?\d{3,12}(?:-\d{1,4})?|\d{5,12} | record | G70513163164 | \
    @CUSTOMER | 0.66 | 48
STUDENT_ID | Student number | [A-Z]{1,4}-?\d{4,10}|\d{5,12}|\d{10}[A-Z]{2} | record | 1251608 | @STUDENT \
    | 0.7 | 40
MEMBERSHIP_ID | Number in a club, union or loyalty scheme | (?:[A-Z]{1,4}-?)?\d{5,16}(?:[ \
    -]\d{2,6}){0,3} | identifier | 85417 511 08671 14 | membership no, membership number, membership id, \
    frequent flyer, frequent flyer number, loyalty number, loyalty card, miles & more, library card, \
    library card number, union number, mitgliedsnummer, mitglieds-nr, numéro de membre, numéro \
    d'adhérent, número de socio, nº de socio, número de sócio, numero tessera, lidnummer, \
    lidmaatschapsnummer, medlemsnummer, jäsennumero, numer członkowski, üye no, номер участника, 会员号, \
    会員番号, 회원번호 | 0.66
CASE_NUMBER | Number of a court or police case | (?-i:\d{1,3} [A-Z][A-Za-z]{0,3} \
    \d{1,6}/\d{2,4})|[A-Z]{1,4}[.-]?\d{1,6}[/-]\d{2,4}(?:[/-]\d{1,6})?|\d{1,4}[:-][A-Z]\
    {2,4}[:-]\d{2,6}(?:-[A-Z]{2,3})?|[A-Z]{0,3}\d{6,12} | record | KFN4/651 | case no, case number, \
    docket, docket no, docket number, inmate number, inmate id, booking number, prisoner number, police \
    report, report no, warrant no, crime reference, crime ref, aktenzeichen, az., geschäftszeichen, \
    numéro de dossier pénal, rg n°, número de expediente judicial, número de causa, número do processo, \
    processo n.º, numero di ruolo, zaaknummer, parketnummer, målnummer, sygnatura akt, sygn. akt, \
    spisová značka, sp. zn., номер дела, 案号, 事件番号, 사건번호 | 0.66
BENEFITS_ID | Number of a benefits claim | (?:[A-Z]{1,4}-?)?\d{5,14} | identifier | 196594 | claim \
    number, claim no, benefits number, snap card, ebt card, unemployment id, kundennummer jobcenter, \
    bedarfsgemeinschaft, bg-nummer, numéro allocataire, n° allocataire, caf, kela number, jsa, universal \
    credit | 0.64
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS)
