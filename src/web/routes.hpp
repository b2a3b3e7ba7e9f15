/// What the site answers: one commented row per thing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pathway/search.hpp"
#include "web/http/message.hpp"
#include "web/links.hpp"
#include "web/site.hpp"

namespace waymark::web {

/// What a handler has: the site as it is now, and what is asked of it.
struct Visit {
  const Site& site;
  const pathway::SearchIndex* search;  ///< nullptr where there is nothing to search: in a static export
  Links links;
  std::vector<std::string> ids;        ///< what stood where the pattern has `{}`
  const http::Request& request;
};

/// Who may read a page. A row without an answer to that cannot be written.
enum class Readers {
  everyone,  ///< the pathway is readable signed-out while there are no accounts
};

enum class Keep {
  ready,  ///< depends on nothing but the pathway: rendered once, sent many times
  never,
};

struct Route {
  http::Method method = http::Method::get;  ///< a row for get answers head too
  std::string_view pattern;                 ///< "/levels/{}": a `{}` stands for one segment
  Readers readers = Readers::everyone;
  Keep keep = Keep::never;
  http::Response (*handler)(const Visit&) = nullptr;
};

[[nodiscard]] std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> ids;
};
/// The row a path belongs to, whatever the method.
[[nodiscard]] std::optional<Match> match(std::string_view path);

/// The answer of the row that fits; 404 with a way out, 405, or a redirect where only a slash is too much. Any thread.
[[nodiscard]] http::Response answer(const Site& site, const pathway::SearchIndex* search, const http::Request& request);

}  // namespace waymark::web
