"""What the structured detectors cost and how well they see through disguises.

    python bench/patterns.py [--data TEXTS.jsonl] [--only start,prompts,clean,hostile,evasion] [--worst N]

Times are CPU times of one thread, normalization included, the best of a few rounds for each text: what the
code costs, not what the machine was doing besides. Texts are cut from this repository's own pages and code,
or from the "text" fields of a file. ``hostile`` builds a megabyte of what each pattern likes least.
``evasion`` writes the probe of every rule in twelve disguises and compares what is found with the plain one.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from stockade.detectors.catalogue import structured_specs
from stockade.detectors.structured import StructuredDetector

ROOT = Path(__file__).resolve().parent.parent
PROMPT_CHARS = (1024, 2048, 30_000)
PROMPTS_MAX = 1000
CLEAN_BYTES = 2_000_000
HOSTILE_BYTES = 1_000_000
PARTS = ("start", "prompts", "clean", "hostile", "evasion")


def spent(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of a few rounds of *work*."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def start() -> None:
    """Print what it costs to be ready."""
    begun = time.process_time()
    specs = structured_specs()
    tables = time.process_time()
    detector = StructuredDetector(specs)
    built = time.process_time()
    detector.compile()
    compiled = time.process_time()
    rules = len({spec.rule.id for spec in specs})
    print(f"start: {rules} rules, {len(specs)} patterns: tables {ms(tables - begun)}", end=", ")
    print(f"automata {ms(built - tables)}, every pattern {ms(compiled - built)}, ", end="")
    print(f"together {ms(compiled - begun)}")


def ms(seconds: float) -> str:
    """Return *seconds* in milliseconds."""
    return f"{seconds * 1e3:.0f} ms"


def prompts(detector: StructuredDetector, corpus: Sequence[str]) -> None:
    """Print what prompts of several sizes cost."""
    for size in PROMPT_CHARS:
        for kind, text in (("plain ASCII", only_ascii("\n".join(corpus))), ("as written", "\n".join(corpus))):
            cuts = [text[at : at + size] for at in range(0, len(text) - size, size)][:PROMPTS_MAX]
            for cut in cuts:
                detector.detect(cut)
            times = sorted(spent(lambda cut=cut: detector.detect(cut)) for cut in cuts)
            found = sum(bool(detector.detect(cut)) for cut in cuts)
            p50, p99 = times[len(times) // 2] * 1e6, times[int(len(times) * 0.99)] * 1e6
            mean = sum(times) / len(times) * 1e6
            print(f"prompts of {size:6} characters, {kind:11}: p50 {p50:6.0f} us", end="  ")
            print(f"p99 {p99:6.0f} us  mean {mean:6.0f} us  (n {len(cuts)}, {found} with findings)")


def clean(detector: StructuredDetector, corpus: Sequence[str]) -> None:
    """Print the throughput on text in which nothing is found."""
    texts = [text for text in corpus if text and not detector.detect(text)]
    for kind, chosen in (("plain ASCII", [t for t in texts if t.isascii()]), ("as written", texts)):
        whole = "\n\n".join(chosen)[:CLEAN_BYTES]
        size = len(whole.encode())
        seconds = spent(lambda whole=whole: detector.detect(whole))
        print(f"clean text, {kind:11}: {size / seconds / 1e6:.1f} MB/s of CPU ({size / 1e6:.1f} MB at once)")


def only_ascii(text: str) -> str:
    """Return *text* without what is not ASCII."""
    return text.encode("ascii", "ignore").decode()


def hostile_units() -> Iterator[tuple[str, str]]:
    """Yield small texts that, repeated, are hard for some pattern."""
    for unit in ("a", "1", " ", "@", ".", "-", "=", "%", "&", "\\", "+1", "1.", "1 ", "a@", "a.", "::", "0:"):
        yield repr(unit), unit
    for unit in ("key=", "://", "%41", "&#65;", "\\u0041", "=41", "QUFB", "deadbeef", "Bearer ", "a b c d "):
        yield repr(unit), unit
    yield "PEM headers", "-" * 5 + "BEGIN RSA " + "PRIVATE" + " KEY" + "-" * 5 + "\n"
    yield "zero-width", "4\u200b"
    yield "combining", "e\u0301"
    yield "tags", "a\U000e0041"
    yield "emoji", "\U0001f469\u200d\U0001f467"
    yield "Cyrillic", "паспорт 12 "
    for spec in structured_specs():
        probe = spec.rule.probe
        yield f"{spec.rule.id} probe", f"{probe} "
        yield f"{spec.rule.id} probe, last character changed", f"{probe.strip()[:-1]}~ "
        yield f"{spec.rule.id} first half", probe[: len(probe) // 2]
        for word in (*spec.words, *(spec.near.words if spec.near is not None else ())):
            yield f"{spec.rule.id} word {word}", word
            yield f"{spec.rule.id} word {word} and digits", f"{word} 123456789 "


def hostile(detector: StructuredDetector, worst: int) -> None:
    """Print the slowest hostile texts."""
    units = {unit: name for name, unit in hostile_units()}
    seconds: list[tuple[float, str]] = []
    # The slowest of a short round are worth a megabyte each.
    for unit, name in units.items():
        text = unit * (HOSTILE_BYTES // 16 // max(1, len(unit)))
        seconds.append((spent(lambda text=text: detector.detect(text), 1), name))
    named = {name: unit for unit, name in units.items()}
    seconds.sort(reverse=True)
    full = []
    for _, name in seconds[:worst]:
        text = named[name] * (HOSTILE_BYTES // len(named[name]))
        full.append((spent(lambda text=text: detector.detect(text), 1), name))
    everything = "".join(units)
    repeated = (everything * (HOSTILE_BYTES // len(everything) + 1))[:HOSTILE_BYTES]
    full.append((spent(lambda: detector.detect(repeated), 1), "all of them after each other"))
    full.sort(reverse=True)
    for second, name in full[:12]:
        print(f"hostile megabyte: {second:6.2f} s  {name}")
    print(f"hostile: {len(units)} texts tried, the slowest megabyte {full[0][0]:.2f} s")


def texts_of(path: Path | None) -> list[str]:
    """Return the texts to measure on."""
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        return [row["text"] for row in rows if not row.get("label")]
    # Less the tables of patterns: they are made of nothing but what wakes them.
    code = [file for file in sorted((ROOT / "src").rglob("*.py")) if "detectors" not in file.parts]
    files = [*sorted((ROOT / "docs").rglob("*.md")), *code, ROOT / "README.md"]
    return [part for file in files for part in file.read_text("utf-8").split("\n\n\n")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=None, help="lines of JSON with a text each")
    parser.add_argument("--only", default=",".join(PARTS), help="which parts, separated by commas")
    parser.add_argument("--worst", type=int, default=25, help="how many hostile texts to try at full length")
    options = parser.parse_args()
    chosen = options.only.split(",")
    if "start" in chosen:
        start()
    detector = StructuredDetector(structured_specs())
    detector.compile()
    corpus = texts_of(options.data)
    if "prompts" in chosen:
        prompts(detector, corpus)
    if "clean" in chosen:
        clean(detector, corpus)
    if "hostile" in chosen:
        hostile(detector, options.worst)


if __name__ == "__main__":
    main()
