-- A question of the box, spoken by somebody of the cooperative: one recording a question and language, off until one is
-- there. A voice is somebody's own: the row goes when it is taken back or followed by another.
CREATE TABLE voice_sound (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  question varchar(4) NOT NULL CHECK (question IN ('how', 'what')), language varchar(2) NOT NULL CHECK (language IN ('hi', 'en')),
  data bytea NOT NULL CHECK (octet_length(data) > 0), recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL,
  UNIQUE (cooperative_id, question, language)
);
GRANT SELECT, INSERT, DELETE ON voice_sound TO :voice;
GRANT USAGE ON SEQUENCE voice_sound_id_seq TO :voice;
SELECT coop_guard_rows('voice_sound');
SELECT coop_erasable('voice_sound');
INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('voice_sound_most', 300, 'kilobytes', '1900-01-01', 'Own limit: a minute of speech, and what a slow line still loads', false, now());
