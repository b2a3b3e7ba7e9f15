/// The pathways of the organisation: the one that the site begins with, and others that were published beside it, each served below an address of its own with
/// the same pages. A person is on one of them, by its name or its key; without a word of their own, on the main one.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "org/on.hpp"
#include "pathway/search.hpp"
#include "release/version.hpp"
#include "web/routes.hpp"

namespace waymark::web {

/// Its version in force. Neither copied nor moved: its site refers to it.
struct OtherPathway {
  OtherPathway(std::string key, std::shared_ptr<const release::Frozen> version, std::vector<Notice> notices);
  OtherPathway(const OtherPathway&) = delete;
  OtherPathway& operator=(const OtherPathway&) = delete;

  [[nodiscard]] const pathway::Pathway& pathway() const { return frozen->pathway; }
  [[nodiscard]] std::string address() const { return "/pathways/" + key; }
  /// From a page that is not one of its own.
  [[nodiscard]] Links links() const { return {Links::Form::served, {}, address()}; }

  const std::string key;
  const std::shared_ptr<const release::Frozen> frozen;
  const Site site;
  const pathway::SearchIndex search;
};

/// Immutable; safe from any thread. A nullptr stands for the main pathway.
class Pathways {
 public:
  using Others = std::vector<std::shared_ptr<const OtherPathway>>;
  /// `main` must outlive it.
  Pathways(const pathway::Pathway& main, Others others) : m_main(&main), m_others(std::move(others)) {}

  [[nodiscard]] const pathway::Pathway& main() const { return *m_main; }
  [[nodiscard]] const Others& others() const { return m_others; }
  [[nodiscard]] const OtherPathway* with_key(std::string_view key) const;
  /// Which one a word means that people are said to be on: a key, or a name in any case. A word that means none is of the main one: an HR system's own
  /// word for something else takes nobody off it.
  [[nodiscard]] const OtherPathway* of_word(std::string_view word) const;

 private:
  const pathway::Pathway* m_main;
  Others m_others;
};

/// nullptr: the main one.
[[nodiscard]] const OtherPathway* other_pathway_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person);
[[nodiscard]] const pathway::Pathway& pathway_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person);
[[nodiscard]] const pathway::Pathway& pathway_of(const Visit& visit, std::string_view word);
/// To pages of that pathway.
[[nodiscard]] Links links_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person);
/// The pathway that the site begins with, on whatever page.
[[nodiscard]] const pathway::Pathway& main_pathway_of(const Visit& visit);

}  // namespace waymark::web
