#include "base/folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <mutex>
#include <random>
#include <set>

#include <fmt/core.h>

#include "base/folder_writer.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"

namespace waymark {
namespace {

namespace fs = std::filesystem;

Finding about(const std::string& file, std::string rule, Severity severity, std::string message, std::string way_out) {
  return {std::move(rule), severity, file, {}, std::move(message), std::move(way_out)};
}

/// Rounded away from zero, so that a file just past a limit does not look as if it were within.
double megabytes(std::uintmax_t bytes) { return std::ceil(static_cast<double>(bytes) / (1 << 20) * 10) / 10; }

bool is_inside(const fs::path& path, const fs::path& root) {
  const auto [end_of_root, ignored] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return end_of_root == root.end();
}

class Reader {
 public:
  Reader(fs::path root, const std::vector<std::string>& extensions, FolderLimits limits, Folder& into)
      : m_root(std::move(root)), m_extensions(extensions), m_limits(limits), m_into(into) {}

  void read(const fs::path& folder, const std::string& prefix, int depth) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) entries.push_back(*at);
    if (error) {
      report(prefix.empty() ? "." : prefix, "unreadable-folder", Severity::error, "The folder cannot be read: " + error.message() + ".",
             "Give the account that runs Waymark permission to read it.");
      return;
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path() < b.path(); });
    for (const fs::directory_entry& entry : entries) {
      const std::string name = entry.path().filename().string();
      if (!name.starts_with('.')) read_entry(entry.path(), prefix + name, depth);
    }
  }

 private:
  void report(const std::string& file, std::string rule, Severity severity, std::string message, std::string way_out) {
    m_into.findings.push_back(about(file, std::move(rule), severity, std::move(message), std::move(way_out)));
  }

  void read_entry(const fs::path& path, const std::string& relative, int depth) {
    std::error_code error;
    const bool is_link = fs::is_symlink(fs::symlink_status(path, error));
    const fs::path real = is_link ? fs::weakly_canonical(path, error) : path;
    const bool wanted = std::find(m_extensions.begin(), m_extensions.end(), to_lower_ascii(path.extension().string())) != m_extensions.end();
    const fs::file_status status = fs::status(real, error);
    if (is_link && !is_inside(real, m_root)) {
      if (!wanted && fs::is_regular_file(status)) return;
      report(relative, "symlink-outside", Severity::error, "This symbolic link leads out of the folder, so it was not read.",
             "Put the file itself into the folder.");
      return;
    }
    if (fs::is_directory(status)) {
      if (is_link) {
        report(relative, "symlink-folder", Severity::warning, "A symbolic link to a folder is not followed.", "Put the files themselves here.");
      } else if (depth >= m_limits.max_depth) {
        report(relative, "nested-too-deep", Severity::error, fmt::format("Folders are nested more than {} deep here.", m_limits.max_depth),
               "Move the files further out.");
      } else {
        read(path, relative + "/", depth + 1);
      }
      return;
    }
    if (!wanted) return;
    if (!fs::exists(status)) {
      report(relative, "broken-symlink", Severity::error, "This symbolic link leads to nothing.", "Remove it, or put the file here.");
      return;
    }
    if (!fs::is_regular_file(status)) {
      report(relative, "not-a-file", Severity::error, "This is not an ordinary file, so it was not read.", "Replace it by an ordinary file.");
      return;
    }
    if (m_into.files.size() >= m_limits.max_files) {
      if (!m_full) {
        report(relative, "too-many-files", Severity::error,
               fmt::format("The folder holds more than {} documents; this one and those behind it were not read.", m_limits.max_files),
               "Point at the folder of the pathway itself.");
      }
      m_full = true;
      return;
    }
    if (const auto size = fs::file_size(real, error); !error && size > m_limits.max_file_bytes) {
      report(relative, "file-too-large", Severity::error,
             fmt::format("The file has {:.1f} MB; a document may have {:.1f} MB.", megabytes(size), megabytes(m_limits.max_file_bytes)), "Split it.");
      return;
    }
    Result<std::string> bytes = read_file(real, m_limits.max_file_bytes);
    if (!bytes) {
      report(relative, "unreadable-file", Severity::error, bytes.error().message, bytes.error().way_out);
      return;
    }
    m_into.files.push_back({relative, std::move(*bytes)});
  }

  fs::path m_root;
  const std::vector<std::string>& m_extensions;
  FolderLimits m_limits;
  Folder& m_into;
  bool m_full = false;
};

std::string random_suffix() {
  std::random_device device;
  return fmt::format("{:08x}", device());
}

}  // namespace

const FolderFile* Folder::find(std::string_view path) const {
  const auto at = std::find_if(files.begin(), files.end(), [&](const FolderFile& file) { return file.path == path; });
  return at == files.end() ? nullptr : &*at;
}

