"""The day and the week that a session belongs to, on the player's own clock."""

from datetime import tzinfo

import polars as pl


def with_days(sessions: pl.DataFrame, zone: tzinfo | None = None) -> pl.DataFrame:
    """Add `day` (date on which the session began) and `week` (the Monday before or on it).

    Parameters
    ----------
    sessions : frame with `start_timestamp`, aware
    zone : the player's time zone; None = that of this machine, summer time included
    """
    # Polars needs the name of a zone, and a system does not always tell it; Python asks the system itself.
    days = [moment.astimezone(zone).date() for moment in sessions["start_timestamp"]]
    dated = sessions.with_columns(pl.Series("day", days, dtype=pl.Date))
    return dated.with_columns(pl.col("day").dt.truncate("1w").alias("week"))
