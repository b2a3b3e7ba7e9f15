/// What the site answers: one commented row per thing.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/folder.hpp"
#include "pathway/search.hpp"
#include "web/http/message.hpp"
#include "web/http/multipart.hpp"
#include "web/links.hpp"
#include "web/site.hpp"
#include "web/viewer.hpp"

namespace waymark::web {

struct Standpoint;
class Pathways;

/// What a handler has: the site as it is now, what is asked of it, and by whom.
struct Visit {
  const Site& site;
  const pathway::SearchIndex* search;  ///< nullptr where there is nothing to search: in a static export
  Links links;
  std::vector<std::string> ids;        ///< what stood where the pattern has `{}` and `**`
  const http::Request& request;
  Installation* installation = nullptr;  ///< nullptr where there are no accounts
  Viewer viewer = Viewer::author();
  http::Form form = {};                  ///< of a post
  const Site* draft = nullptr;           ///< the folder, where the site shows a published version instead
  const pathway::SearchIndex* draft_search = nullptr;
  const Folder* documents = nullptr;     ///< the folder's files; nullptr where they are not at hand
  const Pathways* pathways = nullptr;    ///< nullptr where there can be no other than the site's
  std::function<void()> published = {};  ///< told when a version was published here
  bool is_form_whole = true;             ///< false where it could not be read
  mutable std::shared_ptr<const Standpoint> standpoint = {};  ///< kept by standpoint_of: the gate and the handler ask for the same

  /// The form's, else the query's; empty when neither has it.
  [[nodiscard]] std::string_view said(std::string_view name) const;
};

/// Whom a page is about: together with the action it is what `access::may` is asked.
enum class About {
  nobody,   ///< a thing of the house
  pathway,  ///< which may be open to visitors
  self,     ///< the viewer's own
  person,   ///< whose id stands first in the address
  team,     ///< the same
  reports,  ///< those who report to the viewer; nobody where nobody does
};

enum class Needs {
  documents,  ///< always there
  accounts,   ///< 404 where there are none
};

enum class Keep {
  ready,  ///< depends on nothing but the pathway: rendered once, sent many times
  ready_for_strangers,  ///< the same for whoever has no place in the organisation; made anew for whoever has
  never,
};

enum class Pace {
  quick,
  slow,  ///< takes as long as the check of a password: waits in a line of its own
};

using PageHandler = http::Response (*)(const Visit&);

/// A row names the action it asks for; one without cannot be written.
struct Route {
  /// `begins_at` is where somebody is sent who comes back to an address that only takes a form.
  constexpr Route(http::Method with, std::string_view at, access::Action does, About whom, Keep how, PageHandler by, std::string_view begins = {})
      : method(with), pattern(at), action(does), about(whom), keep(how), handler(by), begins_at(begins) {}
  /// What needs accounts.
  constexpr Route(http::Method with, std::string_view at, access::Action does, About whom, PageHandler by, std::string_view begins = {},
                  Pace takes = Pace::quick)
      : method(with), pattern(at), action(does), about(whom), handler(by), needs(Needs::accounts), begins_at(begins), pace(takes) {}

  http::Method method;       ///< a row for get answers head too
  std::string_view pattern;  ///< "/levels/{}": a `{}` stands for one segment, a `**` at the end for any number of them
  access::Action action;
  About about;
  Keep keep = Keep::never;
  PageHandler handler;
  Needs needs = Needs::documents;
  std::string_view begins_at = {};
  Pace pace = Pace::quick;
};

[[nodiscard]] std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;
  std::vector<std::string> ids;
};
/// The row a path belongs to, of several the one for the method; the first of them when none is for it.
[[nodiscard]] std::optional<Match> match(std::string_view path, http::Method method = http::Method::get);

/// A citation as a published version had it: "/cite/SSE.drives-design?version=…". The only query that a page which stands ready takes notice of, beside
/// that of the form at /compare.
[[nodiscard]] bool asks_for_version(const http::Request& request);

/// A visit without its viewer: what the author of the documents sees, in a static export and where there are no accounts.
[[nodiscard]] Visit visit_of(const Site& site, const pathway::SearchIndex* search, const http::Request& request, const std::optional<Match>& found);
/// The answer of the row that fits; 404 with a way out, 405, a redirect where only a slash is too much, or why the viewer may not. Any thread.
[[nodiscard]] http::Response answer(const Visit& visit, const std::optional<Match>& found);
/// Reads the form of a post.
void take_form(Visit& visit);
/// Of `visit_of`.
[[nodiscard]] http::Response answer(const Site& site, const pathway::SearchIndex* search, const http::Request& request);

}  // namespace waymark::web
