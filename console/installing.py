"""What an installation needs before a worker can work in it: tables, roles, namespace, search attributes."""

from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.journal.install import Installed, NoOwnerError, install
from activities.journal.migrate import MigrationError
from activities.journal.roles import MIGRATOR
from console.failures import FailedError
from console.places import embedded_failure
from embedded.errors import EmbeddedError
from embedded.search_attributes import register
from workflows.attributes import TYPES


async def installed(database_url: str) -> Installed:
    """Bring the tables up to date, and what each role may do with them. Raises ``FailedError``."""
    try:
        return await install(database_url)
    except NoOwnerError as error:
        raise FailedError("no_migrator", role=MIGRATOR) from error
    except MigrationError as error:
        raise FailedError("migration", problem=str(error)) from error


async def registered(client: Client) -> list[str]:
    """Register the search attributes that the namespace lacks; their names. Raises ``FailedError``, ``RPCError``."""
    try:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise FailedError("no_namespace", namespace=client.namespace) from error
        raise
    listed = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    try:
        await register(client, TYPES)
    except EmbeddedError as error:
        raise embedded_failure(error) from error
    return [name for name in TYPES if name not in listed.custom_attributes]
