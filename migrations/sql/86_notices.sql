-- Price notices with their source and consultation; sites with permissions and hazards; Hindi names.

-- One row an act of publishing. What holds where and when stands in its lines. A list that was read
-- may add lines to a number that stands already: that is its next part.
CREATE TABLE price_notice (
  id bigserial PRIMARY KEY, notice_no varchar(30) NOT NULL, part integer NOT NULL CHECK (part > 0),
  authority_hi varchar(120) NOT NULL, link varchar(300) NOT NULL,
  consultation varchar(12) NOT NULL CHECK (consultation IN ('held', 'none', 'not_recorded')),
  no_consultation_reason varchar(500) NOT NULL, no_components_reason varchar(500) NOT NULL,
  published_as varchar(20) NOT NULL, operation_id uuid UNIQUE, content_sha256 bytea,
  recorded_at timestamptz NOT NULL,
  UNIQUE (notice_no, part),
  CHECK ((consultation = 'none') = (no_consultation_reason <> '')),
  CHECK ((operation_id IS NULL) = (content_sha256 IS NULL))
);
GRANT SELECT, INSERT ON price_notice TO :app;
GRANT USAGE ON SEQUENCE price_notice_id_seq TO :app;
SELECT coop_append_only('price_notice');

-- Notices of the first release came by lists, which name no consultation.
INSERT INTO price_notice (notice_no, part, authority_hi, link, consultation, no_consultation_reason,
                          no_components_reason, published_as, recorded_at)
  SELECT notice_no, 1, '', '', 'not_recorded', '', '', '', min(recorded_at)
    FROM price_notice_line GROUP BY notice_no ORDER BY min(id);
ALTER TABLE price_notice_line ADD COLUMN notice_id bigint REFERENCES price_notice ON DELETE RESTRICT;
ALTER TABLE price_notice_line DISABLE TRIGGER append_only;
UPDATE price_notice_line l SET notice_id = n.id FROM price_notice n WHERE n.notice_no = l.notice_no;
ALTER TABLE price_notice_line ENABLE TRIGGER append_only;
ALTER TABLE price_notice_line ALTER COLUMN notice_id SET NOT NULL;
CREATE INDEX price_notice_line_notice ON price_notice_line (notice_id);
CREATE INDEX price_period_line ON price_period (line_id);

-- How a floor comes about; the parts of a floor sum to it.
CREATE TABLE price_component (
  id bigserial PRIMARY KEY, line_id bigint NOT NULL REFERENCES price_notice_line ON DELETE RESTRICT,
  of_floor varchar(6) NOT NULL CHECK (of_floor IN ('picker', 'buyer')), place integer NOT NULL,
  name varchar(80) NOT NULL, paise bigint NOT NULL CHECK (paise > 0),
  UNIQUE (line_id, of_floor, place)
);
GRANT SELECT, INSERT ON price_component TO :app;
GRANT USAGE ON SEQUENCE price_component_id_seq TO :app;
SELECT coop_append_only('price_component');

-- Who was heard before a notice: counts only, ages as bands, nobody's name.
CREATE TABLE price_consultation (
  notice_id bigint PRIMARY KEY REFERENCES price_notice ON DELETE RESTRICT,
  held_on date NOT NULL, place varchar(120) NOT NULL,
  men integer NOT NULL CHECK (men >= 0), women integer NOT NULL CHECK (women >= 0),
  under_18 integer NOT NULL CHECK (under_18 >= 0), aged_18_35 integer NOT NULL CHECK (aged_18_35 >= 0),
  aged_36_59 integer NOT NULL CHECK (aged_36_59 >= 0), aged_60_up integer NOT NULL CHECK (aged_60_up >= 0),
  said varchar(1000) NOT NULL, changed varchar(1000) NOT NULL,
  CHECK (men + women > 0), CHECK (men + women = under_18 + aged_18_35 + aged_36_59 + aged_60_up)
);
GRANT SELECT, INSERT ON price_consultation TO :app;
SELECT coop_append_only('price_consultation');

