#include "importer/archive.hpp"

#include <algorithm>
#include <memory>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/core.h>

#include "base/text.hpp"

namespace waymark::importer {
namespace {

struct ReadEnd {
  void operator()(archive* one) const { archive_read_free(one); }
};
struct WriteEnd {
  void operator()(archive* one) const { archive_write_free(one); }
};
struct EntryEnd {
  void operator()(archive_entry* one) const { archive_entry_free(one); }
};

bool leads_out(std::string_view path) {
  if (path.empty() || path.starts_with('/') || path.find('\\') != std::string_view::npos || path.find(':') != std::string_view::npos ||
      path.find('\0') != std::string_view::npos)
    return true;
  for (const std::string_view step : split(path, '/')) {
    if (step == ".." || step == ".") return true;
  }
  return false;
}

tl::unexpected<Error> refused(const std::string& name, const std::string& why, const std::string& way_out) {
  return fail(Error::Kind::bad_input, fmt::format("{}: {}", name, why), way_out);
}

/// "framework/a.md" and "framework/b.md" are a.md and b.md.
void drop_common_folder(std::vector<FolderFile>& files) {
  if (files.empty()) return;
  const std::size_t slash = files.front().path.find('/');
  if (slash == std::string::npos) return;
  const std::string folder = files.front().path.substr(0, slash + 1);
  if (!std::all_of(files.begin(), files.end(), [&](const FolderFile& file) { return file.path.starts_with(folder); })) return;
  for (FolderFile& file : files) file.path.erase(0, folder.size());
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"); }

Result<Folder> folder_of_zip(const std::string& name, std::string_view bytes, ArchiveLimits limits) {
  const std::unique_ptr<archive, ReadEnd> reader(archive_read_new());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return refused(name, "This is no zip that can be read.", "Pack the files once more, or upload one of them.");
  Folder folder{name, {}, {}};
  std::size_t total = 0;
  archive_entry* entry = nullptr;
  while (true) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
      return refused(name, "The archive is damaged or of a kind that is not read.", "Pack the files once more as an ordinary zip.");
    if (archive_entry_is_encrypted(entry) != 0) return refused(name, "The archive is encrypted.", "Pack the files without a password.");
    const char* path_bytes = archive_entry_pathname(entry);
    std::string path = path_bytes == nullptr ? std::string() : path_bytes;
    if (leads_out(path.ends_with('/') ? path.substr(0, path.size() - 1) : path) || !is_valid_utf8(path))
      return refused(name, fmt::format("The path “{}” leads out of the archive.", is_valid_utf8(path) ? path : "?"), "Pack the folder itself.");
    if (archive_entry_filetype(entry) != AE_IFREG) continue;
    const bool is_hidden = path.starts_with('.') || path.find("/.") != std::string::npos || path.starts_with("__MACOSX/");
    if (folder.files.size() >= limits.max_files)
      return refused(name, fmt::format("More than {} files are in it.", limits.max_files), "Pack the documents alone.");
    FolderFile file{std::move(path), {}};
    std::string chunk(1u << 16, '\0');
    while (true) {
      const la_ssize_t length = archive_read_data(reader.get(), chunk.data(), chunk.size());
      if (length < 0) return refused(name, fmt::format("{} in it is damaged.", file.path), "Pack the files once more.");
      if (length == 0) break;
      total += static_cast<std::size_t>(length);
      if (total > limits.max_bytes)
        return refused(name, fmt::format("It unpacks to more than {} MB.", limits.max_bytes >> 20),
                       "Leave out pictures and everything that is no text.");
      if (!is_hidden) file.bytes.append(chunk, 0, static_cast<std::size_t>(length));
    }
    if (!is_hidden) folder.files.push_back(std::move(file));
  }
  drop_common_folder(folder.files);
  std::sort(folder.files.begin(), folder.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return folder;
}

Result<std::string> zip_of(const Folder& folder) {
  std::size_t room = 4096;
  for (const FolderFile& file : folder.files) room += file.bytes.size() + file.bytes.size() / 8 + 2 * file.path.size() + 512;
  std::string bytes(room, '\0');
  std::size_t used = 0;
  const std::unique_ptr<archive, WriteEnd> writer(archive_write_new());
  archive_write_set_format_zip(writer.get());
  bool good = archive_write_open_memory(writer.get(), bytes.data(), bytes.size(), &used) == ARCHIVE_OK;
  for (const FolderFile& file : folder.files) {
    const std::unique_ptr<archive_entry, EntryEnd> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), file.path.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 315'532'800, 0);  // the first second a zip can name
    good = good && archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK &&
           archive_write_data(writer.get(), file.bytes.data(), file.bytes.size()) == static_cast<la_ssize_t>(file.bytes.size());
  }
  good = archive_write_close(writer.get()) == ARCHIVE_OK && good;
  if (!good) return fail(Error::Kind::unavailable, "The folder could not be packed.", "Try again.");
  bytes.resize(used);
  return bytes;
}

}  // namespace waymark::importer
