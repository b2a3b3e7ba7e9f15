#include "web/http/forwarded.hpp"

#include <algorithm>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <fmt/format.h>

#include "base/text.hpp"

namespace waymark::web::http {

namespace ip = boost::asio::ip;

struct TrustedProxies::Networks {
  std::vector<ip::network_v4> v4;
  std::vector<ip::network_v6> v6;
  bool unix_sockets = false;

  [[nodiscard]] bool has(const ip::address& address) const {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return has(ip::make_address_v4(ip::v4_mapped, address.to_v6()));
    if (address.is_v4()) {
      return std::any_of(v4.begin(), v4.end(), [&](const ip::network_v4& network) {
        return network.canonical() == ip::network_v4(address.to_v4(), network.prefix_length()).canonical();
      });
    }
    return std::any_of(v6.begin(), v6.end(), [&](const ip::network_v6& network) {
      return network.canonical() == ip::network_v6(address.to_v6(), network.prefix_length()).canonical();
    });
  }
};

namespace {

/// Some proxies write "192.0.2.1:4711" or "[2001:db8::1]:4711".
ip::address address_in(std::string_view text, boost::system::error_code& error) {
  text = trim(text);
  if (text.starts_with('[')) {
    text = text.substr(1, text.find(']') - 1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  return ip::make_address(std::string(text), error);
}

}  // namespace

TrustedProxies::TrustedProxies() : m_networks(std::make_shared<const Networks>()) {}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& names) {
  Networks networks;
  for (const std::string& name : names) {
    if (name == "unix") {
      networks.unix_sockets = true;
      continue;
    }
    const bool is_network = name.find('/') != std::string::npos;
    const bool is_v6 = name.find(':') != std::string::npos;
    boost::system::error_code error;
    if (is_v6) {
      networks.v6.push_back(ip::make_network_v6(is_network ? name : name + "/128", error));
    } else {
      networks.v4.push_back(ip::make_network_v4(is_network ? name : name + "/32", error));
    }
    if (error) {
      return fail(Error::Kind::wrong_usage, fmt::format("“{}” is no address and no network.", name), "Write 192.0.2.1, 10.0.0.0/8, 2001:db8::/32 or unix.");
    }
  }
  TrustedProxies proxies;
  proxies.m_networks = std::make_shared<const Networks>(std::move(networks));
  return proxies;
}

bool TrustedProxies::trusts(const std::string& peer) const {
  if (peer.empty()) return m_networks->unix_sockets;
  boost::system::error_code error;
  const ip::address address = address_in(peer, error);
  return !error && m_networks->has(address);
}

std::string TrustedProxies::client_of(const std::string& peer, std::string_view forwarded_for) const {
  if (forwarded_for.empty() || !trusts(peer)) return peer;
  boost::system::error_code error;
  std::string client = peer;
  const auto hops = split(forwarded_for, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const ip::address address = address_in(*hop, error);
    if (error) break;
    client = address.to_string();
    if (!m_networks->has(address)) break;
  }
  return client;
}

}  // namespace waymark::web::http
