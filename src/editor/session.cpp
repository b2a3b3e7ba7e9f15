#include "editor/session.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "editor/file_uri.hpp"

namespace waymark::editor {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifest = "pathway.yaml";

bool is_inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

/// Without a slash at its end, which would count as a part of its own.
fs::path folder_path(const std::string& uri) {
  fs::path path = path_of(uri).value_or(fs::path());
  if (path.has_parent_path() && !path.has_filename()) path = path.parent_path();
  return path;
}

}  // namespace

void Session::complain(const Message& message, std::string_view what) { m_send(log_message(fmt::format("{}: {}", message.method(), what))); }

void Session::initialize(const Message& message) {
  m_abilities = abilities_of(message);
  for (std::size_t i = 0; i < message.count("/workspaceFolders"); ++i) {
    if (auto uri = message.text(fmt::format("/workspaceFolders/{}/uri", i))) m_workspace_folders.push_back(*std::move(uri));
  }
  if (!m_workspace_folders.empty()) return;
  if (auto uri = message.text("/rootUri")) {
    m_workspace_folders.push_back(*std::move(uri));
  } else if (const auto path = message.text("/rootPath"); path && fs::path(*path).is_absolute()) {
    m_workspace_folders.push_back(uri_of(*path));
  }
}

void Session::begin() {
  for (const std::string& uri : m_workspace_folders) open_workspace_folder(uri);
}

void Session::open_workspace_folder(const std::string& uri) {
  const fs::path folder = folder_path(uri);
  if (folder.empty()) return;
  for (const fs::path& candidate : {folder, folder / "pathway"}) {
    if (holds_manifest(candidate)) (void)open_home(candidate);
  }
}

bool Session::holds_manifest(const fs::path& folder) const {
  std::error_code ignored;
  if (fs::is_regular_file(folder / manifest, ignored)) return true;
  return std::any_of(m_documents.begin(), m_documents.end(), [&](const auto& each) { return each.second.path == folder / manifest; });
}

fs::path Session::root_around(const fs::path& path) const {
  for (fs::path folder = path.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (holds_manifest(folder)) return folder;
    if (folder == folder.root_path()) break;
  }
  return {};
}

Session::Home* Session::home_of(const fs::path& path) const {
  Home* nearest = nullptr;
  for (const auto& home : m_homes) {
    const fs::path& root = home->folder.root();
    if (is_inside(path, root) && (nearest == nullptr || is_inside(root, nearest->folder.root()))) nearest = home.get();
  }
  return nearest;
}

Session::Home& Session::open_home(const fs::path& root) {
  for (const auto& home : m_homes) {
    if (home->folder.root() == root) return *home;
  }
  m_homes.push_back(std::make_unique<Home>(root));
  return *m_homes.back();
}

void Session::attach(const std::string& uri, const Document& document) {
  if (document.path.empty()) return;
  const fs::path root = root_around(document.path);
  if (root.empty()) return;
  Home& home = open_home(root);
  const auto file = home.folder.file_of(document.path);
  if (!file) return;
  home.uris[*file] = uri;
  home.versions[*file] = document.version;
  home.folder.lay_over(*file, document.buffer.text());
  home.is_stale = true;
}

void Session::detach(const Document& document) {
  for (const auto& home : m_homes) {
    const auto file = home->folder.file_of(document.path);
    if (!file || home->uris.erase(*file) == 0) continue;
    home->versions.erase(*file);
    home->folder.take_off(*file);
    home->is_stale = true;
  }
}

void Session::attach_all_again() {
  for (const auto& [uri, document] : m_documents) detach(document);
  for (const auto& [uri, document] : m_documents) attach(uri, document);
  let_go_of_unused();
}

void Session::let_go_of_unused() {
  const auto is_used = [&](const Home& home) {
    const bool in_workspace = std::any_of(m_workspace_folders.begin(), m_workspace_folders.end(), [&](const std::string& uri) {
      const fs::path folder = folder_path(uri);
      return !folder.empty() && is_inside(home.folder.root(), folder);
    });
    return !home.uris.empty() || (in_workspace && holds_manifest(home.folder.root()));
  };
  for (const auto& home : m_homes) {
    if (is_used(*home)) continue;
    for (const auto& [file, params] : home->published) {
      m_send(notification("textDocument/publishDiagnostics", no_diagnostics_json(uri_of(home->folder.root() / file))));
    }
  }
  std::erase_if(m_homes, [&](const auto& home) { return !is_used(*home); });
}

void Session::did_open(const Message& message) {
  const auto uri = message.text("/textDocument/uri");
  auto text = message.text("/textDocument/text");
  if (!uri || !text) return complain(message, "textDocument has no uri or no text.");
  if (m_documents.contains(*uri)) complain(message, fmt::format("{} was open already.", *uri));
  const Document& document = m_documents
                                 .insert_or_assign(*uri, Document{TextBuffer(*std::move(text)), message.number("/textDocument/version").value_or(0),
                                                                  path_of(*uri).value_or(fs::path())})
                                 .first->second;
  if (document.path.filename() == manifest) return attach_all_again();
  attach(*uri, document);
}

