#include <algorithm>

#include "base/text.hpp"
#include "pathway/searching.hpp"

namespace waymark::pathway::searching {
namespace {

std::string words_of(const std::vector<Passage>& passages) {
  std::string text;
  for (const Passage& passage : passages) {
    if (!text.empty()) text += ' ';
    text += passage.block.text;
  }
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');  // of code blocks
  return text;
}

std::string sentences_of(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += std::string_view(".!?").find(text.back()) == std::string_view::npos ? ". " : " ";
    text += part;
  }
  return text;
}

std::string both(const std::string& a, const std::string& b) { return a.empty() || b.empty() ? a + b : a + ", " + b; }

class Documents {
 public:
  explicit Documents(const Pathway& pathway) : m_pathway(pathway) {}

  std::vector<Document> collect() {
    for (const Level& level : m_pathway.levels) add(level);
    for (const Capability& capability : m_pathway.capabilities) add_page(capability, Target::Kind::capability, "Capability");
    if (m_pathway.fork) add(*m_pathway.fork);
    for (const Archetype& archetype : m_pathway.archetypes) add_page(archetype, Target::Kind::archetype, "Archetype");
    for (const Threshold& threshold : m_pathway.thresholds) {
      add({{Target::Kind::pathway, {}, threshold.id},
           threshold.measure,
           "Thresholds",
           {},
           sentences_of({threshold.range(), threshold.reason, threshold.also, threshold.ask}),
           threshold.id + ' ' + (threshold.level ? name_of(*threshold.level) : std::string())});
    }
    return std::move(m_documents);
  }

 private:
  void add(Document document) { m_documents.push_back(std::move(document)); }

  [[nodiscard]] std::string name_of(const LevelId& id) const {
    const Level* level = m_pathway.level(id);
    return level == nullptr ? id.value : id.value + ' ' + level->title;
  }

  void add(const Level& level) {
    const Track* track = m_pathway.track(level.track);
    const std::string name = name_of(level.id);
    add({{Target::Kind::level, level.id.value, {}},
         level.title,
         track == nullptr ? m_pathway.name : track->title,
         level.id.value,
         sentences_of({words_of(level.summary), level.shift}),
         join({name, level.scope, level.autonomy, level.span}, " ")});
    const Section* changes = level.section(SectionKind::what_changes_here);
    const std::string where = changes == nullptr ? level.title : both(level.title, changes->title);
    for (const Criterion& criterion : level.criteria) {
      add({{Target::Kind::level, level.id.value, criterion.anchor},
           criterion.title,
           where,
           to_string(criterion.citation()),
           words_of(criterion.passages),
           name + ' ' + criterion.anchor});
    }
    for (const Section& section : level.sections) {
      add({{Target::Kind::level, level.id.value, section.anchor},
           section.title,
           level.title,
           to_string(Citation{level.id, section.anchor}),
           words_of(section.passages),
           name});
    }
  }

  template <class Page>
  void add_page(const Page& page, Target::Kind kind, const std::string& what) {
    add({{kind, page.id.value, {}}, page.title, what, {}, sentences_of({page.summary, words_of(page.intro)}), page.id.value});
    for (const AtLevel& at : page.levels) {
      add({{kind, page.id.value, at.level.value}, at.title, page.title, {}, words_of(at.passages), page.title + ' ' + name_of(at.level)});
    }
    for (const Section& section : page.sections) add_section(section, {kind, page.id.value, section.anchor}, page.title);
  }

  void add_section(const Section& section, Target target, const std::string& page) {
    add({std::move(target), section.title, page, {}, words_of(section.passages), page});
  }

  void add(const Fork& fork) {
    const auto target = [](const std::string& anchor) { return Target{Target::Kind::fork, {}, anchor}; };
    if (!fork.intro.empty() || !fork.ways.empty()) add({target({}), fork.title, m_pathway.name, {}, words_of(fork.intro), name_of(fork.at)});
    for (const Branch& way : fork.ways) {
      const std::string name = way.to ? name_of(*way.to) : way.anchor;
      std::vector<std::string> aspects;
      for (const Branch::Aspect& aspect : way.aspects) aspects.push_back(aspect.title);
      add({target(way.anchor), way.title, fork.title, {}, way.intro.empty() ? join(aspects, ", ") : words_of(way.intro), name});
      for (const Branch::Aspect& aspect : way.aspects) {
        add({target(aspect.anchor), aspect.title, both(fork.title, way.title), {}, words_of(aspect.passages), way.title + ' ' + name});
      }
    }
    for (const Section& section : fork.sections) add_section(section, target(section.anchor), fork.title);
  }

  const Pathway& m_pathway;
  std::vector<Document> m_documents;
};

}  // namespace

std::vector<Document> documents_of(const Pathway& pathway) { return Documents(pathway).collect(); }

}  // namespace waymark::pathway::searching
