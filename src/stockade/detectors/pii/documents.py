"""Papers of any country: passports, driving licences, identity and tax numbers that only a word gives away.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
PASSPORT | Passport number of any country | [A-Z]{0,3}\d{5,9}(?:[A-Z]|#)?|\d{2}[A-Z]{2}\d{5} | mixed | \
    4859142O | @PASSPORT | 0.7 | 64
PASSPORT | Passport number of any country | [A-Z][A-Z0-9]{6,8}\d?|\d[A-Z0-9]{7,8} | mixed_short | \
    WZ2Y00R9 | reisepass, reisepassnummer, passport no, passport number, passport, pass-nr, passnummer, \
    passeport, pasaporte, passaporto, paspoort, paszport, паспорт | 0.65 | 20
DRIVER_LICENSE | Driving licence number of any country | \
    [A-Z]{0,5}-?\d[0-9A-Z]{3,16}[*]?|(?-i:[A-Z]{0,3}\d[A-Z0-9]{0,5}(?:[ \
    -][0-9A-Z]{1,7}){1,5})|[A-Z]\d{2}(?:-\d{1,4}){2,4} | licence | X36-2963-6280-51-9225 | @LICENSE | \
    0.7 | 56
NATIONAL_ID | National identity or social security number of any country | \
    [A-Z]{1,6}-?\d[0-9A-Z]{3,15}|\d[0-9A-Z]{4,17}|\d{1,6}(?:[ .\-/]\d{1,7}){1,5}(?:[ -]?(?-i:[A-Z0-9]))? \
    | identifier | 415624/61666/9681 120 | @NATIONAL, @SOCIAL, ni number, nino, national insurance \
    number, emirates id, hkid, nric, mykad, cnic, aadhaar, aadhar, curp, pesel, hetu, oib, emšo, jmbg, \
    isikukood, cpf, rut, ssn, itin, south african id, ghana card, bvn, nin, civil id, qid, iqama, رقم \
    الهوية | 0.65 | 28
TAX_ID | Tax number of any country | [A-Z]{1,6}-?\d[0-9A-Z]{3,15}|\d[0-9A-Z]{4,17}|\d{1,6}(?:[ \
    .\-/]\d{1,7}){1,5}(?:[ -]?(?-i:[A-Z0-9]))? | identifier | 415624/61666/9681 120 | @TAX, itin, ein, \
    utr, tfn, abn, steuer-identnummer | 0.65 | 28
VOTER_ID | Voter number of any country | (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{4,17} | identifier | \
    06M51MNE8J9HM8M299 | voter id, voter number, voter registration, voter no, electoral number, elector \
    id, clave de elector, credencial para votar, título de eleitor, tessera elettorale, carte \
    d'électeur, wählernummer, seçmen no, избирательный, 選挙人番号 | 0.65 | 40
RESIDENCE_PERMIT | Residence permit or visa number | (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{4,14} | identifier | \
    8177PZAA54I6QQG | residence permit, residence permit no, brp, biometric residence permit, visa \
    number, visa no, green card, work permit, aufenthaltstitel, aufenthaltserlaubnis, visum, \
    visumnummer, titre de séjour, carte de séjour, numéro de visa, permiso de residencia, tarjeta de \
    residencia, permesso di soggiorno, autorização de residência, verblijfsvergunning, \
    uppehållstillstånd, opholdstilladelse, karta pobytu, oturma izni, вид на жительство, 居留许可, \
    在留資格, 외국인등록, kitas | 0.65 | 40
BIRTH_CERTIFICATE | Birth, marriage or death certificate number | \
    (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{4,17}(?:[/-]\d{2,6}){0,2} | identifier | AN008X2L7QJCIMSX6UIQ | birth \
    certificate, birth certificate no, marriage certificate, death certificate, certificate number, \
    certificate no, geburtsurkunde, registernummer, acte de naissance, n° acte, partida de nacimiento, \
    acta de nacimiento, certidão de nascimento, atto di nascita, geboorteakte, akt urodzenia, \
    свидетельство о рождении, 出生证明, 出生証明 | 0.65 | 40
PROFESSIONAL_LICENSE | Certificate or licence of a profession | (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{4,14} | \
    identifier | 8177PZAA54I6QQG | bar number, bar no, state bar, attorney number, notary commission, \
    pilot license, pilot licence, airman certificate, teaching license, teaching certificate, nursing \
    license, rn license, license no, licence no, broker license, cpa license, sia licence, \
    anwaltsnummer, approbation, numéro d'ordre, número de colegiado, n.º oab, oab, albo, numero albo, \
    toque | 0.62 | 32
"""
_BY_SHAPE = r"""
PASSPORT | Passport number of any country | [A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{14}[0-9<]\d \
    | \d[a-z<]{3}\d{7}[mfx<]\d{7} | mrz | L898902C36UTO7408122F1204159ZE184226B<<<<<10 | passport, \
    reisepass, passeport, pasaporte, mrz, паспорт | 0.95
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
