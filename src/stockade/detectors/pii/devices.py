"""Devices: what identifies a telephone, a card in it, or an apparatus by its serial number.

Network addresses stand in their own table.
"""

from __future__ import annotations

from stockade.core.finding import Severity
from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import checks_care, checks_people, checks_shapes, words, words_papers
from stockade.detectors.pii.rows import labelled, pii

_IMEI = "imei, imei no, imei number, imei 1, imei1, imei2, meid, equipment identity, imei/meid"
_SIM = (
    "iccid, sim, sim card, sim no, sim number, simkarte, carte sim, tarjeta sim, scheda sim, сим-карта, sim卡"
)
_IMSI = "imsi, imsi no, subscriber identity"
_ADVERTISING = "idfa, gaid, aaid, advertising id, ad id, adid, idfv, vendor id, android id, udid, werbe-id"


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    imei = pii("IMEI", "Telephone equipment number (IMEI)", "IMEI 490154203237518", severity=Severity.MEDIUM)
    sim = pii("ICCID", "SIM card number", "sim 89014103211118510720", severity=Severity.MEDIUM)
    imsi = pii("IMSI", "Mobile subscriber identity", "IMSI 310150123456789", severity=Severity.MEDIUM)
    advertising = pii(
        "ADVERTISING_ID",
        "Advertising or installation identifier",
        "idfa 6D92078A-8246-4BA4-AE5B-76104861E7DC",
        "The UUID or hexadecimal number by which advertisers know a device, after a word for it.",
        Severity.LOW,
    )
    serial = pii(
        "SERIAL_NUMBER",
        "Serial number of a device",
        "serial number C02XK1ABJG5H",
        "The serial number of an apparatus, after a word for it (a HIPAA identifier).",
        Severity.LOW,
    )
    dash = rb"\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d"
    return (
        labelled(imei, dash, words.context("imei", _IMEI, 48), checks_care.imei, 0.95),
        labelled(sim, rb"89\d{17,18}", words.context("sim", _SIM, 48), checks_care.iccid, 0.95),
        labelled(imsi, rb"[2-7]\d{13,14}", words.context("imsi", _IMSI, 48), checks_people.varied, 0.9),
        labelled(
            advertising,
            rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{40}",
            words.context("advertising", _ADVERTISING, 40),
            None,
            0.75,
        ),
        labelled(
            serial,
            rb"(?-i:[A-Z0-9]{6,20})|[A-Z]{1,4}-?\d{5,14}|\d{6,16}",
            words.context("serial", words_papers.SERIAL, 24),
            checks_shapes.mixed,
            0.65,
        ),
    )
