// What is asked at every request, or of tables that grow for ten years, finds its records by an index.
#include "db/plans.hpp"

#include <doctest/doctest.h>

#include "access/account_records.hpp"
#include "access/api_token_records.hpp"
#include "access/link.hpp"
#include "access/session_records.hpp"
#include "access/store_test.hpp"
#include "access/throttle_records.hpp"
#include "base/text.hpp"
#include "query_plans.hpp"

using namespace waymark;
using namespace waymark::access;

TEST_CASE_TEMPLATE("a session is found by its token's hash, and listed by its account", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId ada = store.add("Ada", "ada@example.org");
  const std::string found = planned(*store.database, [&](db::Reader& reader) { (void)find_session(reader, "h", {}); });
  CHECK(uses(found, "SEARCH session_token USING INDEX sqlite_autoindex_session_token_1", "session_token_pkey"));
  CHECK(uses(found, "SEARCH session USING INDEX sqlite_autoindex_session_1", "session_pkey"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)list_sessions(reader, ada, {}, {}); }), "session_account", "session_account"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)roles_on(reader, ada, {}); }), "account_role_account", "account_role_account"));
}

TEST_CASE_TEMPLATE("an API token and a link are found by their hash", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId ada = store.add("Ada", "ada@example.org");
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)find_api_token(reader, "h"); }),
             "SEARCH api_token USING INDEX sqlite_autoindex_api_token_2", "api_token_hash_key"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)list_api_tokens(reader, ada); }), "api_token_account", "api_token_account"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)look_at_link(reader, LinkPurpose::invitation, "t", {}); }),
             "sqlite_autoindex_single_use_link_1", "single_use_link_pkey"));
}

TEST_CASE_TEMPLATE("accounts are found by address, person and externalId, and listed by name without sorting them all", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  CHECK(
      uses(planned(*store.database, [&](db::Reader& reader) { (void)find_by_email_key(reader, "a"); }), "sqlite_autoindex_account_2", "account_email_key_key"));
  CHECK(
      uses(planned(*store.database, [&](db::Reader& reader) { (void)find_for_sign_in(reader, "a"); }), "sqlite_autoindex_account_2", "account_email_key_key"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)find_by_person(reader, "p"); }), "sqlite_autoindex_account_3", "account_person_key"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)find_by_external_id(reader, "e"); }), "sqlite_autoindex_account_4",
             "account_external_id_key"));
  CHECK(uses(planned(*store.database, [&](db::Reader& reader) { (void)find_by_subject(reader, "i", "s"); }), "sqlite_autoindex_account_5",
             "account_oidc_issuer_oidc_subject_key"));
  // Few are sorted more quickly than looked up in order; many are not.
  store.database->write([&](db::Writer& writer) {
    for (int i = 0; i < 2000; ++i) insert_account(writer, AccountId::make(), {.name = "Account " + std::to_string(i)}, store.clock.now());
    writer.run("ANALYZE account");
  });
  const std::string listed = planned(*store.database, [&](db::Reader& reader) { (void)list_accounts(reader, "Ada", "x", 50); });
  CHECK(uses(listed, "account_name", "account_name"));
  CHECK(listed.find("TEMP B-TREE") == std::string::npos);
  CHECK(listed.find("Sort") == std::string::npos);
}

TEST_CASE_TEMPLATE("the audit about a person is found by person, the newest first without sorting", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AccountId ada = store.add("Ada", "ada@example.org");
  const std::string found = planned(*store.database, [&](db::Reader& reader) { (void)newest_audit_entries(reader, AuditPerson::of(ada), 7, 50); });
  CHECK(uses(found, "audit_entry_subject", "audit_entry_subject"));
  CHECK(found.find("TEMP B-TREE") == std::string::npos);
  CHECK(found.find("Sort") == std::string::npos);
}

TEST_CASE_TEMPLATE("signing in looks at no whole table, and neither does forgetting what has ended", On, ON_BOTH_DATABASES) {
  TestStore<On> store;
  const AttemptKeys keys = attempt_keys("ada@example.org", "192.0.2.1");
  (void)planned(*store.database, [&](db::Writer& writer) { (void)begin_attempt(writer, keys, {}, store.clock.now()); });
  (void)planned(*store.database, [&](db::Writer& writer) { (void)forget_old_attempts(writer, {}, store.clock.now()); });
  CHECK(uses(planned(*store.database, [&](db::Writer& writer) { (void)forget_ended_links(writer, store.clock.now()); }), "single_use_link_expires",
             "single_use_link_expires"));
}
