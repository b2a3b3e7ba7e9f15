#include "web/metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "web/routes.hpp"

namespace waymark::web {
namespace {

using Seconds = std::chrono::duration<double>;

const prometheus::Histogram::BucketBoundaries answer_seconds{0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

struct Key {
  const Route* route;  ///< nullptr: no such page, or refused before there was an address
  http::Method method;
  int status;
  auto operator<=>(const Key&) const = default;
};

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_descriptors() {
  std::error_code error;
  double count = 0;
  for (std::filesystem::directory_iterator at("/proc/self/fd", error), end; !error && at != end; at.increment(error)) ++count;
  return count;
}

prometheus::MetricFamily one(std::string name, std::string help, prometheus::MetricType type, double value,
                             std::vector<prometheus::ClientMetric::Label> labels = {}) {
  prometheus::ClientMetric metric;
  metric.label = std::move(labels);
  (type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  return {std::move(name), std::move(help), type, {std::move(metric)}};
}

}  // namespace

struct Metrics::Impl {
  explicit Impl(std::function<std::string()> version) : pathway_version(std::move(version)) {
    for (const Route& route : routes()) times.emplace(&route, &time_family.Add({{"route", std::string(route.pattern)}}, answer_seconds));
    times.emplace(nullptr, &time_family.Add({{"route", "none"}}, answer_seconds));
  }

  prometheus::Counter& counter(const Key& key) {
    const std::lock_guard lock(mutex);
    prometheus::Counter*& known = counters[key];
    if (known == nullptr) {
      known = &request_family.Add({{"route", key.route == nullptr ? "none" : std::string(key.route->pattern)},
                                   {"method", std::string(http::to_string(key.method))},
                                   {"status", std::to_string(key.status)}});
    }
    return *known;
  }

  std::function<std::string()> pathway_version;
  const double started = Seconds(std::chrono::system_clock::now().time_since_epoch()).count();
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& request_family = prometheus::BuildCounter()
                                                                .Name("waymark_http_requests_total")
                                                                .Help("Requests answered or refused, by the pattern of their route.")
                                                                .Register(registry);
  prometheus::Family<prometheus::Histogram>& time_family = prometheus::BuildHistogram()
                                                               .Name("waymark_http_request_duration_seconds")
                                                               .Help("From the complete request to the last byte handed to the system.")
                                                               .Register(registry);
  prometheus::Counter& bytes = prometheus::BuildCounter()
                                   .Name("waymark_http_response_body_bytes_total")
                                   .Help("Bytes of answers, without their headers.")
                                   .Register(registry)
                                   .Add({});
  std::map<const Route*, prometheus::Histogram*> times;  ///< complete from the start, so read without a lock
  std::mutex mutex;
  std::map<Key, prometheus::Counter*> counters;
};

Metrics::Metrics(std::function<std::string()> pathway_version) : m_impl(std::make_unique<Impl>(std::move(pathway_version))) {}
Metrics::~Metrics() = default;

void Metrics::count(const http::Exchange& exchange) {
  const std::optional<Match> found = match(exchange.path);
  const Route* const route = found ? found->route : nullptr;
  m_impl->counter({route, exchange.method, exchange.status}).Increment();
  m_impl->times.at(route)->Observe(Seconds(exchange.time).count());
  m_impl->bytes.Increment(static_cast<double>(exchange.body_bytes));
}

std::string Metrics::text() const {
  using prometheus::MetricType;
  std::vector<prometheus::MetricFamily> families = m_impl->registry.Collect();
  families.push_back(
      one("waymark_build_info", "The version of the program; the value is always 1.", MetricType::Gauge, 1, {{"version", WAYMARK_VERSION}}));
  families.push_back(one("waymark_pathway_info", "The version of the pathway that is shown; the value is always 1.", MetricType::Gauge, 1,
                         {{"version", m_impl->pathway_version()}}));
  families.push_back(one("process_resident_memory_bytes", "Resident memory.", MetricType::Gauge, resident_bytes()));
  families.push_back(
      one("process_cpu_seconds_total", "Time on a processor, of the program and of the system for it.", MetricType::Counter, processor_seconds()));
  families.push_back(one("process_open_fds", "Open file descriptors.", MetricType::Gauge, open_descriptors()));
  families.push_back(one("process_start_time_seconds", "When the program started, in seconds since 1970.", MetricType::Gauge, m_impl->started));
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families);
  return out.str();
}

http::Response Metrics::answer(const http::Request& request) const {
  if (request.path == "/metrics")
    return {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}}, text(), nullptr};
  if (request.path == "/healthz") return http::Response::text(200, "ok\n");
  return http::Response::text(404, "Only /metrics and /healthz are here.\n");
}

}  // namespace waymark::web
