"""What the structured detectors cost and how well they see through disguises.

    python bench/patterns.py [--data TEXTS.jsonl] [--only start,prompts,clean,hostile,evasion] [--worst N]

Times are CPU times of one thread, normalization included, the best of a few rounds for each text: what the
code costs, not what the machine was doing besides. Texts are cut from this repository's own pages and code,
or from the "text" fields of a file. ``hostile`` builds a megabyte of what each pattern likes least.
``evasion`` writes the probe of every rule in twelve disguises and compares what is found with the plain one.
"""

from __future__ import annotations

import argparse
import base64
import codecs
import gzip
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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


def spread(char: str) -> Callable[[str], str]:
    """Return the disguise that puts *char* between any two characters."""
    return char.join


def swapped(likes: Mapping[str, str]) -> Callable[[str], str]:
    """Return the disguise that writes look-alikes where there are any."""
    return lambda value: "".join(likes.get(char, char) for char in value)


def shifted(letters: str, first: int) -> dict[str, str]:
    """Return the characters from *first* on for *letters*."""
    return {letter: chr(first + place) for place, letter in enumerate(letters)}


def sentence(value: str) -> bytes:
    """Return *value*, in a sentence if it is too short for anybody to encode alone."""
    return (value if len(value) >= 12 else f"here it is: {value} ").encode()


SMALL, LARGE, DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
CYRILLIC = dict(
    zip("acekopxijs", map(chr, (1072, 1089, 1077, 1082, 1086, 1088, 1093, 1110, 1112, 1109)), strict=True)
)
CYRILLIC |= dict(
    zip(
        "ABCEHKMOPTX",
        map(chr, (1040, 1042, 1057, 1045, 1053, 1050, 1052, 1054, 1056, 1058, 1061)),
        strict=True,
    )
)
DISGUISES: dict[str, Callable[[str], str]] = {
    "full-width": lambda value: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value),
    "zero-width space": spread("\u200b"),
    "soft hyphen": spread("\u00ad"),
    "bidi controls": lambda value: "\u202a" + spread("\u202c\u202a")(value) + "\u202c",
    "tag characters": spread("\U000e0041"),
    "variation selectors": lambda value: "".join(char + "\ufe0f" for char in value),
    "combining marks": lambda value: "".join(char + "\u0336" for char in value),
    "look-alike letters": swapped(CYRILLIC),
    "mathematical": swapped(shifted(LARGE + SMALL, 0x1D400) | shifted(DIGITS, 0x1D7CE)),
    "digits of another script": swapped(shifted(DIGITS, 0x0660)),
    "spaces and dashes": swapped({" ": "\u2009", "-": "\u2011", ".": "\u2024", "/": "\u2215", "@": "\uff20"}),
    "spelled out": " ".join,
}
ENCODINGS: dict[str, Callable[[str], str]] = {
    "base64": lambda value: base64.b64encode(sentence(value)).decode(),
    "base32": lambda value: base64.b32encode(sentence(value)).decode(),
    "hexadecimal": lambda value: sentence(value).hex(),
    "URL": lambda value: "".join(f"%{byte:02X}" for byte in value.encode()),
    "HTML": lambda value: "".join(f"&#{ord(char)};" for char in value),
    "JSON in JSON": lambda value: "".join(f"\\\\u{ord(char):04x}" for char in value),
    "quoted-printable": lambda value: "".join(f"={byte:02X}" for byte in value.encode()),
    "gzip, base64": lambda value: base64.b64encode(gzip.compress(sentence(value), mtime=0)).decode(),
    "rot13": lambda value: codecs.encode(value, "rot13"),
}


def evasion(detector: StructuredDetector) -> None:
    """Print how much of what is found plain is found in disguise, and in an encoding."""
    plain: list[tuple[str, str, str, str]] = []
    for rule in detector.rules:
        for finding in detector.detect(rule.probe):
            if finding.rule.id == rule.id:
                start, end = finding.span
                plain.append((rule.id, rule.probe[:start], rule.probe[start:end], rule.probe[end:]))
                break
    for kind, ways in (("disguise", DISGUISES), ("encoding", ENCODINGS)):
        total = 0
        for name, disguise in ways.items():
            missed = [
                rule
                for rule, before, value, after in plain
                if not found_within(detector, rule, before, disguise(value), after)
            ]
            total += len(missed)
            shown = ", ".join(missed[:4]) + (", ..." if len(missed) > 4 else "")
            print(f"{kind}: {name:26} {1 - len(missed) / len(plain):7.1%} of {len(plain)}  {shown}")
        print(f"{kind}: all {len(ways)} together{'':12} {1 - total / len(plain) / len(ways):7.1%}")


def found_within(detector: StructuredDetector, rule: str, before: str, value: str, after: str) -> bool:
    """Say whether *rule*, or another on the same characters, claims most of *value* where it stands."""
    start, end = len(before), len(before) + len(value)
    claims = [f.span for f in detector.detect(before + value + after) if rule.partition(".")[0] in f.rule.id]
    return any(min(end, claim.end) - max(start, claim.start) > len(value) // 2 for claim in claims)


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
    if "prompts" in chosen:
        prompts(detector, texts_of(options.data))
    if "clean" in chosen:
        clean(detector, texts_of(options.data))
    if "hostile" in chosen:
        hostile(detector, options.worst)
    if "evasion" in chosen:
        evasion(detector)


if __name__ == "__main__":
    main()
