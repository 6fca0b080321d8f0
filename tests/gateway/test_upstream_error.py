"""What went wrong with an upstream fits into one word."""

from __future__ import annotations

from stockade.gateway.upstream_error import UpstreamError


def test_an_upstream_error_says_one_word_and_nothing_that_was_sent():
    error = UpstreamError("reset", stale=True)
    assert (str(error), error.code, error.stale) == ("upstream failed: reset", "reset", True)
    assert not UpstreamError("reset").stale
