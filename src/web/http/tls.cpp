#include "web/http/tls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "base/date.hpp"
#include "web/http/listener.hpp"
#include "web/http/openssl_on_demand.hpp"

namespace waymark::web::http {
namespace {

/// Of TLS 1.2; those of 1.3 are all good. Ephemeral keys and authenticated encryption alone.
constexpr const char* ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr std::chrono::days told_beforehand{14};

/// A program that waits for nobody asks nobody.
int no_passphrase(char*, int, int, void*) { return -1; }

/// HTTP/1.1 where the client lets us choose; a client that wants to speak something else alone is refused, lest it take our answers for another protocol's.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, ours, sizeof ours, offered, offered_size) != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

std::string reason() {
  const char* const words = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();
  return words == nullptr ? "it is not in PEM" : words;
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return Instant{std::chrono::seconds{timegm(&parts)}};
}

class Session final : public TlsSession {
 public:
  Session(SSL_CTX* context, int descriptor) : m_ssl(SSL_new(context), &SSL_free) {
    if (!m_ssl || SSL_set_fd(m_ssl.get(), descriptor) != 1) throw std::bad_alloc();
  }

  Step shake_hands() override {
    ERR_clear_error();
    const int result = SSL_accept(m_ssl.get());
    const bool is_http = result != 1 && ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_SSL && ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
    const Step step = step_of(result);
    m_speaks = step == Step::done;
    return is_http ? Step::plain_http : step;
  }

  Moved read(char* bytes, std::size_t size) override {
    ERR_clear_error();
    const int result = SSL_read(m_ssl.get(), bytes, static_cast<int>(std::min<std::size_t>(size, SSL3_RT_MAX_PLAIN_LENGTH)));
    return moved(result);
  }

  Moved write(const char* bytes, std::size_t size) override {
    ERR_clear_error();
    const int result = SSL_write(m_ssl.get(), bytes, static_cast<int>(std::min<std::size_t>(size, SSL3_RT_MAX_PLAIN_LENGTH)));
    return moved(result);
  }

  void say_goodbye() override {
    if (!m_speaks) return;
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
    m_speaks = false;
  }

 private:
  Moved moved(int result) {
    const Step step = step_of(result);
    // After a fatal error nothing more may be said, not even goodbye.
    if (step == Step::ended) m_speaks = false;
    return {step, step == Step::done ? static_cast<std::size_t>(result) : 0};
  }
  Step step_of(int result) {
    if (result > 0) return Step::done;
    switch (SSL_get_error(m_ssl.get(), result)) {
      case SSL_ERROR_WANT_READ: return Step::wants_read;
      case SSL_ERROR_WANT_WRITE: return Step::wants_write;
      default: ERR_clear_error(); return Step::ended;
    }
  }

  std::unique_ptr<SSL, decltype(&SSL_free)> m_ssl;
  bool m_speaks = false;
};

}  // namespace

struct Tls::Context {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  Instant valid_from{}, valid_to{};
};

Tls::Tls(TlsFiles files) : m_files(std::move(files)), m_seen(look()) {}
Tls::~Tls() = default;

Result<std::shared_ptr<Tls>> Tls::read(TlsFiles files) {
  if (!has_openssl()) return fail(Error::Kind::unavailable, "The library of OpenSSL cannot be loaded, without which nothing is encrypted.", "Install the package libssl3.");
  // OpenSSL writes without MSG_NOSIGNAL; a client that is gone must not end the program.
  std::signal(SIGPIPE, SIG_IGN);
  std::shared_ptr<Tls> tls(new Tls(std::move(files)));
  auto context = tls->load();
  if (!context) return tl::unexpected<Error>(context.error());
  tls->m_context = std::move(*context);
  return tls;
}

std::array<Tls::Seen, 2> Tls::look() const {
  std::array<Seen, 2> seen{};
  for (std::size_t i = 0; i < 2; ++i) {
    struct stat status {};
    if (::stat((i == 0 ? m_files.certificate : m_files.key).c_str(), &status) != 0) continue;
    seen[i] = {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size), static_cast<std::uint64_t>(status.st_mode),
               static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(status.st_mtim.tv_nsec)};
  }
  return seen;
}

