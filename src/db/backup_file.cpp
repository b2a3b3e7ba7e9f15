#include "db/backup_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <bit>
#include <cerrno>
#include <cstring>
#include <new>

#include <fmt/core.h>

namespace waymark::db {
namespace {

constexpr std::string_view plain_line = "waymark-backup 2 plain\n";
constexpr std::string_view sealed_line = "waymark-backup 2 sealed\n";
/// As backups were written before pieces were packed: the same otherwise. They are read for ever.
constexpr std::string_view plain_line_1 = "waymark-backup 1 plain\n";
constexpr std::string_view sealed_line_1 = "waymark-backup 1 sealed\n";
/// Of the payload. Larger ones pack hardly better.
constexpr std::size_t piece_size = 256 << 10;
/// Set in the length of the last piece of a plain backup; a sealed one knows by its seal.
constexpr std::uint32_t last_bit = 0x80000000;

std::string as_bytes(std::uint64_t number, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(number >> (8 * i) & 0xff);
  return bytes;
}

std::uint64_t as_number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

/// Before it is sealed: what is sealed cannot be packed any more. The lowest quality but one is faster than the disk, and packs as well as zlib's best.
std::string packed(std::string_view piece) {
  std::string bytes(BrotliEncoderMaxCompressedSize(piece_size), '\0');
  std::size_t size = bytes.size();
  constexpr int quality = 1;
  constexpr int window_bits = 18;
  if (BrotliEncoderCompress(quality, window_bits, BROTLI_MODE_TEXT, piece.size(), reinterpret_cast<const std::uint8_t*>(piece.data()), &size,
                            reinterpret_cast<std::uint8_t*>(bytes.data())) == BROTLI_FALSE) {
    throw std::bad_alloc();
  }
  bytes.resize(size);
  return bytes;
}

/// Never more than a piece, whatever the bytes ask for.
std::optional<std::string> unpacked(std::string_view bytes) {
  std::string piece(piece_size, '\0');
  std::size_t size = piece.size();
  if (BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(piece.data())) != BROTLI_DECODER_RESULT_SUCCESS) {
    return std::nullopt;
  }
  piece.resize(size);
  return piece;
}

[[noreturn]] void cannot(const std::filesystem::path& file, std::string_view what) {
  throw BackupFailure{{Error::Kind::unavailable, fmt::format("{} cannot be {}: {}.", file.string(), what, std::strerror(errno)),
                       "Look at the disk and the permissions of the folder."}};
}

void require_free(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) return;
  throw BackupFailure{
      {Error::Kind::conflict, fmt::format("{} is there already.", file.string()), "Give another name; a backup never writes over one."}};
}

}  // namespace

BackupWriter::BackupWriter(std::filesystem::path file, const std::optional<std::string>& passphrase)
    : m_file(std::move(file)), m_aside(m_file.string() + ".part") {
  require_free(m_file);
  m_descriptor = ::open(m_aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (m_descriptor < 0) cannot(m_aside, "written");
  if (passphrase) m_sealer = std::make_unique<Sealer>(*passphrase);
  write(m_sealer ? sealed_line : plain_line);
  if (m_sealer) write(m_sealer->beginning());
}

BackupWriter::~BackupWriter() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  ::unlink(m_aside.c_str());
}

void BackupWriter::mark(Mark mark) {
  const char byte = static_cast<char>(mark);
  add({&byte, 1});
}

void BackupWriter::number(std::int64_t number) { add(as_bytes(static_cast<std::uint64_t>(number), 8)); }

void BackupWriter::text(std::string_view text) {
  number(static_cast<std::int64_t>(text.size()));
  add(text);
}

void BackupWriter::value(const Value& value) {
  const char kind = value.is_null                        ? '-'
                    : value.kind == Value::Kind::integer ? 'i'
                    : value.kind == Value::Kind::real    ? 'r'
                    : value.kind == Value::Kind::text    ? 't'
                                                         : 'b';
  add({&kind, 1});
  switch (kind) {
    case '-': break;
    case 'i': number(value.integer); break;
    case 'r': number(std::bit_cast<std::int64_t>(value.real)); break;
    default: text(value.text); break;
  }
}

void BackupWriter::add(std::string_view bytes) {
  m_sum.add(bytes);
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), piece_size - m_piece.size());
    m_piece += bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (m_piece.size() == piece_size) flush(false);
  }
}

void BackupWriter::flush(bool last) {
  std::string piece = packed(m_piece);
  if (m_sealer) piece = m_sealer->seal(piece, last);
  write(as_bytes(piece.size() | (last ? last_bit : 0), 4));
  write(piece);
  m_piece.clear();
}

void BackupWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) cannot(m_aside, "written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

const std::filesystem::path& BackupWriter::finish() {
  flush(true);
  if (::fsync(m_descriptor) != 0) cannot(m_aside, "written");
  return m_aside;
}

void BackupWriter::keep() {
  // A link, unlike a rename, does not replace what came there meanwhile.
  if (::link(m_aside.c_str(), m_file.c_str()) != 0) {
    if (errno == EEXIST) require_free(m_file);
    if (::rename(m_aside.c_str(), m_file.c_str()) != 0) cannot(m_file, "written");
  }
  const std::filesystem::path folder = m_file.has_parent_path() ? m_file.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

BackupReader::BackupReader(const std::filesystem::path& file, const std::optional<std::string>& passphrase)
    : m_file(file), m_stream(std::fopen(file.c_str(), "rbe")) {
  if (!m_stream) {
    if (errno == ENOENT) throw BackupFailure{{Error::Kind::not_found, fmt::format("There is no file {}.", file.string()), "Name the backup."}};
    cannot(file, "read");
  }
  std::string line;
  for (int c = 0; line.size() < sealed_line.size() && c != '\n' && (c = std::fgetc(m_stream.get())) != EOF;) line += static_cast<char>(c);
  m_is_packed = line == sealed_line || line == plain_line;
  if (line == sealed_line || line == sealed_line_1) {
    if (!passphrase) {
      throw BackupFailure{{Error::Kind::bad_input, fmt::format("{} is sealed with a passphrase.", file.string()), "Give it with --key-file."}};
    }
    m_opener = std::make_unique<Opener>(*passphrase, read(Sealer::beginning_size));
  } else if (line != plain_line && line != plain_line_1) {
    throw BackupFailure{{Error::Kind::bad_input, fmt::format("{} is not a backup that this Waymark can read.", file.string()),
                         "Name a file that `waymark backup` wrote; one of a later Waymark needs that Waymark."}};
  }
}

void BackupReader::damaged(std::string_view what) const {
  throw BackupFailure{{Error::Kind::bad_input, fmt::format("{} is damaged: {}.", m_file.string(), what), "Use another backup; nothing was changed."}};
}

std::string BackupReader::read(std::size_t size) {
  std::string bytes(size, '\0');
  if (std::fread(bytes.data(), 1, size, m_stream.get()) != size) damaged("it ends too early");
  return bytes;
}

bool BackupReader::next_piece() {
  if (m_last_piece) return false;
  const auto length = static_cast<std::uint32_t>(as_number(read(4)));
  const std::size_t size = length & ~last_bit;
  if (size > BrotliEncoderMaxCompressedSize(piece_size) + Sealer::growth) damaged("a piece of it is too long");
  std::string piece = read(size);
  m_last_piece = (length & last_bit) != 0;
  if (m_opener) {
    auto opened = m_opener->open(piece);
    if (!opened) {
      throw BackupFailure{{Error::Kind::bad_input,
                           fmt::format("{} does not open: the passphrase is another one, or the file is damaged.", m_file.string()),
                           "Try the passphrase it was made with, or another backup; nothing was changed."}};
    }
    if (m_opener->at_end() != m_last_piece) damaged("its pieces are not all there");
    piece = std::move(*opened);
  }
  if (m_is_packed) {
    auto whole = unpacked(piece);
    if (!whole) damaged("a piece of it cannot be unpacked");
    piece = *std::move(whole);
  }
  m_pending.erase(0, m_at);
  m_at = 0;
  m_pending += piece;
  return true;
}

std::string_view BackupReader::take(std::size_t size) {
  while (m_pending.size() - m_at < size) {
    if (!next_piece()) damaged("it ends too early");
  }
  const std::string_view bytes(m_pending.data() + m_at, size);
  m_at += size;
  m_sum.add(bytes);
  return bytes;
}

Mark BackupReader::mark() {
  const char byte = take(1).front();
  if (std::string_view("HTRE").find(byte) == std::string_view::npos) damaged("something stands where a table or a row should");
  return static_cast<Mark>(byte);
}

std::int64_t BackupReader::number() { return static_cast<std::int64_t>(as_number(take(8))); }

std::string BackupReader::text() {
  const std::int64_t size = number();
  if (size < 0 || size > (std::int64_t{1} << 30)) damaged("a text of it is too long");
  return std::string(take(static_cast<std::size_t>(size)));
}

Value BackupReader::value() {
  Value value;
  switch (take(1).front()) {
    case '-': value.is_null = true; break;
    case 'i':
      value.kind = Value::Kind::integer;
      value.integer = number();
      break;
    case 'r':
      value.kind = Value::Kind::real;
      value.real = std::bit_cast<double>(number());
      break;
    case 't':
      value.kind = Value::Kind::text;
      value.text = text();
      break;
    case 'b':
      value.kind = Value::Kind::bytes;
      value.text = text();
      break;
    default: damaged("a value of it has no type");
  }
  return value;
}

void BackupReader::require_end() {
  if (m_at != m_pending.size() || next_piece() || std::fgetc(m_stream.get()) != EOF) damaged("something follows its end");
}

}  // namespace waymark::db
