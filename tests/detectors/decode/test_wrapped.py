from __future__ import annotations

import base64
import time

from hypothesis import given
from hypothesis import strategies as st

from stockade.detectors.decode.wrapped import LINE, wrapped
from stockade.detectors.engine.matching import compile_pattern

LINES = compile_pattern(LINE)
RUN = base64.encodebytes(bytes(range(150))).decode()


def runs(text: str) -> list[tuple[str, bool]]:
    data = text.encode()
    return [(data[begin:end].decode(), final) for begin, end, final in wrapped(data, 0, LINES)]


def test_a_run_of_several_lines_is_one():
    assert runs(f"see\n{RUN}\nthat was it") == [(RUN.rstrip(), True)]


def test_lines_may_be_quoted_or_indented_and_end_as_mail_does():
    quoted = RUN.replace("\n", "\r\n> ")
    assert runs(f"see\n> {quoted}\n\nthat was it") == [(quoted.rstrip("> \r\n"), True)]


def test_a_run_that_may_go_on_is_not_final():
    assert runs(f"see\n{RUN[:90]}") == [(RUN[:90], False)]
    assert runs(RUN[:77]) == [(RUN[:77], False)]
    assert runs(RUN[:77] + "  ") == [(RUN[:77] + "  ", False)]


def test_a_blank_line_ends_a_run():
    line = RUN[:77]
    assert runs(f"{line}\nword") == [(line, True)]


def test_ordinary_lines_are_no_run():
    assert runs("The cat sat on the mat, as cats do on every mat.\nAnd so on.\n") == []


@given(
    st.lists(st.sampled_from([RUN[:76], RUN[:20], "\n", "\r\n", " ", "> ", "=", "word", "."]), max_size=16)
)
def test_what_is_final_does_not_change_with_what_follows(pieces):
    text = "".join(pieces)
    for cut in range(0, len(text), 7):
        for before, after in zip(
            wrapped(text[:cut].encode(), 0, LINES), wrapped(text.encode(), 0, LINES), strict=False
        ):
            assert before[0] == after[0]
            assert not before[2] or before == after


def test_finding_runs_takes_linear_time():
    def seconds(times: int) -> float:
        data = (RUN[:76] * times + "\n" + (RUN[:76] + "\n\n") * times).encode()
        begun = time.process_time()
        list(wrapped(data, 0, LINES))
        return time.process_time() - begun

    seconds(100)
    assert min(seconds(8_000) for _ in range(2)) < 4 * 2.6 * max(min(seconds(2_000) for _ in range(3)), 0.002)
