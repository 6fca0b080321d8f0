"""What a request and its answer cost between the sockets: reading, screening, surrogates, writing, restoring.

    python bench/wires.py [--rounds N] [--profile request|answer|chunk|restored]

CPU microseconds, the best of several rounds; models are left out, and "without detectors" is what wires and
core cost alone. Requests
hold one address and one card and differ from one another, so nothing is remembered but what every turn of a
conversation repeats: the last line shows a conversation whose earlier turns are known. Chunks are tokens of
four characters, as providers send them.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import time
from collections.abc import Callable, Iterator
from itertools import count

import orjson

from stockade.bootstrap import shipped_policy
from stockade.detectors import builtin_detectors
from stockade.pipeline import Exchange, Pipeline
from stockade.wires import WIRES, Lane
from stockade.wires.body import decode, encode
from stockade.wires.sse import Parser

WIRE = WIRES["/v1/chat/completions"]
ADDRESS = "jane.doe@corp.example"
LINE = "The quarterly report says that revenue grew in the north while costs stayed flat. "
ENVELOPE = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "m"}


def pipeline(*, looking: bool) -> Pipeline:
    """Return the shipped policy over the detectors that are not models, or over none."""
    found = tuple(d for d in builtin_detectors() if looking and "model" not in d.name)
    return Pipeline(detectors=found, policy=shipped_policy("balanced"), cache_key=b"c" * 32)


def requests(size: int, *, turns: int = 1) -> Iterator[bytes]:
    """Yield bodies of about *size* bytes; all but the last of *turns* are the same in each."""
    old = [
        {"role": "user", "content": f"Turn {n}. " + LINE * (size // turns // len(LINE))}
        for n in range(turns - 1)
    ]
    text = f"Request @@@@: write to {ADDRESS} about card 4111 1111 1111 1111. "
    text += LINE * max(0, (size // turns - len(text) - 150) // len(LINE))
    messages = [{"role": "system", "content": "You are a helpful assistant."}, *old]
    messages.append({"role": "user", "content": text})
    yield from numbered({"model": "m", "messages": messages})


def ask(screener: Pipeline, raw: bytes) -> Exchange:
    """Do what the gateway does with a request, up to the bytes that are sent."""
    body = decode(raw, bytes_max=10_000_000)
    WIRE.validate(body)
    parts = WIRE.messages(body)
    WIRE.uninspected(body)
    exchange = Exchange(screener, key=b"k" * 32)
    verdicts = exchange.screen_request([part.message for part in parts])
    WIRE.replace(body, [(p, v.text) for p, v in zip(parts, verdicts, strict=True) if v.edits])
    encode(body)
    return exchange


def answer(exchange: Exchange, raw: bytes) -> None:
    """Do what the gateway does with an answer that is not streamed."""
    body = orjson.loads(raw)
    parts = WIRE.answer_texts(body)
    screened = exchange.screen_answer([part.message for part in parts])
    changed = [(p, text) for p, (_, text) in zip(parts, screened, strict=True) if text != p.message.text]
    WIRE.replace_answer(body, changed)
    encode(body)


def answers(size: int, mark: str) -> Iterator[bytes]:
    """Yield answers of about *size* bytes that use the surrogate *mark*."""
    text = f"Answer @@@@ for {mark}: " + LINE * (size // len(LINE))
    message = {"role": "assistant", "content": text, "refusal": None}
    yield from numbered(
        {
            **ENVELOPE,
            "id": "chatcmpl-@@@@",
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20},
        }
    )


def numbered(body: dict[str, object]) -> Iterator[bytes]:
    """Yield *body* as it is usually written, with another number in it each time."""
    head, *rest = json.dumps(body).encode().split(b"@@@@")
    for number in count():
        yield head + b"".join(b"%d%s" % (number, part) for part in rest)


def events(text: str) -> list[bytes]:
    """Return the server-sent events of an answer that says *text*, one token each."""
    deltas = [{"content": text[at : at + 4]} for at in range(0, len(text), 4)]
    frames = []
    for delta, finish in [*((d, None) for d in deltas), ({}, "stop")]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        frames.append(b"data: " + orjson.dumps({**ENVELOPE, "choices": [choice]}) + b"\n\n")
    return [*frames, b"data: [DONE]\n\n"]


def relay(exchange: Exchange, frames: list[bytes]) -> None:
    """Do what the gateway does with a streamed answer."""

    def lane(kind: str, pointer: str) -> Lane:
        return exchange.lane(pointer, in_json=kind == "json")

    stream, parser = WIRE.stream(lane), Parser()
    for frame in frames:
        for payload in parser.feed(frame):
            stream.event(payload)
    assert stream.finish()


def best(work: Callable[[], object], *, rounds: int, each: int = 1) -> float:
    """Return the CPU microseconds of the fastest of several rounds of *work*, which does *each* things."""
    repeat = 1
    while True:
        started = time.process_time_ns()
        for _ in range(repeat):
            work()
        if time.process_time_ns() - started > 20_000_000:
            break
        repeat *= 2
    times = []
    for _ in range(rounds):
        started = time.process_time_ns()
        for _ in range(repeat):
            work()
        times.append(time.process_time_ns() - started)
    return min(times) / repeat / each / 1000


def cases() -> Iterator[tuple[str, str, Callable[[], object], int]]:
    """Yield a name for ``--profile``, what is measured, the work, and how many things it does."""
    for looking in (True, False):
        how = "" if looking else ", without detectors"
        screener = pipeline(looking=looking)
        for size in (1_000, 30_000):
            bodies = requests(size)
            yield (
                "request",
                f"request of {size // 1000} KB{how}",
                lambda s=screener, b=bodies: ask(s, next(b)),
                1,
            )
        exchange = ask(screener, next(requests(1_000)))
        mark = next(iter(exchange.surrogates.pairs), "[EMAIL_ADDRESS_0]")
        for size in (1_000, 30_000):
            told = answers(size, mark)
            yield (
                "answer",
                f"answer of {size // 1000} KB{how}",
                lambda e=exchange, t=told: answer(e, next(t)),
                1,
            )
        plain = events(LINE * 20)
        nothing = ask(screener, b'{"model":"m","messages":[{"role":"user","content":"Hello."}]}')
        yield "chunk", f"chunk{how}", lambda e=nothing, p=plain: relay(e, p), len(plain)
        yield (
            "restored",
            f"chunk, with something to restore{how}",
            lambda e=exchange, p=plain: relay(e, p),
            len(plain),
        )
        marked = events(f"Dear {mark}, {LINE} Yours, {mark}. " * 20)
        yield (
            "restored",
            f"chunk, restoring all along{how}",
            lambda e=exchange, m=marked: relay(e, m),
            len(marked),
        )
    bodies = requests(30_000, turns=10)
    screener = pipeline(looking=True)
    yield "request", "request of 30 KB in 10 turns, 9 of them known", lambda: ask(screener, next(bodies)), 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", default="", help="show where the time of one kind goes")
    options = parser.parse_args()
    for name, what, work, each in cases():
        if options.profile and name != options.profile:
            continue
        print(f"{best(work, rounds=options.rounds, each=each):9.1f} us  {what}")
        if options.profile:
            profile = cProfile.Profile()
            profile.runcall(lambda w=work: [w() for _ in range(200)])
            pstats.Stats(profile).sort_stats("tottime").print_stats(22)


if __name__ == "__main__":
    main()
