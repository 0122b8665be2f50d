"""How the worker reads payloads: plain JSON through pydantic, and what has no declared type not at all."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from temporalio.contrib.pydantic import PydanticPayloadConverter, pydantic_data_converter
from temporalio.converter import DataConverter


class RawByDefault(PydanticPayloadConverter):
    """An argument that nobody declared a type for stays raw.

    The SDK drops the declared types when their number differs from the payloads'. Decoding such a start, or one
    that is no JSON, would fail the workflow task again and again instead of failing the run with a reason.
    """

    def from_payloads(self, payloads: Sequence[Payload], type_hints: list[type] | None = None) -> list[Any]:
        """Values by their types; ``RawValue`` where there are none."""
        return super().from_payloads(payloads, type_hints or [RawValue] * len(payloads))


WORKER_CONVERTER: Final[DataConverter] = dataclasses.replace(
    pydantic_data_converter, payload_converter_class=RawByDefault
)
