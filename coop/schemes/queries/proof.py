"""Faults that rows of the benefit desk may have, as SQL that returns the first one."""

from collections.abc import Mapping


def _unrecorded(table: str, tag: str) -> str:
    return f"""SELECT format('%s %s', '{table}', r.id) FROM {table} r WHERE NOT EXISTS (
                 SELECT FROM audit_entry e WHERE e.tag = '{tag}' AND e.about_table = '{table}'
                 AND e.cooperative_id = r.cooperative_id AND e.about_row = r.id::text) LIMIT 1"""  # noqa: S608  # our own words


FAULTS: Mapping[str, str] = {
    "an agreement that no entry records": _unrecorded("scheme_consent", "scheme_consent:recorded"),
    "an answer that no entry records": _unrecorded("scheme_answer", "scheme_fact:answered"),
    "a paper that no entry records": _unrecorded("scheme_paper", "scheme_paper:noted"),
    "a screening that no entry records": _unrecorded("screening", "screening:kept"),
    "an event that no entry records": _unrecorded("application_event", "application:moved"),
    "a benefit that no entry records": _unrecorded("benefit_seen", "benefit:seen"),
    "a spoken question that no entry records": _unrecorded("scheme_clip", "scheme_clip:recorded"),
    "a spoken question that is not the one recorded": """
        SELECT c.id::text FROM scheme_clip c LEFT JOIN scheme_clip_sound s ON s.clip_id = c.id
        WHERE s.sound IS NOT NULL AND (c.sound_sha256 <> encode(sha256(s.sound), 'hex') OR s.cooperative_id <> c.cooperative_id)
           OR s.sound IS NULL AND NOT EXISTS (SELECT FROM audit_entry e WHERE e.tag = 'scheme_clip:removed'
             AND e.cooperative_id = c.cooperative_id AND e.about_row = c.id::text) LIMIT 1""",
    # The value itself may be erased with its row; what stands must be what was told.
    "an answer that is not the one recorded": """
        SELECT r.id::text FROM scheme_answer r JOIN audit_entry e ON e.tag = 'scheme_fact:answered'
          AND e.cooperative_id = r.cooperative_id AND e.about_row = r.id::text
        WHERE e.facts::json ->> 'value_sha256' <> encode(sha256(r.salt || convert_to(coalesce(r.value, ''), 'UTF8')), 'hex')
           OR e.facts::json ->> 'fact' <> r.fact OR (e.facts::json ->> 'household')::bigint <> r.household_id
           OR (e.facts::json ->> 'person')::bigint IS DISTINCT FROM r.person_id LIMIT 1""",
    # Words may be erased; those that stand must be what was typed. Papers likewise.
    "words of an application that are not those recorded": """
        SELECT w.event_id::text FROM application_words w JOIN application_event e ON e.id = w.event_id
        WHERE e.words_sha256 IS DISTINCT FROM
          sha256(w.salt || convert_to(jsonb_build_array(w.note, w.number, w.office)::text, 'UTF8')) LIMIT 1""",
    "a paper that is not the one recorded": """
        SELECT r.id::text FROM scheme_paper r JOIN audit_entry e ON e.tag = 'scheme_paper:noted'
          AND e.cooperative_id = r.cooperative_id AND e.about_row = r.id::text
        CROSS JOIN LATERAL (SELECT convert_to(jsonb_build_array(r.id, r.household_id, r.person_id, r.paper, r.seen, r.noted_on,
          r.recorded_by, r.recorded_at)::text, 'UTF8') AS data) t
        WHERE e.facts::json ->> 'rows_sha256' <> encode(sha256(int8send(octet_length(t.data)) || t.data), 'hex') LIMIT 1""",
    "an application without its first event": """
        SELECT a.id::text FROM scheme_application a WHERE NOT EXISTS (
          SELECT FROM application_event e WHERE e.application_id = a.id AND e.seq = 1 AND e.state = 'identified') LIMIT 1""",
    "events of an application with a gap": """
        SELECT application_id::text FROM application_event GROUP BY application_id HAVING max(seq) <> count(*) LIMIT 1""",
    "a number of an application that is left out": """
        SELECT format('%s/%s', s.cooperative_id, s.fy) FROM number_series s WHERE s.series = 'A' AND s.last_no <> (
          SELECT count(*) FROM scheme_application a WHERE a.cooperative_id = s.cooperative_id AND a.fy = s.fy) LIMIT 1""",
}
