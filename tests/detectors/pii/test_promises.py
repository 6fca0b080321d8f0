"""What the tables promise together: languages, the lists of others, and that nothing breaks them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.detectors.pii.tables import detector, labels

from stockade.detectors.engine.matching import compile_pattern
from stockade.detectors.engine.sample import sample
from stockade.detectors.pii.tables import identifier_specs

LABELS = {spec.rule.label for spec in identifier_specs()}

# Presidio's predefined labels, without those of names and places.
PRESIDIO = """
ABA_ROUTING_NUMBER AU_ABN AU_ACN AU_MEDICARE AU_TFN CREDIT_CARD CRYPTO DATE_TIME EMAIL_ADDRESS ES_NIE ES_NIF
FI_PERSONAL_IDENTITY_CODE IBAN_CODE IN_AADHAAR IN_GSTIN IN_PAN IN_PASSPORT IN_VEHICLE_REGISTRATION IN_VOTER
IP_ADDRESS IT_DRIVER_LICENSE IT_FISCAL_CODE IT_IDENTITY_CARD IT_PASSPORT IT_VAT_CODE KR_BRN KR_DRIVER_LICENSE
KR_PASSPORT KR_RRN MAC_ADDRESS MEDICAL_LICENSE PHONE_NUMBER PL_PESEL SE_ORGANISATIONSNUMMER SE_PERSONNUMMER
SG_NRIC_FIN SG_UEN TH_TNIN UK_NHS UK_NINO UK_PASSPORT UK_POSTCODE UK_VEHICLE_REGISTRATION URL US_BANK_NUMBER
US_DRIVER_LICENSE US_ITIN US_MBI US_NPI US_PASSPORT US_SSN
""".split()

# 45 CFR 164.514(b)(2)(i): the identifiers, by their letters; names (A) and pictures (Q) are not numbers.
HIPAA = {
    "B places": {"ZIP_CODE", "UK_POSTCODE", "GEO_COORDINATES"},
    "C dates and ages": {"DATE_OF_BIRTH", "DATE_TIME", "AGE"},
    "D, E telephone and fax": {"PHONE_NUMBER"},
    "F e-mail": {"EMAIL_ADDRESS"},
    "G social security": {"US_SSN"},
    "H medical records": {"MEDICAL_RECORD_NUMBER"},
    "I health plan beneficiaries": {"HEALTH_INSURANCE_ID", "US_MBI", "US_MEDICAID"},
    "J accounts": {"BANK_ACCOUNT", "US_BANK_NUMBER", "CREDIT_CARD"},
    "K certificates and licences": {"US_DRIVER_LICENSE", "MEDICAL_LICENSE", "BIRTH_CERTIFICATE", "US_DEA"},
    "L vehicles": {"VIN", "LICENSE_PLATE"},
    "M devices": {"SERIAL_NUMBER", "MEDICAL_DEVICE_ID", "IMEI", "MAC_ADDRESS"},
    "N URLs": {"URL"},
    "O addresses in networks": {"IP_ADDRESS"},
    "P, R other numbers": {"CLINICAL_TRIAL_SUBJECT", "EMPLOYEE_ID", "STUDENT_ID", "USERNAME"},
}

PHONES = {
    "en": "call her on 5551 234 567",
    "de": "Sie erreichen ihn unter der Rufnummer 5551 234 567",
    "fr": "son téléphone portable : 5551 234 567",
    "es": "mi móvil es el 5551 234 567",
    "it": "il mio cellulare è 5551 234 567",
    "nl": "mijn telefoonnummer is 5551 234 567",
    "pt": "meu telemóvel: 5551 234 567",
    "pl": "numer telefonu to 5551 234 567",
    "sv": "ring mig på 5551 234 567",
    "da": "telefonnummer 5551 234 567",
    "fi": "puhelinnumero 5551 234 567",
    "cs": "telefonní číslo 5551 234 567",
    "hu": "telefonszám: 5551 234 567",
    "ro": "număr de telefon 5551 234 567",
    "tr": "telefon numarası 5551 234 567",
    "ru": "мой номер телефона 5551 234 567",
    "uk": "телефон: 5551 234 567",
    "el": "κινητό 5551 234 567",
    "he": "טלפון 5551 234 567",
    "ar": "رقم الهاتف 5551 234 567",
    "hi": "मोबाइल 5551 234 567",
    "zh": "联系电话：5551 234 567",
    "ja": "電話番号は5551 234 567です",
    "ko": "전화번호는 5551 234 567",
    "th": "โทร 5551 234 567",
    "vi": "số điện thoại 5551 234 567",
    "id": "nomor telepon 5551 234 567",
}
BIRTHS = {
    "en": "born on 5 May 1990",
    "de": "geboren am 5. Mai 1990",
    "fr": "née le 5 mai 1990",
    "es": "nacida el 5 de mayo de 1990",
    "it": "nata il 5 maggio 1990",
    "nl": "geboren op 5 mei 1990",
    "pt": "nasceu em 5 de maio de 1990",
    "pl": "urodzona 5 maja 1990",
    "sv": "född den 5 maj 1990",
    "da": "fødselsdato 5. maj 1990",
    "cs": "narozena 5. května 1990",
    "ro": "născută 5 mai 1990",
    "tr": "doğum tarihi 5 Mayıs 1990",
    "ru": "родилась 5 мая 1990",
    "uk": "дата народження 5 травня 1990",
    "el": "γεννήθηκε 5 Μαΐου 1990",
    "zh": "出生日期：1990年5月5日",
    "ja": "生年月日 1990年5月5日",
    "ko": "생년월일: 1990년 5월 5일",
}


def found(text: str) -> list[str]:
    return labels(identifier_specs, text)


def test_every_label_that_presidio_has_is_there_under_its_name():
    assert [label for label in PRESIDIO if label not in LABELS] == []


@pytest.mark.parametrize("letter", HIPAA)
def test_every_identifier_of_the_health_privacy_rule_is_covered(letter):
    assert HIPAA[letter] <= LABELS


@pytest.mark.parametrize("language", PHONES)
def test_a_word_for_telephone_is_known_in_the_language(language):
    assert found(PHONES[language]) == ["PHONE_NUMBER"]


def test_the_same_digits_without_a_word_are_left_alone():
    assert found("5551 234 567") == []


@pytest.mark.parametrize("language", BIRTHS)
def test_a_word_for_birth_and_the_names_of_months_are_known_in_the_language(language):
    assert found(BIRTHS[language]) == ["DATE_OF_BIRTH"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("NHS number: 943 476 5919", "UK_NHS"),
        ("NHS number: 943 476 5918", "HEALTH_INSURANCE_ID"),
        ("codice fiscale RCCMNL83S18D969H", "IT_FISCAL_CODE"),
        ("codice fiscale RCCMNL83S18D969X", "NATIONAL_ID"),
        ("PESEL 44051401359", "PL_PESEL"),
        ("PESEL 44051401358", "NATIONAL_ID"),
    ],
)
def test_a_wrong_check_digit_beside_its_word_is_still_somebodys_but_less_sure(text, label):
    assert found(text) == [label]


@pytest.mark.parametrize(
    "text",
    [
        "DOB 1985-03-14, MRN 00123456, phone 555-123-4567",
        "Name;Passport;Licence\nMRN 12345678\nSSN 536-90-4399",
        "card 4012 8888 8888 1881 exp 05/29 cvv 426 iban GB29 NWBK 6016 1331 9268 19",
    ],
)
def test_values_that_stand_together_get_their_own_labels(text):
    assert len(set(found(text))) == text.count(",") + 1 or len(set(found(text))) >= 2


def test_no_check_breaks_on_anything_its_pattern_lets_through():
    for spec in identifier_specs():
        pattern = compile_pattern((b"(?i)" if spec.fold else b"") + spec.pattern)
        for number in range(12 if spec.check else 0):
            drawn = sample("(?:)" * number + spec.pattern.decode("latin-1").replace("(?-i:", "(?:"))
            data = b" " + drawn.encode("latin-1", "ignore") + b" "
            spans = pattern.find(data, 0, len(data))
            if spans is not None:
                start, end = spans[-1] if spans[-1][0] >= 0 else spans[0]
                assert spec.check(data[start:end].decode("latin-1")) in {True, False}, spec.rule.id


@given(st.text(max_size=200))
def test_no_text_breaks_the_tables(text):
    for finding in detector(identifier_specs).detect(text):
        assert 0 <= finding.span.start < finding.span.end <= len(text)


@given(
    st.lists(
        st.sampled_from("passport mrn iban tel ssn dob 1 2-3 4.5 é 年 № 00 +1 ( ) / A B".split()), max_size=60
    )
)
def test_no_mixture_of_words_and_numbers_breaks_the_tables(parts):
    detector(identifier_specs).detect(" ".join(parts))


@pytest.mark.parametrize(
    "piece",
    [
        "passport 1 ",
        "1234 ",
        "+1 ",
        "a@",
        "1.",
        "tel. 1-2-3 ",
        "AB12 CDE ",
        "0123 456 ",
        "GB29 ",
        "::1 ",
        "年1月1日",
    ],
)
def test_hostile_repetition_takes_linear_time(piece):
    scan = detector(identifier_specs).detect

    def seconds(times: int) -> float:
        text = piece * times
        begun = time.process_time()
        scan(text)
        return time.process_time() - begun

    seconds(100)
    assert seconds(8_000) < 14 * max(seconds(2_000), 0.01)
