"""What a coach can fail with; each message is one sentence for the player."""


class CoachError(Exception):
    """Base of the errors of `coach`."""


class ModelError(CoachError, RuntimeError):
    """No language model gave an answer.

    The message says why in one sentence, and what to do where something can be done. It never holds a key,
    nor anything that a server said.
    """
