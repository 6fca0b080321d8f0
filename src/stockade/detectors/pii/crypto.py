"""Addresses of crypto currencies: Bitcoin, Ethereum and their relatives, by their checksums.

Whether an address was ever used is not asked. Hashes in base58 without a checksum are not addresses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii import words
from stockade.detectors.pii.rows import LEFT, RIGHT, financial

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# BIP 173 and BIP 350.
_BECH32_SUMS = (1, 0x2BC830A3)
_WORDS = """
btc, bitcoin, eth, ethereum, erc20, wallet, wallet address, crypto, deposit address, ltc, litecoin,
doge, dogecoin, xrp, ripple, trx, tron, usdt, tether, usdc, bnb, cardano, solana, monero, xmr, bch,
geldbörse, portefeuille, monedero, billetera, carteira, portafoglio, portfel, cüzdan, кошелек,
кошелёк, гаманець, πορτοφόλι, ארנק, محفظة, वॉलेट, 钱包, 錢包, ウォレット, 지갑, กระเป๋าเงิน
"""
_EDGE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+="


def base58check(value: str) -> bool:
    """Check the four bytes of double SHA-256 at the end (Bitcoin, Litecoin, Dogecoin, Tron, Ripple)."""
    alphabet = _RIPPLE if value.startswith("r") else _BASE58
    number = 0
    for char in value:
        number = number * 58 + alphabet.index(char)
    try:
        data = number.to_bytes(25, "big")
    except OverflowError:
        return False
    return hashlib.sha256(hashlib.sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def bech32(value: str) -> bool:
    """Check the checksum of a segregated-witness address, or of a chain of the Cosmos family."""
    lower = value.lower()
    prefix, _, data = lower.rpartition("1")
    if value not in (lower, value.upper()) or not prefix:
        return False
    expanded = [ord(char) >> 5 for char in prefix] + [0] + [ord(char) & 31 for char in prefix]
    return _polymod(expanded + [_BECH32.find(char) for char in data]) in _BECH32_SUMS


def _polymod(values: Sequence[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check


def hexadecimal(value: str) -> bool:
    """Check that forty hexadecimal digits are varied (the case of the letters is a checksum few keep)."""
    return len(set(value[2:].lower())) > 6


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    rule = financial(
        "CRYPTO",
        "Crypto currency address",
        "send 1 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "An address of Bitcoin, Litecoin, Dogecoin, Tron or Ripple (base58 with its checksum), of a "
        "segregated-witness or Cosmos chain (bech32 with its checksum), or of Ethereum (0x, forty digits).",
    )
    near = words.context("crypto", _WORDS)
    return (
        Spec(
            rule,
            rb"[13][1-9A-HJ-NP-Za-km-z]{25,34}",
            shapes=(rb"\b[13][1-9a-z]{25}",),
            check=base58check,
            near=near,
            left=_EDGE,
            right=_EDGE,
            alone=0.9,
        ),
        Spec(
            rule,
            LEFT + rb"([LDTMXr][1-9A-HJ-NP-Za-km-z]{25,34})" + RIGHT,
            check=base58check,
            near=words.context("crypto close", _WORDS, 32),
            alone=0.0,
            strong=0.9,
        ),
        Spec(
            rule,
            rb"(?:bc|tb|ltc|cosmos|osmo|addr|terra)1[02-9ac-hj-np-z]{38,103}|BC1[02-9AC-HJ-NP-Z]{38,60}",
            words=("bc1", "tb1", "ltc1", "cosmos1", "osmo1", "addr1", "terra1"),
            check=bech32,
            near=near,
            left=_EDGE,
            right=_EDGE,
            alone=0.95,
        ),
        Spec(
            rule,
            rb"0x[0-9A-Fa-f]{40}",
            shapes=(rb"0x[0-9a-f]{40}",),
            check=hexadecimal,
            near=near,
            left=_EDGE,
            right=_EDGE,
            alone=0.7,
        ),
    )
