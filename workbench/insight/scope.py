"""From the sessions that a page looks at to the question that the database is asked."""

import polars as pl

from workbench.insight.comparable import comparable, generation, source
from workbench.store.queries_notes import Scope


def scope_of(sessions: pl.DataFrame, *, by_scale: bool = False) -> Scope | None:
    """The scope that holds the sessions that compare with each other, from the first to the last of them.

    Parameters
    ----------
    sessions : frame of `queries.sessions`, such as those that a filter kept
    by_scale : the sessions were chosen by their scale: ask for those scales only

    Returns
    -------
    None when there is no such session, and so nothing to ask
    """
    alike = comparable(sessions)
    if alike.is_empty():
        return None
    newest = alike.select(source(), generation()).row(-1, named=True)
    pairs = alike.select("scale_chosen", "scale_type").unique(maintain_order=True).rows()
    return Scope(
        generation=newest["generation"],
        made_up=newest["source"] == "demo",
        since=alike["start_timestamp"].min(),  # type: ignore[arg-type]
        until=alike["start_timestamp"].max(),  # type: ignore[arg-type]
        scales=tuple((chosen, kind) for chosen, kind in pairs) if by_scale else (),
    )
