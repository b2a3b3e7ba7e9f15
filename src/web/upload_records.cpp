#include "web/upload_records.hpp"

namespace waymark::web {
namespace {

UploadRecord upload_record(std::string key, std::string name, Instant at, std::int64_t size) { return {std::move(key), std::move(name), at, size}; }

}  // namespace

void insert_upload(db::Writer& writer, const access::AccountId& holder, const UploadRecord& upload, const std::vector<UploadPart>& parts) {
  writer.run("INSERT INTO upload (holder, key, name, at, size) VALUES (:holder, :key, :name, :at, :size)",
             {{"holder", holder}, {"key", upload.key}, {"name", upload.name}, {"at", upload.at}, {"size", upload.size}});
  for (const UploadPart& each : parts) {
    writer.run("INSERT INTO upload_part (holder, key, file, part, sealed) VALUES (:holder, :key, :file, :part, :sealed)",
               {{"holder", holder}, {"key", upload.key}, {"file", each.file}, {"part", each.part}, {"sealed", db::Bytes{each.sealed}}});
  }
}

bool delete_upload(db::Writer& writer, const access::AccountId& holder, std::string_view key) {
  return writer.run("DELETE FROM upload WHERE holder = :holder AND key = :key", {{"holder", holder}, {"key", key}}) > 0;
}

std::int64_t delete_uploads_before(db::Writer& writer, Instant at) { return writer.run("DELETE FROM upload WHERE at < :at", {{"at", at}}); }

std::vector<UploadRecord> uploads_of(db::Reader& reader, const access::AccountId& holder) {
  return reader.rows("SELECT key, name, at, size FROM upload WHERE holder = :holder ORDER BY at DESC, key", {{"holder", holder}}, upload_record);
}

std::optional<UploadRecord> find_upload(db::Reader& reader, const access::AccountId& holder, std::string_view key, Instant after) {
  return reader.row("SELECT key, name, at, size FROM upload WHERE holder = :holder AND key = :key AND at >= :after",
                    {{"holder", holder}, {"key", key}, {"after", after}}, upload_record);
}

std::vector<UploadPart> parts_of(db::Reader& reader, const access::AccountId& holder, std::string_view key) {
  return reader.rows("SELECT file, part, sealed FROM upload_part WHERE holder = :holder AND key = :key ORDER BY file, part",
                     {{"holder", holder}, {"key", key}},
                     [](std::int64_t file, std::int64_t part, db::Bytes sealed) { return UploadPart{file, part, std::move(sealed.value)}; });
}

}  // namespace waymark::web
