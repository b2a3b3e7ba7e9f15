#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"
#include "editor/features.hpp"
#include "editor/lookup.hpp"
#include "lint/explanation.hpp"
#include "pathway/cite.hpp"

namespace waymark::editor {
namespace {

using pathway::Target;

constexpr std::size_t most_uses = 8;
constexpr std::size_t longest_words = 1200;

std::string shortened(const std::string& words) {
  if (words.size() <= longest_words) return words;
  std::size_t end = words.rfind(' ', longest_words);
  if (end == std::string::npos) end = longest_words;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
  return words.substr(0, end) + " …";
}

/// Text as Markdown that shows it as it is.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#|~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

class Telling {
 public:
  explicit Telling(const PathwayFolder& folder) : m_folder(folder) {}

  std::string tell(const Symbol& symbol) {
    switch (symbol.kind) {
      case Symbol::Kind::page: tell_page(symbol.target); break;
      case Symbol::Kind::anchor: tell_anchor(symbol.target); break;
      case Symbol::Kind::track: tell_track(symbol.id); break;
      case Symbol::Kind::scope: tell_scope(symbol.id); break;
      case Symbol::Kind::threshold: tell_threshold(symbol.id); break;
    }
    if (!m_text.empty() && symbol.kind != Symbol::Kind::threshold && symbol.kind != Symbol::Kind::scope) tell_uses(symbol);
    return std::move(m_text);
  }

 private:
  void paragraph(const std::string& text) {
    if (text.empty()) return;
    if (!m_text.empty()) m_text += "\n\n";
    m_text += text;
  }

  void head(std::string_view citation, std::string_view title) { paragraph(fmt::format("**{}** · {}", escaped(citation), escaped(title))); }

  void tell_page(const Target& target) {
    const Page* const page = m_folder.page_of(target);
    if (page == nullptr) return;
    head(page->target.id.empty() ? page->source.name() : page->target.id, page->title);
    if (target.kind == Target::Kind::level) {
      paragraph(escaped(join(facts_of(*page), " · ")));
      paragraph(routes_from(target.id));
    }
    const Field* const summary = page->field("summary");
    paragraph(escaped(shortened(page->words.empty() && summary != nullptr ? summary->value : page->words)));
  }

  std::vector<std::string> facts_of(const Page& page) const {
    std::vector<std::string> facts;
    for (const char* const key : {"track", "scope", "autonomy", "span"}) {
      const Field* const field = page.field(key);
      if (field != nullptr && !field->value.empty()) facts.push_back(fmt::format("{}: {}", key, field->value));
    }
    const auto criteria = std::count_if(page.headings.begin(), page.headings.end(), [](const Heading& heading) { return heading.is_criterion; });
    facts.push_back(counted(static_cast<std::size_t>(criteria), "criterion", "criteria"));
    return facts;
  }

  std::string routes_from(const std::string& level) const {
    if (m_folder.pathway() == nullptr) return {};
    std::vector<std::string> to;
    for (const pathway::Route* const route : m_folder.pathway()->routes_from({level})) to.push_back(escaped(route->to.value));
    return to.empty() ? std::string() : "Routes lead to " + in_words(to) + ".";
  }

  void tell_anchor(const Target& target) {
    const Page* const page = m_folder.page_of(target);
    if (page == nullptr) return;
    const bool is_cited = target.kind == Target::Kind::level;
    const std::string citation = is_cited ? target.id + "." + target.anchor : target.anchor;
    if (const Heading* const heading = page->heading(target.anchor)) {
      head(citation, heading->title);
      paragraph(escaped(page->title) + (page->target.id.empty() ? "" : fmt::format(" ({})", escaped(page->target.id))));
      paragraph(escaped(shortened(heading->words)));
    } else if (m_folder.pathway() != nullptr && is_cited) {
      // A paragraph has no heading of its own; the pathway numbers them.
      const auto cited = pathway::cite(*m_folder.pathway(), citation);
      if (!cited) return;
      paragraph(fmt::format("**{}** · {}", escaped(to_string(cited->citation)), escaped(cited->title)));
      paragraph(escaped(shortened(cited->words)));
    }
  }

  void tell_track(const std::string& id) {
    const pathway::Track* const track = m_folder.pathway() == nullptr ? nullptr : m_folder.pathway()->track({id});
    if (track == nullptr) return;
    head(track->id.value, track->title);
    std::vector<std::string> levels;
    for (const pathway::LevelId& level : track->levels) levels.push_back(level.value);
    paragraph("Places: " + escaped(in_words(levels)));
    paragraph(escaped(track->summary));
  }

  void tell_scope(const std::string& word) {
    if (m_folder.pathway() == nullptr) return;
    const auto& axis = m_folder.pathway()->scope_axis;
    const auto at = std::find(axis.begin(), axis.end(), word);
    if (at == axis.end()) return;
    head(word, fmt::format("scope {} of {}", at - axis.begin() + 1, axis.size()));
    std::vector<std::string> levels;
    for (const pathway::Level& level : m_folder.pathway()->levels) {
      if (level.scope == word) levels.push_back(level.id.value);
    }
    paragraph(levels.empty() ? "No place has it." : "Places: " + escaped(in_words(levels)));
  }

  void tell_threshold(const std::string& id) {
    if (m_folder.pathway() == nullptr) return;
    for (const pathway::Threshold& threshold : m_folder.pathway()->thresholds) {
      if (threshold.id != id) continue;
      head(id, fmt::format("{}: {}", threshold.measure, threshold.range()));
      paragraph(escaped(threshold.reason));
      return;
    }
  }

  void tell_uses(const Symbol& symbol) {
    std::vector<std::string> uses;
    for (const Found& found : m_folder.occurrences(symbol)) {
      if (found.occurrence.role == Occurrence::Role::definition) continue;
      const Page* const page = m_folder.page(found.file);
      const Heading* const heading = page->heading_above(found.occurrence.span.begin.line);
      std::string use = heading == nullptr ? page->title : fmt::format("{}, {}", page->title, heading->title);
      if (found.file == "pathway.yaml") use = found.file;
      if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(std::move(use));
    }
    if (uses.empty()) return paragraph("Not used anywhere yet.");
    std::string list = "Used in:\n";
    for (std::size_t i = 0; i < std::min(uses.size(), most_uses); ++i) list += "\n- " + escaped(uses[i]);
    if (uses.size() > most_uses) list += fmt::format("\n- {} more", uses.size() - most_uses);
    paragraph(list);
  }

  const PathwayFolder& m_folder;
  std::string m_text;
};

}  // namespace

namespace {

/// The page of the rule that found something.
std::string explanation_of(const Finding& finding) {
  const auto explanation = lint::explain(finding.rule);
  if (!explanation) return {};
  return fmt::format("**{}** · `{}`\n\n{}", explanation->title, finding.rule, trim(explanation->body));
}

}  // namespace

std::optional<Hover> hover(const PathwayFolder& folder, std::string_view file, Position position) {
  std::optional<Hover> about;
  if (const auto thing = thing_at(folder, file, position)) {
    std::string text = Telling(folder).tell(thing->symbol);
    if (!text.empty()) about = Hover{std::move(text), thing->span};
  }
  std::set<std::string> told;
  for (const Finding& finding : folder.findings()) {
    const bool here = finding.file == file && finding.span.begin <= position && position <= finding.span.end;
    if (!here || !told.insert(finding.rule).second) continue;
    const std::string page = explanation_of(finding);
    if (page.empty()) continue;
    about = about ? Hover{about->markdown + "\n\n---\n\n" + page, about->span} : Hover{page, finding.span};
  }
  return about;
}

}  // namespace waymark::editor
