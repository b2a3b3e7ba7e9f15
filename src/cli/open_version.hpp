/// One version that a command line names: a folder, or a published version.
#pragma once

#include <memory>
#include <string>

#include "cli/open_pathway.hpp"
#include "cli/store.hpp"
#include "release/versions.hpp"

namespace waymark::cli {

class VersionOpener {
 public:
  explicit VersionOpener(const StoreOptions& store) : m_store(store) {}

  /// What is there as a folder, or written as a path, is a folder; else a published version is meant, where there is a store. Throws db::DatabaseError.
  [[nodiscard]] tl::expected<std::shared_ptr<const pathway::Pathway>, Trouble> open(Context& context, const std::string& word);

 private:
  const StoreOptions& m_store;
  std::unique_ptr<db::Database> m_database;
};

}  // namespace waymark::cli
