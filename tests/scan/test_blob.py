from __future__ import annotations

from tests.scan.planted import PROVIDER

from stockade.scan.blob import Blob


def test_a_blob_does_not_show_what_it_holds():
    assert PROVIDER not in repr(Blob("a.py", PROVIDER.encode()))
