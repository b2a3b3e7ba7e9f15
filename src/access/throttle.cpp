#include "access/throttle.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <fmt/core.h>

#include "access/password.hpp"
#include "access/throttle_records.hpp"
#include "base/hash.hpp"

namespace waymark::access {
namespace {

std::string network_of(std::string_view address) {
  const std::string text(address);
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  const std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
  const bool is_ipv4 = std::string_view(bytes.data(), mapped.size()) == mapped;
  if (is_ipv4) return text.substr(text.rfind(':') + 1);
  return std::string(bytes.data(), 8);
}

}  // namespace

std::chrono::milliseconds wait_of(const ThrottleRule& rule, const Failures& failures, Instant now) {
  using std::chrono::milliseconds;
  if (failures.count < rule.free_failures) return milliseconds{0};
  const auto passed = std::max(now - failures.last, milliseconds{0});
  if (passed >= rule.forgotten_after) return milliseconds{0};
  milliseconds delay = rule.first_wait;
  for (int i = rule.free_failures; i < failures.count && delay < rule.longest_wait; ++i) delay *= 2;
  return std::max(std::min(delay, rule.longest_wait) - passed, milliseconds{0});
}

AttemptKeys attempt_keys(std::string_view account, std::string_view address) {
  const std::string name = sha256_hex(folded(account));
  const std::string network = sha256_hex(network_of(address));
  return {sha256_hex(fmt::format("{}/{}", name, network)), "account " + name, "address " + network};
}

std::optional<std::chrono::milliseconds> begin_attempt(db::Writer& writer, const AttemptKeys& keys, const ThrottleRules& rules, Instant now) {
  struct Measured {
    const std::string& key;
    const ThrottleRule& rule;
    bool counts;
  };
  const auto known = find_known_address(writer, keys.account_from_address);
  const bool is_known = known && now - *known < rules.address_known_for;
  const std::array measured{Measured{keys.account_from_address, rules.account_from_address, true},
                            Measured{keys.account_from_anywhere, rules.account_from_anywhere, !is_known},
                            Measured{keys.address, rules.address, true}};
  std::chrono::milliseconds wait{0};
  for (const Measured& one : measured) {
    if (one.counts) wait = std::max(wait, wait_of(one.rule, find_failures(writer, one.key), now));
  }
  if (wait.count() > 0) return wait;
  for (const Measured& one : measured) {
    const Failures failures = find_failures(writer, one.key);
    const bool begins_anew = now - failures.last >= one.rule.forgotten_after;
    if (one.counts) write_failures(writer, one.key, {begins_anew ? 1 : std::min(failures.count + 1, 1'000), now});
  }
  return std::nullopt;
}

void attempt_succeeded(db::Writer& writer, const AttemptKeys& keys, Instant now) {
  delete_failures(writer, keys.account_from_address);
  for (const std::string& key : {keys.account_from_anywhere, keys.address}) {
    const Failures failures = find_failures(writer, key);
    if (failures.count <= 1) {
      delete_failures(writer, key);
    } else {
      write_failures(writer, key, {failures.count - 1, failures.last});
    }
  }
  write_known_address(writer, keys.account_from_address, now);
}

std::int64_t forget_old_attempts(db::Writer& writer, const ThrottleRules& rules, Instant now) {
  const auto longest =
      std::max({rules.account_from_address.forgotten_after, rules.account_from_anywhere.forgotten_after, rules.address.forgotten_after});
  return delete_failures_before(writer, now - longest) + delete_known_addresses_before(writer, now - rules.address_known_for);
}

}  // namespace waymark::access
