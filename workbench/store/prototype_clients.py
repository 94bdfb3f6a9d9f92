"""What keeps programs of the earlier FretCoach working on a database that was taken over.

They insert into `sessions` with two columns that ours has not; one of them even drops a table `sessions`
without the first of these, to make its own again.
"""

from sqlalchemy import Connection, Table, text

from workbench.store.schema import SCHEMA

KNOWN_TO_CLIENTS = {"total_inscale_notes": "integer", "ambient_light_option": "boolean"}
"""Columns of `sessions` that only those programs use, and their types."""

_METRICS = ("pitch_accuracy", "scale_conformity", "timing_stability")

_ANALYSE = f"""
CREATE FUNCTION {SCHEMA}.analyse_prototype_session() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    made uuid := gen_random_uuid();
    measured jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(name, jsonb_build_object('value', score, 'unit', 'score', 'low', NULL,
            'high', NULL, 'n', coalesce(NEW.total_notes_played, 0), 'score', score,
            'detail', jsonb_build_object('reason', 'scored by the prototype'))), '{{}}')
        INTO measured
        FROM (VALUES {", ".join(f"('{name}', NEW.{name})" for name in _METRICS)}) AS metrics (name, score)
        WHERE score IS NOT NULL;
    INSERT INTO {SCHEMA}.analyses
        (analysis_id, session_id, user_id, engine_version, settings, metric_detail)
    VALUES (made, NEW.session_id, NEW.user_id, 'fretcoach-prototype',
        jsonb_build_object('total_inscale_notes', NEW.total_inscale_notes),
        jsonb_build_object('metrics', measured,
            'overall', jsonb_build_object('score', NULL, 'weights', '{{}}'::jsonb, 'left_out', '[]'::jsonb),
            'counts', jsonb_build_object('played', coalesce(NEW.total_notes_played, 0),
                'right', coalesce(NEW.correct_notes_played, 0), 'wrong', coalesce(NEW.bad_notes_played, 0),
                'unjudged', 0)));
    UPDATE {SCHEMA}.sessions
        SET current_analysis_id = made,
            enabled_metrics =
                (SELECT coalesce(jsonb_agg(name), '[]') FROM jsonb_object_keys(measured) AS name),
            ambient_lighting_used = coalesce(NEW.ambient_light_option, NEW.ambient_lighting_used)
        WHERE session_id = NEW.session_id AND user_id = NEW.user_id;
    RETURN NULL;
END
$$
"""  # noqa: S608  names of ours only

_TRIGGER = f"""
CREATE TRIGGER analyse_prototype_session AFTER INSERT ON {SCHEMA}.sessions FOR EACH ROW
    WHEN (NEW.current_analysis_id IS NULL AND NEW.end_timestamp IS NOT NULL
        AND NEW.total_inscale_notes IS NOT NULL)
    EXECUTE FUNCTION {SCHEMA}.analyse_prototype_session()
"""


def keep_clients_working(connection: Connection, old: Table) -> None:
    """Give `sessions` the columns that those programs insert into, and their sessions an analysis.

    Parameters
    ----------
    old : their own table; where it had none of these columns, its programs need none
    """
    if not set(KNOWN_TO_CLIENTS) <= set(old.c.keys()):
        return
    for name, kind in KNOWN_TO_CLIENTS.items():
        connection.execute(text(f"ALTER TABLE {SCHEMA}.sessions ADD COLUMN {name} {kind}"))
    connection.exec_driver_sql(_ANALYSE)
    connection.execute(text(_TRIGGER))
