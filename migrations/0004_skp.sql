CREATE TABLE skp (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  assessor_id {uuid} REFERENCES person (id),
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  unit_path {text} NOT NULL,
  position_id {uuid} NOT NULL REFERENCES position (id),
  is_head {bool} NOT NULL,
  year {int} NOT NULL,
  period_start {text} NOT NULL,
  period_end {text} NOT NULL,
  approach {text} NOT NULL,
  family {text} NOT NULL,
  status {text} NOT NULL,
  version {int} NOT NULL,
  created_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  submitted_at {int},
  decided_at {int},
  UNIQUE (agency_id, person_id, year, period_start)
){table};
CREATE INDEX skp_assessor ON skp (assessor_id, year, status);
CREATE INDEX skp_unit ON skp (agency_id, year, unit_path);
CREATE INDEX skp_person ON skp (person_id, year);

-- How the two parties were called when the SKP was approved; printed forever after. side: PEGAWAI, PENILAI
CREATE TABLE skp_party (
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  side {text} NOT NULL,
  person_id {uuid} REFERENCES person (id),
  name {text} NOT NULL,
  number {text} NOT NULL,
  rank {text} NOT NULL,
  position {text} NOT NULL,
  unit {text} NOT NULL,
  PRIMARY KEY (skp_id, side)
){table};

-- Rencana Hasil Kerja. parent_rhk_id: the superior's RHK it intervenes in.
CREATE TABLE rhk (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  kind {text} NOT NULL,
  seq {int} NOT NULL,
  text {text} NOT NULL,
  parent_rhk_id {uuid} REFERENCES rhk (id),
  assigned_from {text} NOT NULL,
  holder {text} NOT NULL
){table};
CREATE INDEX rhk_skp ON rhk (skp_id, kind, seq);
CREATE INDEX rhk_parent ON rhk (parent_rhk_id);

-- Indikator Kinerja Individu. target_min and target_max are decimals as text; source SERVICE reads a service's index.
CREATE TABLE iki (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  rhk_id {uuid} NOT NULL REFERENCES rhk (id),
  seq {int} NOT NULL,
  aspect {text},
  perspective {text},
  text {text} NOT NULL,
  target_text {text} NOT NULL,
  target_min {text},
  target_max {text},
  target_unit {text} NOT NULL,
  direction {text} NOT NULL,
  source {text} NOT NULL,
  service_id {uuid}
){table};
CREATE INDEX iki_rhk ON iki (rhk_id, seq);

-- The leader's special expectation for each of the seven BerAKHLAK values.
CREATE TABLE skp_behaviour (
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  value_no {int} NOT NULL,
  expectation {text} NOT NULL,
  PRIMARY KEY (skp_id, value_no)
){table};

-- Annex: DUKUNGAN (resources), PERTANGGUNGJAWABAN (accountability), KONSEKUENSI (consequences)
CREATE TABLE skp_annex (
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  kind {text} NOT NULL,
  seq {int} NOT NULL,
  text {text} NOT NULL,
  PRIMARY KEY (skp_id, kind, seq)
){table};

-- One line of history per change of state, with the remark that came with it. version: of the SKP after the change;
-- it puts the lines in order whatever the clock says.
CREATE TABLE skp_event (
  id {uuid} PRIMARY KEY,
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  version {int} NOT NULL,
  at {int} NOT NULL,
  person_id {uuid} REFERENCES person (id),
  status_from {text},
  status_to {text} NOT NULL,
  remark {text} NOT NULL
){table};
CREATE INDEX skp_event_skp ON skp_event (skp_id, version);