-- A site's version says more: its Hindi name, how exact its position is, the last visit, and until
-- when a permission clears it (worked out at recording, so that a weighing reads one row).
ALTER TABLE site
  ADD COLUMN name_hi varchar(120) NOT NULL DEFAULT '',
  ADD COLUMN precision_metres integer CHECK (precision_metres > 0),
  ADD COLUMN visited_on date,
  ADD COLUMN cleared_until date,
  ADD COLUMN recorded_as varchar(20) NOT NULL DEFAULT '',
  ADD COLUMN operation_id uuid UNIQUE,
  ADD COLUMN content_sha256 bytea;

-- A paper that allows collection at a site. The last row of a reference holds; an earlier one stays.
CREATE TABLE site_permission (
  id bigserial PRIMARY KEY, site_code varchar(20) NOT NULL, reference varchar(120) NOT NULL CHECK (reference <> ''),
  issued_by varchar(120) NOT NULL, valid_from date NOT NULL, valid_to date CHECK (valid_to >= valid_from),
  recorded_as varchar(20) NOT NULL, operation_id uuid NOT NULL UNIQUE, content_sha256 bytea NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX site_permission_site ON site_permission (site_code, id);
GRANT SELECT, INSERT ON site_permission TO :app;
GRANT USAGE ON SEQUENCE site_permission_id_seq TO :app;
SELECT coop_append_only('site_permission');

-- Dangers that are looked for at a site. One that bars collection clears no site that has it.
CREATE TABLE hazard_kind (
  code varchar(20) NOT NULL, holds_from date NOT NULL, name_en varchar(120) NOT NULL, name_hi varchar(120) NOT NULL,
  bars_collection boolean NOT NULL, source varchar(300) NOT NULL, verified boolean NOT NULL, place integer NOT NULL,
  PRIMARY KEY (code, holds_from)
);
GRANT SELECT ON hazard_kind TO :app;
SELECT coop_append_only('hazard_kind');
INSERT INTO hazard_kind VALUES
 ('shaft', '1900-01-01', 'Shaft or tunnel', 'कुआँ या सुरंग', true, 'Own rule: nothing picked underground is bought; to be confirmed by the agency', false, 1),
 ('slope', '1900-01-01', 'Unstable slope', 'ढहने वाली ढलान', false, 'Own list of dangers, to be confirmed by the agency', false, 2),
 ('water', '1900-01-01', 'Deep water', 'गहरा पानी', false, 'Own list of dangers, to be confirmed by the agency', false, 3),
 ('blasting', '1900-01-01', 'Remains of blasting', 'बारूद के अवशेष', false, 'Own list of dangers, to be confirmed by the agency', false, 4),
 ('dust', '1900-01-01', 'Fine dust', 'बारीक धूल', false, 'Own list of dangers, to be confirmed by the agency', false, 5),
 ('animals', '1900-01-01', 'Wild animals', 'जंगली जानवर', false, 'Own list of dangers, to be confirmed by the agency', false, 6);

CREATE TABLE site_hazard (
  site_id bigint NOT NULL REFERENCES site ON DELETE RESTRICT, kind varchar(20) NOT NULL,
  PRIMARY KEY (site_id, kind)
);
GRANT SELECT, INSERT ON site_hazard TO :app;
SELECT coop_append_only('site_hazard');

INSERT INTO bylaw (name, value, unit, holds_from, source, verified, recorded_at) VALUES
 ('site_permission_warning', 30, 'days', '1900-01-01', 'Own rule: how long before its end a site''s permission is warned of', true, now());

-- A centre's Hindi name comes later than the centre; the last row holds.
CREATE TABLE collection_centre_name (
  id bigserial PRIMARY KEY, cooperative_id bigint NOT NULL REFERENCES cooperative ON DELETE RESTRICT,
  centre_id bigint NOT NULL REFERENCES collection_centre ON DELETE RESTRICT,
  name_hi varchar(120) NOT NULL CHECK (name_hi <> ''), recorded_at timestamptz NOT NULL
);
CREATE INDEX collection_centre_name_centre ON collection_centre_name (centre_id, id DESC);
GRANT SELECT, INSERT ON collection_centre_name TO :app;
GRANT USAGE ON SEQUENCE collection_centre_name_id_seq TO :app;
SELECT coop_guard_rows('collection_centre_name');
SELECT coop_append_only('collection_centre_name');
