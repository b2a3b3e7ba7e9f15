#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/loading.hpp"

namespace waymark::pathway::loading {
namespace {

using markup::Block;
using Need = Fields::Need;

struct KnownSection {
  SectionKind kind;
  std::string_view heading;
  bool required;
};

constexpr std::array<KnownSection, 7> known_sections{{
    {SectionKind::scope_of_impact, "Scope of impact", true},
    {SectionKind::autonomy, "Autonomy", true},
    {SectionKind::what_changes_here, "What changes here", true},
    {SectionKind::what_stops_counting, "What stops counting", false},
    {SectionKind::not_expected_yet, "Not expected yet", true},
    {SectionKind::what_it_looks_like, "What it looks like", true},
    {SectionKind::watch_for, "Watch for", false},
}};

SectionKind kind_of(const Block& heading) {
  const std::string id = heading.id.empty() ? slug(heading.text) : heading.id;
  for (const KnownSection& known : known_sections) {
    if (id == section_id(known.kind)) return known.kind;
  }
  return SectionKind::other;
}

const markup::Link* first_link(const Block& block) { return block.links.empty() ? nullptr : &block.links.front(); }

class LevelReader {
 public:
  LevelReader(const Document& document, const Pathway& pathway, Report& report)
      : m_document(document), m_pathway(pathway), m_report(report), m_anchors(document, report) {
    // Sections own their ids on a level page, whatever a criterion is called.
    for (const KnownSection& known : known_sections) (void)m_anchors.derive(std::string(section_id(known.kind)));
  }

  std::optional<Level> read() {
    read_front_matter();
    for (const Block& block : m_document.blocks) read_block(block);
    for (const Criterion& criterion : m_level.criteria) {
      if (criterion.passages.empty()) {
        m_report.gap("empty-criterion", criterion.place, fmt::format("The criterion `{}` has a heading and no words.", criterion.title),
                     "Say what is done, for whom or what, and what evidence it leaves.");
      }
    }
    check_sections();
    std::stable_sort(m_level.sections.begin(), m_level.sections.end(), [](const Section& a, const Section& b) { return a.kind < b.kind; });
    if (m_level.id.empty()) return std::nullopt;
    return std::move(m_level);
  }

 private:
  void read_front_matter() {
    m_level.place = m_document.place();
    if (!m_document.front) return;
    Fields fields(&*m_document.front, m_document.place(), "the level page", m_report);
    const Word id = fields.word("id", Need::required);
    m_level.id = {id.text};
    m_level.title = fields.text("title", Need::required);
    const Word track = fields.word("track", Need::required);
    m_level.track = {track.text};
    const Word scope = fields.word("scope", Need::required);
    m_level.scope = scope.text;
    m_level.scope_position = fields.number("scope_position", Need::required).value_or(0);
    m_level.autonomy = fields.text("autonomy", Need::optional);
    m_level.span = fields.text("span", Need::optional);
    m_level.shift = fields.text("shift", Need::required);
    m_level.when = fields.text("when", Need::optional);
    m_level.band = fields.text("band", Need::optional);
    m_level.place = id.place;
    // Pages on other sites use these; they mean nothing here and do no harm.
    m_level.reviewed = read_review(fields, m_report);
    for (const char* const foreign : {"weight", "sidebar_position", "slug", "description", "tags"}) (void)fields.node(foreign, Need::optional);
    fields.finish();

    if (!id.text.empty() && !is_valid_id(id.text)) {
      m_report.error("invalid-id", id.place, fmt::format("`{}` cannot be the id of a level.", id.text), "Begin with a letter; then letters, digits, `_` or `-`.");
      m_level.id = {};
    }
    if (!id.text.empty() && m_document.source.name() != fmt::format("levels/{}.md", id.text)) {
      m_report.warning("file-name", id.place, fmt::format("The level `{}` stands in {}.", id.text, m_document.source.name()),
                       fmt::format("Name the file levels/{}.md, so that people and links find it.", id.text));
    }
    if (m_level.autonomy.empty() && m_level.span.empty()) {
      m_report.gap("missing-field", m_level.place, "The level page says neither `autonomy` nor `span`.", "Add one of them, in a few words.");
    }
    if (!track.text.empty() && !m_pathway.tracks.empty() && m_pathway.track({track.text}) == nullptr) {
      std::vector<std::string> tracks;
      for (const Track& known : m_pathway.tracks) tracks.push_back(known.id.value);
      m_report.error("unknown-track", track.place, fmt::format("There is no track `{}`.", track.text),
                     fmt::format("pathway.yaml has {}.{}", in_words(tracks), did_you_mean(track.text, tracks)));
    }
    const auto& axis = m_pathway.scope_axis;
    if (!scope.text.empty() && !axis.empty() && std::find(axis.begin(), axis.end(), scope.text) == axis.end()) {
      m_report.error("unknown-scope", scope.place, fmt::format("`{}` is no scope of this pathway.", scope.text),
                     fmt::format("`scope_axis` in pathway.yaml has {}.{}", in_words(axis), did_you_mean(scope.text, axis)));
    }
  }

