#include "pathway/loading.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::pathway::loading {

using markup::YamlNode;

void Report::error(std::string rule, const Place& place, std::string message, std::string way_out) {
  m_findings.push_back({std::move(rule), Severity::error, place.file, place.span, std::move(message), std::move(way_out)});
}

void Report::warning(std::string rule, const Place& place, std::string message, std::string way_out) {
  m_findings.push_back({std::move(rule), Severity::warning, place.file, place.span, std::move(message), std::move(way_out)});
}

void Report::gap(std::string rule, const Place& place, std::string message, std::string way_out) {
  const Severity severity = m_draft ? Severity::warning : Severity::error;
  m_findings.push_back({std::move(rule), severity, place.file, place.span, std::move(message), std::move(way_out)});
}

Fields::Fields(const YamlNode* node, Place place, std::string owner, Report& report)
    : m_place(std::move(place)), m_owner(std::move(owner)), m_report(report) {
  if (node == nullptr) return;
  m_place.span = node->span;
  if (node->kind == YamlNode::Kind::map) {
    m_map = node;
  } else {
    m_report.error("wrong-type", m_place, fmt::format("Keys and values are expected here for {}.", m_owner),
                   "Write `key: value` lines, as doc/pathway-format.md shows.");
  }
}

const YamlNode* Fields::node(std::string_view key, Need need) {
  m_known.emplace_back(key);
  if (m_map == nullptr) return nullptr;
  const YamlNode* found = m_map->find(key);
  if (found != nullptr && found->kind == YamlNode::Kind::null) {
    if (need == Need::required) {
      m_report.error("missing-field", m_place, fmt::format("`{}` of {} is empty.", key, m_owner), fmt::format("Write a value after `{}:`.", key));
    }
    return nullptr;
  }
  if (found == nullptr && need == Need::required) {
    m_report.error("missing-field", m_place, fmt::format("`{}` is missing from {}.", key, m_owner), fmt::format("Add a line `{}: …`.", key));
  }
  return found;
}

void Fields::report_type(const YamlNode& node, std::string_view key, std::string_view expected) {
  m_report.error("wrong-type", place_of(node), fmt::format("`{}` of {} should be {}.", key, m_owner, expected), "See doc/pathway-format.md.");
}

Word Fields::word(std::string_view key, Need need) {
  const YamlNode* found = node(key, need);
  if (found == nullptr) return {{}, m_place};
  if (found->kind != YamlNode::Kind::scalar) {
    report_type(*found, key, "text on one line");
    return {{}, place_of(*found)};
  }
  std::string text = collapse_white_space(found->scalar);
  if (text.empty() && need == Need::required) {
    m_report.error("missing-field", place_of(*found), fmt::format("`{}` of {} is empty.", key, m_owner), "Write a value.");
  }
  return {std::move(text), place_of(*found)};
}

std::optional<double> Fields::number(std::string_view key, Need need) {
  const YamlNode* found = node(key, need);
  if (found == nullptr) return std::nullopt;
  const std::optional<double> value = found->kind == YamlNode::Kind::scalar ? found->number() : std::nullopt;
  if (!value) report_type(*found, key, "a number");
  return value;
}

std::vector<Word> Fields::words(std::string_view key, Need need) {
  std::vector<Word> result;
  const YamlNode* found = node(key, need);
  if (found == nullptr) return result;
  if (found->kind == YamlNode::Kind::scalar) return {{collapse_white_space(found->scalar), place_of(*found)}};
  if (found->kind != YamlNode::Kind::sequence) {
    report_type(*found, key, "a list, as in [one, two]");
    return result;
  }
  for (const YamlNode& item : found->items) {
    if (item.kind == YamlNode::Kind::scalar) {
      result.push_back({collapse_white_space(item.scalar), place_of(item)});
    } else {
      report_type(item, key, "a list of words");
    }
  }
  return result;
}

const std::vector<YamlNode>& Fields::sequence(std::string_view key, Need need) {
  static const std::vector<YamlNode> none;
  const YamlNode* found = node(key, need);
  if (found == nullptr) return none;
  if (found->kind == YamlNode::Kind::sequence) return found->items;
  report_type(*found, key, "a list, one item a `-`");
  return none;
}

void Fields::finish() {
  if (m_map == nullptr) return;
  for (const YamlNode::Entry& entry : m_map->entries) {
    if (std::find(m_known.begin(), m_known.end(), entry.key) != m_known.end()) continue;
    m_report.warning("unknown-key", {m_place.file, entry.key_span}, fmt::format("`{}` means nothing in {}.", entry.key, m_owner),
                     "Remove it, or correct its spelling." + did_you_mean(entry.key, m_known));
  }
}

std::optional<Review> read_review(Fields& fields, Report& report) {
  const Word word = fields.word("reviewed", Fields::Need::optional);
  if (word.text.empty()) return std::nullopt;
  const std::optional<Date> date = parse_date(word.text);
  if (!date) {
    report.warning("invalid-date", word.place, fmt::format("`{}` is no date.", word.text), "Write year, month and day, as in 2026-03-31.");
    return std::nullopt;
  }
  return Review{*date, word.place};
}

Document read_document(const FolderFile& file, FrontMatterNeed need, Report& report) {
  Document document{SourceText(file.path, file.bytes), {}, {}};
  report.take(document.source.findings());
  markup::FrontMatter front = markup::parse_front_matter(document.source);
  report.take(front.findings);
  const bool broken = has_errors(front.findings);
  if (need == FrontMatterNeed::required && !front.root && !broken) {
    report.error("missing-front-matter", document.place(), "The page has no front matter.",
                 "Begin it with a line `---`, its `id:` and `title:`, and a line `---`.");
  }
  const auto targets = [&](std::string_view link) {
    const std::optional<Target> target = resolve_link(file.path, link);
    return target ? to_uri(*target) : std::string(link);
  };
  markup::Markdown body = markup::parse_markdown(document.source, front.body_line, targets);
  report.take(body.findings);
  document.front = std::move(front.root);
  document.blocks = std::move(body.blocks);
  return document;
}

std::string Anchors::take(const std::string& wanted, const Span& span) {
  const auto [at, fresh] = m_taken.emplace(wanted, span);
  if (fresh) return wanted;
  m_report.error("duplicate-id", m_document.place(span),
                 fmt::format("The id `{}` is used twice on this page, first on line {}.", wanted, at->second.begin.line),
                 "Give one of them another id; the older one should keep it, because it may have been cited.");
  return derive(wanted);
}

std::string Anchors::next(const std::string& stem) {
  std::string anchor;
  do {
    anchor = fmt::format("{}-{}", stem, ++m_counts[stem]);
  } while (!m_taken.emplace(anchor, Span{}).second);
  return anchor;
}

std::string Anchors::derive(const std::string& wanted) {
  return m_taken.emplace(wanted, Span{}).second ? wanted : next(wanted);
}

Passage make_passage(const markup::Block& block, const std::string& stem, Anchors& anchors) {
  if (block.kind == markup::Block::Kind::heading) {
    return {block.id.empty() ? anchors.derive(slug(block.text)) : anchors.take(block.id, block.span), block};
  }
  return {anchors.next(stem), block};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::optional<std::string> near = nearest(word, candidates);
  return near ? fmt::format(" Did you mean `{}`?", *near) : std::string();
}

std::vector<std::string> level_ids(const Pathway& pathway) {
  std::vector<std::string> ids;
  for (const Level& level : pathway.levels) ids.push_back(level.id.value);
  return ids;
}

}  // namespace waymark::pathway::loading
