"""What a process is told from outside, by environment variables.

Where to find Temporal is the SDK's own environment configuration (``TEMPORAL_*``, TLS and API keys included).
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names in the environment: ``DATABASE_URL``, and ``DIRECTIVES_`` before every other field."""

    model_config = SettingsConfigDict(env_prefix="DIRECTIVES_", extra="ignore")

    database_url: SecretStr | None = Field(
        default=None, validation_alias="DATABASE_URL", description="PostgreSQL; none: the embedded one"
    )
    migration_url: SecretStr | None = Field(
        default=None, description="the same database for whoever changes the tables; none: DATABASE_URL"
    )
    lang: Literal["vi", "en"] = Field(default="vi", description="language of notices and of the command line")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_host: str = Field(default="127.0.0.1", description="where metrics and health are served")
    metrics_port: int = Field(default=9464, ge=0, le=65535, description="the service's metrics, /livez, /readyz")
    sdk_metrics_port: int = Field(default=9465, ge=0, le=65535, description="the Temporal SDK's metrics")
    smtp_host: str | None = Field(default=None, description="none: mails are written as .eml files")
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str = Field(default="directives@localhost", description="sender of notices")
    mail_folder: Path = Field(default=Path("mail"), description="where .eml files go without an SMTP server")
    mails_per_second: float = Field(default=20, gt=0)
    recovering: bool = Field(
        default=False, description="only reconcile: what comes for directives waits, and so do mails"
    )
    checkpoint_folder: Path | None = Field(
        default=None, description="where signed checkpoints of the record are kept, best on another department's share"
    )
    checkpoint_key_file: Path | None = Field(default=None, validate_default=True, description="the key that signs them")

    @field_validator("checkpoint_key_file")
    @classmethod
    def _folder_and_key(cls, key_file: Path | None, others: ValidationInfo) -> Path | None:
        if (key_file is None) != (others.data.get("checkpoint_folder") is None):
            raise ValueError("the folder of checkpoints and the key that signs them are set together")
        return key_file
