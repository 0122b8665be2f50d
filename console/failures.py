"""What can go wrong, as an exit code and one line; nothing else ends a command early."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from catalogue import Language, has, text
from catalogue.refusals import refusal


class ConsoleError(Exception):
    """``code`` names the kind of failure for scripts; ``sentence`` says it to people; ``document`` is its JSON.

    ``answered``: what failed stands in the answer, which has been given. There is no second one: only the line is left.
    """

    exit_code: ClassVar[int] = 1
    outcome: ClassVar[str] = "failed"
    answered: ClassVar[bool] = False

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def sentence(self, language: Language) -> str:
        """The reason, in one line."""
        return text(f"failure.{self.code}", language, **self.params)

    def told(self, language: Language) -> str:
        """Code and reason."""
        return f"{self.code}: {self.sentence(language)}"

    def document(self, language: Language) -> Any:  # noqa: ANN401 - JSON
        """For ``--json``."""
        return {"outcome": self.outcome, "code": self.code, "reason": one_line(self.sentence(language))}


class FailedError(ConsoleError):
    """It cannot be done: exit 1."""


class AnsweredError(FailedError):
    """It was told line by line: exit 1."""

    answered: ClassVar[bool] = True


class WrongUsageError(ConsoleError):
    """What was typed makes no sense: exit 2."""

    exit_code: ClassVar[int] = 2


class InSentencesError(FailedError):
    """A failure of another package, worded in the catalogue by its own code where it has words there.

    ``section``: of the catalogue. ``fallback``: the package's own sentence.
    """

    def __init__(self, section: str, code: str, params: Mapping[str, object], fallback: str) -> None:
        super().__init__(code, **params)
        self._key = f"{section}.{code}"
        self._fallback = fallback

    def sentence(self, language: Language) -> str:
        """The catalogue's words, else the package's."""
        return text(self._key, language, **self.params) if has(self._key) else self._fallback


class ServerRefusedError(InSentencesError):
    """The service refused the message before it became a command: exit 1."""

    outcome: ClassVar[str] = "refused"


class RefusedError(ConsoleError):
    """The service, or the rules that it would apply, said no: exit 1."""

    outcome: ClassVar[str] = "refused"

    def __init__(self, code: str, details: Mapping[str, str], answer: Any = None) -> None:  # noqa: ANN401 - JSON
        super().__init__(code, **details)
        self._details = details
        self._answer = answer

    def sentence(self, language: Language) -> str:
        """Why, in the words of the catalogue."""
        return refusal(self.code, self._details, language)

    def document(self, language: Language) -> Any:  # noqa: ANN401 - JSON
        """The service's answer as it came, where it is one."""
        return super().document(language) if self._answer is None else self._answer


class UnavailableError(ConsoleError):
    """The outcome is unknown, or the service is away: exit 3. The line ends with the command id to retry with."""

    exit_code: ClassVar[int] = 3
    outcome: ClassVar[str] = "unknown"

    def __init__(self, code: str, command_id: str | None = None, **params: object) -> None:
        super().__init__(code, **params)
        self.command_id = command_id

    def sentence(self, language: Language) -> str:
        """What is known, and how to go on."""
        reason = super().sentence(language)
        if self.command_id is None:
            return reason
        return f"{reason} {text('failure.retry', language)} {self.command_id}"

    def document(self, language: Language) -> Any:  # noqa: ANN401 - JSON
        """With the command id in a field of its own."""
        return {**super().document(language), **({"command_id": self.command_id} if self.command_id else {})}


@contextmanager
def retry_with(command_id: str) -> Iterator[None]:
    """Let every unknown outcome in the block end with the command id, one that Ctrl-C brought about among them."""
    try:
        yield
    except UnavailableError as error:
        error.command_id = command_id
        raise
    except KeyboardInterrupt as error:
        raise UnavailableError("interrupted", command_id) from error


def one_line(sentence: str) -> str:
    """Without line breaks, so that it stays one line of standard error."""
    return " ".join(sentence.split())
