"""Whose practice it is. Every call of the store takes a `User`: no row is read or written for nobody."""

from dataclasses import dataclass

MAX_USER_ID = 255
"""Length of the user_id columns."""


@dataclass(frozen=True, slots=True)
class User:
    """A player.

    Attributes
    ----------
    id : a name of 1 to 255 characters; space around it is dropped

    Raises
    ------
    ValueError
        when the name is empty, too long, or holds a character that can't be stored
    """

    id: str

    def __post_init__(self) -> None:
        name = self.id.strip()
        if not name:
            raise ValueError("The player has no name; give one, such as FRETCOACH_USER=ada.")
        if len(name) > MAX_USER_ID:
            raise ValueError(f"The player's name has {len(name)} characters; {MAX_USER_ID} are allowed.")
        if not name.isprintable():
            raise ValueError(f"The player's name {name!r} holds a control character; use letters and digits.")
        object.__setattr__(self, "id", name)
