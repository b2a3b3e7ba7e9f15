#include "access/schema.hpp"

namespace waymark::access {

// Texts that stand for ids are random (base/public_id.hpp). What would let somebody in (tokens, links, codes) is kept as a hash.
std::vector<db::Migration> migrations() {
  return {
      {.number = 1,
       .room = "access",
       .name = "accounts, sessions and audit",
       .steps =
           {
               // email_key is the address with case folded; it is what must be unique. person is the record of the org room.
               R"(CREATE TABLE account (
                    id {text} NOT NULL PRIMARY KEY,
                    name {text} NOT NULL,
                    email {text},
                    email_key {text} UNIQUE,
                    person {text} UNIQUE,
                    external_id {text} UNIQUE,
                    oidc_issuer {text},
                    oidc_subject {text},
                    password_hash {text},
                    totp_secret {bytes},
                    totp_confirmed {boolean} NOT NULL,
                    totp_step {integer},
                    locked_at {instant},
                    created_at {instant} NOT NULL,
                    erased_at {instant},
                    UNIQUE (oidc_issuer, oidc_subject)
                  ) {strict})",
               "CREATE INDEX account_name ON account (name, id)",
               R"(CREATE TABLE account_password (
                    account {text} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                    hash {text} NOT NULL,
                    replaced_at {instant} NOT NULL
                  ) {strict})",
               "CREATE INDEX account_password_account ON account_password (account, replaced_at)",
               // Half-open in time; part and country are empty where the scope is the whole.
               R"(CREATE TABLE account_role (
                    id {text} NOT NULL PRIMARY KEY,
                    account {text} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                    role {text} NOT NULL,
                    part {text} NOT NULL,
                    country {text} NOT NULL,
                    valid_from {date} NOT NULL,
                    valid_to {date}
                  ) {strict})",
               "CREATE INDEX account_role_account ON account_role (account)",
               "CREATE INDEX account_role_role ON account_role (role)",
               R"(CREATE TABLE recovery_code (
                    account {text} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                    hash {text} NOT NULL,
                    used_at {instant},
                    PRIMARY KEY (account, hash)
                  ) {strict})",
               R"(CREATE TABLE single_use_link (
                    hash {text} NOT NULL PRIMARY KEY,
                    purpose {text} NOT NULL,
                    account {text} REFERENCES account (id) ON DELETE CASCADE,
                    payload {text} NOT NULL,
                    expires_at {instant} NOT NULL
                  ) {strict})",
               "CREATE INDEX single_use_link_account ON single_use_link (account)",
               "CREATE INDEX single_use_link_expires ON single_use_link (expires_at)",
               R"(CREATE TABLE session (
                    id {text} NOT NULL PRIMARY KEY,
                    account {text} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                    created_at {instant} NOT NULL,
                    last_seen_at {instant} NOT NULL,
                    through {text} NOT NULL,
                    device {text} NOT NULL,
                    address {text} NOT NULL,
                    second_factor_due {boolean} NOT NULL,
                    must_rotate {boolean} NOT NULL
                  ) {strict})",
               "CREATE INDEX session_account ON session (account)",
               "CREATE INDEX session_last_seen ON session (last_seen_at)",
               // A session has one token for good and, for a moment after a change, the one before it.
               R"(CREATE TABLE session_token (
                    hash {text} NOT NULL PRIMARY KEY,
                    session {text} NOT NULL REFERENCES session (id) ON DELETE CASCADE,
                    valid_until {instant}
                  ) {strict})",
               "CREATE INDEX session_token_session ON session_token (session)",
               R"(CREATE TABLE sign_in_failure (
                    throttle_key {text} NOT NULL PRIMARY KEY,
                    failures {integer} NOT NULL,
                    last_failure_at {instant} NOT NULL
                  ) {strict})",
               "CREATE INDEX sign_in_failure_last ON sign_in_failure (last_failure_at)",
               R"(CREATE TABLE known_address (
                    throttle_key {text} NOT NULL PRIMARY KEY,
                    last_success_at {instant} NOT NULL
                  ) {strict})",
               "CREATE INDEX known_address_last ON known_address (last_success_at)",
               R"(CREATE TABLE api_token (
                    id {text} NOT NULL PRIMARY KEY,
                    account {text} NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                    name {text} NOT NULL,
                    prefix {text} NOT NULL,
                    hash {text} NOT NULL UNIQUE,
                    scopes {text} NOT NULL,
                    created_at {instant} NOT NULL,
                    expires_at {instant} NOT NULL,
                    last_used_at {instant}
                  ) {strict})",
               "CREATE INDEX api_token_account ON api_token (account)",
               R"(CREATE TABLE feature_switch (
                    feature {text} NOT NULL,
                    part {text} NOT NULL,
                    country {text} NOT NULL,
                    PRIMARY KEY (feature, part, country)
                  ) {strict})",
               R"(CREATE TABLE audit_entry (
                    sequence {integer} NOT NULL PRIMARY KEY,
                    at {instant} NOT NULL,
                    actor {text} NOT NULL,
                    action {text} NOT NULL,
                    subject {text} NOT NULL,
                    object {text} NOT NULL,
                    why {text} NOT NULL,
                    facts {text} NOT NULL,
                    hash {text} NOT NULL
                  ) {strict})",
               "CREATE INDEX audit_entry_subject ON audit_entry (subject, sequence)",
               // The one record that appending takes turns on.
               R"(CREATE TABLE audit_head (
                    id {integer} NOT NULL PRIMARY KEY CHECK (id = 1),
                    sequence {integer} NOT NULL,
                    hash {text} NOT NULL
                  ) {strict})",
               "INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '')",
               // Who a pseudonym of the audit is. Erasing a person is erasing their row here.
               R"(CREATE TABLE audit_pseudonym (
                    who {text} NOT NULL PRIMARY KEY,
                    pseudonym {text} NOT NULL UNIQUE
                  ) {strict})",
           }},
  };
}

}  // namespace waymark::access
