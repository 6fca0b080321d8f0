"""The client's side of https://c2sp.org/tlog-witness: somebody else signs that the log only grew.

A witness remembers the newest checkpoint of each log and signs a newer one only with a proof of growth. What
it signed is kept beside the log as ``witnessed``. It speaks HTTPS, or HTTP to this machine alone, follows no
redirect, and believes a cosignature only under the witness's key that was handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from stockade.audit.disk import Disk
from stockade.audit.prove import Prover
from stockade.core.errors import ConfigError, StoreError, TamperedError
from stockade_verify import ForgedError, VerifierKey, open_checkpoint
from stockade_verify.note import COSIGNATURE, NUMBER

WITNESSED: Final = "witnessed"
_ANSWER_MAX: Final = 1 << 20
_LOCAL: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_OK, _CONFLICT = 200, 409

# Sends a body to an address and returns the status and the answer.
Post: TypeAlias = Callable[[str, bytes], tuple[int, bytes]]


def post(url: str, body: bytes, *, timeout_s: float = 10.0) -> tuple[int, bytes]:
    """Send *body* to *url*.

    Raises:
        ConfigError: the address is neither HTTPS nor on this machine.
        StoreError: nobody answers.
    """
    address = urlsplit(url)
    if not address.hostname or not (
        address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOCAL)
    ):
        raise ConfigError("a witness is asked over https", hint="give its address as https://…")
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.hostname, address.port, timeout=timeout_s)
    try:
        connection.request("POST", address.path or "/", body, {"content-type": "text/plain; charset=utf-8"})
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.read(_ANSWER_MAX)
    except (OSError, HTTPException) as error:
        raise StoreError("the witness does not answer", hint="Check its address and the network.") from error
    finally:
        connection.close()


def ask_witness(
    directory: Path, url: str, witness: VerifierKey, *, send: Post = post, disk: Disk | None = None
) -> bytes:
    """Have the newest checkpoint of the log in *directory* cosigned, and keep that; return it.

    Args:
        directory: the log.
        url: the witness's submission prefix.
        witness: its key, known from elsewhere.
        send: how it is asked.
        disk: where the log lies.

    Raises:
        TamperedError: the witness knows a log of this name that this one did not grow from.
        StoreError: the witness does not answer, does not know the log, or its signature does not hold.
    """
    if witness.kind != COSIGNATURE:
        raise ConfigError("this is not a witness's key", hint="a witness's key has signature type 4")
    prover = Prover(directory)
    address = url.rstrip("/") + "/add-checkpoint"
    status, answer = send(address, prover.growth_from(_known(directory, prover, witness)))
    if status == _CONFLICT:
        size = answer.decode("ascii", "replace").strip()
        if NUMBER.fullmatch(size) is None or int(size) > prover.checkpoint.size:
            raise _contradicted(f"it knows {size[:20]} entries and the log signed {prover.checkpoint.size}")
        status, answer = send(address, prover.growth_from(int(size)))
    if status in {_CONFLICT, 422}:
        raise _contradicted("what it knows is not the beginning of this log")
    if status != _OK:
        raise StoreError(
            f"the witness refuses the checkpoint (status {status})",
            hint="Check that it was given this log's name and public key.",
        )
    note = prover.note + answer
    try:
        signed = open_checkpoint(note, [prover.key, witness]).witnesses
    except ForgedError:
        signed = ()
    if signed != (witness.name,):
        raise StoreError(
            "the witness's answer does not hold: it has not signed", hint="Check that this is its key."
        )
    (disk or Disk()).put(directory, WITNESSED, note, durable=True)
    return note


def _known(directory: Path, prover: Prover, witness: VerifierKey) -> int:
    """Return how many entries the witness has signed for last, as far as is known here."""
    try:
        before = open_checkpoint((directory / WITNESSED).read_bytes(), [prover.key, witness])
    except (OSError, ForgedError):
        return 0
    return before.size if before.witnesses and before.size <= prover.checkpoint.size else 0


def _contradicted(why: str) -> TamperedError:
    return TamperedError(
        f"the witness contradicts the log: {why}",
        sequence=1,
        hint="The log was cut back or forked; keep it as it is for examination.",
    )
