"""Whose history is shown: one's own, or that of a demo player, which is always said to be invented."""

from html import escape

import panel as pn
import param

from dashboards.parts.layout import prose, stack
from workbench.archive import Archive
from workbench.demo.players import DEMO_PLAYERS
from workbench.user import User


class Players(param.Parameterized):
    """A select of players, and a banner while a demo player is shown.

    Parameters
    ----------
    own : the archive of the player who looks
    asked : id of the player that the address asks for; only demo players may be asked for

    `archive` is the history that the page must show; it changes with `player`. The page puts `choice` and
    `banner` where they fit; both hide themselves when there is nothing to choose or to warn of.
    """

    player: "param.Selector[str]" = param.Selector(default="", objects=[""], label="Player")

    def __init__(self, own: Archive, asked: str = "") -> None:
        super().__init__()
        self._own = own
        self.choice = pn.widgets.Select.from_param(self.param.player, margin=0, sizing_mode="stretch_width")
        self.banner = stack()
        demo = self._offer()
        empty = own.sessions().is_empty()
        self.player = asked if asked in demo else demo[0] if empty and demo else own.user.id
        self._warn()

    def _offer(self) -> list[str]:
        """Put the players who have a history into the select; ids of the demo players among them."""
        demo = [player.user.id for player in DEMO_PLAYERS if self._has_history(player.user)]
        self.param["player"].objects = [self._own.user.id, *demo]
        self.choice.visible = bool(demo)
        return demo

    def _has_history(self, user: User) -> bool:
        return user != self._own.user and not self._own.of(user).sessions().is_empty()

    @property
    def archive(self) -> Archive:
        """The history that the page must show."""
        return self._own.of(User(self.player))

    @property
    def demo(self) -> bool:
        """Whether an invented history is shown."""
        return bool(self.player != self._own.user.id)

    @param.depends("player", watch=True)
    def _warn(self) -> None:
        self.banner.visible = self.demo
        remove = pn.widgets.Button(label="Remove demo data", margin=0, align="center")
        remove.on_click(self._remove)
        words = (
            f"<p><b>Demo history, invented.</b> {escape(self.player)} is nobody: this is what your own can "
            "look like after some months.</p>"
        )
        notice = prose(f'<div class="notice">{words}</div>', styles={"flex": "1 1 280px"})
        self.banner[:] = [pn.FlexBox(notice, remove, gap="12px", margin=0)] if self.demo else []

    def _remove(self, _: object) -> None:
        self._own.erase_demo()
        self.player = self._own.user.id
        self._offer()
