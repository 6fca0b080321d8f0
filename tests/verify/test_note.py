"""Notes and checkpoints against the examples of their specifications, and against every changed bit."""

from __future__ import annotations

from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stockade_verify import Checkpoint, ForgedError, UnreadableError, VerifierKey, open_checkpoint, open_note
from stockade_verify.merkle import EMPTY
from stockade_verify.note import COSIGNATURE, checkpoint_text

# The example of https://c2sp.org/signed-note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
ROOT = b64encode(bytes(range(32))).decode()


def signer(name, kind=1, seed=b"w" * 32):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = VerifierKey.made(name, private.public_key().public_bytes_raw(), kind)

    def line(text, at=0):
        raw = text.encode()
        if kind == COSIGNATURE:
            raw = f"cosignature/v1\ntime {at}\n".encode() + raw
        packed = key.key_id + (at.to_bytes(8, "big") if kind == COSIGNATURE else b"") + private.sign(raw)
        return f"\u2014 {name} {b64encode(packed).decode()}\n"

    return key, line


def test_the_example_of_the_specification_opens():
    key = VerifierKey.parse(VKEY)
    assert str(key) == VKEY
    note = open_note(NOTE, [key])
    assert (note.text, note.signers) == (b"This is an example message.\n", (key,))


def test_the_example_opens_with_no_bit_changed():
    key = VerifierKey.parse(VKEY)
    opened = []
    for place in range(len(NOTE)):
        for bit in range(8):
            changed = NOTE[:place] + bytes([NOTE[place] ^ 1 << bit]) + NOTE[place + 1 :]
            try:
                opened.append(open_note(changed, [key]))
            except ForgedError:
                continue
    assert opened == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        VKEY[:-1],
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("530d903a", "530D903A"),
        VKEY.replace("example.com/foo", "example.com/bar"),
        VKEY.replace("example.com/foo", ""),
        VKEY.replace("+Ae", "+Be"),
        "a b+" + VKEY.partition("+")[2],
    ],
)
def test_what_is_no_verifier_key_is_not_read(text):
    with pytest.raises(UnreadableError):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n",
        NOTE[:-1],
        NOTE + b"\n",
        NOTE.replace(b"\n\n", b"\n"),
        NOTE.replace("\u2014 ".encode(), b"- "),
        NOTE.replace(b"message", b"mess\tage"),
        NOTE.replace(b"message", b"mess\xffage"),
        NOTE.replace(b"=\n", b"\n"),
        NOTE.replace(b"example.com/foo U", b"example.com/foo  U"),
        NOTE.partition(b"\n\n")[0] + b"\n\n",
        NOTE.replace(b"AlT", b"AlT\n"),
        b"x" * (1 << 20) + NOTE,
        NOTE.partition(b"\n\n")[0] + b"\n\n" + NOTE.partition(b"\n\n")[2] * 65,
    ],
    ids=range(14),
)
def test_what_is_no_signed_note_is_refused(raw):
    with pytest.raises(ForgedError):
        open_note(raw, [VerifierKey.parse(VKEY)])


def test_signatures_of_others_neither_help_nor_harm():
    key = VerifierKey.parse(VKEY)
    text = "This is an example message.\n"
    _, other = signer("example.com/other")
    assert open_note(NOTE + other(text).encode(), [key]).signers == (key,)
    # The same name with another id, and the same id with another name, are other keys.
    _, namesake = signer("example.com/foo")
    assert open_note(NOTE + namesake(text).encode(), [key]).signers == (key,)
    with pytest.raises(ForgedError, match="no known key"):
        open_note(NOTE, [signer("example.com/foo")[0]])
    with pytest.raises(ForgedError, match="no known key"):
        open_note(NOTE, [])


def test_one_signature_of_a_known_key_that_does_not_hold_spoils_the_note():
    key, good = signer("example.com/b")
    first = VerifierKey.parse(VKEY)
    spoiled = NOTE + good("another text\n").encode()
    with pytest.raises(ForgedError, match="does not hold"):
        open_note(spoiled, [first, key])


def checkpoint_of(text, *lines):
    return (text + "\n" + "".join(lines)).encode()


def test_a_checkpoint_opens_with_its_witnesses():
    text = f"log.example/a\n7\n{ROOT}\n"
    log, by_log = signer("log.example/a", seed=b"l" * 32)
    witness, by_witness = signer("witness.example/w", COSIGNATURE)
    raw = checkpoint_of(text, by_log(text), by_witness(text, 1_700_000_000))
    assert open_checkpoint(raw, [log]) == Checkpoint("log.example/a", 7, bytes(range(32)))
    assert open_checkpoint(raw, [log, witness]).witnesses == ("witness.example/w",)
    forged = checkpoint_of(text, by_log(text), by_witness(f"log.example/a\n8\n{ROOT}\n", 1_700_000_000))
    with pytest.raises(ForgedError):
        open_checkpoint(forged, [log, witness])


def test_a_witness_alone_does_not_make_a_checkpoint():
    text = f"log.example/a\n7\n{ROOT}\n"
    witness, by_witness = signer("witness.example/w", COSIGNATURE)
    with pytest.raises(ForgedError, match="not signed by the log"):
        open_checkpoint(checkpoint_of(text, by_witness(text, 5)), [witness])


def test_a_cosignature_of_no_possible_time_does_not_hold():
    text = f"log.example/a\n7\n{ROOT}\n"
    log, by_log = signer("log.example/a", seed=b"l" * 32)
    witness, by_witness = signer("witness.example/w", COSIGNATURE)
    with pytest.raises(ForgedError):
        open_checkpoint(checkpoint_of(text, by_log(text), by_witness(text, 2**63)), [log, witness])


def test_a_log_cannot_speak_for_another_one():
    text = f"log.example/b\n7\n{ROOT}\n"
    log, by_log = signer("log.example/a")
    with pytest.raises(ForgedError, match="not signed by the log"):
        open_checkpoint(checkpoint_of(text, by_log(text)), [log])


@pytest.mark.parametrize(
    "text",
    [
        f"\n7\n{ROOT}\n",
        f"a\n07\n{ROOT}\n",
        f"a\n-7\n{ROOT}\n",
        f"a\n7.0\n{ROOT}\n",
        f"a\n\u0667\n{ROOT}\n",
        f"a\n{2**63}\n{ROOT}\n",
        f"a\n{10**30}\n{ROOT}\n",
        "a\n7\nAAAA\n",
        f"a\n7\n{ROOT[:-1]}\n",
        f"a\n7\n{ROOT[:-2]}9=\n",
        "a\n7\n",
        "a\n",
        "\n",
        f"a\n7\n{ROOT}\n\nextension\n",
        f"a\n0\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ForgedError):
        checkpoint_text(text.encode())


def test_extension_lines_and_the_empty_log_are_allowed():
    assert checkpoint_text(f"a b\n7\n{ROOT}\nmore\n".encode()) == ("a b", 7, bytes(range(32)))
    assert checkpoint_text(f"a\n0\n{b64encode(EMPTY).decode()}\n".encode()) == ("a", 0, EMPTY)
