// Citations, addresses and links, as anybody may type them. The input is "file NEWLINE link"; both are also read as a citation and as an address.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"
#include "pathway/citation.hpp"

using namespace waymark;
using namespace waymark::pathway;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

void read_back(std::string_view text) {
  if (const auto citation = parse_citation(text)) {
    expect(to_string(*citation) == trim(text));
    expect(parse_citation(to_string(*citation)) == citation);
  }
  if (const auto target = parse_uri(text)) expect(!is_valid_utf8(target->anchor) || parse_uri(to_uri(*target)) == target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  const std::string_view first = input.substr(0, end);
  const std::string_view second = end == std::string_view::npos ? std::string_view() : input.substr(end + 1);
  read_back(first);
  read_back(second);
  if (const auto target = resolve_link(first, second)) {
    const std::string uri = to_uri(*target);
    expect(uri.find_first_of(" \"'<>&\n") == std::string::npos);
    if (is_valid_utf8(target->anchor)) expect(parse_uri(uri) == target);
  }
  return 0;
}
