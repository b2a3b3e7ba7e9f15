#include <curl/curl.h>
#include <fmt/core.h>

#include "access/oidc/http.hpp"
#include "base/library.hpp"

namespace waymark::access::oidc {
namespace {

constexpr std::size_t most_bytes = 1u << 20;

struct Curl {
  Curl() : library("libcurl.so.4", "libcurl4") {
    library.find(global_init, "curl_global_init");
    library.find(init, "curl_easy_init");
    library.find(set, "curl_easy_setopt");
    library.find(perform, "curl_easy_perform");
    library.find(info, "curl_easy_getinfo");
    library.find(cleanup, "curl_easy_cleanup");
    library.find(words, "curl_easy_strerror");
    library.find(append, "curl_slist_append");
    library.find(free_list, "curl_slist_free_all");
    if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl did not start");
  }

  Library library;
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) init = nullptr;
  decltype(&curl_easy_setopt) set = nullptr;
  decltype(&curl_easy_perform) perform = nullptr;
  decltype(&curl_easy_getinfo) info = nullptr;
  decltype(&curl_easy_cleanup) cleanup = nullptr;
  decltype(&curl_easy_strerror) words = nullptr;
  decltype(&curl_slist_append) append = nullptr;
  decltype(&curl_slist_free_all) free_list = nullptr;
};

const Curl& curl() {
  static const Curl loaded;
  return loaded;
}

std::size_t take(char* data, std::size_t, std::size_t size, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size > most_bytes) return 0;
  body.append(data, size);
  return size;
}

std::string_view without_query(std::string_view address) { return address.substr(0, address.find('?')); }

class CurlHttp : public Http {
 public:
  explicit CurlHttp(std::chrono::milliseconds time_limit) : m_time_limit(time_limit) {}

  Result<HttpAnswer> send(const HttpRequest& request) override {
    if (!is_safe_address(request.address)) {
      return fail(Error::Kind::bad_input, fmt::format("{} is not an https address.", without_query(request.address)),
                  "Use https; http is for this machine only.");
    }
    const Curl& lib = curl();
    const std::unique_ptr<CURL, decltype(lib.cleanup)> handle(lib.init(), lib.cleanup);
    if (!handle) throw std::bad_alloc();
    curl_slist* list = nullptr;
    for (const auto& [name, value] : request.headers) list = lib.append(list, fmt::format("{}: {}", name, value).c_str());
    const std::unique_ptr<curl_slist, decltype(lib.free_list)> headers(list, lib.free_list);
    HttpAnswer answer;
    const bool here = request.address.starts_with("http://");
    lib.set(handle.get(), CURLOPT_URL, request.address.c_str());
    lib.set(handle.get(), CURLOPT_PROTOCOLS_STR, here ? "http" : "https");
    lib.set(handle.get(), CURLOPT_FOLLOWLOCATION, 0L);
    lib.set(handle.get(), CURLOPT_NOSIGNAL, 1L);
    lib.set(handle.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(m_time_limit.count()));
    lib.set(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_time_limit.count() / 2));
    lib.set(handle.get(), CURLOPT_USERAGENT, "Waymark/" WAYMARK_VERSION);
    lib.set(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    lib.set(handle.get(), CURLOPT_WRITEFUNCTION, &take);
    lib.set(handle.get(), CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
    if (here) lib.set(handle.get(), CURLOPT_NOPROXY, "*");
    if (request.method == HttpRequest::Method::post) {
      lib.set(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
      lib.set(handle.get(), CURLOPT_POSTFIELDS, request.form.c_str());
    }
    if (const CURLcode code = lib.perform(handle.get()); code != CURLE_OK) {
      return fail(Error::Kind::unavailable, fmt::format("{} did not answer: {}.", without_query(request.address), lib.words(code)),
                  "Check the address of the identity provider and that this machine reaches it; local accounts work meanwhile.");
    }
    long status = 0;
    lib.info(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
  }

 private:
  std::chrono::milliseconds m_time_limit;
};

}  // namespace

std::unique_ptr<Http> make_http(std::chrono::milliseconds time_limit) { return std::make_unique<CurlHttp>(time_limit); }

}  // namespace waymark::access::oidc
