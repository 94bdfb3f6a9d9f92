"""The last step of every insight: the declared columns, in order, in their declared types."""

import polars as pl


def typed(frame: pl.LazyFrame, schema: pl.Schema) -> pl.DataFrame:
    """Collect exactly the columns of a schema; an empty frame keeps the types too."""
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()).collect()
