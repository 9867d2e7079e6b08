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
