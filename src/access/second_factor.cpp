#include "access/second_factor.hpp"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <stdexcept>

#include <fmt/core.h>
#include <liboath/oath.h>

#include "base/random.hpp"

namespace waymark::access {
namespace {

constexpr unsigned step_seconds = 30;
constexpr std::size_t steps_either_side = 1;
constexpr std::size_t code_digits = 6;

void start_oath() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (oath_init() != OATH_OK) throw std::runtime_error("the library for one-time codes did not start");
  });
}

std::string base32_rfc4648(std::string_view bytes) {
  char* made = nullptr;
  std::size_t length = 0;
  if (oath_base32_encode(bytes.data(), bytes.size(), &made, &length) != OATH_OK) throw std::bad_alloc();
  std::string text(made, length);
  std::free(made);  // NOLINT: liboath allocates with malloc
  text.erase(std::remove(text.begin(), text.end(), '='), text.end());
  return text;
}

}  // namespace

Secret new_totp_secret() { return Secret(random_bytes(20)); }

std::string totp_secret_text(const Secret& secret) {
  const std::string plain = base32_rfc4648(secret.reveal());
  std::string grouped;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += ' ';
    grouped += plain[i];
  }
  return grouped;
}

Secret totp_address(const Secret& secret, std::string_view issuer, std::string_view account_name) {
  return Secret(fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}&period={4}", percent_encoded(issuer),
                            percent_encoded(account_name), base32_rfc4648(secret.reveal()), code_digits, step_seconds));
}

std::optional<std::int64_t> accepted_step(const Secret& secret, std::string_view code, Instant now, std::optional<std::int64_t> last_used) {
  std::string digits;
  for (const char c : code) {
    if (c == ' ') continue;
    if (c < '0' || c > '9') return std::nullopt;
    digits += c;
  }
  if (digits.size() != code_digits) return std::nullopt;
  start_oath();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::uint64_t step = 0;
  const int found = oath_totp_validate3(secret.reveal().data(), secret.reveal().size(), seconds, step_seconds, 0, steps_either_side, nullptr, &step,
                                        digits.c_str());
  if (found < 0) return std::nullopt;
  const auto accepted = static_cast<std::int64_t>(step);
  if (last_used && accepted <= *last_used) return std::nullopt;
  return accepted;
}

std::vector<Secret> new_recovery_codes() {
  std::vector<Secret> codes;
  for (int i = 0; i < 10; ++i) {
    const std::string digits = random_text(10);
    codes.emplace_back(fmt::format("{}-{}-{}-{}", digits.substr(0, 4), digits.substr(4, 4), digits.substr(8, 4), digits.substr(12, 4)));
  }
  return codes;
}

std::string hash_of_recovery_code(std::string_view typed) {
  std::string plain;
  for (char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    plain += c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
  }
  return hash_of_token(plain);
}

}  // namespace waymark::access
