"""The command line: one file per subcommand, loaded only when it is called.

Every command prints its result on standard output and one line per error on standard error: what, where,
and what to do. Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 could not check.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import click

from stockade.cli.output import exit_code_for, one_line
from stockade.core.errors import StockadeError

# name -> module; the module holds a click command called ``command``.
SUBCOMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "anonymize": "stockade.cli.anonymize",
        "audit": "stockade.cli.audit",
        "demo": "stockade.cli.demo",
        "keys": "stockade.cli.keys",
        "local": "stockade.cli.local",
        "policy": "stockade.cli.policy",
        "restore": "stockade.cli.restore",
        "rotation": "stockade.cli.rotation",
        "rules": "stockade.cli.rules",
        "scan": "stockade.cli.scan",
        "screen": "stockade.cli.screen",
        "secrets": "stockade.cli.secrets",
        "serve": "stockade.cli.serve",
    }
)


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is asked for it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, sorted."""
        del ctx
        return sorted(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or ``None`` if there is no such."""
        del ctx
        module = SUBCOMMANDS.get(cmd_name)
        if module is None:
            return None
        command = importlib.import_module(module).command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stockade", prog_name="stockade")
@click.option("--verbose", is_flag=True, help="Print the trace of an error, too.")
@click.pass_context
def cli(ctx: click.Context, *, verbose: bool) -> None:
    """Use large language models safely: screen, pseudonymize, restore, record."""
    ctx.obj = {"verbose": verbose}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the contract's code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = cli.main(args=argv, standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except StockadeError as error:
        click.echo(one_line(error), err=True)
        if "--verbose" in argv:
            traceback.print_exc()
        sys.exit(exit_code_for(error))
    except BrokenPipeError:
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)
