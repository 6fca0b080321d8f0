from __future__ import annotations

import random
import zlib

from stockade.access.key import KeyClass, KeyRequest, mint
from stockade.detectors.secrets import checksums

BODY = "q8Zr2Lw0Vn5Ty7Bcq8Zr2Lw0Vn5Ty7"


def github_like(prefix: str) -> str:
    return prefix + BODY + checksums.base62(zlib.crc32(BODY.encode()))


def test_base_62_is_padded_with_zeros():
    assert checksums.base62(0) == "000000"
    assert checksums.base62(61) == "00000z"
    assert checksums.base62(62) == "000010"


def test_the_checksum_of_a_github_token_is_over_what_follows_its_prefix():
    token = github_like("ghp" + "_")
    assert checksums.summed(token)
    assert not checksums.summed(token[:-1] + ("a" if token[-1] != "a" else "b"))
    assert not checksums.summed(token.replace("q8", "q9", 1))


def test_the_probes_of_summed_rules_have_right_checksums():
    assert checksums.summed(checksums.PROBES["summed"]("ghp" + "_" + BODY + "abcdef"))


def test_every_key_that_the_gateway_mints_passes_and_no_changed_one():
    source = random.Random(7)
    for kind in KeyClass:
        request = KeyRequest(kind, models=("*",))
        _, minted = mint(request, pepper=b"p" * 32, now_ms=1, entropy=source.randbytes)
        text = minted.reveal()
        assert checksums.stockade(text)
        changed = text[:-9] + ("a" if text[-9] != "a" else "b") + text[-8:]
        assert not checksums.stockade(changed)


def test_the_probe_of_our_own_rule_has_a_right_checksum():
    assert checksums.stockade(checksums.PROBES["stockade"]("sk-" + "stk-production-" + "a" * 60))
