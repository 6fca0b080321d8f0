"""The smaller OpenAI endpoints through the door, with the official client."""

from __future__ import annotations

import json

import openai
import pytest

from tests.doors.upstream import LAST, Answer, chunk, head, sse, whole

EMAIL = "jane.doe" + "@corp.example"


@pytest.fixture
def client(gate):
    with openai.OpenAI(base_url=gate.address + "/v1", api_key=gate.key, max_retries=0) as made:
        yield made


def completion(text):
    choice = {"index": 0, "text": text, "finish_reason": "stop", "logprobs": None}
    return {"id": "c", "object": "text_completion", "created": 1, "model": "m", "choices": [choice]}


def say(body):
    text = "You said: " + str(body["prompt"])
    if not body.get("stream"):
        return whole(completion(text))
    events = [completion("") | {"choices": [{"index": 0, "text": c, "finish_reason": None}]} for c in text]
    events.append(completion(""))
    return Answer(
        [head(kind="text/event-stream"), *(chunk(sse(e)) for e in events), chunk(sse("[DONE]")) + LAST]
    )


def test_a_legacy_completion_gets_its_values_back_streamed_or_not(gate, client):
    gate.upstream.script = say
    plain = client.completions.create(model="m", prompt=f"Tell {EMAIL}")
    assert plain.choices[0].text == f"You said: Tell {EMAIL}"
    events = client.completions.create(model="m", prompt=f"Tell {EMAIL}", stream=True)
    assert "".join(e.choices[0].text for e in events) == f"You said: Tell {EMAIL}"
    assert EMAIL.encode() not in gate.upstream.everything()


def test_texts_to_be_embedded_leave_with_surrogates(gate, client):
    vector = {"object": "embedding", "index": 0, "embedding": [0.25, -1.5]}
    gate.upstream.script = lambda _: whole(
        {"object": "list", "data": [vector], "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    )
    answer = client.embeddings.create(model="m", input=[f"Tell {EMAIL}"], encoding_format="float")
    assert answer.data[0].embedding == [0.25, -1.5]
    assert EMAIL.encode() not in gate.upstream.everything()


def test_tokens_in_place_of_texts_are_refused(gate):
    for path, body in (
        ("/v1/embeddings", {"model": "m", "input": [1, 2]}),
        ("/v1/completions", {"model": "m", "prompt": [1]}),
    ):
        answer = gate.ask(body, path=path)
        assert (answer.status, answer.json["error"]["code"]) == (400, "uninspected_content")
    assert gate.upstream.bodies == []


def test_what_is_to_be_moderated_leaves_with_surrogates(gate, client):
    result = {"flagged": False, "categories": {}, "category_scores": {}}
    gate.upstream.script = lambda _: whole({"id": "modr-1", "model": "m", "results": [result]})
    assert client.moderations.create(input=f"Tell {EMAIL}", model="m").results[0].flagged is False
    assert EMAIL.encode() not in json.dumps(gate.upstream.bodies).encode()
