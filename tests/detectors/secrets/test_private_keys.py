from __future__ import annotations

import time

import pytest
from tests.detectors.secrets.tables import check_table, found

from stockade.detectors.secrets import private_keys
from stockade.detectors.secrets.private_keys import KEY_BYTES_MAX, block_end, blocks

DASHES = "-" * 5
KIND = "RSA " + "PRIVATE KEY"
HEAD, FOOT = f"{DASHES}BEGIN {KIND}{DASHES}", f"{DASHES}END {KIND}{DASHES}"
LINE = "MIIEpAIBAAKCAQEA" * 4


def spans(text: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end, _ in private_keys.private_keys(text.encode())]


def test_the_table_finds_its_own_probe():
    check_table(private_keys.specs())


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{LINE}\n{LINE}\nAb0=\n{FOOT}",
        f"{HEAD}\\n{LINE}\\n{LINE}\\n{FOOT}",
        f"{HEAD}\r\n{LINE}\r\n{FOOT}",
        f"{HEAD}\n# {LINE}\n# {LINE}\n{FOOT}",
        f'{HEAD}"\n + "{LINE}"\n + "{LINE}"\n{FOOT}',
        f"{HEAD}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n{LINE}\n{FOOT}",
        f"{HEAD} {LINE} {LINE} {FOOT}",
    ],
)
def test_a_key_is_found_from_its_first_to_its_last_line(text):
    assert spans("before " + text + " after") == [(7, 7 + len(text))]


def test_a_key_that_was_cut_off_is_found_as_far_as_it_goes():
    text = f"{HEAD}\n{LINE}\n{LINE}"
    assert spans(text + "\n\nnothing more") == [(0, len(text))]


def test_a_header_that_is_only_talked_about_is_nothing():
    assert spans(f"look for {HEAD} in the file") == []
    assert found(private_keys.specs(), f"grep -l '{HEAD}' *") == set()


def test_two_keys_are_two_findings():
    one = f"{HEAD}\n{LINE}\n{FOOT}\n"
    assert len(spans(one * 2)) == 2


def test_a_growing_block_is_not_final_until_its_end_is_seen():
    text = f"{HEAD}\n{LINE}\n".encode()
    assert list(blocks(text, 0)) == [(0, len(text) - 1, False)]
    closed = text + FOOT.encode()
    assert list(blocks(closed, 0)) == [(0, len(closed), True)]
    assert next(blocks(b"so " + HEAD[:12].encode(), 0))[2] is False


def test_a_block_does_not_run_across_joined_texts():
    text = f"{HEAD}\n{LINE}\0{LINE}".encode()
    end, _ = block_end(text, len(HEAD))
    assert end <= text.index(b"\0") + 1 + len(LINE)


def test_hostile_headers_cost_linear_time():
    begun = time.process_time()
    list(private_keys.private_keys((HEAD + "\n").encode() * 20_000))
    list(private_keys.private_keys(HEAD.encode() + b"A" * KEY_BYTES_MAX * 60))
    assert time.process_time() - begun < 2
