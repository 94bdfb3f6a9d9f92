"""Whatever a text, a number or a time holds, each format gives it back as it was."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.transfer.manifest import Manifest, TransferError, read_manifest
from workbench.transfer.opened import opened_export
from workbench.transfer.tables import BY_NAME, MOMENT, NOTES, SESSIONS
from workbench.transfer.written import CsvWriter, JsonWriter, ParquetWriter

MESSAGES = BY_NAME["coach_messages"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ID = "00000000-0000-7000-8000-000000000000"

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
numbers = st.floats(allow_nan=False, allow_infinity=False)
times = st.integers(0, 7_258_118_400_000_000).map(lambda us: EPOCH + timedelta(microseconds=us))
notes = st.fixed_dictionaries(
    {
        "analysis_id": st.just(ID),
        "position": st.integers(0, 2**31 - 1),
        "session_id": st.just(ID),
        "user_id": st.just("ada"),
        "onset_s": numbers,
        **dict.fromkeys(("duration_s", "midi", "cents", "level_dbfs", "confidence"), st.none() | numbers),
        "in_scale": st.none() | st.booleans(),
        "articulation": st.none() | texts,
        "deviation_ms": st.none() | numbers,
        "string": st.none() | st.integers(0, 11),
        "fret": st.none() | st.integers(0, 24),
        MOMENT: times,
    }
)
messages = st.fixed_dictionaries(
    {
        "message_id": st.just(ID),
        "user_id": st.just("ada"),
        "session_id": st.none() | st.just(ID),
        "role": st.just("user"),
        "content": texts,
        "evidence": st.none() | texts.map(lambda text: pl.Series([{"text": text}]).struct.json_encode()[0]),
        "created_at": times,
        MOMENT: times,
    }
)
TIME = pl.Datetime("us", "UTC")


@settings(max_examples=40)
@given(rows=st.lists(notes, max_size=12), said=st.lists(messages, max_size=6))
@pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
def test_every_value_comes_back(
    kind: str, rows: list[dict[str, object]], said: list[dict[str, object]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        if kind != "json":
            path.mkdir()
        writer = {"csv": CsvWriter, "parquet": ParquetWriter}.get(kind, lambda at: JsonWriter(at, ("ada",)))(
            path
        )
        given_frames = {}
        for part, found in ((NOTES, rows), (MESSAGES, said)):
            frame = pl.DataFrame(found, schema={**part.schema, MOMENT: TIME})
            writer.add(part, frame)
            given_frames[part.name] = frame.drop(MOMENT)
        writer.finish(("ada",))
        with opened_export(path) as export:
            back = {
                part.name: [pl.DataFrame(schema=dict(part.schema))] for part in (SESSIONS, NOTES, MESSAGES)
            }
            for part, batch in export.batches():
                back[part.name].append(batch)
        for name, frame in given_frames.items():
            assert comparable(pl.concat(back[name])).equals(comparable(frame), null_equal=True)


def comparable(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in an order of their own (a Parquet tree is in the order of months), JSON as what it means."""
    if "evidence" in rows.columns:
        text = pl.Struct({"text": pl.String})
        rows = rows.with_columns(
            pl.col("evidence").str.json_decode(text).struct.field("text").alias("evidence")
        )
    return rows.sort(rows.columns)


def test_a_label_is_read_back_and_nothing_else_is() -> None:
    label = Manifest("csv", ("ada", "Ünal"), {"notes": 3})
    assert read_manifest(label.to_text(), "x") == label
    for text in ("", "[]", '"fretcoach-export"', '{"format": "other"}', label.to_text()[:-1]):
        with pytest.raises(TransferError, match="x is no export of FretCoach"):
            read_manifest(text, "x")
    with pytest.raises(TransferError, match="was written by a newer FretCoach"):
        read_manifest(label.to_text().replace('"version": 1', '"version": 9'), "x")
