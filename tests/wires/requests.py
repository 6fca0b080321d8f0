"""A chat request and its answers with a text in every place the wire knows, and in some it does not."""

from __future__ import annotations

import json

ARGUMENTS = {"to": "text", "nested": {"list": ["text", {"deep key!": "text"}]}, "n": 4111111111111111}


def a_request():
    """Return a request that uses every field, described or not."""
    return {
        "model": "gpt-4o",
        "messages": [
            {"role": "system", "content": "text", "name": "text"},
            {"role": "developer", "content": [{"type": "text", "text": "text"}]},
            {
                "role": "user",
                "name": "text",
                "content": [
                    {"type": "text", "text": "text", "cache_control": {"type": "text"}},
                    {"type": "image_url", "image_url": {"url": "https://x.example/text", "detail": "text"}},
                    {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "text"}},
                    {"type": "file", "file": {"filename": "text", "file_id": "text", "file_data": "text?"}},
                    {"type": "input_text", "text": "text"},
                    {"type": "of_the_future", "text": "text", "more": [{"x": "text"}]},
                ],
            },
            {
                "role": "assistant",
                "content": None,
                "refusal": "text",
                "reasoning_content": "text",
                "audio": {"id": "text"},
                "annotations": [{"url_citation": {"title": "text", "url": "text"}}],
                "tool_calls": [
                    {
                        "id": "text",
                        "type": "function",
                        "function": {"name": "text", "arguments": json.dumps(ARGUMENTS)},
                    },
                    {"id": "text", "type": "custom", "custom": {"name": "text", "input": "text"}},
                    {"id": "text", "type": "function", "function": {"name": "text", "arguments": "{text"}},
                    {"id": "text", "type": "new", "new": {"arguments": {"x": "text"}}},
                    {"type": "function", "function": {"name": "text", "arguments": {"x": "text"}}},
                ],
            },
            {"role": "assistant", "content": [{"type": "refusal", "refusal": "text"}]},
            {"role": "assistant", "function_call": {"name": "text", "arguments": '["text"]'}},
            {"role": "tool", "tool_call_id": "text", "content": "text"},
            {"role": "tool", "tool_call_id": "text", "content": [{"type": "text", "text": "text"}]},
            {"role": "function", "name": "text", "content": "text"},
            {"role": "text", "content": "text", "odd key!": {"another one": ["text"]}},
        ],
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": "text",
                    "description": "text",
                    "strict": True,
                    "parameters": {
                        "type": "object",
                        "required": ["name"],
                        "properties": {"name": {"type": "string", "enum": ["text"], "default": "text"}},
                    },
                },
            },
            {"type": "text", "custom": {"format": {"grammar": {"definition": "text"}}}},
        ],
        "functions": [
            {"name": "text", "description": "text", "parameters": {"$defs": {"a b": {"title": "text"}}}}
        ],
        "tool_choice": {"type": "text", "function": {"name": "text"}},
        "function_call": {"name": "text"},
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "text", "schema": {"title": "text"}},
        },
        "stop": ["text", "text"],
        "user": "text",
        "metadata": {"customer": "text", "odd key!": "text"},
        "logit_bias": {"50256": -100},
        "prediction": {"type": "content", "content": "text"},
        "modalities": ["text"],
        "audio": {"voice": "text", "format": "text"},
        "stream_options": {"include_usage": True},
        "reasoning_effort": "text",
        "service_tier": "text",
        "web_search_options": {"user_location": {"approximate": {"city": "text"}}},
        "temperature": 0.5,
        "seed": 12345678901,
        "of_the_future": {"list": [["text"]]},
        "odd key!": "text",
    }


def an_answer():
    """Return an answer that uses every field, described or not."""
    return {
        "id": "text",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "text",
        "system_fingerprint": "text",
        "service_tier": "text",
        "odd key!": "text",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "logprobs": None,
                "content_filter_results": {"hate": {"severity": "text"}},
                "message": {
                    "role": "assistant",
                    "content": "text",
                    "refusal": "text",
                    "reasoning_content": "text",
                    "annotations": [{"url_citation": {"title": "text"}}],
                    "audio": {"transcript": "text", "data": "text"},
                    "odd key!": "text",
                    "tool_calls": [
                        {
                            "id": "text",
                            "type": "function",
                            "function": {"name": "text", "arguments": json.dumps(ARGUMENTS)},
                        },
                        {"id": "text", "type": "text", "custom": {"name": "text", "input": "text"}},
                    ],
                    "function_call": {"name": "text", "arguments": '{"a":"text"}'},
                },
            },
            {
                "index": 1,
                "finish_reason": "text",
                "message": {
                    "role": "text",
                    "content": [{"type": "text", "text": "text"}],
                    "tool_calls": "text",
                },
            },
        ],
        "usage": {"prompt_tokens": 1, "details": {"note": "text"}},
    }


def string_places(value, pointer=""):
    """Yield the pointer of every string leaf, those of JSON inside of strings after a ``#``."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from string_places(item, f"{pointer}/{key}")
    elif isinstance(value, str):
        inner = parsed(value) if pointer.endswith("arguments") else None
        yield from [pointer] if inner is None else string_places(inner, f"{pointer}#")


def parsed(text):
    """Return the document in *text*, or ``None``."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def with_marker(value, pointer, marker):
    """Write *marker* at *pointer* of *value*."""
    outer, inside, inner = pointer.partition("#")
    *path, last = outer.split("/")[1:]
    for step in path:
        value = value[int(step)] if isinstance(value, list) else value[step]
    last = int(last) if isinstance(value, list) else last
    if inside:
        document = json.loads(value[last])
        with_marker(document, inner, marker)
        value[last] = json.dumps(document)
    else:
        value[last] = marker
