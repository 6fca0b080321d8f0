"""Vehicles: identification numbers and plates.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
VIN | Vehicle identification number | [A-HJ-NPR-Z0-9]{17} | vin_shape | 1JCE1BTWRR6J7XXRB | @VIN | 0.85 \
    | 32
LICENSE_PLATE | Number plate of any country | (?-i:[A-Z0-9]{1,4}(?:[ \
    -][A-Z0-9]{1,6}){1,3})|[A-Z]{1,3}\d[0-9A-Z]{2,6}|\d{1,4}[A-Z]{1,3}\d{0,4}|[A-Z0-9]{5,8}|\
    [A-Z0-9]{1,3}-[A-Z0-9]{1,6}(?:[ -][A-Z0-9]{0,3}\d[A-Z0-9]{0,3})?|[A-Z]{0,2}\d[A-Z0-9]{0,3} \
    (?:\d[0-9A-Z]{1,4}|[A-Z]{3}) | plate | SAB-S-DG41GK | @PLATE | 0.7 | 32
"""
_BY_SHAPE = r"""
VIN | Vehicle identification number | [A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}\d{4} | \
    [0-9x][a-hj-npr-z0-9]{4}\d{4}\b | vin | K8B9V2SS7MB8S1881 | @VIN | 0.6
FR_LICENSE_PLATE | French number plate | [A-HJ-NP-TV-Z]{2}-\d{3}-[A-HJ-NP-TV-Z]{2} | -\d{3}-[a-z]{2}\b | \
    mixed | LL-505-EF | @PLATE | 0.6
UK_VEHICLE_REGISTRATION | UK number plate | [A-Z]{2}(?:0[1-9]|[1-7]\d) [A-Z]{3} | [a-z]\d\d [a-z]{3}\b | \
    uk_plate | WD41 CYG | @PLATE, vehicle, car, reg | 0.5
IN_VEHICLE_REGISTRATION | Indian number plate | \
    (?:AN|AP|AR|AS|BR|CG|CH|DD|DL|GA|GJ|HP|HR|JH|JK|KA|KL|LA|LD|MH|ML|MN|MP|MZ|NL|OD|OR|PB|PY|\
    RJ|SK|TN|TR|TS|UK|UP|WB)[ -]?\d{2}[ -]?[A-Z]{1,3}[ -]?\d{4} | \d\d[ -]?[a-z]{1,3}[ -]?\d{4}\b | \
    varied | OD 98-JHN 4945 | @PLATE, vehicle, car | 0.55
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
