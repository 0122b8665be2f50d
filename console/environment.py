"""The settings of the process, or the one line that says what is wrong with them."""

from pydantic import ValidationError

from console.failures import FailedError
from settings import Settings


def read_settings() -> Settings:
    """From the environment. Raises ``FailedError`` with the variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = ".".join(map(str, first["loc"]))
        prefix = "" if name.isupper() else str(Settings.model_config["env_prefix"])
        raise FailedError("bad_setting", name=f"{prefix}{name}".upper(), problem=first["msg"]) from error
