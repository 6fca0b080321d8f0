"""Lines that look like personal data and are none, made by rule: always the same, as many as are asked for.

Each maker writes what a kind of text is full of: numbers of things, hashes, versions, times, code, tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator


class Dice:
    """The same numbers on every platform and in every version of the language."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, bound: int) -> int:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % bound

    def one(self, *options: str) -> str:
        return options[self.below(len(options))]

    def digits(self, count: int) -> str:
        return "".join(str(self.below(10)) for _ in range(count))

    def hex(self, count: int) -> str:
        return "".join("0123456789abcdef"[self.below(16)] for _ in range(count))

    def word(self) -> str:
        return self.one(
            *"alpha bravo cargo delta ember fjord grove hazel inlet jade krill lotus maple nova".split()
        )


def order(d: Dice) -> str:
    return d.one(
        f"Order {d.digits(3)}-{d.digits(7)}-{d.digits(7)} was dispatched",
        f"order number: {d.digits(10)}",
        f"Bestellnummer {d.digits(8)}, Position {d.digits(2)}",
        f"commande n° {d.digits(9)} expédiée",
        f"pedido {d.digits(10)}, línea {d.digits(2)}",
        f"订单号 {d.digits(16)}",
        f"注文番号 {d.digits(3)}-{d.digits(7)}-{d.digits(7)}",
    )


def invoice(d: Dice) -> str:
    return d.one(
        f"INV-{2015 + d.below(12)}-{d.digits(6)}: {d.digits(3)},{d.digits(3)}.{d.digits(2)} due",
        f"invoice {d.digits(8)} paid",
        f"Rechnung {d.digits(6)}/{2015 + d.below(12)}",
        f"PO {d.digits(10)} line {d.digits(2)} qty {d.digits(4)}",
    )


def parcel(d: Dice) -> str:
    return d.one(
        f"tracking number {d.digits(12)} in transit",
        f"shipment {d.digits(20)} left the depot",
        f"container {d.one('MSCU', 'MAEU', 'TGHU')}{d.digits(7)} on board",
    )


def product(d: Dice) -> str:
    return d.one(
        f"SKU {d.digits(12)} {d.word()} x{1 + d.below(9)}",
        f"part no {d.digits(4)}-{d.digits(5)} rev {d.one('A', 'B', 'C')}",
        f"EAN {d.digits(13)}",
        f"ISBN 978-{d.digits(1)}-{d.digits(4)}-{d.digits(4)}-{d.digits(1)}",
        f"model {d.one('XK', 'TX', 'WH')}-{d.digits(4)}{d.one('X', 'B', 'Pro')}",
    )


def commit(d: Dice) -> str:
    return d.one(
        f"commit {d.hex(40)}",
        f"{d.hex(7)}..{d.hex(7)}  {d.word()} -> {d.word()}",
        f"index {d.hex(11)}..{d.hex(11)} 100644",
        f"* {d.hex(9)} (HEAD -> main) Fix the {d.word()} of {d.word()}",
    )


def digest(d: Dice) -> str:
    return d.one(
        f"md5 {d.hex(32)}", f"sha256:{d.hex(64)}", f"{d.hex(40)}  {d.word()}.tar.gz", f'etag W/"{d.hex(16)}"'
    )


def uuid(d: Dice) -> str:
    made = f"{d.hex(8)}-{d.hex(4)}-4{d.hex(3)}-a{d.hex(3)}-{d.hex(12)}"
    return d.one(
        f"request {made} took {d.digits(3)} ms", f'{{"trace": "{made}"}}', f"/v1/things/{made}/parts", made
    )


def version(d: Dice) -> str:
    return d.one(
        f"{d.word()} {d.below(20)}.{d.below(30)}.{d.below(99)}-rc.{d.below(9)}",
        f"version {d.below(20)}.{d.below(30)}.{d.below(9999)}.{d.below(9999)}",
        f"{d.word()}=={d.below(9)}.{d.below(30)}.{d.below(30)}",
        f"build {d.digits(7)} of release {2015 + d.below(12)}.{1 + d.below(12)}",
    )


def stamp(d: Dice) -> str:
    return (
        f"{2015 + d.below(12)}-{1 + d.below(12):02}-{1 + d.below(28):02}"
        f"T{d.below(24):02}:{d.below(60):02}:{d.below(60):02}.{d.digits(3)}Z"
    )


def clock(d: Dice) -> str:
    return f"{d.below(24):02}:{d.below(60):02}:{d.below(60):02}"


def time(d: Dice) -> str:
    return d.one(
        stamp(d),
        f"ts={1500000000 + d.below(200000000)}",
        f"ts={1500000000 + d.below(200000000)}.{d.digits(6)}",
        f"took {d.below(60)}m{d.below(60)}.{d.digits(3)}s",
        f"{clock(d)},{d.digits(3)} --> {clock(d)},{d.digits(3)}",
    )


def log(d: Dice) -> str:
    return d.one(
        f"{stamp(d)} INFO {d.word()}[{d.digits(5)}]: {d.digits(4)} items in {d.digits(3)} ms",
        f"[{d.digits(5)}.{d.digits(6)}] {d.word()}: {d.hex(8)} {d.hex(8)} {d.hex(8)}",
        f'level=warn seq={d.digits(9)} shard={d.digits(2)} lag={d.digits(6)} msg="{d.word()} is late"',
        f"goroutine {d.digits(5)} [running]: main.{d.word()}(0x{d.hex(12)}, 0x{d.hex(2)})",
        f"GC pause {d.digits(2)}.{d.digits(3)} ms, heap {d.digits(7)}K->{d.digits(6)}K({d.digits(8)}K)",
    )


