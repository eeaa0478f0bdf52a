-- Capaian kinerja organisasi of a unit for a period, set one level above.
CREATE TABLE unit_achievement (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  unit_path {text} NOT NULL,
  year {int} NOT NULL,
  period {text} NOT NULL,
  achievement {text} NOT NULL,
  basis {text} NOT NULL,
  set_by {uuid} NOT NULL REFERENCES person (id),
  set_at {int} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (agency_id, unit_id, year, period)
){table};
CREATE INDEX unit_achievement_path ON unit_achievement (agency_id, year, period, unit_path);

-- status: BELUM_DINILAI, DINILAI (both ratings, not final), FINAL, DITERIMA (read by the employee)
CREATE TABLE evaluation (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  assessor_id {uuid} NOT NULL REFERENCES person (id),
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  unit_path {text} NOT NULL,
  is_head {bool} NOT NULL,
  year {int} NOT NULL,
  period {text} NOT NULL,
  status {text} NOT NULL,
  achievement {text},
  result_rating {text},
  result_reason {text} NOT NULL,
  behaviour_rating {text},
  behaviour_reason {text} NOT NULL,
  predikat {text},
  recommendation {text} NOT NULL,
  pattern_reason {text} NOT NULL,
  proposed_result {text},
  proposal_inputs {text} NOT NULL,
  rated_at {int},
  finalised_at {int},
  finalised_by {uuid} REFERENCES person (id),
  received_at {int},
  acknowledged_at {int},
  objection_until {text},
  version {int} NOT NULL,
  UNIQUE (agency_id, skp_id, year, period)
){table};
CREATE INDEX evaluation_assessor ON evaluation (assessor_id, year, period);
CREATE INDEX evaluation_person ON evaluation (person_id, year, period);
CREATE INDEX evaluation_unit ON evaluation (unit_id, year, period);
CREATE INDEX evaluation_path ON evaluation (agency_id, year, period, unit_path);

CREATE TABLE evaluation_event (
  id {uuid} PRIMARY KEY,
  evaluation_id {uuid} NOT NULL REFERENCES evaluation (id),
  at {int} NOT NULL,
  person_id {uuid} REFERENCES person (id),
  verb {text} NOT NULL,
  remark {text} NOT NULL
){table};
CREATE INDEX evaluation_event_evaluation ON evaluation_event (evaluation_id, at);

-- A printed form: what was printed, and the code by which anyone can check the paper.
CREATE TABLE printed_document (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  check_code {text} NOT NULL UNIQUE,
  kind {text} NOT NULL,
  subject_id {uuid} NOT NULL,
  subject_version {int} NOT NULL,
  paper {text} NOT NULL,
  title {text} NOT NULL,
  unit_path {text} NOT NULL,
  digest {text} NOT NULL,
  signers {text} NOT NULL,
  printed_at {int} NOT NULL,
  printed_by {uuid}
){table};
CREATE INDEX printed_document_subject ON printed_document (agency_id, subject_id, kind);
