"""What went wrong with a model, in one sentence.

Nothing that a server said gets into the sentence: error messages of providers repeat parts of keys and of
questions.
"""

from collections.abc import Iterator

from coach.models.choice import SHOWN, Choice


def sentence(error: BaseException, choice: Choice, timeout_s: float) -> str:
    """One clause without a full stop: "OpenAI took longer than 30 s".

    Parameters
    ----------
    error : whatever the model's client or the parsing of its answer raised
    """
    shown = SHOWN[choice.provider]
    status = _status(error)
    if status is not None:
        return _of_status(status, choice)
    names = " ".join(type(link).__name__ for link in _chain(error))
    if "Timeout" in names or "TimedOut" in names:
        return f"{shown} took longer than {timeout_s:g} s"
    if any(word in names for word in ("Connect", "NetworkError", "RemoteProtocol", "ReadError")):
        return f"{shown} can't be reached, or broke off"
    return f"{shown} answered with what can't be read"


def _of_status(status: int, choice: Choice) -> str:
    shown = SHOWN[choice.provider]
    if status in {401, 403}:
        return f"{shown} does not accept the key"
    if status == 404:
        return f"{shown} has no model named {choice.model}"
    if status == 429:
        return f"{shown} takes no more questions for now"
    if status in {408, 504}:
        return f"{shown} took too long"
    if status >= 500:
        return f"{shown} has a fault of its own ({status})"
    return f"{shown} refused the question ({status})"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, and those behind it."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that an error tells of, whoever's error it is."""
    for link in _chain(error):
        for name in ("status_code", "code"):
            value = getattr(link, name, None)
            if isinstance(value, int) and 400 <= value <= 599:
                return value
    return None
