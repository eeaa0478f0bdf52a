-- One installation may serve many agencies: agency_id comes first in every key of the domain.
CREATE TABLE agency (
  id {uuid} PRIMARY KEY,
  code {text} NOT NULL UNIQUE,
  name {text} NOT NULL,
  region {text} NOT NULL,
  zone {text} NOT NULL,
  is_demo {bool} NOT NULL,
  created_at {int} NOT NULL
){table};

-- Where the law is silent or agencies differ: a value in force from a date, with its legal basis.
CREATE TABLE setting (
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  key {text} NOT NULL,
  effective_from {text} NOT NULL,
  value {text} NOT NULL,
  legal_basis {text} NOT NULL,
  changed_by {uuid},
  changed_at {int} NOT NULL,
  PRIMARY KEY (agency_id, key, effective_from)
){table};

-- Hash chains of changes. Sixteen chains an agency (by actor), so that writers do not wait for one another.
CREATE TABLE audit_entry (
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  chain {int} NOT NULL,
  seq {int} NOT NULL,
  at {int} NOT NULL,
  actor_id {uuid},
  permit {text} NOT NULL,
  verb {text} NOT NULL,
  kind {text} NOT NULL,
  subject_id {uuid} NOT NULL,
  detail {text} NOT NULL,
  previous {bytes} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (agency_id, chain, seq)
){table};
CREATE INDEX audit_entry_subject ON audit_entry (agency_id, subject_id, at);

CREATE TABLE audit_head (
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  chain {int} NOT NULL,
  seq {int} NOT NULL,
  hash {bytes} NOT NULL,
  PRIMARY KEY (agency_id, chain)
){table};

-- Durable queue. A job is enqueued in the transaction of the change that wants it.
CREATE TABLE job (
  id {uuid} PRIMARY KEY,
  agency_id {uuid},
  kind {text} NOT NULL,
  payload {text} NOT NULL,
  state {text} NOT NULL,
  attempts {int} NOT NULL,
  run_at {int} NOT NULL,
  locked_until {int} NOT NULL,
  unique_key {text} UNIQUE,
  progress_done {int} NOT NULL,
  progress_total {int} NOT NULL,
  message {text} NOT NULL,
  cancel_requested {bool} NOT NULL,
  created_at {int} NOT NULL,
  finished_at {int}
){table};
CREATE INDEX job_due ON job (state, run_at);
