-- People who sign in. A changed fact is a new row: a password, a language, a role, a closed account.
CREATE TABLE user_account (
  id bigserial PRIMARY KEY,
  login varchar(60) NOT NULL CHECK (login IS NFC NORMALIZED),
  -- the login as it is looked up: without upper case, so that two spellings are one person
  login_key varchar(120) NOT NULL UNIQUE CHECK (login_key <> '' AND login_key IS NFC NORMALIZED),
  display_name varchar(120) NOT NULL CHECK (display_name <> ''),
  created_at timestamptz NOT NULL, created_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON user_account TO :app;
GRANT USAGE ON SEQUENCE user_account_id_seq TO :app;

CREATE TABLE language_choice (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  language varchar(3) NOT NULL CHECK (language ~ '^[a-z]{2,3}$'), chosen_at timestamptz NOT NULL
);
CREATE INDEX language_choice_user ON language_choice (user_id, id DESC);
GRANT SELECT, INSERT ON language_choice TO :app;
GRANT USAGE ON SEQUENCE language_choice_id_seq TO :app;
SELECT coop_append_only('language_choice');

-- The last row of a person holds. argon2id, never the password.
CREATE TABLE password_row (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  password_hash varchar(200) NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
  set_at timestamptz NOT NULL, set_by varchar(80) NOT NULL
);
CREATE INDEX password_row_user ON password_row (user_id, id DESC);
GRANT SELECT, INSERT ON password_row TO :app;
GRANT USAGE ON SEQUENCE password_row_id_seq TO :app;
SELECT coop_append_only('password_row');

-- A role from a time on; NULL cooperative: a role of the agency, the administrator's or a buyer's.
CREATE TABLE role_assignment (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  role varchar(40) NOT NULL,
  cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  holds_from timestamptz NOT NULL, holds_to timestamptz CHECK (holds_to > holds_from),
  given_at timestamptz NOT NULL, given_by varchar(80) NOT NULL
);
CREATE INDEX role_assignment_user ON role_assignment (user_id);
CREATE INDEX role_assignment_cooperative ON role_assignment (cooperative_id);
GRANT SELECT, INSERT ON role_assignment TO :app;
GRANT USAGE ON SEQUENCE role_assignment_id_seq TO :app;
SELECT coop_guard_rows('role_assignment');
SELECT coop_append_only('role_assignment');

CREATE TABLE role_assignment_end (
  assignment_id bigint PRIMARY KEY REFERENCES role_assignment ON DELETE RESTRICT,
  cooperative_id bigint REFERENCES cooperative ON DELETE RESTRICT,
  ended_at timestamptz NOT NULL, ended_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON role_assignment_end TO :app;
SELECT coop_guard_rows('role_assignment_end');
SELECT coop_append_only('role_assignment_end');

CREATE TABLE account_closed (
  user_id bigint PRIMARY KEY REFERENCES user_account ON DELETE RESTRICT,
  closed_at timestamptz NOT NULL, closed_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON account_closed TO :app;
SELECT coop_append_only('account_closed');

-- The secret is sealed with a key that stands in a file outside the database.
CREATE TABLE second_factor (
  id bigserial PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  sealed_secret bytea NOT NULL, enrolled_at timestamptz NOT NULL
);
CREATE INDEX second_factor_user ON second_factor (user_id);
GRANT SELECT, INSERT ON second_factor TO :app;
GRANT USAGE ON SEQUENCE second_factor_id_seq TO :app;
SELECT coop_append_only('second_factor');

-- A step of 30 seconds is used once: the key refuses the second, also of two at the same instant.
CREATE TABLE second_factor_use (
  id bigserial PRIMARY KEY,
  second_factor_id bigint NOT NULL REFERENCES second_factor ON DELETE RESTRICT,
  step bigint NOT NULL, used_at timestamptz NOT NULL,
  UNIQUE (second_factor_id, step)
);
GRANT SELECT, INSERT ON second_factor_use TO :app;
GRANT USAGE ON SEQUENCE second_factor_use_id_seq TO :app;
SELECT coop_append_only('second_factor_use');

CREATE TABLE second_factor_end (
  second_factor_id bigint PRIMARY KEY REFERENCES second_factor ON DELETE RESTRICT,
  ended_at timestamptz NOT NULL, ended_by varchar(80) NOT NULL
);
GRANT SELECT, INSERT ON second_factor_end TO :app;
SELECT coop_append_only('second_factor_end');

-- The token itself is only in the person's cookie: a copy of this table opens nothing.
CREATE TABLE session (
  token_sha256 bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
  user_id bigint NOT NULL REFERENCES user_account ON DELETE RESTRICT,
  opened_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL,
  second_factor_passed boolean NOT NULL
);
CREATE INDEX session_of_user ON session (user_id, opened_at);
GRANT SELECT, INSERT ON session TO :app;

CREATE TABLE session_end (
  token_sha256 bytea PRIMARY KEY REFERENCES session ON DELETE CASCADE,
  ended_at timestamptz NOT NULL, reason varchar(20) NOT NULL
);
GRANT SELECT, INSERT ON session_end TO :app;

-- Tries to sign in, kept for a day. A mistyped login may be a password, so only a keyed hash is kept.
CREATE TABLE sign_in_attempt (
  id bigserial PRIMARY KEY,
  account_key bytea NOT NULL CHECK (octet_length(account_key) = 32),
  hop varchar(64) NOT NULL, at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_account ON sign_in_attempt (account_key, at);
CREATE INDEX sign_in_attempt_hop ON sign_in_attempt (hop, at);
GRANT SELECT, INSERT ON sign_in_attempt TO :app;
GRANT USAGE ON SEQUENCE sign_in_attempt_id_seq TO :app;

-- A try that turned out right is not counted against its account.
CREATE TABLE sign_in_pass (
  attempt_id bigint PRIMARY KEY REFERENCES sign_in_attempt ON DELETE CASCADE
);
GRANT SELECT, INSERT ON sign_in_pass TO :app;

-- Every role that a person holds now, whoever asks: who may manage somebody must see all of them.
CREATE FUNCTION coop_assignments_of(person bigint, at timestamptz)
RETURNS TABLE (assignment_id bigint, role varchar, cooperative_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, r.role, r.cooperative_id FROM role_assignment r
   WHERE r.user_id = person AND r.holds_from <= at AND (r.holds_to IS NULL OR r.holds_to > at)
     AND NOT EXISTS (SELECT FROM role_assignment_end e WHERE e.assignment_id = r.id)
   ORDER BY r.id
$$;
REVOKE ALL ON FUNCTION coop_assignments_of(bigint, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION coop_assignments_of(bigint, timestamptz) TO :app;

-- Whose session is this: one question before anything is known, so it asks past the row guard.
-- Idle for 30 minutes, 12 hours old, ended, of a closed account, or of a time to come: no row.
CREATE FUNCTION coop_open_session(token bytea, at timestamptz)
RETURNS TABLE (user_id bigint, login varchar, display_name varchar, language varchar,
               second_factor_passed boolean, second_factor_enrolled boolean, assignments json)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE opened session%ROWTYPE;
BEGIN
  SELECT s.* INTO opened FROM session s
   WHERE s.token_sha256 = token
     AND s.last_seen_at > at - interval '30 minutes' AND s.opened_at > at - interval '12 hours'
     AND greatest(s.opened_at, s.last_seen_at) <= at + interval '1 minute'
     AND NOT EXISTS (SELECT FROM session_end e WHERE e.token_sha256 = s.token_sha256)
     AND NOT EXISTS (SELECT FROM account_closed c WHERE c.user_id = s.user_id);
  IF NOT FOUND THEN RETURN; END IF;
  IF opened.last_seen_at <= at - interval '1 minute' THEN
    UPDATE session s SET last_seen_at = at WHERE s.token_sha256 = token AND s.last_seen_at < at;
  END IF;
  RETURN QUERY
    SELECT u.id, u.login, u.display_name,
           coalesce((SELECT l.language FROM language_choice l WHERE l.user_id = u.id ORDER BY l.id DESC LIMIT 1), 'hi'),
           opened.second_factor_passed,
           EXISTS (SELECT FROM second_factor f WHERE f.user_id = u.id
                      AND NOT EXISTS (SELECT FROM second_factor_end e WHERE e.second_factor_id = f.id)),
           (SELECT coalesce(json_agg(json_build_object('role', a.role, 'cooperative_id', a.cooperative_id,
                      'name_en', c.name_en, 'name_hi', c.name_hi) ORDER BY a.assignment_id), '[]'::json)
              FROM coop_assignments_of(u.id, at) a LEFT JOIN cooperative c ON c.id = a.cooperative_id)
      FROM user_account u WHERE u.id = opened.user_id;
END $$;
REVOKE ALL ON FUNCTION coop_open_session(bytea, timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION coop_open_session(bytea, timestamptz) TO :app;

-- What served its purpose goes: tries after a day, sessions after thirty.
CREATE FUNCTION coop_purge_sign_ins(at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint;
BEGIN
  DELETE FROM sign_in_attempt a WHERE a.at < coop_purge_sign_ins.at - interval '1 day';
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM session s WHERE s.opened_at < coop_purge_sign_ins.at - interval '30 days';
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION coop_purge_sign_ins(timestamptz) FROM public;
GRANT EXECUTE ON FUNCTION coop_purge_sign_ins(timestamptz) TO :app;
