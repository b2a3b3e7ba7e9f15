#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "base/folder.hpp"
#include "web/assets.hpp"
#include "web/routes.hpp"
#include "web/serve.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

namespace fs = std::filesystem;

/// Says that a folder is an export of ours, which the next one may replace.
constexpr std::string_view marker = ".waymark-site";

void write_whole(const fs::path& path, std::string_view bytes) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) throw std::runtime_error("cannot write " + path.string());
}

/// Renders and writes every page; several threads take one address after the other.
class PageWriter {
 public:
  PageWriter(const Site& site, const fs::path& folder) : m_site(site), m_folder(folder), m_addresses(site.addresses()) {
    std::set<fs::path> folders;
    for (const std::string& address : m_addresses) folders.insert((m_folder / address::file(address)).parent_path());
    for (const fs::path& each : folders) fs::create_directories(each);
  }

  SiteReport write() {
    const unsigned workers = std::clamp(std::thread::hardware_concurrency(), 2u, 8u);
    {
      std::vector<std::jthread> threads;
      for (unsigned i = 1; i < workers; ++i) threads.emplace_back([this] { work(); });
      work();
    }
    if (m_failure) std::rethrow_exception(m_failure);
    return {m_addresses.size(), m_addresses.size(), m_bytes.load()};
  }

 private:
  void work() {
    try {
      for (std::size_t i = m_next++; i < m_addresses.size(); i = m_next++) {
        http::Request request;
        request.path = m_addresses[i];
        const http::Response response = answer(m_site, nullptr, request);
        if (response.status != 200) throw std::logic_error(fmt::format("{} answers {}", request.path, response.status));
        write_whole(m_folder / address::file(request.path), response.body);
        m_bytes += response.body.size();
      }
    } catch (...) {
      const std::lock_guard lock(m_mutex);
      m_failure = std::current_exception();
      m_next = m_addresses.size();
    }
  }

  const Site& m_site;
  const fs::path& m_folder;
  std::vector<std::string> m_addresses;
  std::atomic<std::size_t> m_next{0};
  std::atomic<std::uintmax_t> m_bytes{0};
  std::mutex m_mutex;
  std::exception_ptr m_failure;
};

SiteReport fill_folder(const pathway::Pathway& pathway, const fs::path& folder) {
  std::vector<Notice> notices;
  if (pathway.draft) notices.push_back({Notice::Kind::draft, {}});
  const Site site(pathway, Links::Form::site, std::move(notices));
  SiteReport report = PageWriter(site, folder).write();
  fs::create_directories(folder / "assets");
  for (const Asset& asset : Assets::embedded().all()) {
    if (asset.name == "htmx.js") continue;
    write_whole(folder / "assets" / asset.file, asset.bytes);
    ++report.files;
    report.bytes += asset.bytes.size();
  }
  write_whole(folder / marker, pathway.hash + "\n");
  ++report.files;
  return report;
}

}  // namespace

Result<SiteReport> write_site(const pathway::Pathway& pathway, const fs::path& out) {
  std::error_code ignored;
  fs::path target = fs::absolute(out).lexically_normal();
  if (target.filename().empty()) target = target.parent_path();
  const bool exists = fs::exists(target, ignored);
  if (exists && !fs::is_directory(target, ignored)) {
    return fail(Error::Kind::conflict, fmt::format("{} is a file, not a folder.", out.string()), "Name a folder that does not exist yet, an empty one, or an earlier export.");
  }
  if (exists && !fs::is_empty(target, ignored) && !fs::exists(target / marker, ignored)) {
    return fail(Error::Kind::conflict, fmt::format("{} holds files that no export wrote.", out.string()), "Name a folder that does not exist yet, an empty one, or an earlier export.");
  }
  // Aside first, then in place by renaming: a stop in the middle leaves the earlier export whole.
  const fs::path aside = fs::path(target).concat(".waymark-new");
  const fs::path before = fs::path(target).concat(".waymark-old");
  try {
    fs::remove_all(aside);
    fs::create_directories(aside);
    const SiteReport report = fill_folder(pathway, aside);
    if (exists) {
      fs::remove_all(before);
      fs::rename(target, before);
    }
    fs::rename(aside, target);
    fs::remove_all(before);
    return report;
  } catch (const std::logic_error&) {
    fs::remove_all(aside, ignored);
    throw;
  } catch (const std::exception& exception) {
    fs::remove_all(aside, ignored);
    return fail(Error::Kind::unavailable, fmt::format("The site could not be written: {}.", exception.what()), "Look at the permissions and the free space of the folder.");
  }
}

}  // namespace waymark::web
