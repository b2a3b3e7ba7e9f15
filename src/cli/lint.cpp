#include <algorithm>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/excerpt.hpp"
#include "cli/json.hpp"
#include "cli/lint_sentences.hpp"
#include "cli/open_pathway.hpp"
#include "cli/page.hpp"
#include "cli/report.hpp"
#include "lint/lint.hpp"

namespace waymark::cli {
namespace {

std::size_t count(const Findings& findings, Severity severity) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const Finding& each) { return each.severity == severity; }));
}

Date today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

std::string summary(const std::string& folder, const ReadPathway& read) {
  const Findings& findings = read.loaded.findings;
  const std::size_t files = read.documents.files.size();
  if (findings.empty()) return fmt::format("{}: {} read, nothing to mend.\n", folder, counted(files, "file"));
  std::vector<std::string> parts;
  for (const auto& [severity, word] : {std::pair{Severity::error, "error"}, {Severity::warning, "warning"}, {Severity::note, "note"}}) {
    if (const std::size_t n = count(findings, severity); n > 0) parts.push_back(counted(n, word));
  }
  return fmt::format("{}: {} read, {}.\n", folder, counted(files, "file"), in_words(parts));
}

class Lint : public Command {
 public:
  Description describe() override {
    return {.name = "lint",
            .group = Group::write,
            .sentence = "Check the documents: what must be mended, where, and how.",
            .more =
                "Errors must be mended before the pathway can be used, warnings should be, notes are worth knowing. All are told at once. The exit "
                "code is 1 when there is an error.",
            .parameters = {{.name = "--format",
                            .value = "FORMAT",
                            .help = "text (the default) with the lines concerned, or json.",
                            .into = &m_format,
                            .completes = Completes::choices,
                            .choices = {"text", "json"}},
                           {.name = "--sentences",
                            .value = "FILE",
                            .help = "Judge the lines of FILE (- is standard input) instead, one criterion a line.",
                            .into = &m_sentences,
                            .completes = Completes::file}},
            .examples = {{"waymark lint", "Everything found in the pathway, file by file."},
                         {"waymark -p draft lint --format json", "For a script, about another folder."},
                         {"waymark lint --sentences draft.txt", "Can these be judged? One criterion a line."}},
            .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    if (!m_sentences.empty()) return lint_sentences(context.terminal, m_sentences, m_format);
    const auto folder = find_pathway_folder(context.pathway_folder);
    if (!folder) return tl::unexpected<Trouble>(folder.error());
    auto read = read_pathway(*folder);
    if (!read) return tl::unexpected<Trouble>(read.error());
    read->loaded.findings = lint::lint(read->documents, read->loaded, today()).findings;
    const bool usable = !has_errors(read->loaded.findings);
    context.terminal.print(m_format == "json" ? findings_json(folder->string(), usable, read->loaded.findings) : told_all(context.terminal, *read));
    if (usable) return {};
    return tl::unexpected<Trouble>(Trouble());
  }

 private:
  /// A file's findings stay together; findings are sorted by file.
  static std::string told_all(const Terminal& terminal, const ReadPathway& read) {
    std::string text;
    std::string_view file;
    std::unique_ptr<SourceText> source;
    for (const Finding& finding : read.loaded.findings) {
      if (finding.file != file) {
        file = finding.file;
        const FolderFile* const document = read.documents.find(file);
        source = document == nullptr ? nullptr : std::make_unique<SourceText>(document->path, document->bytes);
      }
      Finding named = finding;
      named.file = shown_path(read.folder, finding.file);
      const std::string lines = source ? excerpt(*source, finding.span, terminal.columns(), terminal.colour()) : std::string();
      text += told(named, terminal.colour(), lines) + "\n";
    }
    return text + summary(read.folder.string(), read);
  }

  std::string m_format = "text";
  std::string m_sentences;
};

}  // namespace

std::unique_ptr<Command> make_lint() { return std::make_unique<Lint>(); }

}  // namespace waymark::cli
