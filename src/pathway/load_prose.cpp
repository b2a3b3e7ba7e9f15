#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/loading.hpp"

namespace waymark::pathway::loading {
namespace {

using markup::Block;
using Need = Fields::Need;

/// What capability and archetype pages have in common: an opening, parts about levels, other sections.
class ProseReader {
 public:
  ProseReader(const Document& document, const Pathway& pathway, const Manifest& manifest, Report& report)
      : m_document(document), m_pathway(pathway), m_manifest(manifest), m_report(report), m_anchors(document, report) {}

  struct Opening {
    std::string id, title, summary;
    Place place;
    std::optional<Review> reviewed = {};
  };

  Opening read_front_matter(std::string_view folder) {
    Opening opening{{}, {}, {}, m_document.place()};
    if (!m_document.front) return opening;
    Fields fields(&*m_document.front, m_document.place(), "this page", m_report);
    const Word id = fields.word("id", Need::required);
    opening = {id.text, fields.text("title", Need::required), fields.text("summary", Need::optional), id.place, read_review(fields, m_report)};
    for (const char* const foreign : {"weight", "sidebar_position", "slug", "description", "tags"}) (void)fields.node(foreign, Need::optional);
    fields.finish();
    if (!id.text.empty() && !is_valid_id(id.text)) {
      m_report.error("invalid-id", id.place, fmt::format("`{}` cannot be an id.", id.text), "Begin with a letter; then letters, digits, `_` or `-`.");
      opening.id.clear();
    } else if (!id.text.empty() && m_document.source.name() != fmt::format("{}/{}.md", folder, id.text)) {
      m_report.warning("file-name", id.place, fmt::format("`{}` stands in {}.", id.text, m_document.source.name()),
                       fmt::format("Name the file {}/{}.md, so that people and links find it.", folder, id.text));
    }
    return opening;
  }

  void read_body(std::vector<Passage>& intro, std::vector<AtLevel>& levels, std::vector<Section>& sections) {
    std::vector<Passage>* into = &intro;
    std::string stem = "intro";
    bool saw_title = false;
    for (const Block& block : m_document.blocks) {
      const bool is_heading = block.kind == Block::Kind::heading;
      if (is_heading && block.level == 1 && intro.empty() && !saw_title) {
        saw_title = true;
        continue;
      }
      if (is_heading && block.level <= 3 && m_pathway.level(LevelId{block.id}) != nullptr) {
        levels.push_back({{block.id}, block.text, {}, m_document.place(block.span)});
        stem = m_anchors.take(block.id, block.span);
        into = &levels.back().passages;
      } else if (is_heading && block.level <= 2) {
        stem = block.id.empty() ? m_anchors.derive(slug(block.text)) : m_anchors.take(block.id, block.span);
        sections.push_back({SectionKind::other, stem, block.text, {}, m_document.place(block.span)});
        into = &sections.back().passages;
      } else {
        if (is_heading && looks_like_a_level(block) && !m_manifest.broken_pages.contains(block.id)) {
          m_report.error("unknown-level", m_document.place(block.span), fmt::format("There is no level `{}`.", block.id),
                         "Use the id of a level page, or another id for this heading." + did_you_mean(block.id, level_ids(m_pathway)));
        }
        into->push_back(make_passage(block, stem, m_anchors));
      }
    }
  }

