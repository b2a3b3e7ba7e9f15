#include "web/watch.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>


#include "base/clock.hpp"
#include "base/folder.hpp"
#include "base/text.hpp"
#include "web/http/log.hpp"
#include "web/application.hpp"

namespace waymark::web {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::milliseconds between_looks{300};

/// FNV-1a over whatever is fed.
class Mixer {
 public:
  void add(std::string_view bytes) {
    for (const char c : bytes) m_value = (m_value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  [[nodiscard]] std::uint64_t value() const { return m_value; }

 private:
  std::uint64_t m_value = 0xcbf29ce484222325ULL;
};

}  // namespace

Reading read_pathway(const fs::path& folder) {
  Result<Folder> read = read_folder(folder, pathway::document_extensions());
  if (!read) {
    const Error& error = read.error();
    return {std::nullopt, error, {{"no-folder", Severity::error, folder.string(), {}, error.message, error.way_out}}};
  }
  pathway::Loaded loaded = pathway::load(*read);
  std::shared_ptr<const LintView> lint = make_lint_view(*read, loaded, date_of(SystemClock().now()));
  if (!loaded.pathway) {
    const auto errors = std::count_if(loaded.findings.begin(), loaded.findings.end(), [](const Finding& each) { return each.severity == Severity::error; });
    return {std::nullopt,
            {Error::Kind::bad_input, "The pathway in " + folder.string() + " has " + counted(static_cast<std::size_t>(errors), "error") + ".", "Mend what is named, or set `status: draft` while pages are unfinished."},
            std::move(loaded.findings),
            nullptr,
            std::move(lint)};
  }
  // What a draft lacks; notes are no gaps.
  std::erase_if(loaded.findings, [](const Finding& each) { return each.severity == Severity::note; });
  return {std::move(loaded.pathway), {}, std::move(loaded.findings), std::make_shared<const Folder>(std::move(*read)), std::move(lint)};
}

std::uint64_t fingerprint(const fs::path& folder) {
  std::vector<std::string> lines;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    const auto& wanted = pathway::document_extensions();
    if (std::find(wanted.begin(), wanted.end(), at->path().extension().string()) == wanted.end()) continue;
    std::error_code ignored;
    const auto time = fs::last_write_time(at->path(), ignored).time_since_epoch().count();
    const auto size = fs::file_size(at->path(), ignored);
    lines.push_back(at->path().string() + '\n' + std::to_string(time) + '\n' + std::to_string(size));
  }
  std::sort(lines.begin(), lines.end());
  Mixer mixer;
  for (const std::string& line : lines) mixer.add(line);
  return mixer.value();
}

void show_newest(const fs::path& folder, Application& application) {
  Reading newest = read_pathway(folder);
  if (newest.pathway) {
    http::log(http::LogLevel::info, "Read the newest edit.", {{"version", newest.pathway->short_hash()}});
    application.show(std::move(*newest.pathway), std::move(newest.findings), std::move(newest.lint), std::move(newest.documents));
    return;
  }
  std::erase_if(newest.findings, [](const Finding& each) { return each.severity != Severity::error; });
  // A file that cannot be read at all is the cause; what others miss because of it are the consequences.
  std::stable_partition(newest.findings.begin(), newest.findings.end(), [](const Finding& each) {
    return each.rule.starts_with("yaml-") || each.rule.starts_with("front-matter") || each.rule.starts_with("invalid-utf8") || each.rule.starts_with("unreadable");
  });
  for (const Finding& finding : newest.findings) http::log(http::LogLevel::warning, to_line(finding));
  http::log(http::LogLevel::warning, "The newest edit could not be read; the last good version stays.");
  application.show_broken_edit(std::move(newest.findings), std::move(newest.lint));
}

void follow_edits(const fs::path& folder, Application& application, std::uint64_t shown, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::uint64_t seen = shown;
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, between_looks, [] { return false; });
    if (stop.stop_requested()) return;
    const std::uint64_t now = fingerprint(folder);
    if (now == seen && now != shown) {
      shown = now;
      show_newest(folder, application);
    }
    seen = now;
  }
}

}  // namespace waymark::web
