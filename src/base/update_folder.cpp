#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

#include <fmt/core.h>

#include "base/folder.hpp"

namespace waymark {
namespace {

namespace fs = std::filesystem;

/// Moves files into place, and back where one of them cannot be.
class Exchange {
 public:
  Exchange(fs::path root, fs::path staging) : m_root(std::move(root)), m_staging(std::move(staging)) {}

  Result<void> stage(const std::vector<FolderFile>& files) {
    std::error_code error;
    for (const FolderFile& file : files) {
      const fs::path path = m_staging / "new" / file.path;
      fs::create_directories(path.parent_path(), error);
      std::ofstream stream(path, std::ios::binary);
      stream.write(file.bytes.data(), static_cast<std::streamsize>(file.bytes.size()));
      stream.close();
      if (!stream) return give_up(file.path, std::strerror(errno));
    }
    return {};
  }

  Result<void> exchange(const std::vector<FolderFile>& write, const std::vector<std::string>& remove) {
    for (const std::string& path : remove) {
      if (const auto moved = move_away(path); !moved) return moved;
    }
    for (const FolderFile& file : write) {
      if (const auto moved = move_away(file.path); !moved) return moved;
      std::error_code error;
      fs::create_directories((m_root / file.path).parent_path(), error);
      fs::rename(m_staging / "new" / file.path, m_root / file.path, error);
      if (error) return give_up(file.path, error.message());
      m_placed.push_back(file.path);
    }
    std::error_code ignored;
    fs::remove_all(m_staging, ignored);
    return {};
  }

 private:
  Result<void> move_away(const std::string& path) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(m_root / path, error))) return {};
    fs::create_directories((m_staging / "old" / path).parent_path(), error);
    fs::rename(m_root / path, m_staging / "old" / path, error);
    if (error) return give_up(path, error.message());
    m_moved.push_back(path);
    return {};
  }

  Result<void> give_up(const std::string& path, const std::string& why) {
    std::error_code ignored;
    for (const std::string& placed : m_placed) fs::remove(m_root / placed, ignored);
    for (const std::string& moved : m_moved) fs::rename(m_staging / "old" / moved, m_root / moved, ignored);
    fs::remove_all(m_staging, ignored);
    return fail(Error::Kind::unavailable, fmt::format("{} cannot be written: {}. Nothing was changed.", (m_root / path).string(), why),
                "Check permissions and free space.");
  }

  fs::path m_root;
  fs::path m_staging;
  std::vector<std::string> m_moved;
  std::vector<std::string> m_placed;
};

}  // namespace

Result<void> update_folder(const std::vector<FolderFile>& write, const std::vector<std::string>& remove, const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(root, error)) return fail(Error::Kind::not_found, fmt::format("There is no folder {}.", root.string()), "Check the path.");
  std::random_device device;
  Exchange exchange(root, root / fmt::format(".waymark-{:08x}", device()));
  if (const auto staged = exchange.stage(write); !staged) return staged;
  return exchange.exchange(write, remove);
}

}  // namespace waymark
