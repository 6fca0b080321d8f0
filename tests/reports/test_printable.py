from __future__ import annotations

from stockade.reports.printable import one_line


def test_what_steers_or_reorders_is_replaced():
    assert one_line("a\x1b[31mb\nc\u202ed\u2028e\ud800") == "a\ufffd[31mb\ufffdc\ufffdd\ufffde\ufffd"


def test_letters_of_every_alphabet_stay():
    assert one_line("é ключ 鍵 …") == "é ключ 鍵 …"
