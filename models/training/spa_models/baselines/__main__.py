"""python -m spa_models.baselines train | table | curve"""

from __future__ import annotations

import argparse
import importlib

from ..data.dataset_error import DatasetError
from ..published.recognise import CheckpointError
from .table import TableError

COMMANDS = ("train", "table", "curve")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m spa_models.baselines", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f".{name}", __package__)
        command = commands.add_parser(name, help=(module.__doc__ or "").splitlines()[0])
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    options = parser.parse_args()
    try:
        options.run(options)
    except (CheckpointError, DatasetError, TableError) as error:
        raise SystemExit(f"error: {error}") from None


if __name__ == "__main__":
    main()
