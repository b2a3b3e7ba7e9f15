#include "web/stored_uploads.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "web/upload_records.hpp"

namespace waymark::web {
namespace {

/// Neither database likes values of many megabytes.
constexpr std::size_t part_size = 1u << 20;

/// A part opens only where it was put.
std::string context_of(const access::AccountId& holder, std::string_view key, std::int64_t file, std::int64_t part) {
  return fmt::format("upload {} {} {} {}", holder.text(), key, file, part);
}

}  // namespace

Instant StoredUploads::oldest() const { return m_clock.now() - m_limits.oldest; }

Result<std::string> StoredUploads::keep(const access::AccountId& holder, const Folder& folder) {
  UploadRecord upload{.key = key_of(folder), .name = folder.name, .at = m_clock.now()};
  for (const FolderFile& file : folder.files) upload.size += static_cast<std::int64_t>(file.path.size() + file.bytes.size());
  const auto most = static_cast<std::int64_t>(m_limits.most_bytes);
  if (upload.size > most) {
    return fail(Error::Kind::bad_input, fmt::format("This holds more than {} megabytes.", m_limits.most_bytes >> 20), "Choose a part of it, or bring it in with the command line.");
  }
  std::vector<UploadPart> parts;
  for (std::size_t i = 0; i < folder.files.size(); ++i) {
    const auto seal = [&](std::int64_t part, std::string_view bytes) {
      const auto file = static_cast<std::int64_t>(i);
      parts.push_back({file, part, m_keys.seal(access::Secret(std::string(bytes)), context_of(holder, upload.key, file, part))});
    };
    const FolderFile& file = folder.files[i];
    seal(0, file.path);
    for (std::size_t at = 0; at < file.bytes.size(); at += part_size) {
      seal(static_cast<std::int64_t>(1 + at / part_size), std::string_view(file.bytes).substr(at, part_size));
    }
  }
  m_database.write([&](db::Writer& writer) {
    delete_upload(writer, holder, upload.key);
    std::size_t count = 1;
    std::int64_t size = upload.size;
    for (const UploadRecord& older : uploads_of(writer, holder)) {
      size += older.size;
      if (++count > m_limits.most || size > most || older.at < oldest()) delete_upload(writer, holder, older.key);
    }
    insert_upload(writer, holder, upload, parts);
  });
  return upload.key;
}

std::shared_ptr<const Folder> StoredUploads::find(const access::AccountId& holder, std::string_view key) const {
  std::optional<UploadRecord> upload;
  std::vector<UploadPart> parts;
  m_database.read([&](db::Reader& reader) {
    upload = find_upload(reader, holder, key, oldest());
    parts.clear();
    if (upload) parts = parts_of(reader, holder, key);
  });
  if (!upload) return nullptr;
  auto folder = std::make_shared<Folder>();
  folder->name = upload->name;
  for (UploadPart& each : parts) {
    const auto opened = m_keys.open(each.sealed, context_of(holder, key, each.file, each.part));
    if (!opened) return nullptr;
    each.sealed.clear();
    each.sealed.shrink_to_fit();
    if (each.part == 0) folder->files.push_back({std::string(opened->reveal()), {}});
    else folder->files.back().bytes += opened->reveal();
  }
  return folder;
}

std::int64_t StoredUploads::forget_ended() {
  return m_database.write([&](db::Writer& writer) { return delete_uploads_before(writer, oldest()); });
}

}  // namespace waymark::web
