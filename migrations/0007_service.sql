-- A service of a unit, with what its public page promises. name_folded: the name as it is searched and sorted.
CREATE TABLE service (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  unit_path {text} NOT NULL,
  slug {text} NOT NULL,
  name {text} NOT NULL,
  name_folded {text} NOT NULL,
  summary {text} NOT NULL,
  requirements {text} NOT NULL,
  fee {text} NOT NULL,
  promise {text} NOT NULL,
  promise_days {int},
  data_source {text} NOT NULL,
  is_public {bool} NOT NULL,
  population {int},
  valid_from {text} NOT NULL,
  valid_to {text},
  version {int} NOT NULL,
  UNIQUE (agency_id, slug)
){table};
CREATE INDEX service_unit ON service (agency_id, unit_path);
CREATE INDEX service_name ON service (agency_id, name_folded, id);

-- One answered survey. Answers by key of the element, never by number: agencies publish U8 and U9 both ways.
-- form: LENGKAP (all nine, counts for the index) or SINGKAT (one face, counted apart).
CREATE TABLE survey_response (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  service_id {uuid} NOT NULL REFERENCES service (id),
  instrument {text} NOT NULL,
  form {text} NOT NULL,
  channel {text} NOT NULL,
  survey_date {text} NOT NULL,
  submitted_at {int} NOT NULL,
  overall {int},
  persyaratan {int},
  prosedur {int},
  waktu {int},
  biaya {int},
  produk {int},
  kompetensi {int},
  perilaku {int},
  pengaduan {int},
  sarana {int},
  sex {text},
  age_band {text},
  education {text},
  occupation {text},
  reason {text} NOT NULL,
  comment {text} NOT NULL,
  submit_key {text} NOT NULL,
  UNIQUE (agency_id, service_id, submit_key)
){table};
CREATE INDEX survey_response_service ON survey_response (service_id, form, survey_date);

-- A register of requests: what was asked when, promised for when, done when. Days, not clock times.
CREATE TABLE service_case (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  service_id {uuid} NOT NULL REFERENCES service (id),
  register_no {text} NOT NULL,
  requested {text} NOT NULL,
  target {text} NOT NULL,
  assigned {text} NOT NULL,
  completed {text} NOT NULL,
  picked_up {text} NOT NULL,
  state {text} NOT NULL,
  cancel_flag {text} NOT NULL,
  UNIQUE (agency_id, service_id, register_no)
){table};
