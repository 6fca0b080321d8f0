from __future__ import annotations

import json
import urllib.request

from stockade.cli.demo_upstream import provider


def ask(cloud, **more):
    body = {"model": "m", "messages": [{"role": "user", "content": "hello"}], **more}
    request = urllib.request.Request(cloud.base_url + "/chat/completions", json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.read().decode()


def test_the_provider_keeps_what_it_was_sent_and_says_what_it_is_told():
    with provider() as cloud:
        cloud.says = "You: {last}"
        assert json.loads(ask(cloud))["choices"][0]["message"]["content"] == "You: hello"
        assert cloud.received[0]["messages"][0]["content"] == "hello"


def test_the_provider_streams_when_asked():
    with provider() as cloud:
        raw = ask(cloud, stream=True)
        assert raw.endswith("data: [DONE]\n\n")
        assert raw.count("data: ") == len("hello") + 3
