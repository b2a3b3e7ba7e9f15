#include "web/http/negotiation.hpp"

#include <optional>

#include "base/text.hpp"

namespace waymark::web::http {
namespace {

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower_case[i]) return false;
  }
  return true;
}

std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return trim(taken);
}

/// In thousandths; a weight that is none counts as 0, so that garbage never wins.
int read_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
  if (text.size() > 1 && text[1] != '.') return 0;
  int weight = (text[0] - '0') * 1000;
  int place = 100;
  for (const char digit : text.size() > 2 ? text.substr(2) : std::string_view()) {
    if (digit < '0' || digit > '9') return 0;
    weight += (digit - '0') * place;
    place /= 10;
  }
  return weight > 1000 ? 0 : weight;
}

struct Weights {
  std::optional<int> plain, gzip, brotli, rest;
};

void read_accept_encoding(std::string_view value, Weights& into) {
  while (!value.empty()) {
    std::string_view item = take_until(value, ',');
    const std::string_view coding = take_until(item, ';');
    int weight = 1000;
    while (!item.empty()) {
      std::string_view parameter = take_until(item, ';');
      const std::string_view name = take_until(parameter, '=');
      if (equals_ignoring_case(name, "q")) weight = read_weight(trim(parameter));
    }
    if (equals_ignoring_case(coding, "br")) into.brotli = weight;
    if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip")) into.gzip = weight;
    if (equals_ignoring_case(coding, "identity")) into.plain = weight;
    if (coding == "*") into.rest = weight;
  }
}

}  // namespace

const Representation::Encoded& choose_encoding(const Request& request, const Representation& representation) {
  if (representation.gzip.empty() && representation.brotli.empty()) return representation.plain_encoded;
  Weights weights;
  for (const auto& [name, value] : request.headers) {
    if (name == "accept-encoding") read_accept_encoding(value, weights);
  }
  const int brotli = representation.brotli.empty() ? 0 : weights.brotli.value_or(weights.rest.value_or(0));
  const int gzip = representation.gzip.empty() ? 0 : weights.gzip.value_or(weights.rest.value_or(0));
  // Unnamed, the plain body is acceptable but what the client named is wanted more.
  const int plain = weights.plain.value_or(0);
  const bool brotli_is_smaller = representation.gzip.empty() || representation.brotli.size() <= representation.gzip.size();
  const bool brotli_wins = brotli > gzip || (brotli == gzip && brotli_is_smaller);
  const int best = brotli_wins ? brotli : gzip;
  if (best == 0 || best < plain) return representation.plain_encoded;
  return brotli_wins ? representation.brotli_encoded : representation.gzip_encoded;
}

bool has_already(const Request& request, std::string_view etag) {
  if (request.method != Method::get && request.method != Method::head) return false;
  for (const auto& [name, value] : request.headers) {
    if (name != "if-none-match") continue;
    std::string_view rest = trim(value);
    if (rest == "*") return true;
    // Our tags hold no comma, so a comma inside somebody else's quotes cannot make one of ours.
    while (!rest.empty()) {
      std::string_view tag = take_until(rest, ',');
      if (tag.starts_with("W/")) tag.remove_prefix(2);
      if (tag == etag) return true;
    }
  }
  return false;
}

}  // namespace waymark::web::http
