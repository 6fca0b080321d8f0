from __future__ import annotations

from stockade.detectors.decode.reading import Writer


def test_a_place_leads_back_to_what_it_was_decoded_from():
    text = b"card QUJD x%40y"
    writer = Writer()
    writer.copy(text, 0, 5)
    writer.write(b"ABC", 5, 9)
    writer.part()
    writer.copy(text, 10, 11)
    writer.write(b"@", 11, 14)
    writer.copy(text, 14, 15)
    reading = writer.reading()
    assert reading.data == b"card ABC\0x@y"
    assert reading.original(5, 8) == (5, 9)
    assert reading.original(6, 7) == (5, 9), "a part of it is the whole of it"
    assert reading.original(2, 6) == (2, 9)
    assert reading.original(9, 12) == (10, 15)
    assert reading.original(10, 12) == (11, 15)


def test_what_was_only_copied_leads_nowhere():
    writer = Writer()
    writer.copy(b"plain %41", 0, 6)
    writer.write(b"A", 6, 9)
    assert writer.reading().original(0, 5) is None


def test_what_stands_for_nothing_counts_only_inside():
    writer = Writer()
    writer.copy(b"40\x0812", 0, 2)
    writer.write(b"", 2, 3)
    writer.copy(b"40\x0812", 3, 5)
    reading = writer.reading()
    assert reading.original(0, 4) == (0, 5)
    assert reading.original(2, 4) is None


def test_each_byte_of_an_exact_part_leads_to_one_byte():
    writer = Writer()
    writer.write(b"frperg", 4, 10, exact=True)
    assert writer.reading().original(1, 3) == (5, 7)


def test_no_text_shows_in_the_form_for_people():
    writer = Writer()
    writer.write(b"secret", 0, 6)
    assert "secret" not in repr(writer.reading())


def test_what_was_copied_is_not_new_and_what_was_decoded_is():
    outer = Writer()
    outer.copy(b"card QUJD", 0, 5)
    outer.write(b"ABC", 5, 9)
    writer = Writer(outer.reading())
    assert not writer.is_new(0, 5)
    assert writer.is_new(2, 6)
    assert writer.is_new(5, 8)
    assert Writer().is_new(0, 1)