def dump(d: Dice) -> str:
    return d.one(
        f"{d.digits(8)}  " + " ".join(d.hex(2) for _ in range(16)),
        f"{d.hex(8)}: " + " ".join(d.hex(4) for _ in range(8)),
        f"0x{d.hex(16)}: " + " ".join(f"0x{d.hex(8)}" for _ in range(4)),
    )


def code(d: Dice) -> str:
    return d.one(
        f"x{d.below(9)} = [{', '.join(d.digits(6) for _ in range(5))}]",
        f"if (n > {d.digits(5)}) return {d.digits(3)} + 0x{d.hex(6)};",
        f"const {d.word().upper()}_MAX = {d.digits(8)}; // {d.digits(3)}",
        f"SELECT {d.word()} FROM t WHERE id = {d.digits(6)} LIMIT {d.digits(3)};",
        f"arr[{d.digits(3)}:{d.digits(4)}] += w[{d.digits(2)}] * 0.{d.digits(8)}",
        f"#define {d.word().upper()} 0x{d.hex(8)}UL",
        f"{{{d.word()}: {d.digits(5)}, {d.word()}: 0.{d.digits(5)}, n: {d.digits(7)}}}",
    )


def table(d: Dice) -> str:
    return d.one(
        "\t".join(f"{d.below(1000)}.{d.digits(3)}" for _ in range(7)),
        " | ".join(d.digits(5) for _ in range(6)),
        ",".join(str(d.below(100000)) for _ in range(8)),
        f"{d.word():10}{d.below(10000):8}{d.below(10000):8}{d.below(100)}.{d.digits(2)} %",
    )


def money(d: Dice) -> str:
    return d.one(
        f"EUR {d.digits(1)}.{d.digits(3)}.{d.digits(3)},{d.digits(2)}",
        f"$ {d.digits(2)},{d.digits(3)},{d.digits(3)}.{d.digits(2)} in total",
        f"{d.digits(3)} {d.digits(3)},{d.digits(2)} kr, {d.digits(2)} % rabatt",
        f"1 GBP = {d.below(3)}.{d.digits(5)} USD",
    )


def measure(d: Dice) -> str:
    return d.one(
        f"{d.digits(4)} x {d.digits(4)} px, {d.digits(2)}.{d.digits(1)} fps",
        f"{d.digits(2)}.{d.digits(4)}, {d.digits(2)}.{d.digits(4)}, {d.digits(3)} m",
        f"p50 {d.digits(2)} us, p99 {d.digits(3)} us, n = {d.digits(6)}",
        f"glucose {d.digits(2)} mg/dl, sodium {d.digits(3)} mmol/l, {d.digits(4)} leucocytes",
        f"{d.digits(1)}.{d.digits(6)}e-{d.digits(1)} +/- 0.{d.digits(6)}",
    )


def prose(d: Dice) -> str:
    return d.one(
        f"In {1900 + d.below(125)} the {d.word()} had {d.digits(5)} members and {d.digits(3)} boats.",
        f"Siehe Seite {d.digits(3)} und Abschnitt {d.digits(1)}.{d.digits(1)}.{d.digits(1)}.",
        f"Le lot de {d.digits(4)} pièces pèse {d.digits(3)},{d.digits(1)} kg.",
        f"El {d.word()} creció un {d.digits(2)} % entre {1900 + d.below(60)} y {1960 + d.below(60)}.",
        f"Nel {1900 + d.below(125)} costava {d.digits(4)} lire.",
        f"W {1900 + d.below(125)} roku było ich {d.digits(5)}.",
        f"В {1900 + d.below(125)} году их было {d.digits(5)}.",
        f"{1900 + d.below(125)}年に{d.digits(4)}台が作られた。",
        f"{1900 + d.below(125)}년에 {d.digits(4)}대가 팔렸다.",
    )


def place(d: Dice) -> str:
    return d.one(
        f"Genesis {d.digits(2)}:{d.digits(2)}-{d.digits(2)}",
        f"chr{1 + d.below(22)}:{d.digits(8)}-{d.digits(8)}",
        f"row {d.digits(4)}, column {d.digits(2)}, offset {d.digits(7)}",
        f"{d.word()}.py:{d.digits(3)}:{d.digits(2)}: E{d.digits(3)} line too long ({d.digits(3)} > 110)",
        f"@@ -{d.digits(3)},{d.digits(2)} +{d.digits(3)},{d.digits(2)} @@ def {d.word()}():",
    )


def system(d: Dice) -> str:
    return d.one(
        f"pid {d.digits(5)} uid {d.digits(4)} rss {d.digits(8)}",
        f"-rw-r--r-- 1 root root {d.digits(8)} May {1 + d.below(28):2} {clock(d)} {d.word()}-{d.digits(6)}",
        f"/dev/nvme0n1p{d.below(9)} {d.digits(9)} {d.digits(8)} {d.digits(8)} {d.digits(2)}% /{d.word()}",
        f"{d.word()}-{d.hex(10)}-{d.word()[:5]} 1/1 Running {d.digits(2)} {d.digits(2)}d",
        f"cpu{d.below(64)} {d.digits(8)} {d.digits(5)} {d.digits(7)} {d.digits(9)} {d.digits(4)} 0",
    )


MAKERS: tuple[Callable[[Dice], str], ...] = (
    order, invoice, parcel, product, commit, digest, uuid, version, time, log,
    dump, code, table, money, measure, prose, place, system,
)  # fmt: skip


def lines(each: int) -> Iterator[str]:
    """Yield so many lines of every kind."""
    for number, make in enumerate(MAKERS):
        dice = Dice(20240501 + number)
        for _ in range(each):
            yield make(dice)
