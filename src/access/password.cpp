#include "access/password.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>

#include <fmt/core.h>
#include <sodium.h>
#include <utf8proc.h>

#include "base/text.hpp"

namespace waymark::access {
namespace {

/// Fewest characters that must be left when the person's own name and address are taken out.
constexpr std::size_t least_of_ones_own = 8;

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* made = nullptr;
  const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                                               &made, static_cast<utf8proc_option_t>(options));
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return std::string(text);
  std::string result(reinterpret_cast<char*>(made), static_cast<std::size_t>(length));
  sodium_memzero(made, static_cast<std::size_t>(length));
  std::free(made);  // NOLINT: utf8proc allocates with malloc
  return result;
}

constexpr int nfkc = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT;

/// Words of a name or address long enough to be told from chance: "anna.berg@example.org" gives anna, berg, example, org and the whole.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string whole = folded(text);
  if (whole.size() >= 3) words.push_back(whole);
  std::string word;
  for (const char c : whole + ' ') {
    if (std::string_view(" .@_-+'").find(c) == std::string_view::npos) {
      word += c;
      continue;
    }
    if (word.size() >= 3) words.push_back(word);
    word.clear();
  }
  return words;
}

}  // namespace

std::string folded(std::string_view text) {
  // What most addresses are: nothing but case can differ in it.
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return to_lower_ascii(text);
  return is_valid_utf8(text) ? mapped(text, nfkc | UTF8PROC_CASEFOLD) : std::string(text);
}

std::string folded_without_marks(std::string_view text) {
  if (!is_valid_utf8(text)) return to_lower_ascii(text);
  return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPCC);
}

Result<Secret> normalised_password(std::string_view typed, const PasswordPolicy& policy) {
  if (typed.size() > policy.maximum_bytes) {
    return fail(Error::Kind::bad_input, fmt::format("The password is longer than {} bytes.", policy.maximum_bytes), "Choose a shorter one.", "password");
  }
  if (!is_valid_utf8(typed)) return fail(Error::Kind::bad_input, "The password is not UTF-8 text.", "Choose one that can be typed on a keyboard.", "password");
  return Secret(mapped(typed, nfkc));
}

Result<Secret> acceptable_password(std::string_view typed, std::span<const std::string> own_words, const PasswordPolicy& policy) {
  auto normalised = normalised_password(typed, policy);
  if (!normalised) return normalised;
  const std::size_t length = count_code_points(normalised->reveal());
  if (length < policy.minimum_characters) {
    return fail(Error::Kind::bad_input,
                fmt::format("The password has {}; it needs {} or more.", counted(length, "character"), policy.minimum_characters),
                "Three or four words that do not belong together are easy to keep in mind.", "password");
  }
  std::string left = folded(typed);
  for (const std::string& own : own_words) {
    for (const std::string& word : words_of(own)) left = replace_all(left, word, "");
  }
  if (count_code_points(left) < least_of_ones_own) {
    return fail(Error::Kind::bad_input, "The password is little more than your name or e-mail address.",
                fmt::format("Choose one with at least {} other characters.", least_of_ones_own), "password");
  }
  return normalised;
}

std::string hash_password(const Secret& normalised, HashCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  const std::string_view password = normalised.reveal();
  if (sodium_init() < 0 ||
      crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return text.data();
}

bool is_password(const Secret& normalised, const std::string& hash) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string_view password = normalised.reveal();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_new_hash(const std::string& hash, HashCost cost) {
  return hash.size() >= crypto_pwhash_STRBYTES || crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

void spend_a_check(const Secret& normalised, HashCost cost) { static_cast<void>(hash_password(normalised, cost)); }

}  // namespace waymark::access
