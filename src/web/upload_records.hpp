/// Uploads in the store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/account_id.hpp"
#include "base/clock.hpp"
#include "db/reader.hpp"

namespace waymark::web {

struct UploadRecord {
  std::string key;
  std::string name;
  Instant at{};
  std::int64_t size = 0;  ///< bytes of its files before they were sealed
};

struct UploadPart {
  std::int64_t file = 0, part = 0;  ///< both from 0
  std::string sealed;
};

void insert_upload(db::Writer& writer, const access::AccountId& holder, const UploadRecord& upload, const std::vector<UploadPart>& parts);
/// False where it is not there.
bool delete_upload(db::Writer& writer, const access::AccountId& holder, std::string_view key);
std::int64_t delete_uploads_before(db::Writer& writer, Instant at);

/// The newest first.
[[nodiscard]] std::vector<UploadRecord> uploads_of(db::Reader& reader, const access::AccountId& holder);
[[nodiscard]] std::optional<UploadRecord> find_upload(db::Reader& reader, const access::AccountId& holder, std::string_view key, Instant after);
/// In the order of files and parts.
[[nodiscard]] std::vector<UploadPart> parts_of(db::Reader& reader, const access::AccountId& holder, std::string_view key);

}  // namespace waymark::web
