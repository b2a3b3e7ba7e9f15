#include "editor/answers.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "editor/file_uri.hpp"

namespace waymark::editor {
namespace {

namespace json = boost::json;

json::string text(std::string_view words) { return json::string(words.data(), words.size()); }

json::object to_value(TextPlace place) { return {{"line", place.line}, {"character", place.character}}; }
json::object to_value(TextRange range) { return {{"start", to_value(range.begin)}, {"end", to_value(range.end)}}; }

json::object location(const View& view, const std::string& file, const Span& span) {
  return {{"uri", view.uri(file)}, {"range", to_value(view.range(file, span))}};
}

/// LSP's numbers for symbols: file, class, property, field, array, …
int symbol_kind(Entry::Kind kind) {
  switch (kind) {
    case Entry::Kind::page: return 1;
    case Entry::Kind::section: return 15;
    case Entry::Kind::criterion: return 8;
    case Entry::Kind::list: return 18;
    case Entry::Kind::item: return 20;
  }
  return 15;
}

int completion_kind(Completion::Kind kind) {
  switch (kind) {
    case Completion::Kind::page: return 17;
    case Completion::Kind::id: return 18;
    case Completion::Kind::word: return 12;
    case Completion::Kind::key: return 10;
    case Completion::Kind::heading: return 14;
    case Completion::Kind::rule: return 14;
  }
  return 1;
}

int severity_number(Severity severity) { return severity == Severity::error ? 1 : severity == Severity::warning ? 2 : 3; }

json::object to_value(const View& view, const std::string& file, const Entry& entry) {
  json::object value{{"name", entry.name},
                     {"kind", symbol_kind(entry.kind)},
                     {"range", to_value(view.range(file, entry.span))},
                     {"selectionRange", to_value(view.range(file, entry.selection))}};
  if (!entry.detail.empty()) value["detail"] = entry.detail;
  json::array children;
  for (const Entry& child : entry.children) children.push_back(to_value(view, file, child));
  if (!children.empty()) value["children"] = std::move(children);
  return value;
}

void add_flat(const View& view, const std::string& file, const Entry& entry, const std::string& container, json::array& into) {
  json::object value{{"name", entry.name}, {"kind", symbol_kind(entry.kind)}, {"location", location(view, file, entry.selection)}};
  if (!container.empty()) value["containerName"] = container;
  into.push_back(std::move(value));
  for (const Entry& child : entry.children) add_flat(view, file, child, entry.name, into);
}

json::object to_value(const View& view, const Change& change) {
  std::map<std::string, json::array> by_file;
  for (const Edit& edit : change.edits) {
    by_file[edit.file].push_back({{"range", to_value(view.range(edit.file, edit.span))}, {"newText", edit.text}});
  }
  if (!view.abilities().document_changes) {
    json::object changes;
    for (auto& [file, edits] : by_file) changes[view.uri(file)] = std::move(edits);
    return {{"changes", std::move(changes)}};
  }
  json::array steps;
  for (auto& [file, edits] : by_file) {
    json::object document{{"uri", view.uri(file)}, {"version", nullptr}};
    if (const auto version = view.version(file)) document["version"] = *version;
    steps.push_back({{"textDocument", std::move(document)}, {"edits", std::move(edits)}});
  }
  for (const auto& [from, to] : change.renamed_files) {
    if (view.abilities().file_renames) steps.push_back({{"kind", "rename"}, {"oldUri", view.uri(from)}, {"newUri", view.uri(to)}});
  }
  return {{"documentChanges", std::move(steps)}};
}

json::object to_value(const View& view, const std::string& file, const Finding& finding) {
  std::string message = finding.message;
  if (!finding.way_out.empty()) message += "\n" + finding.way_out;
  json::object value{{"range", to_value(view.range(file, finding.span))},
                     {"severity", severity_number(finding.severity)},
                     {"code", finding.rule},
                     {"source", "waymark"},
                     {"message", message}};
  json::array related;
  for (const Related& other : finding.related) {
    related.push_back({{"location", location(view, other.file, other.span)}, {"message", other.message}});
  }
  if (!related.empty() && view.abilities().related_places) value["relatedInformation"] = std::move(related);
  return value;
}

std::string written(const json::value& value) { return json::serialize(value); }

/// A value that is JSON already, inside an object.
std::string envelope(const std::string& inner) { return R"({"jsonrpc":"2.0",)" + inner + "}"; }

}  // namespace

Abilities abilities_of(const Message& initialize) {
  Abilities abilities;
  const std::vector<std::string> encodings = initialize.texts("/capabilities/general/positionEncodings");
  if (std::find(encodings.begin(), encodings.end(), "utf-8") != encodings.end()) abilities.encoding = Encoding::utf8;
  const std::string document = "/capabilities/textDocument";
  const std::string workspace = "/capabilities/workspace";
  const std::vector<std::string> formats = initialize.texts(document + "/hover/contentFormat");
  abilities.markdown_hover = std::find(formats.begin(), formats.end(), "markdown") != formats.end();
  abilities.outline_tree = initialize.flag(document + "/documentSymbol/hierarchicalDocumentSymbolSupport");
  abilities.location_links = initialize.flag(document + "/definition/linkSupport");
  abilities.code_action_literals = initialize.has(document + "/codeAction/codeActionLiteralSupport");
  abilities.diagnostic_links = initialize.flag(document + "/publishDiagnostics/codeDescriptionSupport");
  abilities.related_places = initialize.flag(document + "/publishDiagnostics/relatedInformation");
  abilities.document_changes = initialize.flag(workspace + "/workspaceEdit/documentChanges");
  const std::vector<std::string> operations = initialize.texts(workspace + "/workspaceEdit/resourceOperations");
  abilities.file_renames = abilities.document_changes && std::find(operations.begin(), operations.end(), "rename") != operations.end();
  abilities.registers_watchers = initialize.flag(workspace + "/didChangeWatchedFiles/dynamicRegistration");
  return abilities;
}

std::string View::uri(const std::string& file) const {
  const auto known = m_uris.find(file);
  return known != m_uris.end() ? known->second : uri_of((m_folder.root() / file).lexically_normal());
}

TextRange View::range(const std::string& file, const Span& span) const {
  const Page* const page = m_folder.page(file);
  return page == nullptr ? TextRange{} : to_range(page->source, span, m_abilities.encoding);
}

Position View::position(std::string_view file, TextPlace place) const {
  const Page* const page = m_folder.page(file);
  return page == nullptr ? Position{} : to_position(page->source, place, m_abilities.encoding);
}

std::optional<std::int64_t> View::version(const std::string& file) const {
  const auto known = m_versions.find(file);
  return known == m_versions.end() ? std::nullopt : std::optional(known->second);
}

std::string capabilities(const Abilities& abilities) {
  json::object provided{
      {"positionEncoding", abilities.encoding == Encoding::utf8 ? "utf-8" : "utf-16"},
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}}},
      {"hoverProvider", true},
      {"completionProvider", {{"triggerCharacters", {"#", ".", "/", "(", ":"}}}},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"documentSymbolProvider", true},
      {"workspaceSymbolProvider", true},
      {"renameProvider", {{"prepareProvider", true}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
  };
  if (abilities.code_action_literals) provided["codeActionProvider"] = {{"codeActionKinds", {"quickfix", "source.fixAll.waymark"}}};
  return written({{"capabilities", std::move(provided)}, {"serverInfo", {{"name", "waymark"}, {"version", WAYMARK_VERSION}}}});
}

