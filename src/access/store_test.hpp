/// A migrated store with a clock that stands still, on either database.
#pragma once

#include <memory>
#include <string>

#include "access/account.hpp"
#include "access/audit.hpp"
#include "access/schema.hpp"
#include "access/session.hpp"
#include "base/fake_clock_test.hpp"
#include "db/schema.hpp"
#include "test_stores.hpp"

namespace waymark::access {

template <class On>
struct TestStore {
  On on;
  FakeClock clock{"2026-11-24T09:00:00Z"};
  std::unique_ptr<db::Database> database;
  AccountRules account_rules{.passwords = {}, .cost = HashCost::least()};

  explicit TestStore(db::DatabaseOptions options = {}, const db::Schema& schema = db::Schema{migrations()}) : database(on.open(options)) {
    if (const auto ready = db::make_ready(*database, schema, clock, "test"); !ready)
      throw std::runtime_error(ready.error().message);
  }

  [[nodiscard]] Accounts accounts() { return Accounts(*database, clock, account_rules); }
  [[nodiscard]] AccountId add(const std::string& name, const std::string& email, const std::string& password = {},
                              const std::vector<Role>& roles = {}) {
    Accounts all = accounts();
    if (password.empty()) return all.create({.name = name, .email = email}, Doing::at_the_machine()).value();
    return all.create_with_password({.name = name, .email = email}, password, roles, Doing::at_the_machine()).value();
  }
  /// The actions in the audit, oldest first, joined by blanks.
  [[nodiscard]] std::string audited() {
    std::string actions;
    database->read([&](db::Reader& reader) {
      for_each_audit_entry(reader, 1, [&](const AuditEntry& entry) {
        actions += (actions.empty() ? "" : " ") + entry.action;
        return true;
      });
    });
    return actions;
  }
  [[nodiscard]] AuditReport verified() {
    return database->read([](db::Reader& reader) { return verify_audit(reader); });
  }
};

inline const std::string good_password = "correct horse battery";

}  // namespace waymark::access
