#include <algorithm>

#include "base/text.hpp"
#include "editor/completing.hpp"
#include "editor/lookup.hpp"
#include "editor/text_places.hpp"
#include "lint/rule.hpp"

namespace waymark::editor {
namespace completing {
namespace {

using pathway::Target;

/// The words of one kind that pathway.yaml defines now; where it is broken, those of the last good pathway.
template <class Last>
std::vector<Named> defined(const PathwayFolder& folder, Symbol::Kind kind, const Last& last) {
  std::vector<Named> found;
  if (const Page* const manifest = folder.page("pathway.yaml")) {
    for (const Occurrence& each : manifest->occurrences) {
      if (each.role == Occurrence::Role::definition && each.symbol.kind == kind) found.push_back({each.symbol.id, {}, {}});
    }
  }
  if (found.empty() && folder.pathway() != nullptr) last(*folder.pathway(), found);
  return found;
}

}  // namespace

Edit replacing(const Line& line, std::size_t back, std::size_t ahead, std::string text) {
  back = std::min(back, line.before.size());
  const std::size_t columns_back = count_code_points(line.before.substr(line.before.size() - back));
  const std::size_t columns_ahead = count_code_points(line.after.substr(0, ahead));
  return {std::string(line.file),
          {{line.cursor.line, line.cursor.column - columns_back}, {line.cursor.line, line.cursor.column + columns_ahead}},
          std::move(text)};
}

std::vector<Named> levels(const PathwayFolder& folder) {
  std::vector<Named> found;
  for (const Page* const page : folder.pages()) {
    if (page->is_document() && page->target.kind == Target::Kind::level) found.push_back({page->target.id, page->title, page->words});
  }
  return found;
}

std::vector<Named> criteria(const PathwayFolder& folder) {
  std::vector<Named> found;
  for (const Page* const page : folder.pages()) {
    if (!page->is_document() || page->target.kind != Target::Kind::level) continue;
    for (const Heading& heading : page->headings) {
      if (heading.is_criterion && !heading.id.empty()) found.push_back({page->target.id + "." + heading.id, heading.title, heading.words});
    }
  }
  return found;
}

std::vector<Named> tracks(const PathwayFolder& folder) {
  return defined(folder, Symbol::Kind::track, [](const pathway::Pathway& pathway, std::vector<Named>& found) {
    for (const pathway::Track& track : pathway.tracks) found.push_back({track.id.value, track.title, track.summary});
  });
}

std::vector<Named> scopes(const PathwayFolder& folder) {
  return defined(folder, Symbol::Kind::scope, [](const pathway::Pathway& pathway, std::vector<Named>& found) {
    for (const std::string& word : pathway.scope_axis) found.push_back({word, {}, {}});
  });
}

std::vector<Completion> rules(const Line& line) {
  constexpr std::string_view order = "waymark: allow ";
  const std::size_t at = line.before.rfind(order);
  const std::string_view said = at == std::string_view::npos ? std::string_view() : line.before.substr(at + order.size());
  if (at == std::string_view::npos || said.find(" because") != std::string_view::npos) return {};
  const std::size_t begin = said.find_last_of(", ");
  const std::string_view typed = begin == std::string_view::npos ? said : said.substr(begin + 1);
  std::vector<Completion> found;
  for (const lint::RuleInfo& rule : lint::all_rules()) {
    const std::string id(rule.id);
    found.push_back({id, std::string(to_string(rule.family)), {}, Completion::Kind::rule, replacing(line, typed.size(), 0, id), id});
  }
  return found;
}

namespace {

class Prose {
 public:
  Prose(const PathwayFolder& folder, const Line& line) : m_folder(folder), m_line(line) {}

  std::vector<Completion> complete() {
    if (const std::size_t open = m_line.before.rfind("]("); open != std::string_view::npos) {
      const std::string_view typed = m_line.before.substr(open + 2);
      if (typed.find_first_of(") \t") == std::string_view::npos) return in_link(typed);
    }
    if (m_line.before.rfind("waymark: allow ") != std::string_view::npos) return rules(m_line);
    if (m_line.before.starts_with('#')) return in_heading();
    return in_words();
  }

 private:
  /// How much of the target stands behind the cursor.
  [[nodiscard]] std::size_t rest_of_target() const { return std::min(m_line.after.find_first_of(") \t"), m_line.after.size()); }

