#include "web/http/listener.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

namespace waymark::web::http {
namespace {

constexpr int backlog = 4096;  // the system caps it at net.core.somaxconn

std::string words_of(int error) { return std::generic_category().message(error); }

tl::unexpected<Error> unavailable(const std::string& address, const std::string& why, std::string way_out = {}) {
  return fail(Error::Kind::unavailable, fmt::format("Cannot listen on {}: {}.", address, why), std::move(way_out));
}

tl::unexpected<Error> unavailable(const std::string& address, int error) {
  switch (error) {
    case EADDRINUSE: return unavailable(address, "the address is in use", "Stop the program that uses it, or listen on another port.");
    case EACCES: return unavailable(address, "this user may not", "Listen on a port from 1024 up, or in a folder that this user may write.");
    case EADDRNOTAVAIL:
      return unavailable(address, "no network card of this machine has the address", "Listen on an address of this machine, or on 127.0.0.1.");
    default: return unavailable(address, words_of(error));
  }
}

struct HostAndPort {
  std::string host;  // empty: every address
  std::string port;
};

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos && std::stoi(std::string(text)) <= 65535;
}

Result<HostAndPort> read_address(const std::string& address) {
  const auto colon = address.rfind(':');
  HostAndPort parts{"127.0.0.1", address};
  if (colon != std::string::npos) parts = {address.substr(0, colon), address.substr(colon + 1)};
  const bool bracketed = parts.host.size() > 2 && parts.host.front() == '[' && parts.host.back() == ']';
  if (bracketed) parts.host = parts.host.substr(1, parts.host.size() - 2);
  if (!is_port(parts.port) || (!bracketed && parts.host.find(':') != std::string::npos)) {
    return fail(Error::Kind::wrong_usage, fmt::format("\"{}\" is no address to listen on.", address),
                "Write 127.0.0.1:8080, [::1]:8080, :8080 for every address, 8080, or unix:/path/to/socket.");
  }
  return parts;
}

std::string url_of(int socket, Encryption encryption) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return {};
  char host[NI_MAXHOST] = {};
  char port[NI_MAXSERV] = {};
  if (getnameinfo(reinterpret_cast<sockaddr*>(&bound), size, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0) return {};
  const std::string_view scheme = encryption == Encryption::tls ? "https" : "http";
  return bound.ss_family == AF_INET6 ? fmt::format("{}://[{}]:{}", scheme, host, port) : fmt::format("{}://{}:{}", scheme, host, port);
}

std::string remote_address_of(const sockaddr_storage& peer) {
  char text[INET6_ADDRSTRLEN] = {};
  if (peer.ss_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
  } else if (peer.ss_family == AF_INET6) {
    const in6_addr& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
    constexpr std::size_t mapped_prefix = 12;
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
      inet_ntop(AF_INET, address.s6_addr + mapped_prefix, text, sizeof text);
    } else {
      inet_ntop(AF_INET6, &address, text, sizeof text);
    }
  }
  return text;
}

/// The errno where it cannot be bound.
tl::expected<FileDescriptor, int> bind_to(int family, const sockaddr* address, socklen_t size) {
  FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.number() < 0) return tl::unexpected<int>(errno);
  const int on = 1;
  const int off = 0;
  if (family != AF_UNIX) setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  // "[::]" and ":8080" mean every address, whatever net.ipv6.bindv6only says.
  if (family == AF_INET6) setsockopt(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (::bind(socket.number(), address, size) != 0 || ::listen(socket.number(), backlog) != 0) return tl::unexpected<int>(errno);
  return socket;
}

/// A hosts file may name an address twice.
bool is_repeated(const addrinfo& first, const addrinfo& each) {
  for (const addrinfo* earlier = &first; earlier != &each; earlier = earlier->ai_next) {
    if (earlier->ai_addrlen == each.ai_addrlen && std::memcmp(earlier->ai_addr, each.ai_addr, each.ai_addrlen) == 0) return true;
  }
  return false;
}

