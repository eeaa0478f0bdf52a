CREATE TABLE action_plan (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  rhk_id {uuid} NOT NULL REFERENCES rhk (id),
  year {int} NOT NULL,
  period {text} NOT NULL,
  seq {int} NOT NULL,
  text {text} NOT NULL,
  target_text {text} NOT NULL,
  reached {text},
  version {int} NOT NULL
){table};
CREATE INDEX action_plan_skp ON action_plan (skp_id, period, seq);

-- Daily progress. submit_key: one-time key of the form, so that a double tap makes one entry.
CREATE TABLE progress_entry (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  rhk_id {uuid} NOT NULL REFERENCES rhk (id),
  work_date {text} NOT NULL,
  text {text} NOT NULL,
  quantity {text},
  quantity_unit {text} NOT NULL,
  submit_key {text} NOT NULL,
  created_at {int} NOT NULL,
  changed_at {int} NOT NULL,
  version {int} NOT NULL,
  UNIQUE (agency_id, person_id, submit_key)
){table};
CREATE INDEX progress_entry_person ON progress_entry (person_id, work_date);
CREATE INDEX progress_entry_rhk ON progress_entry (rhk_id, work_date);

-- Realised value of an IKI in a period.
CREATE TABLE realisation (
  iki_id {uuid} NOT NULL REFERENCES iki (id),
  year {int} NOT NULL,
  period {text} NOT NULL,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  value_text {text} NOT NULL,
  value_number {text},
  source_note {text} NOT NULL,
  changed_at {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (iki_id, year, period)
){table};
CREATE INDEX realisation_skp ON realisation (skp_id, year, period);

-- Evidence: a file in our own store (content addressed by digest), or a link that we never fetch.
CREATE TABLE evidence (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  rhk_id {uuid} NOT NULL REFERENCES rhk (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  year {int} NOT NULL,
  period {text} NOT NULL,
  kind {text} NOT NULL,
  title {text} NOT NULL,
  note {text} NOT NULL,
  url {text},
  file_name {text},
  media_type {text},
  size {int},
  digest {text},
  created_at {int} NOT NULL
){table};
CREATE INDEX evidence_skp ON evidence (skp_id, year, period);
CREATE INDEX evidence_digest ON evidence (digest);

-- A period whose evaluation is final: nothing that belongs to it may change. Written when evaluation finalises.
CREATE TABLE period_lock (
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  year {int} NOT NULL,
  period {text} NOT NULL,
  locked_at {int} NOT NULL,
  PRIMARY KEY (skp_id, year, period)
){table};
