/// Addresses of pages, and how a page refers to another: from the root where it is served, relative to itself where it lies in a folder.
#pragma once

#include <string>
#include <string_view>

#include "pathway/citation.hpp"

namespace waymark::web {

/// Addresses as they are served: "/levels/SSE". Every page has exactly one.
namespace address {
[[nodiscard]] std::string level(const pathway::LevelId& level);
[[nodiscard]] std::string level_in(const pathway::ArchetypeId& archetype, const pathway::LevelId& level);
[[nodiscard]] std::string reach(const pathway::LevelId& from);
[[nodiscard]] std::string difference(const pathway::LevelId& from, const pathway::LevelId& to);
[[nodiscard]] std::string capability(const pathway::CapabilityId& capability);
[[nodiscard]] std::string archetype(const pathway::ArchetypeId& archetype);
[[nodiscard]] std::string citation(const pathway::Citation& citation);
/// Without its anchor.
[[nodiscard]] std::string of(const pathway::Target& target);
/// The file a page is written to in a static export: "index.html", "levels/SSE.html".
[[nodiscard]] std::string file(std::string_view address);
}  // namespace address

/// How one page refers to others. A value; cheap to copy.
class Links {
 public:
  enum class Form {
    served,  ///< "/levels/SSE#drives-design"
    site,    ///< "../levels/SSE.html#drives-design"; there is no search, the contents stand in for it
  };

  /// `page` is the address of the page that is being written. `below`: where another edition of the pathway is served, "/draft"; its pages
  /// lead to each other there.
  Links(Form form, std::string page, std::string below = {}) : m_form(form), m_page(std::move(page)), m_below(std::move(below)) {}

  [[nodiscard]] Form form() const { return m_form; }
  [[nodiscard]] const std::string& page() const { return m_page; }
  [[nodiscard]] const std::string& below() const { return m_below; }
  /// A reference to `address`, with `#anchor` when there is one; to the page itself only that.
  [[nodiscard]] std::string to(std::string_view address, std::string_view anchor = {}) const;
  [[nodiscard]] std::string to(const pathway::Target& target) const { return to(address::of(target), target.anchor); }
  /// `file` lies in /assets/.
  [[nodiscard]] std::string asset(std::string_view file) const;
  /// Rendered Markdown with `href="waymark:…"` turned into references. A link that leads nowhere loses its href.
  [[nodiscard]] std::string prose(std::string_view html) const;

 private:
  [[nodiscard]] std::string relative(std::string_view file) const;

  Form m_form;
  std::string m_page;
  std::string m_below;
};

}  // namespace waymark::web
