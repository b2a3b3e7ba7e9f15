#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/draft.hpp"

namespace waymark::importer {
namespace {

constexpr std::size_t most_steps = 3;
constexpr std::size_t most_questions = 200;
constexpr std::size_t most_lines = 12;    ///< of one sentence that stands in many places
constexpr std::size_t most_quoted = 120;  ///< code points of a sentence that is quoted

std::string shortened(const std::string& sentence) {
  if (count_code_points(sentence) <= most_quoted) return sentence;
  std::size_t end = 0;
  for (std::size_t count = 0; count < most_quoted; ++count)
    end += std::max<std::size_t>(1, utf8_sequence_length(std::string_view(sentence).substr(end)));
  const std::size_t space = sentence.find_last_of(' ', end);
  return sentence.substr(0, space == std::string::npos ? end : space) + " …";
}

class Report {
 public:
  Report(const Draft& draft, const ImportedFramework& imported)
      : m_draft(draft), m_imported(imported), m_sentences(imported.sentences), m_questions(imported.questions) {}

  FolderFile write() {
    m_text = fmt::format("# Import report: {}\n\n", escape_markdown(m_draft.name));
    write_counts();
    write_first_steps();
    write_judgement();
    write_levels();
    write_questions();
    write_what_became_what();
    write_set_aside();
    return {"import-report.md", std::move(m_text)};
  }

 private:
  [[nodiscard]] std::size_t count(Provenance::Fate fate) const {
    return static_cast<std::size_t>(
        std::count_if(m_sentences.begin(), m_sentences.end(), [&](const Provenance& sentence) { return sentence.fate == fate; }));
  }

  void line(const std::string& text) { m_text += text + "\n"; }
  void item(const std::string& text) { line("- " + text); }

  void write_counts() {
    const std::size_t kept = count(Provenance::Fate::kept);
    const std::size_t aside = count(Provenance::Fate::set_aside);
    item(fmt::format("Read: {}.", counted(m_draft.outline.documents.size(), "file")));
    item(fmt::format("Sentences, titles and headings included: {} in, {} kept, {} set aside with a reason. None was dropped.", m_sentences.size(),
                     kept, aside));
    item(fmt::format("Made: {}, {}, {}, {}.", counted(m_draft.found.levels.size(), "level"), counted(m_draft.criteria, "criterion", "criteria"),
                     counted(m_draft.capabilities.size(), "capability", "capabilities"),
                     counted(m_draft.pages_without_level.size(), "page of notes", "pages of notes")));
    line("\nA sentence's place in the source stands beside it in every file, as a comment `from: file:line`.\n");
  }

  void write_first_steps() {
    line("## The three best first steps\n");
    for (std::size_t i = 0; i < m_imported.first_steps.size(); ++i) line(fmt::format("{}. {}", i + 1, m_imported.first_steps[i]));
    line("");
  }

  void write_judgement() {
    const DraftJudgement& judgement = m_imported.judgement;
    if (m_imported.is_too_large_to_judge) {
      line("## What the linter says\n");
      line(fmt::format("Not asked yet: {} are more than it reads during an import. `waymark lint` in this folder asks it.\n",
                       counted(m_draft.criteria, "criterion", "criteria")));
    }
    if (judgement.is_empty()) return;
    line("## What the linter says\n");
    if (!judgement.share.empty()) line(judgement.share + "\n");
    if (judgement.families.empty()) {
      line("It found nothing else to mend.\n");
      return;
    }
    line("| about | warnings | notes |\n|---|---:|---:|");
    for (const DraftJudgement::Family& family : judgement.families) line(fmt::format("| {} | {} | {} |", family.name, family.warnings, family.notes));
    line("\n`waymark lint` in this folder shows each with its place and what to do; `waymark lint --explain RULE` says why.\n");
  }

  void write_levels() {
    line("## Levels found\n");
    for (const FoundTrack& track : m_draft.found.tracks) {
      line(track.order_reason.empty() ? track.title + ":\n" : fmt::format("{}, ordered {}:\n", track.title, track.order_reason));
      for (const std::size_t index : track.levels) {
        const FoundLevel& level = m_draft.found.levels[index];
        std::vector<std::string> places;
        for (const LevelPart& told : level.parts) places.push_back(to_string(told.part->place));
        line(fmt::format("1. {} → [levels/{}.md](levels/{}.md), told in {}", escape_markdown(level.title), level.id, level.id, join(places, ", ")));
      }
      line("");
    }
  }

