// Any bytes as a table of people, behind a mapping that ends at a zero byte. A table reads the same in pieces, every place exists, a hidden column keeps its
// shape, and a plan without errors can be made, after which the same table changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "org/import/plan.hpp"

using namespace waymark;
using namespace waymark::org;

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string told(const Result<Table>& table) {
  if (!table) return table.error().message;
  std::string text;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    for (std::size_t column = 0; column < table->headers().size(); ++column) {
      const Position place = table->place(row, column);
      expect(place.line >= 1 && place.column >= 1);
      text += std::to_string(place.line) + ':' + std::to_string(place.column) + ' ' + std::string(table->cell(row, column)) + '\n';
    }
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 20'000) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\0');
  const std::string_view bytes = end == std::string_view::npos ? input : input.substr(end + 1);
  ImportRequest request;
  if (end != std::string_view::npos) {
    if (auto mapping = parse_people_mapping("mapping.yaml", input.substr(0, end))) {
      const auto again = parse_people_mapping("mapping.yaml", to_yaml(*mapping));
      expect(again.has_value());
      request.mapping = *std::move(mapping);
    }
  }
  request.today = *parse_date("2026-11-24");
  request.as_of = request.today;
  request.levels = {{"SSE", "Senior Software Engineer"}, {"EM", "Engineering Manager"}};
  request.allows = {.unknown_managers = true, .many_leavers = true};
  const auto all = [](std::string_view) { return true; };
  const auto whole = read_table("t", bytes, all, request.mapping.separator);
  TableReader reader("t", all, request.mapping.separator);
  for (std::size_t at = 0; at < bytes.size(); at += 7) reader.feed(bytes.substr(at, 7));
  expect(told(reader.finish()) == told(whole));
  static_cast<void>(with_hidden_columns(bytes, [](std::string_view header) { return header.size() % 2 == 0; }, request.mapping.separator));

  const auto table = read_table("t", bytes, columns_of(request.mapping), request.mapping.separator);
  if (!table) return 0;
  const ImportPlan plan = plan_import(Organisation::empty(), *table, request);
  if (plan.has_errors()) return 0;
  const ImportPlan again = plan_import(plan.revised.organisation, *table, request);
  expect(again.has_errors() || again.revised.changes_nothing());
  return 0;
}
