from __future__ import annotations

import pytest

from stockade.core.errors import InputError
from stockade.wires.openai_inputs import embeddings
from stockade.wires.wire import WireError


def test_a_stream_where_there_is_none_to_be_is_not_believed():
    stream = embeddings().stream(lambda *_: None)
    with pytest.raises(InputError) as caught:
        stream.event(b'{"data": []}')
    assert caught.value.code == "upstream_garbage"
    assert (stream.complete, stream.finish()) == (False, [])


def test_errors_have_the_shape_of_the_dialect():
    wire = embeddings()
    assert wire.error_body(WireError("no", code="x"))["error"]["code"] == "x"
    assert wire.error_event(WireError("no")).startswith(b"data: ")
