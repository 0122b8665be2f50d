"""What the fault tests share: a stack that may be killed, and the settling of accounts."""

from collections.abc import AsyncIterator

import pytest

from tests.acceptance.faults.stack import Stack, running_stack


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Servers of these tests' own: every test leaves them running, whatever it did to them."""
    async with running_stack(tmp_path_factory.mktemp("faults")) as stack:
        yield stack
