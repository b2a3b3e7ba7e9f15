#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "pathway/loading.hpp"

namespace waymark::pathway::loading {
namespace {

using markup::YamlNode;
using Need = Fields::Need;

class ManifestReader {
 public:
  ManifestReader(std::string file, Pathway& pathway, Manifest& manifest, Report& report)
      : m_file(std::move(file)), m_pathway(pathway), m_manifest(manifest), m_report(report) {}

  void read(const YamlNode& root) {
    Fields fields(&root, {m_file, {}}, "pathway.yaml", m_report);
    read_status(fields);
    m_pathway.name = fields.text("name", Need::required);
    m_pathway.version_label = fields.text("version", Need::optional);
    m_pathway.language = fields.text("language", Need::optional);
    if (m_pathway.language.empty()) m_pathway.language = "en";
    m_pathway.url = fields.text("url", Need::optional);
    while (m_pathway.url.ends_with('/')) m_pathway.url.pop_back();
    for (const Word& word : fields.words("scope_axis", Need::required)) m_pathway.scope_axis.push_back(word.text);
    read_tracks(fields.sequence("tracks", Need::required));
    for (const YamlNode& node : fields.sequence("routes", Need::optional)) read_route(node);
    if (const YamlNode* node = fields.node("fork", Need::optional)) read_fork(*node);
    for (const YamlNode& node : fields.sequence("equivalences", Need::optional)) read_equivalence(node);
    for (const Word& word : fields.words("dormant", Need::optional)) {
      expect_level(word, "unknown-level", "`dormant` names");
      m_manifest.dormant.insert(word.text);
    }
    for (const YamlNode& node : fields.sequence("thresholds", Need::optional)) read_threshold(node);
    for (const YamlNode& node : fields.sequence("retired", Need::optional)) read_retired(node);
    if (const YamlNode* node = fields.node("lint", Need::optional)) m_pathway.house_style = *node;
    fields.finish();
  }

 private:
  LevelId expect_level(const Word& word, std::string rule, std::string phrase) {
    if (!word.text.empty()) m_manifest.references.push_back({word, std::move(rule), std::move(phrase)});
    return {word.text};
  }

  void read_status(Fields& fields) {
    const Word status = fields.word("status", Need::optional);
    if (!status.text.empty() && status.text != "draft") {
      m_report.error("unknown-status", status.place, fmt::format("The status `{}` is not known.", status.text),
                     "Write `status: draft`, or leave the line out when the pathway is ready.");
    }
    m_pathway.draft = status.text == "draft";
    m_report.set_draft(m_pathway.draft);
  }

  void read_tracks(const std::vector<YamlNode>& nodes) {
    for (const YamlNode& node : nodes) {
      Fields fields(&node, {m_file, {}}, "this track", m_report);
      const Word id = fields.word("id", Need::required);
      Track track{{id.text}, fields.text("title", Need::required), fields.text("summary", Need::optional), {}, id.place};
      for (const Word& level : fields.words("levels", Need::required)) {
        track.levels.push_back(expect_level(level, "unknown-level", fmt::format("The track `{}` lists", id.text)));
        const auto [at, fresh] = m_manifest.track_of_level.emplace(level.text, Word{id.text, level.place});
        if (!fresh) {
          m_report.error("duplicate-id", level.place, fmt::format("The level `{}` is listed twice, first on line {}.", level.text, at->second.place.span.begin.line),
                         "A place is on one track, once.");
        }
      }
      fields.finish();
      if (!id.text.empty() && !is_valid_id(id.text)) report_bad_id(id);
      if (m_pathway.track(track.id) != nullptr) {
        m_report.error("duplicate-id", id.place, fmt::format("There are two tracks `{}`.", id.text), "Give one of them another id.");
      } else if (!id.text.empty()) {
        m_pathway.tracks.push_back(std::move(track));
      }
    }
  }

  void report_bad_id(const Word& id) {
    m_report.error("invalid-id", id.place, fmt::format("`{}` cannot be an id.", id.text), "Begin with a letter; then letters, digits, `_` or `-`.");
  }

  void read_route(const YamlNode& node) {
    Fields fields(&node, {m_file, {}}, "this route", m_report);
    const Word from = fields.word("from", Need::required);
    const Word to = fields.word("to", Need::required);
    const Word kind = fields.word("kind", Need::optional);
    Route route{expect_level(from, "route-to-nowhere", "This route begins at"), expect_level(to, "route-to-nowhere", "This route leads to"),
                kind.text == "return" ? Route::Kind::return_ : Route::Kind::onward, fields.text("note", Need::optional), fields.place()};
    fields.finish();
    if (!kind.text.empty() && kind.text != "onward" && kind.text != "return") {
      m_report.error("unknown-route-kind", kind.place, fmt::format("A route cannot be `{}`.", kind.text), "Write `onward` or `return`.");
    }
    if (from.text.empty() || to.text.empty()) return;
    if (from.text == to.text) {
      m_report.error("route-to-itself", to.place, fmt::format("This route leads from `{}` to itself.", from.text), "Remove it: any place is one to stay in.");
      return;
    }
    const bool known = std::any_of(m_pathway.routes.begin(), m_pathway.routes.end(),
                                   [&](const Route& other) { return other.from == route.from && other.to == route.to; });
    if (known) {
      m_report.error("duplicate-route", fields.place(), fmt::format("The route from `{}` to `{}` is there twice.", from.text, to.text), "Remove one.");
    } else {
      m_pathway.routes.push_back(std::move(route));
    }
  }