  void read_block(const Block& block) {
    const bool is_title = block.kind == Block::Kind::heading && block.level == 1;
    if (is_title && !m_section && m_level.summary.empty() && !m_saw_title) {
      m_saw_title = true;
      return;
    }
    if (block.kind == Block::Kind::heading && block.level <= 2) {
      open_section(block);
    } else if (!m_section) {
      m_level.summary.push_back(make_passage(block, "summary", m_anchors));
    } else if (block.kind == Block::Kind::heading && block.level == 3 && section().kind == SectionKind::what_changes_here) {
      open_criterion(block);
    } else if (section().kind == SectionKind::what_changes_here && !m_level.criteria.empty()) {
      Criterion& criterion = m_level.criteria.back();
      criterion.passages.push_back(make_passage(block, criterion.anchor, m_anchors));
    } else {
      if (section().kind == SectionKind::what_stops_counting) read_stops(block);
      section().passages.push_back(make_passage(block, section().anchor, m_anchors));
    }
  }

  Section& section() { return m_level.sections[*m_section]; }

  void open_section(const Block& heading) {
    Section section{kind_of(heading), {}, heading.text, {}, m_document.place(heading.span)};
    if (heading.level == 1) {
      m_report.warning("heading-level", section.place, "A second title stands inside the page; it is read as a section.", "Write it with `##`.");
    }
    const auto same = std::find_if(m_level.sections.begin(), m_level.sections.end(), [&](const Section& other) { return other.kind == section.kind; });
    if (section.kind == SectionKind::other) {
      section.anchor = heading.id.empty() ? m_anchors.derive(slug(heading.text)) : m_anchors.take(heading.id, heading.span);
    } else if (same == m_level.sections.end()) {
      section.anchor = section_id(section.kind);
    } else {
      m_report.error("duplicate-section", section.place, fmt::format("The section `{}` is there twice, first on line {}.", heading.text, same->place.span.begin.line),
                     "Join the two.");
      section.anchor = m_anchors.derive(std::string(section_id(section.kind)));
    }
    m_level.sections.push_back(std::move(section));
    m_section = m_level.sections.size() - 1;
  }

  void open_criterion(const Block& heading) {
    const Place place = m_document.place(heading.span);
    // Markup takes only ids that other sites accept; what it left standing was meant as one.
    if (heading.id.empty() && heading.text.ends_with('}') && heading.text.find("{#") != std::string::npos) {
      const std::size_t brace = heading.text.rfind("{#");
      m_report.error("invalid-id", place, fmt::format("`{}` cannot be the id of a criterion.", heading.text.substr(brace + 2, heading.text.size() - brace - 3)),
                     "Begin with a letter; then letters, digits, `_` or `-`.");
    } else if (heading.id.empty()) {
      m_report.gap("criterion-without-id", place, fmt::format("The criterion `{}` has no id, so nobody can cite it.", heading.text),
                   fmt::format("Write `### {} {{#{}}}`.", heading.text, slug(heading.text)));
    }
    std::string wanted = heading.id.empty() ? slug(heading.text) : heading.id;
    if (!is_valid_id(wanted)) {
      m_report.error("invalid-id", place, fmt::format("`{}` cannot be the id of a criterion.", wanted), "Begin with a letter; then letters, digits, `_` or `-`.");
      wanted = "criterion";
    }
    m_level.criteria.push_back({m_level.id, m_anchors.take(wanted, heading.span), heading.text, heading.html, {}, place});
  }

  void read_stops(const Block& block) {
    if (block.kind != Block::Kind::bullet_list && block.kind != Block::Kind::ordered_list) return;
    for (const Block& item : block.children) {
      const markup::Link* link = first_link(item);
      const std::optional<Target> target = link != nullptr ? resolve_link(m_document.source.name(), link->target) : std::nullopt;
      if (!target || target->kind != Target::Kind::level || target->anchor.empty()) {
        m_report.gap("stops-without-criterion", m_document.place(item.span), "This item names no criterion.",
                     "Begin it with a link to the criterion that stops counting, as in `[words](ISE.md#its-id): why`.");
        continue;
      }
      m_level.stops.push_back({Citation{{target->id}, target->anchor}, make_passage(item, "stops", m_anchors)});
    }
  }

  void check_sections() {
    if (m_level.summary.empty()) {
      m_report.gap("missing-summary", m_level.place, "The page does not begin with its summary.", "Write one sentence before the first heading: what this place is about.");
    }
    for (const KnownSection& known : known_sections) {
      const Section* section = m_level.section(known.kind);
      if (section == nullptr && known.required) {
        m_report.gap("missing-section", m_level.place, fmt::format("The section `{}` is missing.", known.heading), fmt::format("Add `## {}` and its words.", known.heading));
      } else if (section != nullptr && section->passages.empty() && !(known.kind == SectionKind::what_changes_here && !m_level.criteria.empty())) {
        m_report.gap("empty-section", section->place, fmt::format("The section `{}` is empty.", known.heading), "Write it, or leave the heading out.");
      }
    }
    const Section* changes = m_level.section(SectionKind::what_changes_here);
    if (changes != nullptr && m_level.criteria.empty() && !changes->passages.empty()) {
      m_report.gap("no-criteria", changes->place, "No criterion stands here.", "Write each as `### What is done {#its-id}` and a paragraph.");
    }
  }

  const Document& m_document;
  const Pathway& m_pathway;
  Report& m_report;
  Anchors m_anchors;
  Level m_level;
  std::optional<std::size_t> m_section;
  bool m_saw_title = false;
};

}  // namespace

std::optional<Level> read_level(const Document& document, const Pathway& pathway, Report& report) {
  return LevelReader(document, pathway, report).read();
}

}  // namespace waymark::pathway::loading