 private:
  /// "### At XYZ {#XYZ}" means a level that is not there; "### Reviews {#reviews}" does not.
  static bool looks_like_a_level(const Block& heading) {
    return !heading.id.empty() && heading.text.find(heading.id) != std::string::npos &&
           std::any_of(heading.id.begin(), heading.id.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  const Document& m_document;
  const Pathway& m_pathway;
  const Manifest& m_manifest;
  Report& m_report;
  Anchors m_anchors;
};

void collect_citations(const Document& document, std::vector<Citation>& into) {
  for (const Block& block : document.blocks) {
    for (const markup::Link& link : block.links) {
      const std::optional<Target> target = resolve_link(document.source.name(), link.target);
      if (!target || target->kind != Target::Kind::level || target->anchor.empty()) continue;
      const Citation citation{{target->id}, target->anchor};
      if (std::find(into.begin(), into.end(), citation) == into.end()) into.push_back(citation);
    }
  }
}

}  // namespace

std::optional<Capability> read_capability(const Document& document, const Pathway& pathway, const Manifest& manifest, Report& report) {
  ProseReader reader(document, pathway, manifest, report);
  const auto [id, title, summary, place, reviewed] = reader.read_front_matter("capabilities");
  Capability capability{{id}, title, summary, {}, {}, {}, {}, place, reviewed};
  reader.read_body(capability.intro, capability.levels, capability.sections);
  collect_citations(document, capability.criteria);
  std::erase_if(capability.criteria, [&](const Citation& citation) { return pathway.criterion(citation) == nullptr; });
  // "How it deepens" holds nothing of its own once its levels are read.
  std::erase_if(capability.sections, [](const Section& section) { return section.passages.empty(); });
  if (id.empty()) return std::nullopt;
  return capability;
}

std::optional<Archetype> read_archetype(const Document& document, const Pathway& pathway, const Manifest& manifest, Report& report) {
  ProseReader reader(document, pathway, manifest, report);
  const auto [id, title, summary, place, reviewed] = reader.read_front_matter("archetypes");
  Archetype archetype{{id}, title, summary, {}, {}, {}, place, reviewed};
  reader.read_body(archetype.intro, archetype.levels, archetype.sections);
  if (id.empty()) return std::nullopt;
  return archetype;
}

void read_fork_page(const Document& document, Fork& fork, Report& report) {
  Anchors anchors(document, report);
  if (document.front) {
    Fields fields(&*document.front, document.place(), "the fork page", report);
    (void)fields.text("id", Need::optional);
    fork.title = fields.text("title", Need::optional);
    (void)fields.text("summary", Need::optional);
    fork.reviewed = read_review(fields, report);
    fields.finish();
  }
  enum class Inside { intro, way, section } inside = Inside::intro;
  std::string stem = "intro";
  for (const Block& block : document.blocks) {
    const bool is_heading = block.kind == Block::Kind::heading;
    if (is_heading && block.level == 1 && inside == Inside::intro && fork.intro.empty()) {
      if (fork.title.empty()) fork.title = block.text;
    } else if (is_heading && block.level <= 2) {
      stem = block.id.empty() ? anchors.derive(slug(block.text)) : anchors.take(block.id, block.span);
      const auto branch = std::find(fork.branches.begin(), fork.branches.end(), LevelId{block.id});
      if (branch != fork.branches.end() || block.id == "stay") {
        fork.ways.push_back({branch != fork.branches.end() ? std::optional(*branch) : std::nullopt, stem, block.text, {}, {}, document.place(block.span)});
        inside = Inside::way;
      } else {
        fork.sections.push_back({SectionKind::other, stem, block.text, {}, document.place(block.span)});
        inside = Inside::section;
      }
    } else if (inside == Inside::way && is_heading && block.level == 3) {
      Branch& way = fork.ways.back();
      stem = block.id.empty() ? anchors.derive(way.anchor + "-" + slug(block.text)) : anchors.take(block.id, block.span);
      way.aspects.push_back({stem, block.text, {}, document.place(block.span)});
    } else if (inside == Inside::way) {
      Branch& way = fork.ways.back();
      (way.aspects.empty() ? way.intro : way.aspects.back().passages).push_back(make_passage(block, stem, anchors));
    } else {
      (inside == Inside::intro ? fork.intro : fork.sections.back().passages).push_back(make_passage(block, stem, anchors));
    }
  }
  if (fork.title.empty()) fork.title = "The fork";
  for (const LevelId& branch : fork.branches) {
    const bool told = std::any_of(fork.ways.begin(), fork.ways.end(), [&](const Branch& way) { return way.to == branch; });
    if (!told) {
      report.gap("fork-branch-untold", document.place(), fmt::format("The page of the fork does not tell the branch to `{}`.", branch.value),
                 fmt::format("Add a section `## … {{#{}}}` in the same shape as the others.", branch.value));
    }
  }
}

}  // namespace waymark::pathway::loading
