#include "pathway/cite.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::pathway {
namespace {

constexpr std::size_t longest_quote = 80;

bool same_letters(std::string_view a, std::string_view b) { return to_lower_ascii(a) == to_lower_ascii(b); }

// What somebody typed, fit to stand in a message.
std::string in_ticks(std::string_view text) {
  std::string result;
  for (std::string_view rest = trim(text); !rest.empty();) {
    const std::size_t length = utf8_sequence_length(rest);
    const bool plain = length > 1 || (length == 1 && static_cast<unsigned char>(rest.front()) >= 0x20 && rest.front() != 0x7F);
    result += plain ? rest.substr(0, length) : std::string_view("\uFFFD");
    rest.remove_prefix(std::max<std::size_t>(length, 1));
    if (result.size() >= longest_quote && !rest.empty()) return '`' + result + "…`";
  }
  return '`' + result + '`';
}

std::string without_full_stop(std::string_view sentence) {
  sentence = trim(sentence);
  while (sentence.ends_with('.')) sentence.remove_suffix(1);
  return std::string(sentence);
}

std::string words_of(const std::vector<Passage>& passages) {
  std::vector<std::string> texts;
  for (const Passage& passage : passages) {
    if (!passage.block.text.empty()) texts.push_back(passage.block.text);
  }
  return join(texts, " ");
}

std::string html_of(const Passage& passage) {
  if (passage.block.kind == markup::Block::Kind::heading) return "<h4>" + passage.block.html + "</h4>\n";
  if (passage.block.kind == markup::Block::Kind::list_item) return "<ul>\n" + passage.block.html + "</ul>\n";
  return passage.block.html;
}

std::string html_of(const std::vector<Passage>& passages) {
  std::string html;
  for (const Passage& passage : passages) html += html_of(passage);
  return html;
}

std::string paragraph(std::string_view text) { return "<p>" + markup::escape_html(text) + "</p>\n"; }

const Passage* find_passage(const std::vector<Passage>& passages, std::string_view anchor) {
  const auto at = std::find_if(passages.begin(), passages.end(), [&](const Passage& passage) { return same_letters(passage.anchor, anchor); });
  return at == passages.end() ? nullptr : &*at;
}

CitedWords start_with(const Level& level, const std::string& anchor, std::string_view title) {
  CitedWords cited;
  cited.citation = {level.id, anchor};
  cited.level = &level;
  cited.title = fmt::format("{}: {}", level.id.value, title);
  cited.target = {Target::Kind::level, level.id.value, anchor};
  return cited;
}

CitedWords cite_level(const Level& level) {
  CitedWords cited = start_with(level, {}, level.title);
  // A draft may have no summary yet.
  cited.words = level.summary.empty() ? level.shift : words_of(level.summary);
  cited.html = level.summary.empty() ? paragraph(level.shift) : html_of(level.summary);
  return cited;
}

CitedWords cite_criterion(const Level& level, const Criterion& criterion) {
  CitedWords cited = start_with(level, criterion.anchor, criterion.title);
  cited.criterion = &criterion;
  cited.words = criterion.text();
  cited.html = html_of(criterion.passages);
  return cited;
}

CitedWords cite_section(const Level& level, const Section& section) {
  CitedWords cited = start_with(level, section.anchor, section.title);
  cited.section = &section;
  cited.words = words_of(section.passages);
  cited.html = html_of(section.passages);
  if (!section.passages.empty() || section.kind != SectionKind::what_changes_here) return cited;
  // Nothing stands before the first criterion: the criteria are what the section says.
  std::vector<std::string> titles;
  for (const Criterion& criterion : level.criteria) titles.push_back(criterion.title);
  cited.words = join(titles, "; ");
  cited.html = paragraph(cited.words);
  return cited;
}

CitedWords cite_passage(const Level& level, const Passage& passage, const Section* section, std::string_view title) {
  CitedWords cited = start_with(level, passage.anchor, title);
  cited.section = section;
  cited.words = passage.block.text;
  cited.html = html_of(passage);
  return cited;
}

std::optional<CitedWords> find_at(const Level& level, std::string_view anchor) {
  if (const Criterion* criterion = level.criterion(anchor)) return cite_criterion(level, *criterion);
  for (const Criterion& criterion : level.criteria) {
    if (same_letters(criterion.anchor, anchor)) return cite_criterion(level, criterion);
  }
  for (const Section& section : level.sections) {
    if (same_letters(section.anchor, anchor)) return cite_section(level, section);
    if (const Passage* passage = find_passage(section.passages, anchor)) return cite_passage(level, *passage, &section, section.title);
  }
  for (const Criterion& each : level.criteria) {
    const Passage* passage = find_passage(each.passages, anchor);
    if (passage != nullptr) return cite_passage(level, *passage, level.section(SectionKind::what_changes_here), each.title);
  }
  for (const StopsCounting& stops : level.stops) {
    const Section* section = level.section(SectionKind::what_stops_counting);
    if (same_letters(stops.because.anchor, anchor))
      return cite_passage(level, stops.because, section, section != nullptr ? section->title : level.title);
  }
  if (const Passage* passage = find_passage(level.summary, anchor)) return cite_passage(level, *passage, nullptr, level.title);
  return std::nullopt;
}

const Retired* find_retired(const Pathway& pathway, const Citation& citation) {
  const std::string wanted = to_string(citation);
  const auto at = std::find_if(pathway.retired.begin(), pathway.retired.end(),
                               [&](const Retired& each) { return same_letters(to_string(each.criterion), wanted); });
  return at == pathway.retired.end() ? nullptr : &*at;
}

bool stands(const Pathway& pathway, const Citation& citation) {
  return citation.anchor.empty() ? pathway.level(citation.level) != nullptr : pathway.criterion(citation) != nullptr;
}

tl::unexpected<Error> fail_retired(const Pathway& pathway, const Retired& retired) {
  std::string message = to_string(retired.criterion) + " was retired";
  if (!retired.in.empty()) message += " in " + retired.in;
  message += retired.because.empty() ? "." : fmt::format(": {}.", without_full_stop(retired.because));
  const Retired* last = &retired;
  // What replaced it may have been replaced since.
  for (std::size_t i = 0; i < pathway.retired.size() && last->now && !stands(pathway, *last->now); ++i) {
    const Retired* next = find_retired(pathway, *last->now);
    if (next == nullptr) break;
    last = next;
  }
  const Criterion* now = last->now ? pathway.criterion(*last->now) : nullptr;
  const Level* place = last->now && last->now->anchor.empty() ? pathway.level(last->now->level) : nullptr;
  std::string way_out = "Nothing stands in its place.";
  if (place != nullptr) way_out = fmt::format("{} stands in its place now: {}.", place->id.value, without_full_stop(place->title));
  if (now != nullptr) way_out = fmt::format("{} stands in its place now: {}.", to_string(now->citation()), without_full_stop(now->title));
  return fail(Error::Kind::not_found, std::move(message), std::move(way_out));
}

std::string either(const std::vector<std::string>& ids) {
  std::string words;
  for (std::size_t i = 0; i < ids.size(); ++i) words.append(i == 0 ? "" : i + 1 == ids.size() ? " or " : ", ").append(ids[i]);
  return words;
}

// Ids of criteria with this anchor, wherever they stand.
std::vector<std::string> places_of(const Pathway& pathway, std::string_view anchor) {
  std::vector<std::string> ids;
  for (const Level& level : pathway.levels) {
    for (const Criterion& criterion : level.criteria) {
      if (same_letters(criterion.anchor, anchor)) ids.push_back(to_string(criterion.citation()));
    }
  }
  return ids;
}

// Somebody may remember the words and not the id.
std::vector<std::string> ids_titled(const Pathway& pathway, std::string_view title) {
  std::vector<std::string> ids;
  for (const Level& level : pathway.levels) {
    if (same_letters(level.title, title)) ids.push_back(level.id.value);
    for (const Criterion& criterion : level.criteria) {
      if (same_letters(criterion.title, title)) ids.push_back(to_string(criterion.citation()));
    }
  }
  return ids;
}

std::string level_ids(const Pathway& pathway) {
  std::vector<std::string> ids;
  for (const Level& level : pathway.levels) ids.push_back(level.id.value);
  return in_words(ids);
}

std::string suggestion(const Pathway& pathway, std::string_view text) {
  std::vector<std::string> ids = ids_titled(pathway, text);
  if (ids.empty()) ids = places_of(pathway, text);
  if (ids.empty() && text.size() <= longest_quote) {
    if (const std::optional<std::string> near = nearest(text, citable_ids(pathway))) ids.push_back(*near);
  }
  return ids.empty() ? std::string() : fmt::format("Did you mean {}?", either(ids));
}

tl::unexpected<Error> fail_unreadable(const Pathway& pathway, std::string_view text) {
  const std::string_view typed = trim(text);
  if (typed.empty()) return fail(Error::Kind::wrong_usage, "There is nothing to cite.", "Name a level or a criterion, as in SSE.drives-design.");
  std::string way_out = suggestion(pathway, typed);
  if (way_out.empty()) way_out = "Write the id of a level and, behind a dot, that of a criterion, as in SSE.drives-design.";
  return fail(Error::Kind::wrong_usage, fmt::format("{} is no citation.", in_ticks(typed)), std::move(way_out));
}

tl::unexpected<Error> fail_unknown(const Pathway& pathway, const Citation& citation, const Level* level) {
  const std::vector<std::string> elsewhere = citation.anchor.empty() ? std::vector<std::string>() : places_of(pathway, citation.anchor);
  std::string way_out = elsewhere.empty() ? suggestion(pathway, to_string(citation)) : fmt::format("Did you mean {}?", either(elsewhere));
  if (level == nullptr) {
    if (way_out.empty() && !pathway.levels.empty()) way_out = fmt::format("The levels are {}.", level_ids(pathway));
    return fail(Error::Kind::not_found, fmt::format("There is no level {}.", in_ticks(citation.level.value)), std::move(way_out));
  }
  if (!elsewhere.empty()) {
    std::vector<std::string> levels;
    for (const std::string& id : elsewhere) levels.push_back(id.substr(0, id.find('.')));
    return fail(Error::Kind::not_found, fmt::format("{} is not at {}; it is at {}.", citation.anchor, level->id.value, in_words(levels)),
                std::move(way_out));
  }
  if (way_out.empty() && !level->criteria.empty()) {
    std::vector<std::string> anchors;
    for (const Criterion& criterion : level->criteria) anchors.push_back(criterion.anchor);
    way_out = fmt::format("The criteria of {} are {}.", level->id.value, in_words(anchors));
  }
  return fail(Error::Kind::not_found, fmt::format("There is no {} at {}.", in_ticks(citation.anchor), level->id.value), std::move(way_out));
}

}  // namespace

Result<CitedWords> cite(const Pathway& pathway, std::string_view text) {
  const std::optional<Citation> citation = parse_citation(text);
  if (!citation) return fail_unreadable(pathway, text);
  const Level* level = pathway.level(std::string_view(citation->level.value));
  if (level != nullptr) {
    if (citation->anchor.empty()) return cite_level(*level);
    if (std::optional<CitedWords> found = find_at(*level, citation->anchor)) return *std::move(found);
  }
  if (const Retired* retired = find_retired(pathway, *citation)) return fail_retired(pathway, *retired);
  return fail_unknown(pathway, *citation, level);
}

std::vector<std::string> citable_ids(const Pathway& pathway) {
  std::set<std::string> ids;
  for (const Level& level : pathway.levels) {
    ids.insert(level.id.value);
    for (const Criterion& criterion : level.criteria) ids.insert(to_string(criterion.citation()));
    for (const Section& section : level.sections) ids.insert(to_string(Citation{level.id, section.anchor}));
  }
  return {ids.begin(), ids.end()};
}

}  // namespace waymark::pathway
