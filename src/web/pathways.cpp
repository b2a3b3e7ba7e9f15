#include "web/pathways.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace waymark::web {

OtherPathway::OtherPathway(std::string its_key, std::shared_ptr<const release::Frozen> version, std::vector<Notice> notices)
    : key(std::move(its_key)),
      frozen(std::move(version)),
      site(frozen->pathway, Links::Form::served, std::move(notices), nullptr, Site::Accounts::some, Site::Others::some),
      search(frozen->pathway) {}

const OtherPathway* Pathways::with_key(std::string_view key) const {
  const auto found = std::find_if(m_others.begin(), m_others.end(), [&](const auto& each) { return each->key == key; });
  return found == m_others.end() ? nullptr : found->get();
}

const OtherPathway* Pathways::of_word(std::string_view word) const {
  if (word.empty() || m_others.empty()) return nullptr;
  const std::string lower = to_lower_ascii(word);
  const auto found = std::find_if(m_others.begin(), m_others.end(), [&](const auto& each) { return each->key == lower || to_lower_ascii(each->pathway().name) == lower; });
  return found == m_others.end() ? nullptr : found->get();
}

const pathway::Pathway& main_pathway_of(const Visit& visit) { return visit.pathways == nullptr ? visit.site.pathway() : visit.pathways->main(); }

const OtherPathway* other_pathway_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  return visit.pathways == nullptr ? nullptr : visit.pathways->of_word(on.word(on.standing(person).pathway));
}

const pathway::Pathway& pathway_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  const OtherPathway* const other = other_pathway_of(visit, on, person);
  return other == nullptr ? main_pathway_of(visit) : other->pathway();
}

const pathway::Pathway& pathway_of(const Visit& visit, std::string_view word) {
  const OtherPathway* const other = visit.pathways == nullptr ? nullptr : visit.pathways->of_word(word);
  return other == nullptr ? main_pathway_of(visit) : other->pathway();
}

Links links_of(const Visit& visit, const org::OrganisationOn& on, org::PersonIndex person) {
  const OtherPathway* const other = other_pathway_of(visit, on, person);
  return other == nullptr ? Links(Links::Form::served, visit.links.page()) : other->links();
}

}  // namespace waymark::web
