"""What an upstream with OpenAI's responses answers, for the recording upstream's scripts."""

from __future__ import annotations

import json

from tests.doors.upstream import LAST, Answer, chunk, head, whole


def response(output: list[dict[str, object]], status: str = "completed") -> dict[str, object]:
    fields = {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "model": "fake-1",
        "parallel_tool_calls": True,
    }
    return {**fields, "status": status, "output": output, "tool_choice": "auto", "tools": [], "error": None}


def message(text: str) -> dict[str, object]:
    part = {"type": "output_text", "text": text, "annotations": []}
    return {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}


def events(*steps: tuple[str, dict[str, object]]) -> list[bytes]:
    return [
        f"event: {kind}\ndata: {json.dumps({'type': kind, 'sequence_number': n, **fields})}\n\n".encode()
        for n, (kind, fields) in enumerate(steps)
    ]


def spoken(text: str) -> list[bytes]:
    at = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
    item, part = message(""), {"type": "output_text", "text": "", "annotations": []}
    return events(
        ("response.created", {"response": response([], "in_progress")}),
        (
            "response.output_item.added",
            {"output_index": 0, "item": {**item, "content": [], "status": "in_progress"}},
        ),
        ("response.content_part.added", {**at, "part": part}),
        *(("response.output_text.delta", {**at, "delta": c, "logprobs": []}) for c in text),
        ("response.output_text.done", {**at, "text": text, "logprobs": []}),
        ("response.content_part.done", {**at, "part": {**part, "text": text}}),
        ("response.output_item.done", {"output_index": 0, "item": message(text)}),
        ("response.completed", {"response": response([message(text)])}),
    )


def called(arguments: str) -> list[bytes]:
    at = {"item_id": "fc_1", "output_index": 0}
    item = {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "mail", "status": "completed"}
    return events(
        ("response.created", {"response": response([], "in_progress")}),
        ("response.output_item.added", {"output_index": 0, "item": {**item, "arguments": ""}}),
        *(("response.function_call_arguments.delta", {**at, "delta": c}) for c in arguments),
        ("response.function_call_arguments.done", {**at, "arguments": arguments, "name": "mail"}),
        ("response.output_item.done", {"output_index": 0, "item": {**item, "arguments": arguments}}),
        ("response.completed", {"response": response([{**item, "arguments": arguments}])}),
    )


def streamed(frames: list[bytes]) -> Answer:
    return Answer([head(kind="text/event-stream"), *(chunk(f) for f in frames), LAST])


def last_text(body: dict[str, object]) -> str:
    value = body["input"]
    if isinstance(value, str):
        return value
    content = value[-1]["content"]
    return content if isinstance(content, str) else "".join(p.get("text", "") for p in content)


def echo(body: dict[str, object]) -> Answer:
    text = "You said: " + last_text(body)
    return streamed(spoken(text)) if body.get("stream") else whole(response([message(text)]))