  std::vector<Completion> in_link(std::string_view typed) {
    std::vector<Completion> found;
    const std::size_t mark = typed.find('#');
    if (mark != std::string_view::npos) {
      const auto target = pathway::resolve_link(m_line.file, typed.substr(0, mark + 1));
      const Page* const page = mark == 0 ? &m_line.page : target ? m_folder.page_of(*target) : nullptr;
      if (page == nullptr) return found;
      for (const Heading& heading : page->headings) {
        found.push_back({heading.anchor, heading.title, heading.words, heading.is_criterion ? Completion::Kind::id : Completion::Kind::heading,
                         replacing(m_line, typed.size() - mark - 1, rest_of_target(), heading.anchor), heading.anchor});
      }
      return found;
    }
    for (const Page* const page : m_folder.pages()) {
      if (!page->is_document() || page->source.name() == "pathway.yaml") continue;
      const std::string link = link_to(m_line.file, page->source.name(), {});
      if (!link.empty())
        found.push_back({link, page->title, page->words, Completion::Kind::page, replacing(m_line, typed.size(), rest_of_target(), link), link});
      for (const Heading& heading : page->headings) {
        if (!heading.is_criterion || heading.id.empty()) continue;
        const std::string whole = link_to(m_line.file, page->source.name(), heading.id);
        // Typing the citation finds it as well as typing the path.
        const std::string citation = page->target.id + "." + heading.id;
        const bool by_path = typed.starts_with('.') || typed.find('/') != std::string_view::npos;
        found.push_back({citation, heading.title, heading.words, Completion::Kind::id, replacing(m_line, typed.size(), rest_of_target(), whole),
                         by_path ? whole : citation});
      }
    }
    return found;
  }

  std::vector<Completion> in_heading() {
    std::vector<Completion> found;
    const Target::Kind kind = m_line.page.target.kind;
    if (const std::size_t open = m_line.before.rfind("{#"); open != std::string_view::npos) {
      if (kind != Target::Kind::capability && kind != Target::Kind::archetype && kind != Target::Kind::fork) return found;
      const std::string_view typed = m_line.before.substr(open + 2);
      const std::string_view close = m_line.after.starts_with('}') ? "" : "}";
      std::vector<Named> ids = levels(m_folder);
      if (kind == Target::Kind::fork) ids.push_back({"stay", "Stay at this place", {}});
      for (const Named& id : ids) {
        found.push_back({id.id, id.title, id.words, Completion::Kind::id, replacing(m_line, typed.size(), 0, id.id + std::string(close)), id.id});
      }
    } else if (kind == Target::Kind::level && m_line.page.is_document() && m_line.before.starts_with("##") && !m_line.before.starts_with("###")) {
      for (const char* const title :
           {"Scope of impact", "Autonomy", "What changes here", "What stops counting", "Not expected yet", "What it looks like", "Watch for"}) {
        // The line being typed is a heading of the page too.
        const Heading* const known = m_line.page.heading(slug(title));
        if (known != nullptr && known->span.begin.line != m_line.cursor.line) continue;
        const std::string text = std::string("## ") + title;
        found.push_back(
            {text, "section of a level", {}, Completion::Kind::heading, replacing(m_line, m_line.before.size(), m_line.after.size(), text), text});
      }
    }
    return found;
  }

  /// `SSE.dri` in running text becomes a link to the criterion.
  std::vector<Completion> in_words() {
    std::vector<Completion> found;
    std::size_t begin = m_line.before.size();
    const auto is_part = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    while (begin > 0 && is_part(m_line.before[begin - 1])) --begin;
    const std::string_view typed = m_line.before.substr(begin);
    const std::size_t dot = typed.find('.');
    if (dot == std::string_view::npos || dot == 0 || (begin > 0 && m_line.before[begin - 1] == '[')) return found;
    const std::string level = to_lower_ascii(typed.substr(0, dot));
    for (const Page* const page : m_folder.pages()) {
      if (!page->is_document() || page->target.kind != Target::Kind::level || to_lower_ascii(page->target.id) != level) continue;
      for (const Heading& heading : page->headings) {
        if (!heading.is_criterion || heading.id.empty()) continue;
        const std::string citation = page->target.id + "." + heading.id;
        const std::string text = "[" + heading.title + "](" + link_to(m_line.file, page->source.name(), heading.id) + ")";
        found.push_back({citation, heading.title, heading.words, Completion::Kind::id, replacing(m_line, typed.size(), 0, text), citation});
      }
    }
    return found;
  }

  const PathwayFolder& m_folder;
  const Line& m_line;
};

}  // namespace

std::vector<Completion> in_prose(const PathwayFolder& folder, const Line& line) { return Prose(folder, line).complete(); }

}  // namespace completing

std::vector<Completion> completions(const PathwayFolder& folder, std::string_view file, Position position) {
  const Page* const page = folder.page(file);
  if (page == nullptr) return {};
  const std::string_view text = line_at(page->source, position.line);
  const std::size_t at = std::min(offset_of(page->source, position) - offset_of(page->source, {position.line, 1}), text.size());
  const completing::Line line{*page, file, position, text.substr(0, at), text.substr(at)};
  if (file == "pathway.yaml") return completing::in_manifest(folder, line);
  if (position.line < page->body_line) return completing::in_front_matter(folder, line);
  return completing::in_prose(folder, line);
}

}  // namespace waymark::editor
