/// A clock for tests that stands still until it is told.
#pragma once

#include <atomic>

#include "base/clock.hpp"

namespace waymark {

class FakeClock : public Clock {
 public:
  explicit FakeClock(std::string_view start = "2026-03-02T09:00:00Z") : m_now(parse_instant(start).value()) {}

  [[nodiscard]] Instant now() const override { return m_now; }
  void advance(std::chrono::milliseconds by) { m_now = m_now.load() + by; }
  void set(Instant now) { m_now = now; }

 private:
  std::atomic<Instant> m_now;
};

}  // namespace waymark
