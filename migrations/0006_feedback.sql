-- Continuous feedback: on an RHK, or on one of the seven values. tone: POSITIF, NETRAL, PERLU_PERBAIKAN
CREATE TABLE feedback (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  skp_id {uuid} NOT NULL REFERENCES skp (id),
  rhk_id {uuid} REFERENCES rhk (id),
  value_no {int},
  giver_id {uuid} NOT NULL REFERENCES person (id),
  giver_role {text} NOT NULL,
  year {int} NOT NULL,
  period {text} NOT NULL,
  tone {text} NOT NULL,
  text {text} NOT NULL,
  submit_key {text} NOT NULL,
  created_at {int} NOT NULL,
  UNIQUE (agency_id, giver_id, submit_key)
){table};
CREATE INDEX feedback_skp ON feedback (skp_id, year, period);
