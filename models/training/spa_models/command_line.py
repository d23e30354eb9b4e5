"""A package whose modules are commands: each has `add_arguments(parser)`, `run(options)` and a first line of docstring that is its help."""

from __future__ import annotations

import argparse
import importlib

from .usage_error import UsageError


def run_command(package: str, names: tuple[str, ...], description: str | None) -> None:
    """Runs the module of `package` that the command line names. A UsageError ends the program with its message alone."""
    parser = argparse.ArgumentParser(prog=f"python -m {package}", description=description)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in names:
        module = importlib.import_module(f".{name}", package)
        command = commands.add_parser(name, help=(module.__doc__ or "").splitlines()[0])
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args()
    try:
        options.run(options)
    except UsageError as error:
        raise SystemExit(f"error: {error}") from None