  void write_questions() {
    line("## Questions to settle\n");
    if (m_questions.empty()) line("None.\n");
    for (std::size_t i = 0; i < std::min(m_questions.size(), most_questions); ++i) item(escape_markdown(m_questions[i]));
    if (m_questions.size() > most_questions) item(fmt::format("… and {} more of the same kinds.", m_questions.size() - most_questions));
    if (!m_questions.empty()) line("");
  }

  void write_what_became_what() {
    line("## What became what\n");
    std::map<std::string_view, std::map<std::string_view, std::size_t>> by_file;
    for (const Provenance& sentence : m_sentences) {
      if (sentence.fate == Provenance::Fate::kept) ++by_file[sentence.file][sentence.became.substr(0, sentence.became.find(','))];
    }
    for (const auto& [file, targets] : by_file) {
      std::vector<std::string> parts;
      for (const auto& [target, number] : targets) parts.push_back(fmt::format("{} ({})", target, number));
      item(fmt::format("{} → {}", escape_markdown(file), join(parts, ", ")));
    }
    line("\nHeadings that group criteria became capabilities:\n");
    for (const auto& [key, capability] : m_draft.capabilities)
      item(fmt::format("{} → [capabilities/{}.md](capabilities/{}.md)", escape_markdown(capability.title), capability.id, capability.id));
    if (m_draft.capabilities.empty()) line("none.");
    if (!m_draft.pages_without_level.empty()) {
      line("\nText about the framework as a whole is kept in `notes/`, which Waymark does not show; use what you like and delete the rest:\n");
      for (const std::string& page : m_draft.pages_without_level) item(fmt::format("[{}](<{}>)", escape_markdown(page), page));
    }
    line("");
  }

  void write_set_aside() {
    line("## Set aside, and why\n");
    std::map<std::string_view, std::vector<const Provenance*>> by_reason;
    for (const Provenance& sentence : m_sentences) {
      if (sentence.fate == Provenance::Fate::set_aside) by_reason[sentence.became].push_back(&sentence);
    }
    if (by_reason.empty()) line("Nothing.\n");
    for (const auto& [reason, list] : by_reason) {
      line(fmt::format("### {} ({})\n", escape_markdown(reason), list.size()));
      write_places(list);
      line("");
    }
    line(
        "Figures say how much, not what is done, so they cannot be criteria. A length of service or a number of people may become one of the "
        "`thresholds` in pathway.yaml, with its reason.");
  }

  /// Once each, with every line on which it stands.
  void write_places(const std::vector<const Provenance*>& list) {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> lines;
    for (const Provenance* sentence : list) lines[{sentence->file, sentence->sentence}].push_back(sentence->line);
    for (const Provenance* sentence : list) {
      std::vector<std::size_t>& at = lines[{sentence->file, sentence->sentence}];
      if (at.empty()) continue;
      std::string places = fmt::format("{}:{}", sentence->file, at.front());
      for (std::size_t i = 1; i < std::min(at.size(), most_lines); ++i) places += fmt::format(", {}", at[i]);
      if (at.size() > most_lines) places += fmt::format(" and {} more", at.size() - most_lines);
      item(fmt::format("{}: {}", escape_markdown(places), escape_markdown(shortened(sentence->sentence))));
      at.clear();
    }
  }

  const Draft& m_draft;
  const ImportedFramework& m_imported;
  const std::vector<Provenance>& m_sentences;
  const std::vector<std::string>& m_questions;
  std::string m_text;
};

}  // namespace

std::vector<std::string> first_steps(const Draft& draft, const std::vector<std::string>& questions, const DraftJudgement& judgement) {
  std::vector<std::string> steps;
  if (!questions.empty()) {
    steps.push_back(
        fmt::format("Settle the {} below, the order and the tracks first: everything else stands on them.", counted(questions.size(), "question")));
  }
  if (!draft.repeated.empty() && judgement.is_empty()) {
    const bool one = draft.repeated.size() == 1;
    steps.push_back(fmt::format(
        "{} {} word for word at the place before ({}). What counts there counts on without being said again: keep each where it begins.",
        counted(draft.repeated.size(), "criterion", "criteria"), one ? "stands" : "stand", draft.repeated.front() + (one ? "" : " is the first")));
  }
  steps.insert(steps.end(), judgement.first_steps.begin(), judgement.first_steps.end());
  steps.push_back("Write *Not expected yet* on every level page. The ceiling is what readers miss most, and the source does not mark it.");
  steps.push_back("Begin every level page with one sentence that says what changes at this place, and give it its `autonomy` and `shift`.");
  steps.push_back("Check `scope` and `scope_position` of every level: they are guesses.");
  steps.resize(most_steps);
  return steps;
}

FolderFile write_report(const Draft& draft, const ImportedFramework& imported) { return Report(draft, imported).write(); }

}  // namespace waymark::importer
