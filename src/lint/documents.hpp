/// The prose of a pathway, paragraph by paragraph, with what each is there for and where it stands.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "base/folder.hpp"
#include "base/source_text.hpp"
#include "lint/words.hpp"
#include "pathway/pathway.hpp"

namespace waymark::lint {

enum class Role {
  summary,
  scope,
  autonomy,
  changes,
  criterion_title,
  criterion,
  stops,
  ceiling,
  example,
  watch_for,
  other_section,  // of a level
  capability,
  archetype,
  archetype_example,
  fork,
};

[[nodiscard]] constexpr bool is_of_criterion(Role role) { return role == Role::criterion_title || role == Role::criterion; }
/// What is wanted or measured at a place. The ceiling and the warnings speak of what is not.
[[nodiscard]] constexpr bool is_expectation(Role role) {
  return role == Role::summary || role == Role::scope || role == Role::autonomy || role == Role::changes || is_of_criterion(role);
}

/// One paragraph, heading, list item's paragraph or table cell.
struct Prose {
  Role role = Role::other_section;
  std::string_view file;
  const markup::Block* block = nullptr;
  const pathway::Level* level = nullptr;          ///< of a level page, and of a part about a level
  const pathway::Criterion* criterion = nullptr;  ///< of its title and its narrative
  std::vector<Word> words;

  [[nodiscard]] std::string_view text() const { return block->text; }
};

/// Views into the folder and the pathway it was made from, which must outlive it. Reading is safe from any thread; sources are made when a place is asked for.
class Documents {
 public:
  /// Pages in `left_out` have no prose.
  Documents(const Folder& folder, const pathway::Pathway& pathway, std::set<std::string, std::less<>> left_out = {});

  /// By page, in the order of the pathway; on a page in the order a reader meets them.
  [[nodiscard]] const std::vector<Prose>& prose() const { return m_prose; }
  /// What belongs to a criterion: its title, then its narrative.
  [[nodiscard]] std::vector<const Prose*> of(const pathway::Criterion& criterion) const;
  /// Whether a file is a page of the pathway: a level, a capability, an archetype or the fork's.
  [[nodiscard]] bool is_page(std::string_view file) const { return m_pages.contains(file); }
  /// nullptr when the folder has no such file.
  [[nodiscard]] const SourceText* source(std::string_view file) const;
  /// Where bytes [begin, end) of the plain text stand in the file; the whole block where that cannot be told.
  [[nodiscard]] Span locate(const Prose& prose, std::size_t begin, std::size_t end) const;

 private:
  struct Owner {
    std::string_view file;
    const pathway::Level* level = nullptr;
    const pathway::Criterion* criterion = nullptr;
  };
  void add(Role role, const Owner& owner, const markup::Block& block);
  void add(Role role, const Owner& owner, const std::vector<pathway::Passage>& passages);
  void add_level(const pathway::Level& level);
  void add_parts(const pathway::Pathway& pathway, Role role, std::string_view file, const std::vector<pathway::AtLevel>& parts);

  const Folder& m_folder;
  std::set<std::string, std::less<>> m_left_out;
  std::vector<Prose> m_prose;
  std::set<std::string, std::less<>> m_pages;
  std::vector<std::unique_ptr<markup::Block>> m_titles;  ///< criteria keep their titles without a block; these stand in
  std::map<const pathway::Criterion*, std::pair<std::size_t, std::size_t>> m_of_criterion;
  std::unique_ptr<std::mutex> m_making_sources = std::make_unique<std::mutex>();
  mutable std::map<std::string, std::unique_ptr<SourceText>, std::less<>> m_sources;
};

}  // namespace waymark::lint
