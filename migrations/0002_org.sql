-- Units. The row holds the present; unit_history holds name and parent over time.
-- path = codes from the root, each followed by '/': everything below a unit starts with its path.
CREATE TABLE unit (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  code {text} NOT NULL,
  name {text} NOT NULL,
  name_folded {text} NOT NULL,
  kind {text} NOT NULL,
  parent_id {uuid} REFERENCES unit (id),
  path {text} NOT NULL,
  depth {int} NOT NULL,
  valid_from {text} NOT NULL,
  valid_to {text},
  version {int} NOT NULL,
  UNIQUE (agency_id, code)
){table};
CREATE INDEX unit_path ON unit (agency_id, path);
CREATE INDEX unit_parent ON unit (parent_id);

CREATE TABLE unit_history (
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  valid_from {text} NOT NULL,
  valid_to {text},
  name {text} NOT NULL,
  parent_id {uuid} REFERENCES unit (id),
  PRIMARY KEY (unit_id, valid_from)
){table};

CREATE TABLE position (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  unit_id {uuid} NOT NULL REFERENCES unit (id),
  code {text} NOT NULL,
  title {text} NOT NULL,
  kind {text} NOT NULL,
  level {text},
  is_head {bool} NOT NULL,
  valid_from {text} NOT NULL,
  valid_to {text},
  UNIQUE (agency_id, code)
){table};
CREATE INDEX position_unit ON position (unit_id);

-- The person key is internal. Numbers, ranks and placements are attributes with dates.
CREATE TABLE person (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  name {text} NOT NULL,
  title_front {text} NOT NULL,
  title_back {text} NOT NULL,
  birth_date {text},
  sex {text},
  email {text},
  phone {text},
  status {text} NOT NULL,
  version {int} NOT NULL,
  created_at {int} NOT NULL
){table};
CREATE INDEX person_agency ON person (agency_id);

CREATE TABLE person_number (
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  number {text} NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  kind {text} NOT NULL,
  valid_from {text} NOT NULL,
  valid_to {text},
  PRIMARY KEY (agency_id, number)
){table};
CREATE INDEX person_number_person ON person_number (person_id);

CREATE TABLE person_rank (
  person_id {uuid} NOT NULL REFERENCES person (id),
  valid_from {text} NOT NULL,
  grade {text} NOT NULL,
  PRIMARY KEY (person_id, valid_from)
){table};

-- kind: DEFINITIF, PLT, PLH
CREATE TABLE placement (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  position_id {uuid} NOT NULL REFERENCES position (id),
  kind {text} NOT NULL,
  valid_from {text} NOT NULL,
  valid_to {text},
  decree {text} NOT NULL
){table};
CREATE INDEX placement_person ON placement (person_id, valid_from);
CREATE INDEX placement_position ON placement (position_id, valid_from);

CREATE TABLE superior_override (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  superior_id {uuid} NOT NULL REFERENCES person (id),
  reason {text} NOT NULL,
  document {text} NOT NULL,
  valid_from {text} NOT NULL,
  valid_to {text},
  created_by {uuid},
  created_at {int} NOT NULL
){table};
CREATE INDEX superior_override_person ON superior_override (person_id);

-- One row a person: who they are today. Made from the tables above by org, so that lists are one index walk.
-- superior_until: last day on which this superior holds (end of an acting duty), after which the row is made anew.
CREATE TABLE employee (
  person_id {uuid} PRIMARY KEY REFERENCES person (id),
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  number {text} NOT NULL,
  number_kind {text},
  full_name {text} NOT NULL,
  name_folded {text} NOT NULL,
  unit_id {uuid} REFERENCES unit (id),
  unit_path {text} NOT NULL,
  unit_name {text} NOT NULL,
  position_id {uuid} REFERENCES position (id),
  position_title {text} NOT NULL,
  position_kind {text} NOT NULL,
  is_head {bool} NOT NULL,
  grade {text} NOT NULL,
  superior_id {uuid} REFERENCES person (id),
  superior_basis {text} NOT NULL,
  superior_until {text},
  status {text} NOT NULL,
  as_of {text} NOT NULL
){table};
-- with the status, so that counting a list reads the index alone
CREATE INDEX employee_name ON employee (agency_id, name_folded, person_id, status);
CREATE INDEX employee_unit ON employee (agency_id, unit_path, name_folded);
CREATE INDEX employee_unit_id ON employee (unit_id);
CREATE INDEX employee_superior ON employee (superior_id, name_folded);
CREATE INDEX employee_number ON employee (agency_id, number);

-- Words of names, so that any word of a name finds the person by prefix on both engines.
CREATE TABLE person_word (
  agency_id {uuid} NOT NULL,
  word {text} NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  PRIMARY KEY (agency_id, word, person_id)
){table};
CREATE INDEX person_word_person ON person_word (person_id);

-- A staff list on its way in: the file's rows and their findings, kept until applied or thrown away.
CREATE TABLE staff_import (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  file_name {text} NOT NULL,
  digest {text} NOT NULL,
  state {text} NOT NULL,
  rows_total {int} NOT NULL,
  rows_new {int} NOT NULL,
  rows_changed {int} NOT NULL,
  rows_same {int} NOT NULL,
  rows_rejected {int} NOT NULL,
  report {text} NOT NULL,
  content {bytes} NOT NULL,
  created_by {uuid},
  created_at {int} NOT NULL,
  applied_at {int}
){table};
