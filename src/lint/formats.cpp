#include "lint/formats.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <fmt/core.h>
#include <boost/json.hpp>

#include "base/hash.hpp"
#include "base/source_text.hpp"
#include "base/text.hpp"
#include "lint/explanation.hpp"
#include "lint/rule.hpp"

namespace waymark::lint {
namespace {

namespace json = boost::json;

std::string_view level_of(Severity severity) { return to_string(severity); }  // SARIF has the same three words

/// RFC 3986: of what a path may hold, only the unreserved letters and the slash stay as they are.
std::string as_uri(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos;
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

json::object region_of(const Span& span) {
  json::object region{{"startLine", span.begin.line}, {"startColumn", span.begin.column}};
  if (span.end.line >= span.begin.line && span.end > span.begin) {
    region["endLine"] = span.end.line;
    region["endColumn"] = span.end.column;
  }
  return region;
}

json::object location_of(std::string_view file, const Span& span, const NameFile& name_file) {
  return {{"physicalLocation", json::object{{"artifactLocation", json::object{{"uri", as_uri(name_file(file))}}}, {"region", region_of(span)}}}};
}

json::object change_of(const std::string& file, const std::vector<const Edit*>& edits, const NameFile& name_file) {
  json::array replacements;
  for (const Edit* const edit : edits) {
    json::object deleted{{"startLine", edit->span.begin.line},
                         {"startColumn", edit->span.begin.column},
                         {"endLine", edit->span.end.line},
                         {"endColumn", edit->span.end.column}};
    replacements.push_back(json::object{{"deletedRegion", std::move(deleted)}, {"insertedContent", json::object{{"text", edit->text}}}});
  }
  return {{"artifactLocation", json::object{{"uri", as_uri(name_file(file))}}}, {"replacements", std::move(replacements)}};
}

json::array fixes_of(const Finding& finding, const NameFile& name_file) {
  json::array fixes;
  for (const Fix& fix : finding.fixes) {
    std::map<std::string, std::vector<const Edit*>> by_file;
    for (const Edit& edit : fix.edits) by_file[edit.file].push_back(&edit);
    json::array changes;
    for (const auto& [file, edits] : by_file) changes.push_back(change_of(file, edits, name_file));
    fixes.push_back(json::object{{"description", json::object{{"text", fix.title + "."}}}, {"artifactChanges", std::move(changes)}});
  }
  return fixes;
}

json::object rule_of(std::string_view id) {
  json::object rule{{"id", id}};
  const std::optional<Explanation> page = explain(id);
  if (!page) return rule;
  rule["shortDescription"] = json::object{{"text", std::string(page->title) + "."}};
  rule["fullDescription"] = json::object{{"text", collapse_white_space(page->body.substr(0, page->body.find("\n\n", 1)))}};
  rule["help"] = json::object{{"text", page->markdown}, {"markdown", page->markdown}};
  rule["defaultConfiguration"] = json::object{{"level", level_of(page->rule.severity)}};
  rule["properties"] = json::object{{"tags", json::array{to_string(page->rule.family)}}};
  return rule;
}

/// What stays the same when a finding moves to another line.
class Fingerprints {
 public:
  explicit Fingerprints(const Folder& folder) : m_folder(folder) {}

  std::string of(const Finding& finding) {
    const std::string what = fmt::format("{}\n{}\n{}", finding.rule, finding.file, line_of(finding));
    return sha256_hex(fmt::format("{}\n{}", what, ++m_times[what]));
  }

 private:
  std::string line_of(const Finding& finding) {
    auto known = m_sources.find(finding.file);
    if (known == m_sources.end()) {
      const FolderFile* const file = m_folder.find(finding.file);
      known = m_sources.emplace(finding.file, file == nullptr ? nullptr : std::make_unique<SourceText>(file->path, file->bytes)).first;
    }
    const SourceText* const source = known->second.get();
    return source == nullptr || finding.span.begin.line > source->line_count() ? finding.message
                                                                               : collapse_white_space(source->line(finding.span.begin.line));
  }

  const Folder& m_folder;
  std::map<std::string, std::unique_ptr<SourceText>, std::less<>> m_sources;
  std::map<std::string, int> m_times;
};

json::object result_of(const Finding& finding, const std::map<std::string_view, std::size_t>& rule_index, const NameFile& name_file,
                       Fingerprints& fingerprints) {
  const std::string text = finding.way_out.empty() ? finding.message : finding.message + " " + finding.way_out;
  json::object result{{"ruleId", finding.rule},
                      {"ruleIndex", rule_index.at(finding.rule)},
                      {"level", level_of(finding.severity)},
                      {"message", json::object{{"text", text}}},
                      {"locations", json::array{location_of(finding.file, finding.span, name_file)}},
                      {"partialFingerprints", json::object{{"waymark/v1", fingerprints.of(finding)}}}};
  json::array related;
  for (const Related& each : finding.related) {
    json::object location = location_of(each.file, each.span, name_file);
    location["id"] = related.size() + 1;
    location["message"] = json::object{{"text", each.message}};
    related.push_back(std::move(location));
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  if (json::array fixes = fixes_of(finding, name_file); !fixes.empty()) result["fixes"] = std::move(fixes);
  return result;
}

/// GitHub reads these escapes in the message; in a property also `:` and `,`.
std::string escaped_for_github(std::string_view text, bool property) {
  std::string escaped;
  for (const char c : text) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    escaped += special ? fmt::format("%{:02X}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return escaped;
}

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::error: return "major";
    case Severity::warning: return "minor";
    case Severity::note: return "info";
  }
  return "info";
}

}  // namespace

std::string to_sarif(const Linted& linted, const Folder& folder, const NameFile& name_file) {
  std::set<std::string_view> names;
  for (const auto* const findings : {&linted.findings, &linted.allowed}) {
    for (const Finding& finding : *findings) names.insert(finding.rule);
  }
  std::map<std::string_view, std::size_t> rule_index;
  json::array rules;
  for (const std::string_view name : names) {
    rule_index[name] = rules.size();
    rules.push_back(rule_of(name));
  }
  Fingerprints fingerprints(folder);
  json::array results;
  for (const Finding& finding : linted.findings) results.push_back(result_of(finding, rule_index, name_file, fingerprints));
  for (const Finding& finding : linted.allowed) {
    json::object result = result_of(finding, rule_index, name_file, fingerprints);
    result["suppressions"] = json::array{json::object{{"kind", "inSource"}}};
    results.push_back(std::move(result));
  }
  json::object driver{{"name", "Waymark"}, {"semanticVersion", WAYMARK_VERSION}, {"version", WAYMARK_VERSION}, {"rules", std::move(rules)}};
  json::object run{{"tool", json::object{{"driver", std::move(driver)}}}, {"columnKind", "unicodeCodePoints"}, {"results", std::move(results)}};
  const json::object log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", json::array{std::move(run)}}};
  return json::serialize(log) + "\n";
}

std::string to_github(const Linted& linted, const NameFile& name_file) {
  std::string text;
  for (const Finding& finding : linted.findings) {
    const std::string_view command = finding.severity == Severity::note ? "notice" : to_string(finding.severity);
    const std::string message = finding.way_out.empty() ? finding.message : finding.message + "\n" + finding.way_out;
    text +=
        fmt::format("::{} file={},line={},endLine={},col={},endColumn={},title={}::{}\n", command, escaped_for_github(name_file(finding.file), true),
                    finding.span.begin.line, std::max(finding.span.begin.line, finding.span.end.line), finding.span.begin.column,
                    finding.span.end.column, finding.rule, escaped_for_github(message, false));
  }
  return text;
}

std::string to_gitlab(const Linted& linted, const Folder& folder, const NameFile& name_file) {
  Fingerprints fingerprints(folder);
  json::array report;
  for (const Finding& finding : linted.findings) {
    json::object lines{{"begin", finding.span.begin.line}, {"end", std::max(finding.span.begin.line, finding.span.end.line)}};
    report.push_back(json::object{{"description", finding.way_out.empty() ? finding.message : finding.message + " " + finding.way_out},
                                  {"check_name", finding.rule},
                                  {"fingerprint", fingerprints.of(finding)},
                                  {"severity", gitlab_severity(finding.severity)},
                                  {"location", json::object{{"path", name_file(finding.file)}, {"lines", std::move(lines)}}}});
  }
  return json::serialize(report) + "\n";
}

}  // namespace waymark::lint
