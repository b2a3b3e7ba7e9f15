#include "web/metrics.hpp"

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "web/small_site_test.hpp"

using namespace waymark;
using namespace waymark::web;
using namespace waymark::web::testing;

namespace {

http::Exchange exchange(std::string_view path, int status = 200) {
  return {"127.0.0.1", http::Method::get, path, status, 1000, std::chrono::microseconds(700)};
}

/// The value behind the series of that name that has all these labels, in whatever order; empty when there is none.
std::string value_of(const std::string& text, const std::string& name, const std::vector<std::string>& labels) {
  for (const std::string_view line : split(text, '\n')) {
    const auto named = [&](const std::string& label) { return line.find(label) != std::string_view::npos; };
    if (line.starts_with(name + "{") && std::all_of(labels.begin(), labels.end(), named)) return std::string(line.substr(line.rfind(' ') + 1));
  }
  return {};
}

}  // namespace

TEST_CASE("requests are counted by the pattern of their route, so that no address is kept") {
  Metrics metrics([] { return "abc123"; });
  metrics.count(exchange("/levels/SSE"));
  metrics.count(exchange("/levels/LSE"));
  metrics.count(exchange("/levels/NOPE", 404));
  metrics.count(exchange("/somebody's private page", 404));
  const std::string text = metrics.text();
  CAPTURE(text);
  CHECK(value_of(text, "waymark_http_requests_total", {R"(route="/levels/{}")", R"(method="GET")", R"(status="200")"}) == "2");
  CHECK(value_of(text, "waymark_http_requests_total", {R"(route="/levels/{}")", R"(status="404")"}) == "1");
  CHECK(value_of(text, "waymark_http_requests_total", {R"(route="none")", R"(status="404")"}) == "1");
  CHECK(value_of(text, "waymark_http_request_duration_seconds_bucket", {R"(route="/levels/{}")", R"(le="0.001")"}) == "3");
  CHECK(has(text, R"(waymark_pathway_info{version="abc123"} 1)"));
  CHECK(has(text, "waymark_http_response_body_bytes_total 4000"));
  CHECK(!has(text, "SSE"));
  CHECK(!has(text, "private"));
}

TEST_CASE("the process is described, and only two addresses are answered") {
  const Metrics metrics([] { return "abc123"; });
  http::Request request;
  request.path = "/metrics";
  const http::Response shown = metrics.answer(request);
  CHECK(shown.status == 200);
  for (const char* const name : {"process_resident_memory_bytes ", "process_cpu_seconds_total ", "process_open_fds ", "process_start_time_seconds "})
    CHECK_MESSAGE(has(shown.body, name), name);
  request.path = "/healthz";
  CHECK(metrics.answer(request).status == 200);
  request.path = "/levels/SSE";
  CHECK(metrics.answer(request).status == 404);
}
