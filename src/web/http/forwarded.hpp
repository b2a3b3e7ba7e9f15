/// Who is at the other end when a proxy stands between: X-Forwarded-For is believed from named addresses alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark::web::http {

/// Immutable, cheap to copy, safe from any thread.
class TrustedProxies {
 public:
  /// Nobody is trusted.
  TrustedProxies();
  /// Each an address ("192.0.2.1", "2001:db8::1"), a network ("10.0.0.0/8") or "unix" for whoever comes through a unix socket. wrong_usage names the
  /// one that cannot be read.
  [[nodiscard]] static Result<TrustedProxies> parse(const std::vector<std::string>& names);

  /// Whether the one at the other end is one of them; an empty text is a unix socket.
  [[nodiscard]] bool trusts(const std::string& peer) const;

  /// The client's address: `peer` itself, or when that is trusted the last address of `forwarded_for` that is not, read from the end, since only
  /// what trusted proxies added can be believed. What is no address ends the search at the last good one.
  [[nodiscard]] std::string client_of(const std::string& peer, std::string_view forwarded_for) const;

 private:
  struct Networks;
  std::shared_ptr<const Networks> m_networks;
};

}  // namespace waymark::web::http
