#include "org/values.hpp"

#include <algorithm>

#include "access/account_records.hpp"
#include "base/text.hpp"
#include "org/organisation.hpp"

namespace waymark::org {
namespace {

constexpr std::size_t longest_name = 200;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

std::optional<std::string> what_is_wrong_with_name(std::string_view name) {
  if (trim(name).empty()) return "it is empty";
  if (trim(name) != name) return "it begins or ends with a blank";
  if (name.size() > longest_name) return "it is longer than " + std::to_string(longest_name) + " bytes";
  if (!is_valid_utf8(name)) return "it is not valid UTF-8";
  if (has_control(name)) return "it holds a tab, a line end or another control character";
  return std::nullopt;
}

bool is_email(std::string_view text) {
  return access::email_key(text).has_value() && text.size() <= 254 && is_valid_utf8(text) && !has_control(text) && text.find(' ') == std::string_view::npos;
}

std::string email_key(std::string_view email) { return access::email_key(email).value_or(std::string(email)); }

std::optional<Wrong> what_is_wrong(Kind kind, std::string_view value) {
  const std::string shown = '`' + std::string(value.substr(0, 60)) + '`';
  switch (kind) {
    case Kind::working_time: {
      const auto percent = whole_number(value);
      if (percent && *percent >= 1 && *percent <= 100) return std::nullopt;
      return Wrong{shown + " is no working time.", "Write whole per cent of the full time, from 1 to 100."};
    }
    case Kind::country: {
      const bool is_code = value.size() == 2 && std::all_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (is_code) return std::nullopt;
      return Wrong{shown + " is no country code.", "Write two capital letters of ISO 3166-1, such as FR or IN."};
    }
    default: break;
  }
  if (const auto wrong = what_is_wrong_with_name(value)) {
    return Wrong{"A " + std::string(in_words_of(kind)) + " cannot be used: " + *wrong + '.', "Write it in one line."};
  }
  return std::nullopt;
}

std::string_view in_words_of(Kind kind) {
  switch (kind) {
    case Kind::employed: return "employment";
    case Kind::pathway: return "pathway";
    case Kind::level: return "level";
    case Kind::archetype: return "archetype";
    case Kind::title: return "title";
    case Kind::working_time: return "working time";
    case Kind::away: return "leave";
    case Kind::country: return "country";
    case Kind::team: return "place in a team";
    case Kind::manager: return "reporting line";
    case Kind::dotted_line: return "dotted line";
    case Kind::team_name: return "team name";
    case Kind::parent_team: return "place in the organisation";
    case Kind::team_lead: return "team lead";
  }
  return {};
}

}  // namespace waymark::org
