"""Entry point of the command ``directives``: assembles, and knows nothing else."""

import sys
from typing import Any

from console.main import run_main


async def _work(*args: Any) -> None:  # noqa: ANN401 - as worker.run has them
    from worker import run  # noqa: PLC0415 - of all commands only `up` needs what the worker loads

    await run(*args)


def main() -> None:
    """Run the command that was typed and end the process."""
    run_main(sys.argv[1:], _work)


if __name__ == "__main__":
    main()
