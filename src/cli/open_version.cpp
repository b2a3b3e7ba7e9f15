#include "cli/open_version.hpp"

#include <filesystem>

#include <fmt/core.h>

namespace waymark::cli {

tl::expected<std::shared_ptr<const pathway::Pathway>, Trouble> VersionOpener::open(Context& context, const std::string& word) {
  std::error_code ignored;
  const bool is_path = word.find('/') != std::string::npos || std::filesystem::exists(word, ignored);
  if (!is_path && !m_database) {
    auto database = open_ready_store(m_store, MissingFile::refuse);
    if (database) {
      m_database = *std::move(database);
    } else if (!database.error().error || database.error().error->kind != Error::Kind::not_found || !m_store.database.empty()) {
      return tl::unexpected<Trouble>(database.error());
    }
  }
  if (is_path || !m_database) {
    auto opened = open_pathway(context, word);
    if (!opened) return tl::unexpected<Trouble>(std::move(opened.error()));
    return std::make_shared<const pathway::Pathway>(*std::move(opened));
  }
  release::Versions versions(*m_database);
  const auto version = versions.find(word, date_of(SystemClock().now()));
  if (!version) {
    Error error = version.error();
    if (error.kind == Error::Kind::not_found) error.message = fmt::format("There is neither a folder nor a published version `{}`.", word);
    return tl::unexpected<Trouble>(std::move(error));
  }
  const auto frozen = versions.load(version->hash);
  if (!frozen) return tl::unexpected<Trouble>(frozen.error());
  return std::shared_ptr<const pathway::Pathway>(*frozen, &(*frozen)->pathway);
}

}  // namespace waymark::cli