Result<std::vector<Listener>> listen_on_network(const std::string& address, const HostAndPort& parts, Encryption encryption) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(parts.host.empty() ? "::" : parts.host.c_str(), parts.port.c_str(), &hints, &found); error != 0) {
    return unavailable(address, gai_strerror(error), "Write the address as a number, or check the name.");
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  std::vector<Listener> listeners;
  int last_error = EADDRNOTAVAIL;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    if (is_repeated(*found, *each)) continue;
    auto socket = bind_to(each->ai_family, each->ai_addr, each->ai_addrlen);
    if (socket) {
      std::string url = url_of(socket->number(), encryption);
      listeners.emplace_back(std::move(*socket), std::move(url), std::string(), encryption);
      continue;
    }
    last_error = socket.error();
    // "localhost" names ::1 also where IPv6 is switched off.
    if (last_error != EADDRNOTAVAIL && last_error != EAFNOSUPPORT) return unavailable(address, last_error);
  }
  if (listeners.empty() && parts.host.empty()) return listen_on_network(address, {"0.0.0.0", parts.port}, encryption);
  if (listeners.empty()) return unavailable(address, last_error);
  return listeners;
}

Result<std::vector<Listener>> listen_on_file(const std::string& address, const std::string& path) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof name.sun_path) {
    return fail(Error::Kind::wrong_usage, fmt::format("\"{}\" is no path for a socket.", address),
                fmt::format("Write unix: and a path of at most {} bytes.", sizeof name.sun_path - 1));
  }
  std::memcpy(name.sun_path, path.data(), path.size());
  struct stat there {};
  if (lstat(path.c_str(), &there) == 0) {
    if (!S_ISSOCK(there.st_mode)) return unavailable(address, "a file that is no socket stands there", "Move it away, or choose another path.");
    const FileDescriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const bool refused = ::connect(probe.number(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0 && errno == ECONNREFUSED;
    // A full backlog or a missing permission also means that somebody is there.
    if (!refused) return unavailable(address, EADDRINUSE);
    unlink(path.c_str());
  }
  auto socket = bind_to(AF_UNIX, reinterpret_cast<const sockaddr*>(&name), sizeof name);
  if (!socket) return unavailable(address, socket.error());
  std::vector<Listener> listeners;
  listeners.emplace_back(std::move(*socket), "unix:" + path, path);
  return listeners;
}

}  // namespace

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    close();
    m_number = other.release();
  }
  return *this;
}

void FileDescriptor::close() {
  if (m_number >= 0) ::close(release());
}

Listener::Listener(FileDescriptor socket, std::string url, std::string socket_file, Encryption encryption)
    : m_socket(std::move(socket)), m_url(std::move(url)), m_socket_file(std::move(socket_file)), m_encryption(encryption) {}

tl::expected<Accepted, int> Listener::accept() const {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  Accepted accepted{FileDescriptor(accept4(m_socket.number(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC))};
  if (accepted.socket.number() < 0) return tl::unexpected<int>(errno);
  const int on = 1;
  if (peer.ss_family != AF_UNIX) setsockopt(accepted.socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  accepted.remote_address = remote_address_of(peer);
  accepted.is_encrypted = m_encryption == Encryption::tls;
  return accepted;
}

void Listener::close() {
  if (m_socket.number() < 0) return;
  if (!m_socket_file.empty()) unlink(m_socket_file.c_str());
  m_socket.close();
}

Result<std::vector<Listener>> listen_at(const std::string& address, Encryption encryption) {
  constexpr std::string_view unix_prefix = "unix:";
  if (address.starts_with(unix_prefix)) return listen_on_file(address, address.substr(unix_prefix.size()));
  const auto parts = read_address(address);
  if (!parts) return tl::unexpected<Error>(parts.error());
  return listen_on_network(address, *parts, encryption);
}

}  // namespace waymark::web::http
