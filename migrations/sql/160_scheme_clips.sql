-- Questions of the benefit desk as somebody of the cooperative speaks them. A clip stands while its sound does.
CREATE TABLE scheme_clip (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  fact varchar(40) NOT NULL, language varchar(10) NOT NULL,
  media varchar(20) NOT NULL CHECK (media IN ('audio/ogg', 'audio/webm', 'audio/mp4', 'audio/wav', 'audio/mpeg')),
  bytes integer NOT NULL CHECK (bytes BETWEEN 1 AND 1000000),
  sound_sha256 varchar(64) NOT NULL CHECK (sound_sha256 ~ '^[0-9a-f]{64}$'),
  -- The question's words on the day: where they change, nobody hears the old ones.
  asks_sha256 varchar(64) NOT NULL CHECK (asks_sha256 ~ '^[0-9a-f]{64}$'),
  recorded_by varchar(80) NOT NULL, recorded_at timestamptz NOT NULL
);
CREATE INDEX scheme_clip_fact ON scheme_clip (cooperative_id, fact, language, id DESC);
GRANT SELECT, INSERT ON scheme_clip TO :app;
GRANT USAGE ON SEQUENCE scheme_clip_id_seq TO :app;
SELECT coop_guard_rows('scheme_clip');
SELECT coop_append_only('scheme_clip');

-- The voice itself: a person's, so it goes when a better one comes or when its speaker wants it gone.
CREATE TABLE scheme_clip_sound (
  clip_id bigint PRIMARY KEY REFERENCES scheme_clip ON DELETE RESTRICT,
  cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  sound bytea NOT NULL CHECK (octet_length(sound) BETWEEN 1 AND 1000000)
);
GRANT SELECT, INSERT, DELETE ON scheme_clip_sound TO :app;
SELECT coop_guard_rows('scheme_clip_sound');
