#include "cli/lint_telling.hpp"

#include <algorithm>
#include <memory>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "cli/excerpt.hpp"
#include "cli/page.hpp"
#include "cli/report.hpp"

namespace waymark::cli {
namespace {

std::size_t count(const Findings& findings, Severity severity) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const Finding& each) { return each.severity == severity; }));
}

std::string summary(const std::string& folder, const Folder& documents, const lint::Linted& linted) {
  std::vector<std::string> parts;
  for (const auto& [severity, word] : {std::pair{Severity::error, "error"}, {Severity::warning, "warning"}, {Severity::note, "note"}}) {
    if (const std::size_t n = count(linted.findings, severity); n > 0) parts.push_back(counted(n, word));
  }
  const std::string allowed = linted.allowed.empty() ? std::string() : fmt::format(" {} allowed in place.", linted.allowed.size());
  const std::string read = counted(documents.files.size(), "file");
  if (parts.empty()) return fmt::format("{}: {} read, nothing to mend.{}\n", folder, read, allowed);
  std::string text = fmt::format("{}: {} read, {}.{}\n", folder, read, in_words(parts), allowed);
  if (const std::string share = lint::told_share(linted); !share.empty()) text += share + "\n";
  return text;
}

}  // namespace

std::string told_findings(const Terminal& terminal, const std::filesystem::path& folder, const Folder& documents, const lint::Linted& linted) {
  std::string text;
  std::string_view file;
  std::unique_ptr<SourceText> source;
  for (const Finding& finding : linted.findings) {
    if (finding.file != file) {
      file = finding.file;
      const FolderFile* const document = documents.find(file);
      source = document == nullptr ? nullptr : std::make_unique<SourceText>(document->path, document->bytes);
    }
    Finding named = finding;
    named.file = shown_path(folder, finding.file);
    std::string lines = source ? excerpt(*source, finding.span, terminal.columns(), terminal.colour()) : std::string();
    for (const Related& related : finding.related) {
      lines += fmt::format("  {}\n", inked(fmt::format("{}:{}:{}: {}", shown_path(folder, related.file), related.span.begin.line,
                                                       related.span.begin.column, related.message),
                                           Ink::faint, terminal.colour()));
    }
    text += told(named, terminal.colour(), lines) + "\n";
  }
  return text + summary(folder.string(), documents, linted);
}

}  // namespace waymark::cli
