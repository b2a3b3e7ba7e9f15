#include "cli/lint_scope.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"

namespace waymark::cli {
namespace {

namespace fs = std::filesystem;

/// What a finding is about, wherever it stands: line numbers inside messages do not count.
class Keys {
 public:
  explicit Keys(const Folder& folder) {
    for (const FolderFile& file : folder.files) m_sources.emplace(file.path, SourceText(file.path, file.bytes));
  }

  std::string of(const Finding& finding) const {
    const auto source = m_sources.find(finding.file);
    const bool there = source != m_sources.end() && finding.span.begin.line <= source->second.line_count();
    std::string message = finding.message;
    std::erase_if(message, [](char c) { return c >= '0' && c <= '9'; });
    return fmt::format("{}\n{}\n{}\n{}", finding.rule, finding.file, message,
                       there ? collapse_white_space(source->second.line(finding.span.begin.line)) : std::string());
  }

 private:
  std::map<std::string, SourceText, std::less<>> m_sources;
};

void keep_new(Findings& now, const Keys& keys, const Findings& before, const Keys& keys_before) {
  std::map<std::string, std::size_t> known;
  for (const Finding& finding : before) ++known[keys_before.of(finding)];
  std::erase_if(now, [&](const Finding& finding) {
    const auto same = known.find(keys.of(finding));
    if (same == known.end() || same->second == 0) return false;
    --same->second;
    return true;
  });
}

tl::unexpected<Error> no_such_file(const std::string& file) {
  return fail(Error::Kind::not_found, fmt::format("There is no file {}.", file), "Check the name; without names, all documents are looked at.");
}

}  // namespace

Result<fs::path> pathway_folder_of(const std::string& given, const std::vector<std::string>& files) {
  std::error_code error;
  for (const std::string& file : files) {
    if (!fs::exists(file, error)) return no_such_file(file);
  }
  if (!given.empty() || files.empty()) return find_pathway_folder(given);
  const fs::path start = fs::is_directory(files.front(), error) ? fs::path(files.front()) : fs::path(files.front()).parent_path();
  fs::path relative = start.empty() ? fs::path(".") : start;
  for (fs::path around = fs::weakly_canonical(relative, error); !error; around = around.parent_path(), relative /= "..") {
    if (fs::exists(around / "pathway.yaml", error)) {
      const std::string named = relative.lexically_normal().string();
      return fs::path(named.size() > 1 && named.ends_with('/') ? named.substr(0, named.size() - 1) : named);
    }
    if (around == around.root_path()) break;
  }
  return find_pathway_folder(given);
}

Result<void> keep_files(lint::Linted& linted, const fs::path& folder, const std::vector<std::string>& files) {
  if (files.empty()) return {};
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  std::vector<std::string> wanted;
  for (const std::string& file : files) {
    const fs::path inside = fs::canonical(file, error).lexically_relative(root);
    if (inside.empty() || *inside.begin() == "..") {
      return fail(Error::Kind::wrong_usage, fmt::format("{} is not in the pathway in {}.", file, folder.string()),
                  "Name files of one pathway, or say which with -p DIR.");
    }
    wanted.push_back(fs::is_directory(file, error) ? (inside == "." ? std::string() : inside.generic_string() + "/") : inside.generic_string());
  }
  const auto unwanted = [&](const Finding& finding) {
    return std::none_of(wanted.begin(), wanted.end(), [&](const std::string& each) {
      return each.empty() || each.ends_with('/') ? finding.file.starts_with(each) : finding.file == each;
    });
  };
  std::erase_if(linted.findings, unwanted);
  std::erase_if(linted.allowed, unwanted);
  return {};
}

void keep_new(lint::Linted& now, const Folder& documents, const lint::Linted& before, const Folder& documents_before) {
  const Keys keys(documents);
  const Keys keys_before(documents_before);
  keep_new(now.findings, keys, before.findings, keys_before);
  keep_new(now.allowed, keys, before.allowed, keys_before);
}

}  // namespace waymark::cli
