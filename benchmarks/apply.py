"""A calendar for thousands of open directives. Run by hand: ``python benchmarks/apply.py [--directives N] [--rate N]``.

An embedded stack in a folder of its own; that many directives of two units are issued, each with a deadline by working
days. Then a calendar with one more day off is tried on all (what-if), told to all (apply), and told again, which has
nothing left to do. ``worker_mb``: of ``directives up``, which decides; ``what_if_mb``, ``apply_mb``: of the command
that was typed. Absolute figures mean nothing on a shared machine.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from typing import Any

from console.call import Call
from console.command_ids import new_command_id
from console.submitting import exchange
from console.temporal import Line
from domain.base import local
from domain.calendar import Calendar
from domain.directive import Directive
from domain.document import stream_of

DIRECTIVES = Path(sysconfig.get_path("scripts")) / "directives"
UNITS = ("unit-1", "unit-2")
ISSUER = "office"
AT_ONCE = 8
WORKING_DAYS = 20
MEGABYTE = 1024


def directive(number: int, today: date) -> Directive:
    """One obligation, two units, due after ``WORKING_DAYS``."""
    content = {
        "document": {
            "issuer": ISSUER,
            "organ_name": "Ủy ban nhân dân",
            "code_number": str(number),
            "code_notation": "UBND-NC",
            "type_name": "công văn",
            "subject": "tăng cường kiểm tra",
            "issued_date": today.isoformat(),
            "signer": {"position": "CHỦ TỊCH", "full_name": "Signer"},
        },
        "obligations": [
            {
                "item": "1",
                "text": "Tổ chức thực hiện.",
                "mode": "each",
                "lead": list(UNITS),
                "deadline": {"kind": "after", "count": WORKING_DAYS, "days": "working", "start": "issue"},
            }
        ],
        "directory": {
            "version": "1",
            "sha256": "0" * 64,
            "units": [{"id": name, "name": name} for name in (ISSUER, *UNITS)],
        },
    }
    return Directive.model_validate(content, strict=False)


def one_more_day_off(today: date) -> dict[str, Any]:
    """A calendar in which the next working day but one is off for everybody."""
    day = Calendar().plus(today, 2).isoformat()
    announced = {"day": day, "works": "off", "reason_vi": "bão", "reason_en": "storm", "source": "1/TB"}
    return {"id": "benchmark", "version": "2", "days": [announced]}


@contextmanager
def up(folder: Path) -> Iterator[int]:
    """The embedded stack; the process id of the worker."""
    with (folder / "up.err").open("w") as complaints, (folder / "up.out").open("w+") as said:
        argv = (str(DIRECTIVES), "up", "--data", str(folder / "data"), "--json")
        process = subprocess.Popen(argv, stdout=said, stderr=complaints)  # noqa: S603 - our own command
        try:
            while not (folder / "up.out").read_text().rstrip().endswith("}"):
                if process.poll() is not None:
                    raise SystemExit((folder / "up.err").read_text())
                time.sleep(0.1)
            yield process.pid
        finally:
            process.send_signal(SIGTERM)
            process.wait()


async def issue_all(call: Call, count: int, today: date) -> None:
    """Some at once."""
    line, numbers = Line(call), iter(range(10, 10 + count))

    async def carry() -> None:
        for number in numbers:
            content = directive(number, today)
            command = {
                "type": "issue",
                "command_id": new_command_id(),
                "actor": {"person": "clerk", "role": "clerk", "unit": ISSUER},
                "directive": content.model_dump(mode="json"),
            }
            outcome = await exchange(line, stream_of(content.document), command, start=command)
            if outcome["outcome"] != "done":
                raise SystemExit(f"not issued: {outcome}")

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(carry())


def typed(folder: Path, *argv: str) -> tuple[Any, float, int]:
    """What a command said, how many seconds it took, and its largest size in MB."""
    begun = time.perf_counter()
    with (folder / "said.json").open("w") as said:
        argv = (str(DIRECTIVES), *argv, "--data", str(folder / "data"), "--json")
        process = subprocess.Popen(argv, stdout=said)  # noqa: S603 - our own command
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{argv}: {status}")
    took = time.perf_counter() - begun
    return json.loads((folder / "said.json").read_text()), took, usage.ru_maxrss // MEGABYTE


def resident(pid: int) -> int:
    """MB of a process that are in memory."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) // MEGABYTE


def measured(folder: Path, count: int, rate: int) -> dict[str, Any]:
    """Seconds, rates and sizes."""
    today = local(datetime.now(UTC)).date() - timedelta(days=1)
    file = folder / "calendar.json"
    file.write_text(json.dumps(one_more_day_off(today)), encoding="utf-8")
    with up(folder) as worker:
        sizes = {"started": resident(worker)}
        begun = time.perf_counter()
        asyncio.run(issue_all(Call(language="en", work=_no_worker, data=folder / "data"), count, today))
        issuing = time.perf_counter() - begun
        sizes["issued"] = resident(worker)
        foretold, looking, looker = typed(folder, "calendar", "what-if", str(file))
        argv = ("calendar", "apply", str(file), "--document", "1/TB", "--document-date", today.isoformat())
        applied, applying, applier = typed(folder, *argv, "--rate", str(rate))
        sizes["applied"] = resident(worker)
        again, repeating, _ = typed(folder, *argv)
    return {
        "directives": count,
        "issued_per_second": round(count / issuing, 1),
        "what_if_seconds": round(looking, 1),
        "what_if_mb": looker,
        "would_move": len(foretold["moved"]),
        "apply_seconds": round(applying, 1),
        "applied_per_second": round(count / applying, 1),
        "apply_mb": applier,
        "moved": applied["deadlines"],
        "again_seconds": round(repeating, 1),
        "answered_earlier": again["earlier"],
        "worker_mb": sizes,
    }


async def _no_worker(*_: object) -> None:
    """The stack has one of its own."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A calendar for thousands of open directives.")
    parser.add_argument("--directives", type=int, default=5_000)
    parser.add_argument("--rate", type=int, default=1_000, help="as of apply --rate")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="apply-") as folder:
        print(json.dumps(measured(Path(folder), given.directives, given.rate), indent=2))


if __name__ == "__main__":
    main()
