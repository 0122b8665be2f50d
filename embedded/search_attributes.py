"""Search attributes of a namespace. The development server's own option registers them only when it makes one."""

from collections.abc import Mapping

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeIndexedValueType

from embedded.errors import SearchAttributeTypeError


async def register(client: Client, attributes: Mapping[str, SearchAttributeIndexedValueType]) -> None:
    """Register those that the client's namespace lacks; they can be used at once.

    Raises:
        SearchAttributeTypeError: one is registered with another type.
        RPCError: the server refuses, as it does for more than some of one type (three whole numbers, for instance).
    """
    service, namespace = client.operator_service, client.namespace
    there = (await service.list_search_attributes(ListSearchAttributesRequest(namespace=namespace))).custom_attributes
    for name, kind in attributes.items():
        found = SearchAttributeIndexedValueType(there.get(name, kind))
        if found != kind:
            raise SearchAttributeTypeError(name=name, namespace=namespace, found=found.name, needed=kind.name)
    missing = {name: IndexedValueType.ValueType(kind) for name, kind in attributes.items() if name not in there}
    if missing:
        await service.add_search_attributes(AddSearchAttributesRequest(namespace=namespace, search_attributes=missing))
