#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/git_folder.hpp"
#include "cli/json.hpp"
#include "cli/lint_explain.hpp"
#include "cli/lint_scope.hpp"
#include "cli/lint_sentences.hpp"
#include "cli/lint_telling.hpp"
#include "cli/open_pathway.hpp"
#include "lint/fixing.hpp"
#include "lint/formats.hpp"
#include "lint/lint.hpp"

namespace waymark::cli {
namespace {

Date today() { return date_of(SystemClock().now()); }

class Lint : public Command {
 public:
  Description describe() override {
    return {.name = "lint",
            .group = Group::write,
            .sentence = "Check the documents: what must be mended, where, and how.",
            .more =
                "Errors must be mended before the pathway can be used, warnings should be, notes are worth knowing. All are told at once. The exit "
                "code is 1 when there is an error; --fail-on moves that line. What your organisation wants otherwise stands under `lint:` in "
                "pathway.yaml; a single finding is allowed in place with `<!-- waymark: allow RULE because … -->`.",
            .parameters = {{.name = "FILE",
                            .help = "Only what is found in these files; with --explain, the rules. All without one.",
                            .into = &m_words,
                            .completes = Completes::file},
                           {.name = "--explain",
                            .help = "Say why rules matter and how to write it instead; without a name, list them.",
                            .into = &m_explain},
                           {.name = "--format",
                            .value = "FORMAT",
                            .help = "text (the default) with the lines concerned, json, or for others to read: sarif, github, gitlab.",
                            .into = &m_format,
                            .completes = Completes::choices,
                            .choices = {"text", "json", "sarif", "github", "gitlab"}},
                           {.name = "--fail-on",
                            .value = "SEVERITY",
                            .help = "End with exit code 1 from here: error (the default), warning, note; or never.",
                            .into = &m_fail_on,
                            .completes = Completes::choices,
                            .choices = {"error", "warning", "note", "never"}},
                           {.name = "--diff", .value = "REVISION", .help = "Only what has been added since this git revision.", .into = &m_revision},
                           {.name = "--fix", .help = "Mend what can be mended without changing a meaning, and say what that was.", .into = &m_fix},
                           {.name = "--sentences",
                            .value = "FILE",
                            .help = "Judge the lines of FILE (- is standard input) instead, one criterion a line.",
                            .into = &m_sentences,
                            .completes = Completes::file}},
            .examples = {{"waymark lint", "Everything found in the pathway, file by file."},
                         {"waymark lint --explain vague-criterion", "Why this rule, with a bad and a good example."},
                         {"waymark lint --diff origin/main --fail-on warning", "What a branch adds, for CI."},
                         {"waymark -p draft lint --format json", "For a script, about another folder."},
                         {"waymark lint --sentences draft.txt", "Can these be judged? One criterion a line."}},
            .reads_pathway = true};
  }

  Outcome run(Context& context) override {
    if (m_explain) return explain_rules(context.terminal, m_words);
    if (!m_sentences.empty()) return judge_lines(context);
    const auto folder = pathway_folder_of(context.pathway_folder, m_words);
    if (!folder) return tl::unexpected<Trouble>(folder.error());
    std::optional<std::jthread> preparing(std::in_place, lint::prepare);
    auto read = read_pathway(*folder);
    if (!read) return tl::unexpected<Trouble>(read.error());
    preparing.reset();
    lint::Linted linted = lint::lint(read->documents, read->loaded, today());
    if (auto kept = keep_files(linted, *folder, m_words); !kept) return tl::unexpected<Trouble>(kept.error());
    if (m_fix) {
      if (auto fixed = fix(context.terminal, *read, linted); !fixed) return fixed;
      linted = lint::lint(read->documents, read->loaded, today());
      if (auto kept = keep_files(linted, *folder, m_words); !kept) return tl::unexpected<Trouble>(kept.error());
    }
    const bool usable = read->loaded.pathway.has_value();
    if (!m_revision.empty()) {
      const auto before = folder_at_revision(*folder, m_revision, pathway::document_extensions());
      if (!before) return tl::unexpected<Trouble>(before.error());
      keep_new(linted, read->documents, lint::lint(*before, pathway::load(*before), today()), *before);
    }
    context.terminal.print(told(context.terminal, *read, usable, linted));
    if (!fails(linted.findings)) return {};
    return tl::unexpected<Trouble>(Trouble());
  }

 private:
  Outcome judge_lines(Context& context) {
    if (m_format != "text" && m_format != "json") {
      return tl::unexpected<Trouble>(
          Error{Error::Kind::wrong_usage,
                fmt::format("Sentences have no file and no line in a pathway, so --sentences cannot be told as {}.", m_format), "Use text or json."});
    }
    return lint_sentences(context.terminal, m_sentences, m_format);
  }

  std::string told(const Terminal& terminal, const ReadPathway& read, bool usable, const lint::Linted& linted) const {
    const auto name_file = [&](std::string_view file) { return std::filesystem::path(shown_path(read.folder, file)).generic_string(); };
    if (m_format == "json") return findings_json(read.folder.string(), usable, linted);
    if (m_format == "sarif") return lint::to_sarif(linted, read.documents, name_file);
    if (m_format == "github") return lint::to_github(linted, name_file);
    if (m_format == "gitlab") return lint::to_gitlab(linted, read.documents, name_file);
    return told_findings(terminal, read.folder, read.documents, linted);
  }

  bool fails(const Findings& findings) const {
    if (m_fail_on == "never") return false;
    const Severity from = m_fail_on == "note" ? Severity::note : m_fail_on == "warning" ? Severity::warning : Severity::error;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.severity >= from; });
  }

  /// Writes the files that change, each at once, and reads the pathway again.
  Outcome fix(Terminal& terminal, ReadPathway& read, const lint::Linted& linted) const {
    std::size_t changed = 0;
    for (const FolderFile& file : read.documents.files) {
      if (!is_valid_utf8(file.bytes)) continue;  // its columns cannot be trusted
      const std::string bytes = lint::edited(file.bytes, lint::mechanical_edits(linted.findings, file.path));
      if (bytes == file.bytes) continue;
      if (auto written = write_file(read.folder / file.path, bytes); !written) return tl::unexpected<Trouble>(written.error());
      ++changed;
      tell_fixes(terminal, read, linted.findings, file.path);
    }
    if (changed == 0) {
      terminal.remark("There was nothing to mend without changing a meaning.\n");
      return {};
    }
    auto again = read_pathway(read.folder);
    if (!again) return tl::unexpected<Trouble>(again.error());
    read = std::move(*again);
    return {};
  }

  static void tell_fixes(Terminal& terminal, const ReadPathway& read, const Findings& findings, const std::string& file) {
    for (const Finding& finding : findings) {
      if (finding.file != file || finding.fixes.empty() || finding.fixes.front().kind != Fix::Kind::mechanical) continue;
      terminal.remark(fmt::format("{}:{}: mended: {}. [{}]\n", shown_path(read.folder, file), finding.span.begin.line, finding.fixes.front().title,
                                  finding.rule));
    }
  }

  std::vector<std::string> m_words;
  std::string m_format = "text";
  std::string m_fail_on = "error";
  std::string m_revision;
  std::string m_sentences;
  bool m_explain = false;
  bool m_fix = false;
};

}  // namespace

std::unique_ptr<Command> make_lint() { return std::make_unique<Lint>(); }

}  // namespace waymark::cli
