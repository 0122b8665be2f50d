"""Reads YAML and JSON files into models of the domain: strictly, and with errors that name file, field and reason."""

import json
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from intake.errors import InputError, first_error

M = TypeVar("M", bound=BaseModel)


def _is_word(first: str, tag: str) -> bool:
    return tag == "tag:yaml.org,2002:timestamp" or (tag == "tag:yaml.org,2002:bool" and first not in "tTfF")


class _Loader(yaml.SafeLoader):
    """Plain YAML, but a key given twice is an error, ``off`` is a word (YAML 1.2), and dates are left to the model."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class declares it so
        first: [each for each in resolvers if not _is_word(first, each[0])]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as the base class has it
        seen: set[str] = set()
        for name, _ in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {name.value!r} is given twice", name.start_mark
                )
            seen.add(str(name.value))
        return super().construct_mapping(node, deep)


def load(path: Path, model: type[M]) -> M:
    """The content of a ``.json`` file or else of a YAML file as a model.

    Raises:
        InputError: the file cannot be read or parsed, or a field is missing, unknown or of the wrong kind.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), "", error.strerror or str(error)) from error
    if path.suffix == ".json":
        return parse_json(str(path), content, model)
    return _validate(str(path), _as_json(str(path), content), model)


def parse_json(source: str, content: bytes, model: type[M]) -> M:
    """JSON as a model. ``source`` names it in errors. A key given twice is refused.

    Raises:
        InputError: it is not JSON, or a field is missing, unknown or of the wrong kind.
    """
    read = _validate(source, content, model)
    # What the model took in is not deep, so the second, slower parser cannot run out of stack on it.
    json.loads(content, object_pairs_hook=lambda pairs: _once(source, pairs))
    return read


def _once(source: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(source, twice, "given twice")
    return read


def _as_json(source: str, content: bytes) -> bytes:
    try:
        read = yaml.load(content, _Loader)  # noqa: S506 - the loader is a SafeLoader
        return json.dumps(read).encode()
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, TypeError, RecursionError) as error:
        raise InputError(source, "", f"not readable as YAML: {' '.join(str(error).split())}") from error


def _validate(source: str, content: bytes, model: type[M]) -> M:
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise first_error(source, error) from error