  void read_fork(const YamlNode& node) {
    Fields fields(&node, {m_file, {}}, "the fork", m_report);
    Fork fork;
    fork.place = fields.place();
    fork.at = expect_level(fields.word("at", Need::required), "unknown-level", "The fork is at");
    for (const Word& branch : fields.words("branches", Need::required)) {
      fork.branches.push_back(expect_level(branch, "route-to-nowhere", "A branch of the fork leads to"));
    }
    fork.page = fields.text("page", Need::optional);
    fields.finish();
    if (!fork.at.empty()) m_pathway.fork = std::move(fork);
  }

  void read_equivalence(const YamlNode& node) {
    Fields fields(&node, {m_file, {}}, "this equivalence", m_report);
    Equivalence equivalence;
    equivalence.place_in_file = fields.place();
    equivalence.place = expect_level(fields.word("place", Need::required), "unknown-level", "This equivalence is about");
    for (const Word& level : fields.words("equals", Need::required)) {
      equivalence.equals.push_back(expect_level(level, "unknown-level", "This equivalence names"));
    }
    const Word dormant = fields.word("while_dormant", Need::optional);
    const Word active = fields.word("once_active", Need::optional);
    if (!dormant.text.empty()) equivalence.while_dormant = expect_level(dormant, "unknown-level", "This equivalence depends on");
    if (!active.text.empty()) equivalence.once_active = expect_level(active, "unknown-level", "This equivalence depends on");
    equivalence.note = fields.text("note", Need::optional);
    fields.finish();
    if (!equivalence.place.empty()) m_pathway.equivalences.push_back(std::move(equivalence));
  }

  void read_threshold(const YamlNode& node) {
    Fields fields(&node, {m_file, {}}, "this threshold", m_report);
    const Word id = fields.word("id", Need::required);
    Threshold threshold;
    threshold.id = id.text;
    threshold.place = id.place;
    const Word level = fields.word("level", Need::optional);
    if (!level.text.empty()) threshold.level = expect_level(level, "unknown-level", "This threshold is about");
    threshold.measure = fields.text("measure", Need::required);
    threshold.unit = fields.text("unit", Need::optional);
    threshold.from = fields.number("from", Need::optional);
    threshold.to = fields.number("to", Need::optional);
    threshold.reason = fields.text("reason", Need::required);
    threshold.also = fields.text("also", Need::optional);
    threshold.ask = fields.text("ask", Need::optional);
    fields.finish();
    if (!threshold.from && !threshold.to) {
      m_report.error("missing-field", fields.place(), fmt::format("The threshold `{}` has no number.", id.text), "Add `from:` or `to:`, or both.");
    }
    if (threshold.from && threshold.to && *threshold.from > *threshold.to) {
      m_report.error("empty-range", fields.place(), fmt::format("The threshold `{}` begins after it ends.", id.text), "Exchange `from` and `to`.");
    }
    const bool known = std::any_of(m_pathway.thresholds.begin(), m_pathway.thresholds.end(), [&](const Threshold& other) { return other.id == id.text; });
    if (known) m_report.error("duplicate-id", id.place, fmt::format("There are two thresholds `{}`.", id.text), "Give one of them another id.");
    m_pathway.thresholds.push_back(std::move(threshold));
  }

  void read_retired(const YamlNode& node) {
    Fields fields(&node, {m_file, {}}, "this retired id", m_report);
    const Word id = fields.word("id", Need::required);
    Retired retired;
    retired.in = fields.text("in", Need::optional);
    retired.because = fields.text("because", Need::optional);
    const Word now = fields.word("now", Need::optional);
    fields.finish();
    const std::optional<Citation> citation = parse_citation(id.text);
    if (!citation) {
      if (!id.text.empty()) {
        m_report.error("invalid-id", id.place, fmt::format("`{}` is neither the id of a criterion nor of a place.", id.text),
                       "Write it as it was cited: `SSE.drives-design`.");
      }
      return;
    }
    retired.criterion = *citation;
    retired.now = parse_citation(now.text);
    if (retired.now) m_manifest.replacements.emplace_back(*retired.now, now.place);
    m_pathway.retired.push_back(std::move(retired));
  }

  std::string m_file;
  Pathway& m_pathway;
  Manifest& m_manifest;
  Report& m_report;
};

}  // namespace

void read_manifest(const FolderFile& file, Pathway& pathway, Manifest& manifest, Report& report) {
  const SourceText source(file.path, file.bytes);
  report.take(source.findings());
  const markup::Yaml yaml = markup::parse_yaml(source);
  report.take(yaml.findings);
  manifest.is_broken = !yaml.root || yaml.root->kind != YamlNode::Kind::map;
  if (yaml.root && yaml.root->kind == YamlNode::Kind::null) {
    report.error("empty-file", {file.path, {}}, "pathway.yaml is empty.", "`waymark init DIR` writes a complete one to begin from.");
  } else if (yaml.root) {
    ManifestReader(file.path, pathway, manifest, report).read(*yaml.root);
  }
}

}  // namespace waymark::pathway::loading