Result<std::shared_ptr<const Tls::Context>> Tls::load() const {
  const std::string certificate = m_files.certificate.string();
  const std::string key = m_files.key.string();
  for (const std::string& file : {certificate, key}) {
    const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status {};
    if (opened.number() < 0 || ::fstat(opened.number(), &status) != 0) {
      const int problem = errno;
      const bool is_absent = problem == ENOENT || problem == ENOTDIR;
      return fail(is_absent ? Error::Kind::not_found : Error::Kind::unavailable,
                  fmt::format("The {} {} cannot be read: {}.", file == certificate ? "certificate" : "key", file, std::strerror(problem)),
                  is_absent ? "Correct tls.certificate and tls.key; `waymark config show` says where they are set."
                            : "Let the user that runs Waymark read it: as its owner, or by a group that the file belongs to.");
    }
    if (file == key && (status.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
      return fail(Error::Kind::bad_input, fmt::format("The key {} can be read by everybody on this machine, or written by others than its owner.", key),
                  fmt::format("Run `chmod 640 {}`, and get another certificate if somebody may have seen the key.", key));
    }
  }
  ERR_clear_error();
  auto made = std::make_shared<Context>();
  SSL_CTX* const context = made->context.get();
  if (context == nullptr) return fail(Error::Kind::unavailable, fmt::format("OpenSSL does not start: {}.", reason()), "Look at its configuration, openssl.cnf.");
  SSL_CTX_set_default_passwd_cb(context, &no_passphrase);
  SSL_CTX_set_alpn_select_cb(context, &choose_protocol, nullptr);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Sessions are taken up again by tickets, which the client keeps.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 || SSL_CTX_set_cipher_list(context, ciphers) != 1) {
    return fail(Error::Kind::unavailable, fmt::format("OpenSSL has none of the ciphers that Waymark takes: {}.", reason()), "Look at its configuration, openssl.cnf.");
  }
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
    return fail(Error::Kind::bad_input, fmt::format("{} holds no certificate: {}.", certificate, reason()),
                "It must be PEM, as certbot's fullchain.pem is: the site's own certificate first, then those that lead to the authority.");
  }
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) {
    const unsigned long error = ERR_peek_error();
    if (ERR_GET_LIB(error) != ERR_LIB_X509) {
      return fail(Error::Kind::bad_input, fmt::format("{} holds no key that can be used: {}.", key, reason()),
                  "It must be PEM, without a passphrase (`openssl pkey` takes one off).");
    }
  }
  if (SSL_CTX_check_private_key(context) != 1) {
    ERR_clear_error();
    return fail(Error::Kind::bad_input, fmt::format("The key {} does not belong to the certificate {}.", key, certificate), "Name the two that were made together.");
  }
  ERR_clear_error();
  const X509* const own = SSL_CTX_get0_certificate(context);
  made->valid_from = instant_of(X509_get0_notBefore(own));
  made->valid_to = instant_of(X509_get0_notAfter(own));
  return made;
}

Result<bool> Tls::look_again() {
  // Looked at before it is read: what changes in between is seen the next time.
  const auto seen = look();
  if (seen == m_seen) return false;
  m_seen = seen;
  auto context = load();
  if (!context) return tl::unexpected<Error>(context.error());
  const std::lock_guard lock(m_mutex);
  m_context = std::move(*context);
  return true;
}

std::shared_ptr<const Tls::Context> Tls::context() const {
  const std::lock_guard lock(m_mutex);
  return m_context;
}

std::string Tls::warning(Instant now) const {
  const auto present = context();
  const std::string file = m_files.certificate.string();
  if (now < present->valid_from) return fmt::format("The certificate {} is not valid before {}: browsers refuse it until then. Check this machine's clock, too.", file, in_words(date_of(present->valid_from)));
  if (now >= present->valid_to) return fmt::format("The certificate {} expired on {}: browsers refuse it. Put a new one in its place.", file, in_words(date_of(present->valid_to)));
  if (now + told_beforehand >= present->valid_to) return fmt::format("The certificate {} expires on {}. Put a new one in its place before.", file, in_words(date_of(present->valid_to)));
  return {};
}

std::unique_ptr<TlsSession> Tls::begin(int descriptor) const { return std::make_unique<Session>(context()->context.get(), descriptor); }

}  // namespace waymark::web::http
