/// For tests: how a database goes about what it is asked.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "db/plans.hpp"

/// The plans of all statements of `ask` in one text. Fails the test when one of them reads a whole table.
template <class Ask>
std::string planned(waymark::db::Database& database, Ask ask) {
  const auto plans = waymark::db::plans_of(database, [&](waymark::db::Writer& writer) { ask(writer); });
  const std::string all = waymark::join(plans, "\n");
  INFO(all);
  CHECK(!plans.empty());
  CHECK(waymark::db::whole_table_reads(plans).empty());
  return all;
}

inline bool uses(const std::string& plans, std::string_view index, std::string_view index_of_postgresql) {
  const bool found = plans.find(index) != std::string::npos || plans.find(index_of_postgresql) != std::string::npos;
  if (!found) MESSAGE(plans);
  return found;
}
