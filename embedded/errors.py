"""What can go wrong with the embedded stack, each with the way out."""

from typing import ClassVar


class EmbeddedError(Exception):
    """The embedded stack cannot do what was asked.

    Attributes:
        code: names the kind of failure; never changes.
        values: what `sentence` speaks of, so that the same can be said in another language.
    """

    code: ClassVar[str]
    sentence: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.sentence.format(**values))


class DataDirectoryUnusableError(EmbeddedError):
    code = "data_directory_unusable"
    sentence = "{data} cannot be used as data directory: {reason}"


class ForeignDataDirectoryError(EmbeddedError):
    code = "foreign_data_directory"
    sentence = (
        "{data} belongs to user id {owner}, this process runs as user id {user}: "
        "start it as user id {owner}, hand the directory over (chown -R {user} {data}), or choose another one"
    )


class AlreadyRunningError(EmbeddedError):
    code = "already_running"
    sentence = "{data} is in use by process {pid}: only one stack can run on a data directory"


class NotRunningError(EmbeddedError):
    code = "not_running"
    sentence = "nothing runs on {data}: start it with `directives up --data {data}`"


class LeftoverError(EmbeddedError):
    code = "leftover"
    sentence = "process {pid} of an earlier start still uses {directory}: end it with `kill -INT {pid}`"


class PartMissingError(EmbeddedError):
    code = "part_missing"
    sentence = "the package {package} does not bring {part} here: install it for this platform, or configure a server"


class PostgreSQLUnusableError(EmbeddedError):
    code = "postgresql_unusable"
    sentence = (
        "PostgreSQL, which never runs as root, cannot run here ({reasons}): "
        "start as an ordinary user, or set DATABASE_URL to a server that runs elsewhere"
    )


class OtherMajorVersionError(EmbeddedError):
    code = "other_major_version"
    sentence = (
        "{cluster} was written by PostgreSQL {found}, the installed one is {installed}: dump it with the binaries of "
        "{found} (pg_dump) and load the dump into a new data directory, or move the old data directory away"
    )


class PasswordLostError(EmbeddedError):
    code = "password_lost"
    sentence = (
        "{password} is missing or not the password of {cluster}: "
        "put the right file back, or move the data directory away"
    )


class SearchAttributeTypeError(EmbeddedError):
    code = "search_attribute_type"
    sentence = (
        "the search attribute {name} of namespace {namespace} is of type {found} and {needed} is needed: "
        "it needs another name, or another namespace"
    )


class ChildFailedError(EmbeddedError):
    code = "child_failed"
    sentence = "{name} ended unexpectedly with status {status}; last lines of {log}:\n{lines}"


class NotReadyError(EmbeddedError):
    code = "not_ready"
    sentence = "{name} is not ready after {seconds:.0f} s; last lines of {log}:\n{lines}"