void Session::did_change(const Message& message) {
  const auto uri = message.text("/textDocument/uri");
  const auto known = uri ? m_documents.find(*uri) : m_documents.end();
  if (known == m_documents.end()) return complain(message, "this document is not open.");
  Document& document = known->second;
  TextBuffer edited = document.buffer;
  for (std::size_t i = 0; i < message.count("/contentChanges"); ++i) {
    const std::string change = fmt::format("/contentChanges/{}", i);
    auto text = message.text(change + "/text");
    const auto range = message.range(change + "/range");
    if (!text || (!range && message.has(change + "/range"))) return complain(message, "a change has no text or no good range.");
    if (range) {
      edited.replace(*range, *text, m_abilities.encoding);
    } else {
      edited = TextBuffer(*std::move(text));
    }
  }
  document.buffer = std::move(edited);
  document.version = message.number("/textDocument/version").value_or(document.version + 1);
  Home* const home = home_of(document.path);
  const auto file = home == nullptr ? std::nullopt : home->folder.file_of(document.path);
  if (!file || !home->uris.contains(*file)) return attach(*uri, document);
  home->versions[*file] = document.version;
  home->folder.lay_over(*file, document.buffer.text());
  home->is_stale = true;
}

void Session::did_close(const Message& message) {
  const auto uri = message.text("/textDocument/uri");
  const auto known = uri ? m_documents.find(*uri) : m_documents.end();
  if (known == m_documents.end()) return complain(message, "this document is not open.");
  const Document closed = std::move(known->second);
  m_documents.erase(known);
  detach(closed);
  if (closed.path.filename() == manifest) attach_all_again();
  let_go_of_unused();
}

void Session::did_change_files(const Message& message) {
  bool manifest_came_or_went = false;
  for (std::size_t i = 0; i < message.count("/changes"); ++i) {
    const auto uri = message.text(fmt::format("/changes/{}/uri", i));
    const auto path = uri ? path_of(*uri) : std::nullopt;
    if (!path) continue;
    constexpr std::int64_t changed = 2;
    if (path->filename() == manifest && message.number(fmt::format("/changes/{}/type", i)).value_or(0) != changed) manifest_came_or_went = true;
    for (const auto& home : m_homes) {
      if (const auto file = home->folder.file_of(*path)) {
        home->folder.read_disk(*file);
      } else if (is_inside(*path, home->folder.root()) && !path->has_extension()) {
        home->folder.read_disk();  // a folder came or went, with all that is in it
      }
    }
  }
  if (!manifest_came_or_went) return;
  for (const std::string& uri : m_workspace_folders) open_workspace_folder(uri);
  attach_all_again();
}

void Session::did_change_folders(const Message& message) {
  for (std::size_t i = 0; i < message.count("/event/removed"); ++i) {
    if (const auto uri = message.text(fmt::format("/event/removed/{}/uri", i))) std::erase(m_workspace_folders, *uri);
  }
  for (std::size_t i = 0; i < message.count("/event/added"); ++i) {
    const auto uri = message.text(fmt::format("/event/added/{}/uri", i));
    if (!uri) continue;
    m_workspace_folders.push_back(*uri);
    open_workspace_folder(*uri);
  }
  let_go_of_unused();
}

bool Session::is_stale() const {
  return std::any_of(m_homes.begin(), m_homes.end(), [](const auto& home) { return home->is_stale || home->folder.is_stale(); });
}

void Session::publish() {
  for (const auto& home : m_homes) {
    if (home->is_stale || home->folder.is_stale()) publish(*home);
  }
}

bool Session::is_unsettled() const {
  return std::any_of(m_homes.begin(), m_homes.end(), [](const auto& home) { return home->folder.is_unsettled(); });
}

void Session::settle() {
  for (const auto& home : m_homes) {
    if (!home->folder.is_unsettled()) continue;
    home->folder.settle(date_of(m_clock.now()));
    publish(*home);
  }
}

void Session::publish(Home& home) {
  if (home.folder.is_stale()) home.folder.check(date_of(m_clock.now()));
  home.is_stale = false;
  const View view(home.folder, m_abilities, home.uris, home.versions);
  std::map<std::string, std::vector<const Finding*>> by_file;
  for (const Finding& finding : home.folder.findings()) by_file[finding.file].push_back(&finding);
  // An open document hears also that there is nothing, and what was said of a file before is taken back.
  for (const auto& [file, uri] : home.uris) (void)by_file[file];
  for (const auto& [file, params] : home.published) (void)by_file[file];
  for (const auto& [file, findings] : by_file) {
    std::string params = diagnostics_json(view, file, findings);
    std::string& before = home.published[file];
    if (params != before) m_send(notification("textDocument/publishDiagnostics", params));
    before = std::move(params);
    if (findings.empty() && !home.uris.contains(file)) home.published.erase(file);
  }
}

void Session::look_at_disk() {
  for (const auto& home : m_homes) {
    if (home->folder.has_changed_on_disk()) home->folder.read_disk();
  }
}

std::optional<Session::Spot> Session::spot(const std::string& uri) const {
  const auto path = path_of(uri);
  Home* const home = path ? home_of(*path) : nullptr;
  if (home == nullptr) return std::nullopt;
  auto file = home->folder.file_of(*path);
  if (!file || home->folder.page(*file) == nullptr) return std::nullopt;
  return Spot{home->folder, *std::move(file), View(home->folder, m_abilities, home->uris, home->versions)};
}

std::vector<Session::Spot> Session::spots() const {
  std::vector<Spot> all;
  for (const auto& home : m_homes) all.push_back({home->folder, {}, View(home->folder, m_abilities, home->uris, home->versions)});
  return all;
}

}  // namespace waymark::editor
