from __future__ import annotations

import pytest

from stockade.cli.output import exit_code_for, one_line, printable
from stockade.core import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ConfigError("x"), 2),
        (errors.InputError("x"), 2),
        (errors.CheckError("x"), 3),
        (errors.StoreError("x"), 3),
        (errors.SecretError("x"), 3),
        (errors.TamperedError("x", sequence=1), 3),
    ],
)
def test_each_error_has_its_exit_code(error, code):
    assert exit_code_for(error) == code


def test_an_error_is_one_line_whatever_is_in_it():
    line = one_line(errors.InputError("a\nb\x1b[31m\u202e", hint="do\nthis"))
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\u202e" not in line


def test_printable_keeps_letters_of_every_script():
    assert printable("Zoë 日本 עברית 😀\n\t") == "Zoë 日本 עברית 😀\n\t"
