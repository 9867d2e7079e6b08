"""The one program. Results go to standard output, messages to standard error.

Exit 0: done. Exit 1: what was checked does not hold, or rows were refused. Exit 2: bad usage.
"""

import sys

import asyncpg
import click

from coop import __version__
from coop.kernel.refusal import Refused, Unusable

_COMMANDS = {
    "serve": ("coop.cli.serving", "serve", "Serve pages and the desk's entries."),
    "demo": ("coop.cli.serving", "demo", "Serve with invented, lived-in data."),
    "migrate": ("coop.cli.serving", "migrate", "Bring the database up to date."),
    "doctor": ("coop.cli.serving", "doctor", "Say what this machine lacks."),
    "import": ("coop.cli.importing", "import_file", "Read a list that somebody exported."),
    "members": ("coop.cli.checking", "members", "Questions about members."),
    "schooling": ("coop.cli.schooling", "schooling", "Children's school places, by consent."),
    "safeguarding": ("coop.cli.safeguarding", "safeguarding", "Erase old words of cases."),
    "receipt": ("coop.cli.receipts", "receipt", "List and verify receipts."),
    "key": ("coop.cli.keys", "key", "The agency's root and the signing keys."),
    "log": ("coop.cli.logs", "log", "Prove the public log; witness it."),
    "token": ("coop.cli.logs", "token", "Give and revoke witnesses' tokens."),
    "ledger": ("coop.cli.checking", "ledger", "Prove the books."),
    "schemes": ("coop.cli.schemes", "schemes", "What the State owes a household."),
    "device": ("coop.cli.people", "device", "Enrol and revoke desk devices."),
    "user": ("coop.cli.people", "user", "Add people who sign in."),
}


class _Late(click.Group):
    """Loads a command's module when it is called: `coop receipt verify` needs no web server."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from importlib import import_module

        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in _COMMANDS.items()])


@click.group(cls=_Late, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def coop() -> None:
    """Abhrak: the system a cooperative of dhibra pickers runs on."""


def main() -> None:
    """Run a command; what cannot be used is told in a line, never by a traceback."""
    try:
        sys.exit(coop.main(prog_name="coop", standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show(sys.stderr)
        sys.exit(2)
    except Unusable as wrong:
        click.echo(f"coop: {wrong}", err=True)
        sys.exit(2)
    except Refused as refused:
        for refusal in refused.refusals:
            click.echo(f"coop: {refusal.code}: {refusal.message}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except asyncpg.IntegrityConstraintViolationError:
        click.echo("coop: somebody else wrote the same at this moment; run it again", err=True)
        sys.exit(2)
    except (asyncpg.PostgresError, ConnectionError) as wrong:
        click.echo(
            f"coop: the database answered: {type(wrong).__name__}; see: coop doctor", err=True
        )
        sys.exit(2)