std::string to_json(const View& view, const std::string& file, const Hover& hover) {
  std::string words = hover.markdown;
  if (!view.abilities().markdown_hover) {
    words = replace_all(std::move(words), "**", "");
    std::string plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] != '\\' || i + 1 == words.size() || std::isalnum(static_cast<unsigned char>(words[i + 1])) != 0) plain += words[i];
    }
    words = std::move(plain);
  }
  return written({{"contents", {{"kind", view.abilities().markdown_hover ? "markdown" : "plaintext"}, {"value", words}}},
                  {"range", to_value(view.range(file, hover.span))}});
}

std::string to_json(const View& view, const std::string& from_file, const std::optional<Span>& from, const Definition& definition) {
  if (!view.abilities().location_links) return written(location(view, definition.file, definition.selection));
  json::object link{{"targetUri", view.uri(definition.file)},
                    {"targetRange", to_value(view.range(definition.file, definition.span))},
                    {"targetSelectionRange", to_value(view.range(definition.file, definition.selection))}};
  if (from) link["originSelectionRange"] = to_value(view.range(from_file, *from));
  return written(json::array{std::move(link)});
}

std::string to_json(const View& view, const std::vector<pathway::Place>& places) {
  json::array locations;
  for (const pathway::Place& place : places) locations.push_back(location(view, place.file, place.span));
  return written(locations);
}

