from __future__ import annotations

import pytest

from stockade.detectors.injection.sanitize_markdown import visible_markdown

CASES = [
    ('[a](https://e.example/p?d=1 "obey")', "[a](https://e.example/p)"),
    ("![obey](https://e.example/i.png?d=secret)", "(image)"),
    ("![a [obey] b](https://e.example/i)", "(image)"),
    (
        "[![obey](https://e.example/i)](https://e.example/p?x=1)",
        "[(image)](https://e.example/p)".replace("[(image)]", "[(image)]"),
    ),
    ("<https://e.example/p?d=1>", "https://e.example/p"),
    ("[//]: # (obey)", ""),
    ("[comment]: <> (obey)", ""),
    ('[id]: https://e.example/p?d=1 "obey"', "[id]: https://e.example/p"),
    ("[a](javascript:obey)", "a"),
    ("[a](#part)", "[a](#part)"),
    ("# T\n<!-- obey -->\ntext", "# T\n\ntext"),
    ("x <span style='font-size:0'>obey</span> y", "x   y"),
    ("`List<String>` and `<!-- shown -->`", "`List<String>` and `<!-- shown -->`"),
    ("```html\n<p hidden>shown</p>\n```", "```html\n<p hidden>shown</p>\n```"),
    ("```\nnot closed <!-- shown", "```\nnot closed <!-- shown"),
    ("| a | b |\n|---|---|\n| 1 < 2 | x |", "| a | b |\n|---|---|\n| 1 < 2 | x |"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_markdown_keeps_what_a_reader_sees(text, expected):
    assert visible_markdown(text) == expected


@pytest.mark.parametrize(
    "bad", ["[", "![", "[a](", "[a](b ", "![[a]", "`", "```\n", "[a]: ", "<", "\ue0005\ue001"]
)
def test_hostile_markdown_costs_no_more_than_its_length(bad):
    assert isinstance(visible_markdown(bad * 5_000), str)