Result<Folder> read_folder(const fs::path& root, const std::vector<std::string>& extensions, FolderLimits limits) {
  std::error_code error;
  if (!fs::exists(root, error)) {
    return fail(Error::Kind::not_found, fmt::format("There is no folder {}.", root.string()), "Check the path.");
  }
  if (!fs::is_directory(root, error)) {
    return fail(Error::Kind::bad_input, fmt::format("{} is not a folder.", root.string()), "Name the folder that holds the files.");
  }
  const fs::path real_root = fs::canonical(root, error);
  if (error) return fail(Error::Kind::unavailable, fmt::format("{} cannot be read: {}.", root.string(), error.message()));
  Folder folder;
  folder.name = root.string();
  Reader(real_root, extensions, limits, folder).read(real_root, "", 0);
  std::sort(folder.files.begin(), folder.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return folder;
}

Folder folder_of(embedded::Files files, std::string name) {
  Folder folder;
  folder.name = std::move(name);
  for (const embedded::File& file : files) folder.files.push_back({std::string(file.name), std::string(file.bytes)});
  std::sort(folder.files.begin(), folder.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return folder;
}

Result<void> write_folder(const Folder& folder, const fs::path& root) {
  std::vector<FileToWrite> files;
  for (const FolderFile& file : folder.files) files.push_back({file.path, file.bytes});
  return write_folder(files, root);
}

Result<void> write_folder(const std::vector<FileToWrite>& files, const fs::path& given_root) {
  std::error_code error;
  fs::path root = given_root.lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  const bool exists = fs::exists(root, error);
  if (exists && !(fs::is_directory(root, error) && fs::is_empty(root, error))) {
    return fail(Error::Kind::conflict, fmt::format("{} is already there and not empty.", root.string()), "Name a folder that does not exist yet.");
  }
  // An absolute path, so that "." and a bare name have a parent to put the sibling into.
  root = fs::absolute(root, error).lexically_normal();
  if (!root.has_filename()) root = root.parent_path();
  const std::string staging_name = fmt::format(".waymark-{}", random_suffix());
  const fs::path staging = (exists ? root : root.parent_path()) / staging_name;
  const auto give_up = [&](const std::string& message) {
    std::error_code ignored;
    fs::remove_all(staging, ignored);
    return fail(Error::Kind::unavailable, message, "Check permissions and free space.");
  };
  fs::create_directories(staging, error);
  if (error) return give_up(fmt::format("{} cannot be made: {}.", root.string(), error.message()));
  std::set<fs::path> folders;
  for (const FileToWrite& file : files) folders.insert((staging / file.path).parent_path());
  for (const fs::path& folder : folders) fs::create_directories(folder, error);
  std::mutex mutex;
  std::string failure;
  parallel_for(files.size(), [&](std::size_t i) {
    std::ofstream stream(staging / files[i].path, std::ios::binary);
    stream.write(files[i].bytes.data(), static_cast<std::streamsize>(files[i].bytes.size()));
    stream.close();
    if (stream) return;
    const std::string why = std::strerror(errno);
    const std::lock_guard lock(mutex);
    if (failure.empty()) failure = fmt::format("{} cannot be written: {}.", (root / files[i].path).string(), why);
  });
  if (!failure.empty()) return give_up(failure);
  if (exists) {
    // The folder itself stays, because somebody may be standing in it.
    for (const fs::directory_entry& entry : fs::directory_iterator(staging, error)) {
      if (!error) fs::rename(entry.path(), root / entry.path().filename(), error);
    }
    if (!error) fs::remove(staging, error);
  } else {
    fs::rename(staging, root, error);
  }
  if (error) return give_up(fmt::format("{} cannot be written: {}.", root.string(), error.message()));
  return {};
}

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    if (errno == ENOENT) return fail(Error::Kind::not_found, fmt::format("There is no file {}.", path.string()), "Check the path.");
    return fail(Error::Kind::unavailable, fmt::format("{} cannot be read: {}.", path.string(), std::strerror(errno)), "Check its permissions.");
  }
  std::string bytes;
  std::string chunk(1u << 16, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || stream.gcount() > 0) {
    bytes.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > max_bytes) {
      return fail(Error::Kind::bad_input, fmt::format("{} is larger than {} MB.", path.string(), max_bytes >> 20), "Split it.");
    }
  }
  return bytes;
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  const fs::path sibling = path.parent_path() / fmt::format(".{}.{}", path.filename().string(), random_suffix());
  std::ofstream stream(sibling, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  std::error_code error;
  if (stream) fs::rename(sibling, path, error);
  if (!stream || error) {
    const std::string why = error ? error.message() : std::strerror(errno);
    std::error_code ignored;
    fs::remove(sibling, ignored);
    return fail(Error::Kind::unavailable, fmt::format("{} cannot be written: {}.", path.string(), why), "Check permissions and free space.");
  }
  return {};
}

}  // namespace waymark
