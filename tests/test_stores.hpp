/// An empty store of a test's own on each database: `TEST_CASE_TEMPLATE("…", On, ON_BOTH_DATABASES) { On store; … }`.
#pragma once

#include <memory>

#include "db/database.hpp"
#include "postgresql_server.hpp"
#include "temporary_folder.hpp"

class OnSqlite {
 public:
  [[nodiscard]] waymark::db::DatabaseLocation location() const { return {waymark::db::Dialect::sqlite, m_folder.path() / "store.sqlite", {}}; }
  [[nodiscard]] std::unique_ptr<waymark::db::Database> open(waymark::db::DatabaseOptions options = {}) const {
    return waymark::db::Database::open(location(), options);
  }

 private:
  TemporaryFolder m_folder;
};

class OnPostgresql {
 public:
  [[nodiscard]] waymark::db::DatabaseLocation location() const { return {waymark::db::Dialect::postgresql, {}, m_url}; }
  [[nodiscard]] std::unique_ptr<waymark::db::Database> open(waymark::db::DatabaseOptions options = {}) const {
    return waymark::db::Database::open(location(), options);
  }

 private:
  std::string m_url = PostgresqlServer::running().new_store();
};

#define ON_BOTH_DATABASES OnSqlite, OnPostgresql
