/// What was uploaded to be looked at where there are no accounts: in memory, with bounds. Where there are, see stored_uploads.hpp. A form that comes back says
/// everything else, so that an upload that is gone can be asked for once more and no answer is lost.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/folder.hpp"

namespace waymark::web {

struct UploadLimits {
  std::size_t most = 32;
  std::size_t most_bytes = 64u << 20;  ///< all together
  std::chrono::minutes oldest{60};
};

/// Of everything in it: the same folder has the same key, which nobody can guess who does not have it. SHA-256 in hexadecimal.
[[nodiscard]] std::string key_of(const Folder& folder);

/// Thread-safe.
class Uploads {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Uploads(UploadLimits limits = {}) : m_limits(limits) {}

  /// The key under which it is found; the oldest make room.
  [[nodiscard]] std::string keep(Folder folder, Clock::time_point now);
  /// nullptr where it is not, or not any more.
  [[nodiscard]] std::shared_ptr<const Folder> find(std::string_view key, Clock::time_point now);

 private:
  struct Upload {
    std::string key;
    std::shared_ptr<const Folder> folder;
    std::size_t bytes = 0;
    Clock::time_point at;
  };
  void forget(Clock::time_point now);

  UploadLimits m_limits;
  std::mutex m_mutex;
  std::deque<Upload> m_uploads;  ///< the oldest first
  std::size_t m_bytes = 0;
};

}  // namespace waymark::web
