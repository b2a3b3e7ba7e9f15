/// One pathway as a web site: what page makers ask of it again and again, answered once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.hpp"
#include "pathway/pathway.hpp"
#include "web/landscape/drawing.hpp"
#include "web/links.hpp"
#include "web/lint_view.hpp"

namespace waymark::web {

/// What stands above every page when something is to be known about the pathway as a whole.
struct Notice {
  enum class Kind {
    draft,
    broken_edit,
    demo,     ///< everybody here is made up
    edition,  ///< not what is in force today: `words`, and links to what is
  };
  Kind kind = Kind::draft;
  Findings findings = {};  ///< where; may be empty
  std::string words = {};
  std::vector<std::pair<std::string, std::string>> links = {};  ///< title and address
};

/// The landscape, drawn for wide and for narrow screens.
struct DrawnLandscape {
  landscape::Ground ground;
  landscape::Drawing across, down;
};

/// Immutable; safe to read from any thread. Refers to the pathway, which must outlive it.
class Site {
 public:
  enum class Accounts { none, some };
  enum class Others { none, some };  ///< pathways beside this one
  /// `lint` is what was found in the documents; nullptr where nobody may look, as in a static export.
  Site(const pathway::Pathway& pathway, Links::Form form, std::vector<Notice> notices = {}, std::shared_ptr<const LintView> lint = nullptr,
       Accounts accounts = Accounts::none, Others others = Others::none);

  [[nodiscard]] const pathway::Pathway& pathway() const { return *m_pathway; }
  [[nodiscard]] Links::Form form() const { return m_form; }
  [[nodiscard]] const std::vector<Notice>& notices() const { return m_notices; }
  [[nodiscard]] bool has_accounts() const { return m_accounts == Accounts::some; }
  [[nodiscard]] bool has_others() const { return m_others == Others::some; }
  [[nodiscard]] const LintView* lint() const { return m_lint.get(); }

  /// Position of a track in the pathway; its look (hue and mark) follows from it.
  [[nodiscard]] std::size_t track_index(const pathway::TrackId& track) const;
  /// Capabilities that link a criterion, by title.
  [[nodiscard]] const std::vector<const pathway::Capability*>& capabilities_of(const pathway::Citation& criterion) const;
  /// Archetypes that say something about a level, by title.
  [[nodiscard]] std::vector<const pathway::Archetype*> archetypes_at(const pathway::LevelId& level) const;
  /// Where the difference between two places is written out: everywhere when served, for every pair of a small pathway in a static export, else between
  /// places that a route joins.
  [[nodiscard]] bool has_difference(const pathway::Level& from, const pathway::Level& to) const;
  /// Drawn when it is first asked for: that takes milliseconds, and the pathway alone decides it.
  [[nodiscard]] const DrawnLandscape& landscape() const;
  /// The address of every page that depends on nothing but the pathway, the likeliest first.
  [[nodiscard]] std::vector<std::string> addresses() const;

 private:
  const pathway::Pathway* m_pathway;
  Links::Form m_form;
  std::vector<Notice> m_notices;
  std::shared_ptr<const LintView> m_lint;
  Accounts m_accounts;
  Others m_others;
  std::map<pathway::Citation, std::vector<const pathway::Capability*>> m_capabilities;
  mutable std::once_flag m_is_drawn;
  mutable DrawnLandscape m_landscape;
};

}  // namespace waymark::web
