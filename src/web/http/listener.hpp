/// Sockets that listen, by the plain system interface: no Asio, so that address rules are tested without a server.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "base/error.hpp"

namespace waymark::web::http {

/// Owns a descriptor; -1 is none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : m_number(number) {}
  ~FileDescriptor() { close(); }
  FileDescriptor(FileDescriptor&& other) noexcept : m_number(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  [[nodiscard]] int number() const { return m_number; }
  [[nodiscard]] int release() { return std::exchange(m_number, -1); }
  void close();

 private:
  int m_number = -1;
};

struct Accepted {
  FileDescriptor socket;       ///< non-blocking, not inherited by child processes
  std::string remote_address = {};  ///< "192.0.2.1", "2001:db8::1"; IPv4 also where it came through an IPv6 socket; empty on a unix socket
  bool is_encrypted = false;        ///< as its listener
};

/// Of what is said over a network; a unix socket does not leave the machine and is always plain.
enum class Encryption { none, tls };

/// A bound, listening, non-blocking socket. Its unix socket file is removed when it closes.
class Listener {
 public:
  Listener(FileDescriptor socket, std::string url, std::string socket_file = {}, Encryption encryption = Encryption::none);
  ~Listener() { close(); }
  Listener(Listener&&) noexcept = default;
  Listener& operator=(Listener&&) = delete;

  [[nodiscard]] int descriptor() const { return m_socket.number(); }
  [[nodiscard]] const std::string& url() const { return m_url; }
  /// The next connection, or the errno: EAGAIN when nobody waits.
  [[nodiscard]] tl::expected<Accepted, int> accept() const;
  void close();

 private:
  FileDescriptor m_socket;
  std::string m_url;
  std::string m_socket_file;
  Encryption m_encryption;
};

/// By ServerOptions::listen's rules; a host name gives a listener for each of its addresses. Fails with wrong_usage for an address that
/// cannot be read, else with unavailable.
[[nodiscard]] Result<std::vector<Listener>> listen_at(const std::string& address, Encryption encryption = Encryption::none);

}  // namespace waymark::web::http
