/// What is counted about the server for Prometheus: requests by route, method and status, how long they took, and the process itself. Routes are counted by
/// their pattern, so that no address, and nobody's name in one, is kept.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "web/http/server.hpp"

namespace waymark::web {

/// Thread-safe.
class Metrics {
 public:
  /// `pathway_version` is asked at each reading.
  explicit Metrics(std::function<std::string()> pathway_version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Takes well under a microsecond besides finding the route; never blocks for long.
  void count(const http::Exchange& exchange);
  /// The text exposition format, version 0.0.4.
  [[nodiscard]] std::string text() const;
  /// GET /metrics and GET /healthz; anything else is 404.
  [[nodiscard]] http::Response answer(const http::Request& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace waymark::web
