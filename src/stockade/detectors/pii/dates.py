"""Dates that say something about a person: of birth, of care, and ages.

A date alone says nothing and is not found: logs, releases and letters are full of them. What ties it to a
person is a word to its left.
"""

from __future__ import annotations

import re

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import words, words_care, words_people
from stockade.detectors.pii.rows import labelled, phi, pii

# Longest first is not needed: what follows a name decides which of two fits.
_MONTHS = """
jan january januar jänner janvier enero ene gennaio gen janeiro januari feb february februar février
févr febrero febbraio fevereiro fev februari mar march märz mars marzo março maart mrt marts apr april
avril avr abril abr aprile may mai mayo maggio mag maio mei maj jun june juni juin junio giugno giu
junho jul july juli juillet juil julio luglio lug julho aug august août agosto ago augustus augusti sep
sept september septembre septiembre settembre set setembro oct october octobre octubre okt oktober
ottobre ott outubro out nov november novembre noviembre novembro dec december dezember dez décembre déc
diciembre dic dicembre dezembro stycznia lutego marca kwietnia maja czerwca lipca sierpnia września
października listopada grudnia ledna února března dubna května června července srpna září října
listopadu prosince januára februára apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október ianuarie februarie
martie aprilie iunie iulie septembrie octombrie noiembrie decembrie ocak şubat mart nisan mayıs haziran
temmuz ağustos eylül ekim kasım aralık tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta
heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta siječnja veljače ožujka travnja svibnja
lipnja srpnja kolovoza rujna studenoga prosinca января февраля марта апреля мая июня июля августа
сентября октября ноября декабря січня лютого березня квітня травня червня липня серпня вересня жовтня
листопада грудня януари февруари април май юни юли август септември октомври ноември декември ιανουαρίου
φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר يناير فبراير مارس أبريل ابريل
مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر tháng maret agustus desember
"""
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_NUMBER = "(?:0?[1-9]|1[0-2])"
_YEAR = "(?:19|20)[0-9]{2}"
# "of", and the letters that stand on a day or before a month.
_JOINT = "(?: of| de| do| d'| ב)?"
_COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def date_pattern() -> bytes:
    """Return the pattern of day, month and year in any order that people write, folded as texts are."""
    names = "|".join(dict.fromkeys(form for name in _MONTHS.split() for form in words.forms(name)))
    month = f"(?:{names})"
    joint = words.folded(_JOINT)
    year = f"(?:{_YEAR}|[0-9]{{2}})"
    ordinal = r"(?:st|nd|rd|th|er|\.|o|a)?"
    forms = (
        rf"{_YEAR}[-/. ]{{1,2}}{_NUMBER}[-/. ]{{1,2}}{_DAY}(?:T[0-9:.]{{4,15}}Z?)?",
        rf"{_YEAR} ?(?:年|년) ?{_NUMBER} ?(?:月|월) ?{_DAY} ?(?:日|일)?",
        rf"{_DAY} ?[-/. ] ?{_DAY} ?[-/. ] ?{year}",
        rf"{_DAY}{ordinal}{joint}[- /]{{0,2}}{month}\.?,?(?: del?| do)?,?[- /]{{0,2}}'?{year}",
        rf"{month}\.? {_DAY}{ordinal},? {_YEAR}",
        rf"{_YEAR}\.? {month} {_DAY}\.?",
    )
    return "|".join(forms).encode()


def month_pattern() -> bytes:
    """Return the pattern of a month and a year."""
    names = "|".join(dict.fromkeys(form for name in _MONTHS.split() for form in words.forms(name)))
    forms = (
        rf"(?:{names})\.?,? (?:of |de |del )?{_YEAR}",
        rf"{_NUMBER}/{_YEAR}",
        rf"{_YEAR} ?(?:年|년) ?{_NUMBER} ?(?:月|월)",
    )
    return "|".join(forms).encode()


# After a number, what makes it an age; and what does so beside a word for a person.
_OLD = (
    rb"(?:years?[ -]old|years? of age|yrs? old|y/o\b|yo\b|jahre alt|jahrige|anos de edad|anos de idade"
    rb"|jaar oud|let\b|lat\b)"
)
_YEARS = r"(?:years?|yrs?|jahren?|ans|anos|anni|jaar|ar|lat|let|ev|ani|yas|yasinda|лет|год|года|років|ετών)\b"
_AGE = (
    rb"\d{1,3}(?:[.,]\d)?"
    rb"(?: ?(?:years?(?:[ -]old)?|yrs?|jahre|ans|anos|anni|jaar|ar|lat|let|ev|ani))?"
)
_PERSON = """
man, woman, male, female, boy, girl, patient, gentleman, lady, person, mann, frau, patientin, junge,
mädchen, homme, femme, patiente, garçon, fille, paciente, varón, mujer, hombre, niño, niña, chico,
chica, señora, señor, adolescente, homem, mulher, menino, menina, uomo, donna, paziente, ragazzo,
ragazza, vrouw, kvinna, kvinde, mies, nainen, mężczyzna, kobieta, pacjent, pacjentka, muž, žena, férfi,
nő, bărbat, femeie, erkek, kadın, hasta, мужчина, женщина, пациент, пациентка, чоловік, жінка, άνδρας,
γυναίκα
"""

_NUMBER_AT_START = re.compile(r"\d{1,3}(?:[.,]\d)?")


def _years() -> bytes:
    return words.folded(_YEARS).encode()


def age(value: str) -> bool:
    """Check years that a person can have."""
    number = _NUMBER_AT_START.match(value)
    return number is not None and 0 < float(number[0].replace(",", ".")) <= 120


def compact(value: str) -> bool:
    """Check eight digits for a date, year first."""
    return _COMPACT.fullmatch(value) is not None


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    birth = pii(
        "DATE_OF_BIRTH",
        "Date of birth",
        "born on 7 January 1995",
        "A date after a word for birth, in digits or with the month's name, in any usual order.",
    )
    care = phi(
        "DATE_TIME",
        "Date of care",
        "admitted on 12/04/2019",
        "A date after a word for admission, discharge, a visit, an operation or death.",
        Severity.MEDIUM,
    )
    date = date_pattern()
    born = words.context("birth", words_people.BIRTH, 48)
    return (
        labelled(birth, date, born, None, 0.9),
        labelled(birth, month_pattern(), words.context("birth month", words_people.BIRTH, 16), None, 0.75),
        labelled(birth, rb"\d{8}", words.context("birth close", words_people.BIRTH, 16), compact, 0.8),
        labelled(care, date, words.context("care", words_care.CARE_DATE, 40), None, 0.75),
        *age_specs(),
    )


def age_specs() -> tuple[Spec, ...]:
    """Return the patterns of ages."""
    years = phi(
        "AGE",
        "Age",
        "patient aged 93",
        "An age after a word for it, or before one. HIPAA wants ages over 89 removed.",
        Severity.LOW,
    )
    return (
        labelled(years, _AGE, words.context("age", words_people.AGE, 8), age, 0.75),
        Spec(
            years,
            rb"\b(\d{1,3} ?" + _years() + rb")",
            shapes=(rb"\d ?" + _years(),),
            check=age,
            near=words.context("person", _PERSON, 16),
            left=b"-./,0123456789",
            alone=0.0,
            strong=0.7,
            fold=True,
        ),
        Spec(
            years,
            rb"\b(\d{1,3}) ?-?" + _OLD,
            shapes=(rb"\d ?-?" + _OLD,),
            check=age,
            left=b"-./,0123456789",
            alone=0.7,
            fold=True,
        ),
    )
