#include "base/parallel.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using namespace waymark;

TEST_CASE("every piece of work is done once, however many there are") {
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    std::vector<int> done(count, 0);
    parallel_for(count, [&](std::size_t i) { ++done[i]; });
    CHECK(done == std::vector<int>(count, 1));
  }
}

TEST_CASE("what one piece of work throws reaches the caller") {
  CHECK_THROWS_AS(parallel_for(100,
                               [](std::size_t i) {
                                 if (i == 17) throw std::runtime_error("seventeen");
                               }),
                  std::runtime_error);
}
