"""The body of the Sessions page: the diary on the left, the session that is open on the right."""

from typing import Any

import panel as pn
import param
import polars as pl

from dashboards.parts.days import local
from dashboards.parts.diary import Diary, entries
from dashboards.parts.filters import Filters
from dashboards.parts.layout import beside, grid, prose, stack
from dashboards.parts.opened import Opened
from dashboards.parts.players import Players
from dashboards.parts.shell import Look
from workbench.archive import Archive
from workbench.store.errors import StoreError

EMPTY = """
<div class="empty"><h2>No sessions yet</h2>
<p>Play for a minute, with your own guitar or the demo take, and the session is kept here with every note.</p>
<a class="button" href="practice">Play your first session</a></div>
"""
NOTHING_FOUND = "<p class='muted'>No session fits these filters.</p>"
CHOOSE = '<div class="empty"><p class="muted">Choose a session from the list to look closer.</p></div>'


class SessionView(pn.viewable.Viewer):
    """All sessions of a player, and one of them opened.

    Parameters
    ----------
    own : the archive of the player who looks
    look : the tab's theme
    asked : id of the session that the address asks for, opened at once when it exists
    player : id of the demo player that the address asks for

    `opened` is the id of the open session, "" for none.
    """

    opened = param.String(default="")

    def __init__(self, own: Archive, look: Look, asked: str = "", player: str = "") -> None:
        super().__init__()
        self._look = look
        self._players = Players(own, player)
        self._filters = Filters()
        self._diary = Diary(sizing_mode="stretch_width", margin=0)
        self._found = prose()
        self._notice = stack(visible=False)
        self._chosen = stack(prose(CHOOSE))
        self._body = stack()
        self._sessions = pl.DataFrame()
        self._deleted: dict[str, Any] | None = None
        self._split = self._panes()
        self._players.param.watch(self._other_player, "player")
        self._filters.param.watch(self._list, "changed")
        self._diary.param.watch(lambda _: self.open(self._diary.selected, picked=True), "chosen")
        self._load()
        if asked:
            self._open_asked(asked)

    def _panes(self) -> pn.Column:
        controls = self._filters.controls()
        listing = stack(
            self._players.choice,
            grid(*(controls[name] for name in ("words", "order", "scale", "span")), narrowest=150, gap=10),
            controls["dates"],
            self._found,
            self._diary,
        )
        return beside(listing, self._chosen)

    def _load(self) -> None:
        """Read the sessions anew, list them, and open the newest unless one is open."""
        self._sessions = self._players.archive.sessions()
        self._filters.offer(self._sessions)
        empty = self._sessions.is_empty()
        self._body[:] = [self._players.choice, prose(EMPTY)] if empty else [self._split]
        self._list()
        if not empty and self.opened not in set(self._sessions["session_id"]):
            self.open(self._sessions["session_id"].item(0))

    def _list(self, *_: object) -> None:
        kept = self._filters.kept(self._sessions) if self._sessions.height else self._sessions
        self._diary.entries = entries(kept, months=self._filters.by_time)
        minutes = float(kept["duration_seconds"].sum()) / 60.0 if kept.height else 0.0
        many = "1 session" if kept.height == 1 else f"{kept.height} sessions"
        self._found.object = (
            f'<p class="muted small">{many} · {minutes:.0f} minutes</p>' if kept.height else NOTHING_FOUND
        )

    def _other_player(self, _: object) -> None:
        self.opened = self._diary.selected = ""
        self._deleted = None
        self._notice.visible = False
        self._load()

    def _open_asked(self, session_id: str) -> None:
        if session_id in set(self._sessions["session_id"]) if self._sessions.height else False:
            self.open(session_id, picked=True)
        else:
            self._say(
                "This address names a session that is not here: it was deleted, or it is another player's."
            )

    def open(self, session_id: str, *, picked: bool = False) -> None:
        """Show one session; `picked` = the player asked for it, so a narrow screen shows it alone."""
        row = next(self._sessions.filter(session_id=session_id).iter_rows(named=True))
        mine = not self._players.demo
        view = Opened(
            self._players.archive,
            row,
            self._look,
            on_comment=self._keep_comment if mine else None,
            on_delete=self._delete if mine else None,
        )
        self._chosen[:] = [self._back(), view]
        self._split.css_classes = ["picked"] if picked else []
        self.opened = self._diary.selected = session_id

    def _back(self) -> pn.Column:
        """The way back to the list, for screens that show one of both."""
        back = pn.widgets.Button(label="‹ All sessions", margin=0)
        back.on_click(lambda _: setattr(self._split, "css_classes", []))
        css = (
            ":host { display: none !important; }"
            " @media (max-width: 900px) { :host { display: flex !important; } }"
        )
        return pn.Column(back, stylesheets=[css], margin=0)

    def _keep_comment(self, words: str) -> None:
        if self._told(lambda: self._players.archive.set_comment(self.opened, words)):
            self._sessions = self._players.archive.sessions()
            self._list()
            self._say("Your comment is kept.")

    def _delete(self) -> None:
        session_id = self.opened
        self._deleted = next(self._sessions.filter(session_id=session_id).iter_rows(named=True))
        if self._told(lambda: self._players.archive.delete(session_id)):
            self.opened = self._diary.selected = ""
            self._split.css_classes = []
            self._chosen[:] = [prose(CHOOSE)]
            self._load()
            undo = pn.widgets.Button(label="Undo", color="primary", margin=0, align="center")
            undo.on_click(self._undo)
            began = local(self._deleted["start_timestamp"])
            self._say(
                f"The session of {began:%-d %B, %H:%M} is deleted. It can be taken back for 7 days.", undo
            )

    def _undo(self, _: object) -> None:
        deleted = self._deleted
        if deleted and self._told(lambda: self._players.archive.undo_delete(deleted["session_id"])):
            self._notice.visible = False
            self._load()
            self.open(deleted["session_id"], picked=True)

    def _told(self, act: Any) -> bool:
        """Do it; say the store's own sentence when it can't be done."""
        try:
            act()
        except StoreError as error:
            self._say(str(error))
            return False
        return True

    def _say(self, words: str, *more: pn.viewable.Viewable) -> None:
        notice = prose(f'<div class="notice" role="status">{words}</div>', styles={"flex": "1 1 280px"})
        self._notice[:] = [pn.FlexBox(notice, *more, gap="12px", margin=0)]
        self._notice.visible = True

    def __panel__(self) -> pn.viewable.Viewable:
        return stack(self._players.banner, self._notice, self._body, gap=14)
