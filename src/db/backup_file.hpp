/// Inside the room only: the file of a backup as a stream of values.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/sealing.hpp"
#include "db/stored.hpp"

namespace waymark::db {

/// Thrown inside the room while a backup is written or read, and caught at its functions.
struct BackupFailure {
  Error error;
};

/// What comes next in the payload.
enum class Mark : char { head = 'H', table = 'T', row = 'R', end = 'E' };

/// Writes beside `file` and gives it its name at the end; what is not finished goes away. Throws BackupFailure.
class BackupWriter {
 public:
  BackupWriter(std::filesystem::path file, const std::optional<std::string>& passphrase);
  ~BackupWriter();
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  void mark(Mark mark);
  void number(std::int64_t number);
  void text(std::string_view text);
  void value(const Value& value);
  /// The SHA-256 of the payload so far.
  [[nodiscard]] std::string sum() const { return m_sum.hex(); }
  /// Everything is on the disk, still under another name: the path of that.
  [[nodiscard]] const std::filesystem::path& finish();
  /// Gives it its name, unless something has taken it. REQUIRES finish().
  void keep();

 private:
  void add(std::string_view bytes);
  void flush(bool last);
  void write(std::string_view bytes);

  std::filesystem::path m_file;
  std::filesystem::path m_aside;
  int m_descriptor = -1;
  std::unique_ptr<Sealer> m_sealer;
  Sha256 m_sum;
  std::string m_piece;
};

/// Throws BackupFailure (not_found, bad_input) for whatever is not as BackupWriter makes it.
class BackupReader {
 public:
  BackupReader(const std::filesystem::path& file, const std::optional<std::string>& passphrase);

  [[nodiscard]] Mark mark();
  [[nodiscard]] std::int64_t number();
  [[nodiscard]] std::string text();
  [[nodiscard]] Value value();
  [[nodiscard]] std::string sum() const { return m_sum.hex(); }
  [[nodiscard]] bool sealed() const { return m_opener != nullptr; }
  /// Fails when anything follows.
  void require_end();
  [[noreturn]] void damaged(std::string_view what) const;

 private:
  std::string_view take(std::size_t size);
  bool next_piece();
  std::string read(std::size_t size);

  struct Close {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
  };
  std::filesystem::path m_file;
  std::unique_ptr<std::FILE, Close> m_stream;
  std::unique_ptr<Opener> m_opener;
  Sha256 m_sum;
  std::string m_pending;  ///< read, from m_at on not yet taken
  std::size_t m_at = 0;
  bool m_last_piece = false;
  bool m_is_packed = true;
};

}  // namespace waymark::db
