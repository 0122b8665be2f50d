"""The deployed Temporal server is configured as the embedded one."""

from pathlib import Path

import yaml

from workflows.server import DYNAMIC_CONFIG

FILE = Path(__file__).parents[3] / "deploy" / "temporal" / "dynamicconfig.yaml"


def test_the_deployed_server_has_every_setting_that_the_service_wants() -> None:
    deployed = yaml.safe_load(FILE.read_text())
    assert {key: deployed[key] for key in DYNAMIC_CONFIG} == {
        key: [{"value": value}] for key, value in DYNAMIC_CONFIG.items()
    }
