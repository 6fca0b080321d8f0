"""Identifiers of care: health insurances, records of patients, numbers of practitioners and devices.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, phi

_BY_WORDS = r"""
MEDICAL_RECORD_NUMBER | Medical record or patient number | \
    (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{2,14}(?:[/-]\d{1,6}){0,4}|\d{1,3}(?:[ -]\d{2,8}){1,4} | identifier | \
    ZT-4Y1VO-581/0989-134-9 | mrn, mrns, mr no, mr number, mr#, medical record, medical record no, \
    medical record number, patient id, patient no, patient number, patientid, hospital number, hospital \
    no, nhc, n.h.c, cipa, nº historia, historia clínica, número de historia, ipp, patientennummer, \
    patienten-nr, patienten-id, fallnummer, fall-nr, numéro de dossier, dossier médical, prontuário, \
    número do prontuário, cartella clinica, patiëntnummer, journalnummer, potilasnumero, numer pacjenta, \
    история болезни, 病历号, 病案号, 患者番号, 診察券番号, 환자번호, 등록번호 | 0.93 | 72
MEDICAL_RECORD_NUMBER | Medical record or patient number | \
    (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{2,14}(?:[/-]\d{1,6}){0,4}|\d{1,3}(?:[ -]\d{2,8}){1,4} | record | \
    0-2522433 | mrn, mrns, mr no, mr number, mr#, medical record, medical record no, medical record \
    number, patient id, patient no, patient number, patientid, hospital number, hospital no, nhc, n.h.c, \
    cipa, nº historia, historia clínica, número de historia, ipp, patientennummer, patienten-nr, \
    patienten-id, fallnummer, fall-nr, numéro de dossier, dossier médical, prontuário, número do \
    prontuário, cartella clinica, patiëntnummer, journalnummer, potilasnumero, numer pacjenta, история \
    болезни, 病历号, 病案号, 患者番号, 診察券番号, 환자번호, 등록번호, @RECORD | 0.8 | 20
HEALTH_INSURANCE_ID | Health insurance member, policy or group number | \
    (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{3,15}(?:-\d{1,4}){0,2}|\d{1,5}(?:[ /-]\d{1,9}){1,4} | identifier | \
    68408-091022 | @HEALTH, nhs number, nhs no, nhs, mbi, kvnr | 0.72 | 32
MEDICAL_LICENSE | Number of a practitioner | (?:[A-Z]{1,4}-?)?\d[0-9A-Z]{3,12}|\d{2}(?:[ \
    /-]\d{2,7}){1,2} | record | 83-2852 | @PRACTITIONER, npi, npi number, dea number, dea, dea no | 0.75 \
    | 40
US_NPI | US national provider identifier | [12]\d{9} | us_npi | 1148882925 | npi, npi no, npi number, \
    national provider, provider identifier, provider npi, provider id
US_DEA | US controlled-substance registration (DEA) | [A-HJ-NP-UX][A-Z9]\d{7} | us_dea | XW2785496 | \
    dea, dea no, dea number, dea registration, dea reg, dea #
US_MBI | US Medicare beneficiary identifier | \
    [1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\
    \d-?[AC-HJKMNP-RT-Y]{2}\d{2} | us_mbi | 3TC2-Y01GH96 | mbi, medicare, medicare id, medicare no, \
    medicare number, beneficiary, medicare beneficiary
US_MEDICAID | US Medicaid number | [A-Z]{0,3}\d{7,12}[A-Z]? | varied | 527806348656 | medicaid, medicaid \
    id, medicaid no, medicaid number, medi-cal, recipient id
UK_NHS | UK National Health Service number | \d{3}[ -]?\d{3}[ -]?\d{4} | gb.nhs varied | 671548-5844 | \
    nhs, nhs no, nhs number, nhs #, nhs id, national health service, health service
UK_CHI | Scottish health number (CHI) | \d{6} ?\d{4} | uk_chi | 211002 5050 | chi, chi no, chi number, \
    community health index
UK_GMC | UK medical register number | \d{7} | varied | 5602257 | gmc, gmc no, gmc number, gmc ref, gmc \
    reference, general medical council | 0.8
IE_IHI | Irish individual health identifier | \d{10}(?:\d{8})? | varied | 068737566251558984 | ihi, \
    individual health identifier, hse number
AU_MEDICARE | Australian Medicare card number | [2-6]\d{3}[ -]?\d{5}[ -]?\d(?:[ /-]?\d)? | au_medicare | \
    5214544453 | medicare, medicare card, medicare no, medicare number, medicare card number
AU_IHI | Australian healthcare identifier | 800360\d{10}|8003 60\d{2} \d{4} \d{4} | luhn | \
    8003602758062338 | ihi, individual healthcare identifier, healthcare identifier, hpi-i, hpii, hpi-o
AU_DVA | Australian veterans' file number | [NVQSWT][A-Z]{0,3}\d{2,7}[A-Z]? | varied | TYR8573C | dva, \
    dva number, dva file, veterans' affairs, veterans affairs
NZ_NHI | New Zealand health index number | [A-HJ-NP-Z]{3}\d{2}(?:\d{2}|[A-HJ-NP-Z]{2}) | nz_nhi | \
    GBZ4974 | nhi, nhi no, nhi number, national health index, hospital no
CA_HEALTH_CARD | Canadian provincial health number | \d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]?[A-Z]{2})?|\d{3}[ \
    -]?\d{3}[ -]?\d{3}|[A-Z]{4} ?\d{4} ?\d{4} | varied | VUAL7838 6256 | ohip, health card, health card \
    no, health card number, phn, personal health number, msp, care card, ramq, carte d'assurance \
    maladie, numéro d'assurance maladie, ahcip, mcp, msi | 0.78
DE_HEALTH_INSURANCE | German health insurance number | [A-Z] ?\d{3} ?\d{3} ?\d{3} | de_kvnr | V 747509 \
    844 | versichertennummer, versicherten-nr, krankenversichertennummer, kvnr, kv-nummer, \
    krankenversicherung, krankenkasse, gesundheitskarte, egk, vers.-nr, vers.-nr., versicherungsnummer
DE_LANR | German physician number | \d{9} | varied | 174577159 | lanr, arztnummer, arzt-nr, arztnr, \
    bsnr, betriebsstättennummer, betriebsstätten-nr | 0.8
FR_RPPS | French health professional number | [18]\d{10} | luhn varied | 81318024247 | rpps, n° rpps, \
    numéro rpps, adeli
ES_CIP | Spanish health card code | [A-Z]{4}\d{10}|[A-Z]{2}\d{10,12}|BBBBBBBB[A-Z]{2}\d{6} | varied | \
    DGSC8605261881 | cip, cip-sns, tarjeta sanitaria, código de identificación personal, nuhsa, sip | \
    0.8
PT_SNS | Portuguese health user number | \d{3} ?\d{3} ?\d{3} | varied | 669 182 722 | sns, número de \
    utente, n.º de utente, nº utente, utente | 0.8
BR_CNS | Brazilian health card number | \d{3} ?\d{4} ?\d{4} ?\d{4} | br_cns | 912 879306077592 | cns, \
    cartão nacional de saúde, cartão sus, cartão do sus, sus
BR_CRM | Brazilian medical register number | \d{4,7}(?:[ /-][A-Z]{2})? | varied | 8718128 JX | crm, \
    crm-sp, crm-rj, crm-mg, crm/sp, crm/rj | 0.8
NL_AGB | Dutch care provider code | \d{8} | varied | 05703957 | agb, agb-code, agb code | 0.8
NL_BIG | Dutch health professional number | \d{11} | varied | 35708718128 | big-nummer, big-register, \
    big nummer | 0.8
NO_HPR | Norwegian health personnel number | \d{7,9} | varied | 615095304 | hpr, hpr-nummer, hpr-nr | \
    0.8
PL_PWZ | Polish right to practise number | [1-9]\d{6} | varied | 4799243 | pwz, nr pwz, numer pwz, prawo \
    wykonywania zawodu | 0.8
TR_DIPLOMA | Turkish medical diploma number | \d{4,6} | varied | 1669 | diploma tescil no, tescil no, \
    dr. tescil, diploma no | 0.75
IN_ABHA | Indian health account number (ABHA) | \d{2}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4} | varied | \
    2565563091 0082 | abha, abha number, abha id, health id, ndhm | 0.8
KR_HEALTH_INSURANCE | Korean health insurance number | \d{1,2}-?\d{10} | varied | 50271463291 | \
    건강보험증, 건강보험증번호, 보험증번호 | 0.75
JP_HEALTH_INSURANCE | Japanese health insurance number | \d{6,8} | varied | 115880 | 保険者番号, \
    被保険者番号, 保険証番号, 記号番号, 保険証 | 0.75
PRESCRIPTION_NUMBER | Prescription number | (?:RX[ -]?)?\d{6,12}(?:-\d{2,5})? | varied | 071847-5989 | \
    rx no, rx number, rx#, prescription, prescription no, prescription number, rezeptnummer, ordonnance \
    n°, receta, número de receta, receita, ricetta, nre, recept, recepta, рецепт, 処方箋 | 0.7 | 32
MEDICAL_DEVICE_ID | Serial number of an implant or device in a body | \
    [A-Z]{0,5}-?\d[0-9A-Z]{4,17}|\(01\)\d{14}(?:\(\d{2}\)[0-9A-Z]{1,20}){0,3} | mixed | \
    (01)28985958410100(55)QSYI27HI(92)FPT3RRXZWLYC7LM9W14(42)TY8TPUSVITYU | pacemaker, pacemaker serial, \
    implant, implant serial, implant id, implanted device, udi, device identifier, icd device, insulin \
    pump, prosthesis, stent, hearing aid, herzschrittmacher, implantat, stimulateur, marcapasos, \
    implante, impianto, rozrusznik, kardiostimulator, кардиостимулятор, ペースメーカー, 起搏器 | 0.7 | \
    32
CLINICAL_TRIAL_SUBJECT | Number of a subject in a trial | [A-Z]{0,4}-?\d[0-9A-Z]{2,9}(?:-\d{1,5}){0,3} | \
    record | -5N3-00249-368-32358 | subject id, subject no, subject number, participant id, participant \
    no, randomization number, randomisation number, screening number, enrolment id, study id, \
    probanden-id, probandennummer, numéro de patient inclus, número de participante | 0.68 | 32
"""
_BY_SHAPE = r"""
US_MBI | US Medicare beneficiary identifier | \
    [1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d-[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\
    \d-[AC-HJKMNP-RT-Y]{2}\d{2} | \d-[a-y][0-9a-y]\d-[a-y]{2}\d\d | us_mbi | 1YG2-TU9-EA84 | mbi, \
    medicare, beneficiary | 0.85
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(phi, _BY_WORDS) + by_shape(phi, _BY_SHAPE)
