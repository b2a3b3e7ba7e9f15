#include "web/http/request_id.hpp"

#include <algorithm>
#include <random>

namespace waymark::web::http {

std::string new_request_id() {
  constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";
  thread_local std::mt19937_64 generator{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string id(12, ' ');
  for (char& c : id) c = letters[any(generator)];
  return id;
}

bool is_request_id(std::string_view text) {
  return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
         });
}

std::string id_of(const Request& request) { return request.id.empty() ? new_request_id() : request.id; }

}  // namespace waymark::web::http
