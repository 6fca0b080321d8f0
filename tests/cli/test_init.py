from __future__ import annotations

import pytest

from stockade.cli import SUBCOMMANDS


@pytest.mark.parametrize("name", sorted(SUBCOMMANDS))
def test_every_command_has_help_that_says_what_it_does(run, name):
    ran = run(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: ")


def test_an_unknown_command_is_a_usage_error(run):
    ran = run("explode")
    assert ran.code == 2
    assert "No such command" in ran.err


def test_the_version_is_told(run):
    from stockade import __version__

    assert __version__ in run("--version").out


def test_verbose_adds_the_trace(run, tmp_path):
    assert "Traceback" in run("--verbose", "screen", str(tmp_path / "missing")).err
    assert "Traceback" not in run("screen", str(tmp_path / "missing")).err
