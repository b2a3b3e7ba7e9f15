#include "web/uploads.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace waymark::web {

std::string key_of(const Folder& folder) {
  std::string all = folder.name;
  for (const FolderFile& file : folder.files) all += '\0' + file.path + '\0' + std::to_string(file.bytes.size()) + '\0' + file.bytes;
  return sha256_hex(all);
}

std::string Uploads::keep(Folder folder, Clock::time_point now) {
  std::string key = key_of(folder);
  std::size_t bytes = 0;
  for (const FolderFile& file : folder.files) bytes += file.bytes.size() + file.path.size();
  const std::lock_guard lock(m_mutex);
  forget(now);
  const auto known = std::find_if(m_uploads.begin(), m_uploads.end(), [&](const Upload& upload) { return upload.key == key; });
  if (known != m_uploads.end()) {
    m_bytes -= known->bytes;
    m_uploads.erase(known);
  }
  m_uploads.push_back({key, std::make_shared<const Folder>(std::move(folder)), bytes, now});
  m_bytes += bytes;
  forget(now);
  return key;
}

std::shared_ptr<const Folder> Uploads::find(std::string_view key, Clock::time_point now) {
  const std::lock_guard lock(m_mutex);
  forget(now);
  const auto at = std::find_if(m_uploads.begin(), m_uploads.end(), [&](const Upload& upload) { return upload.key == key; });
  return at == m_uploads.end() ? nullptr : at->folder;
}

void Uploads::forget(Clock::time_point now) {
  while (!m_uploads.empty() && (m_uploads.size() > m_limits.most || m_bytes > m_limits.most_bytes || now - m_uploads.front().at > m_limits.oldest)) {
    m_bytes -= m_uploads.front().bytes;
    m_uploads.pop_front();
  }
}

}  // namespace waymark::web