std::string to_json(const View& view, const std::string& file, const std::vector<Entry>& outline) {
  json::array entries;
  for (const Entry& entry : outline) {
    if (view.abilities().outline_tree) {
      entries.push_back(to_value(view, file, entry));
    } else {
      add_flat(view, file, entry, {}, entries);
    }
  }
  return written(entries);
}

std::string to_json(const View& view, const std::vector<std::pair<std::string, Entry>>& found) {
  json::array symbols;
  for (const auto& [file, entry] : found) add_flat(view, file, entry, entry.detail, symbols);
  std::string all = written(symbols);
  return all;
}

std::string to_json(const View& view, const std::vector<Completion>& completions) {
  json::array items;
  for (const Completion& each : completions) {
    json::object item{{"label", each.label},
                      {"kind", completion_kind(each.kind)},
                      {"filterText", each.filter},
                      {"textEdit", {{"range", to_value(view.range(each.edit.file, each.edit.span))}, {"newText", each.edit.text}}}};
    if (!each.detail.empty()) item["detail"] = each.detail;
    if (!each.documentation.empty()) item["documentation"] = each.documentation;
    items.push_back(std::move(item));
  }
  return written({{"isIncomplete", false}, {"items", std::move(items)}});
}

std::string to_json(const View& view, const Change& change) { return written(to_value(view, change)); }

std::string to_json(const View& view, const std::vector<Action>& actions) {
  json::array literals;
  for (const Action& action : actions) {
    json::object literal{{"title", action.title},
                         {"kind", "quickfix"},
                         {"diagnostics", json::array{to_value(view, action.finding.file, action.finding)}},
                         {"edit", to_value(view, action.change)}};
    if (action.preferred) literal["isPreferred"] = true;
    literals.push_back(std::move(literal));
  }
  return written(literals);
}

std::string fix_all_json(const View& view, const Change& change) {
  json::array literals;
  if (!change.edits.empty()) {
    literals.push_back({{"title", "Mend what can be mended without asking"}, {"kind", "source.fixAll.waymark"}, {"edit", to_value(view, change)}});
  }
  return written(literals);
}

std::string placeholder_json(const View& view, const std::string& file, const Occurrence& occurrence) {
  return written({{"range", to_value(view.range(file, occurrence.span))}, {"placeholder", occurrence.symbol.name()}});
}

std::string diagnostics_json(const View& view, const std::string& file, const std::vector<const Finding*>& findings) {
  json::array diagnostics;
  for (const Finding* const finding : findings) diagnostics.push_back(to_value(view, file, *finding));
  json::object params{{"uri", view.uri(file)}, {"diagnostics", std::move(diagnostics)}};
  if (const auto version = view.version(file)) params["version"] = *version;
  return written(params);
}

std::string no_diagnostics_json(const std::string& uri) { return written({{"uri", uri}, {"diagnostics", json::array()}}); }

std::string response(const std::string& id, const std::string& result) { return envelope(R"("id":)" + id + R"(,"result":)" + result); }

std::string failure(const Fault& fault) {
  const json::object error{{"code", static_cast<int>(fault.code)}, {"message", text(fault.message)}};
  return envelope(R"("id":)" + fault.id + R"(,"error":)" + written(error));
}

std::string notification(std::string_view method, const std::string& params) {
  return envelope(R"("method":)" + written(text(method)) + R"(,"params":)" + params);
}

std::string watch_request(const std::string& id) {
  const json::object params{
      {"registrations",
       json::array{json::object{{"id", "waymark-files"},
                                {"method", "workspace/didChangeWatchedFiles"},
                                {"registerOptions", {{"watchers", json::array{json::object{{"globPattern", "**/*.{md,yaml}"}}}}}}}}}};
  return envelope(R"("id":)" + written(text(id)) + R"(,"method":"client/registerCapability","params":)" + written(params));
}

std::string log_message(std::string_view words) { return notification("window/logMessage", written({{"type", 2}, {"message", text(words)}})); }

}  // namespace waymark::editor
