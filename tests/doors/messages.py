"""What an Anthropic-style upstream answers, for the recording upstream's scripts."""

from __future__ import annotations

import json

from tests.doors.upstream import LAST, Answer, chunk, head, whole


def said(text: str, **more: object) -> dict[str, object]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "fake-1",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 5},
        **more,
    }


def event(kind: str, **fields: object) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


def begin() -> bytes:
    message = {**said(""), "content": [], "stop_reason": None}
    return event("message_start", message=message)


def end(reason: str = "end_turn") -> bytes:
    delta = {"stop_reason": reason, "stop_sequence": None}
    return event("message_delta", delta=delta, usage={"output_tokens": 5}) + event("message_stop")


def block(index: int, first: dict[str, object], deltas: list[dict[str, object]]) -> list[bytes]:
    frames = [event("content_block_start", index=index, content_block=first)]
    frames += [event("content_block_delta", index=index, delta=delta) for delta in deltas]
    return [*frames, event("content_block_stop", index=index)]


def text_block(text: str, index: int = 0) -> list[bytes]:
    return block(index, {"type": "text", "text": ""}, [{"type": "text_delta", "text": c} for c in text])


def streamed(*frames: bytes, ending: str = "keep") -> Answer:
    return Answer([head(kind="text/event-stream"), *(chunk(f) for f in frames), LAST], ending=ending)


def last_text(body: dict[str, object]) -> str:
    content = body["messages"][-1]["content"]
    return content if isinstance(content, str) else "".join(b.get("text", "") for b in content)


def echo(body: dict[str, object]) -> Answer:
    text = "You said: " + last_text(body)
    if body.get("stream"):
        return streamed(begin(), event("ping"), *text_block(text), end())
    return whole(said(text))
