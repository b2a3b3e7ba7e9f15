/// What people have uploaded to be looked at, for as long as they look: in memory, with bounds. A form that comes back says everything else, so that a node that
/// never saw the upload can ask for it once more and lose no answer.
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

/// Thread-safe.
class Uploads {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Uploads(UploadLimits limits = {}) : m_limits(limits) {}

  /// The key under which it is found; the oldest make room. The same folder has the same key, which nobody can guess who does not have it.
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
