-- email is kept folded. totp_pending: a second factor shown to its owner but not yet confirmed by a code.
-- totp_last_step: the last step whose code was accepted; none at or before it passes again.
CREATE TABLE account (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  person_id {uuid} REFERENCES person (id),
  email {text},
  label {text} NOT NULL,
  label_folded {text} NOT NULL,
  password_hash {text} NOT NULL,
  must_change {bool} NOT NULL,
  disabled_at {int},
  totp_secret {text},
  totp_pending {text},
  totp_last_step {int} NOT NULL,
  language {text} NOT NULL,
  created_at {int} NOT NULL,
  version {int} NOT NULL
){table};
CREATE UNIQUE INDEX account_email ON account (agency_id, email);
CREATE UNIQUE INDEX account_person ON account (agency_id, person_id);
CREATE INDEX account_label ON account (agency_id, label_folded, id);
-- Signing in knows the number or the e-mail address, but not yet the agency.
CREATE INDEX account_login_email ON account (email);
CREATE INDEX person_number_login ON person_number (number);

CREATE TABLE recovery_code (
  account_id {uuid} NOT NULL REFERENCES account (id),
  hash {bytes} NOT NULL,
  used_at {int},
  PRIMARY KEY (account_id, hash)
){table};

-- Only the digest of the token is kept. stage: FULL, TOTP (password seen, code missing), CHANGE (must change password).
-- network_key: the network that becomes known for this login once the second factor has passed.
CREATE TABLE session (
  token_hash {bytes} PRIMARY KEY,
  account_id {uuid} NOT NULL REFERENCES account (id),
  stage {text} NOT NULL,
  network_key {text},
  created_at {int} NOT NULL,
  seen_at {int} NOT NULL,
  expires_at {int} NOT NULL
){table};
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

-- Roles with scope in the tree and dates. unit_id NULL: the whole agency.
CREATE TABLE role_grant (
  id {uuid} PRIMARY KEY,
  agency_id {uuid} NOT NULL REFERENCES agency (id),
  account_id {uuid} NOT NULL REFERENCES account (id),
  role {text} NOT NULL,
  unit_id {uuid} REFERENCES unit (id),
  valid_from {text} NOT NULL,
  valid_to {text},
  reason {text} NOT NULL,
  granted_by {uuid},
  granted_at {int} NOT NULL
){table};
CREATE INDEX role_grant_account ON role_grant (account_id);

-- Attempts by key: login and network together, login alone (counts attempts from networks that are not known for it),
-- network alone. Keys are digests: neither a number nor an address can be read from them.
CREATE TABLE sign_in_throttle (
  key {text} PRIMARY KEY,
  failures {int} NOT NULL,
  blocked_until {int} NOT NULL,
  last_at {int} NOT NULL
){table};

-- Networks from which a login has succeeded: attempts elsewhere cannot make it wait there.
CREATE TABLE known_network (
  key {text} PRIMARY KEY,
  last_at {int} NOT NULL
){table};

-- The code that makes the first administrator, printed once at first start.
CREATE TABLE first_code (
  hash {bytes} PRIMARY KEY,
  expires_at {int} NOT NULL,
  used_at {int}
){table};
