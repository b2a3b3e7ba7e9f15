#include "web/site.hpp"

#include <algorithm>

#include "web/pages/landscape_page.hpp"

namespace waymark::web {
namespace {

// Up to here every pair of places gets a page of its own in an export; the number of pairs grows with the square.
constexpr std::size_t small_pathway = 24;

}  // namespace

Site::Site(const pathway::Pathway& pathway, Links::Form form, std::vector<Notice> notices, std::shared_ptr<const LintView> lint, Accounts accounts, Others others)
    : m_pathway(&pathway), m_form(form), m_notices(std::move(notices)), m_lint(std::move(lint)), m_accounts(accounts), m_others(others) {
  for (const pathway::Capability& capability : pathway.capabilities) {
    for (const pathway::Citation& criterion : capability.criteria) m_capabilities[criterion].push_back(&capability);
  }
}

std::size_t Site::track_index(const pathway::TrackId& track) const {
  const auto& tracks = m_pathway->tracks;
  const auto found = std::find_if(tracks.begin(), tracks.end(), [&](const pathway::Track& each) { return each.id == track; });
  return static_cast<std::size_t>(found - tracks.begin());
}

const std::vector<const pathway::Capability*>& Site::capabilities_of(const pathway::Citation& criterion) const {
  static const std::vector<const pathway::Capability*> none;
  const auto found = m_capabilities.find(criterion);
  return found == m_capabilities.end() ? none : found->second;
}

std::vector<const pathway::Archetype*> Site::archetypes_at(const pathway::LevelId& level) const {
  std::vector<const pathway::Archetype*> found;
  for (const pathway::Archetype& archetype : m_pathway->archetypes) {
    if (archetype.at(level) != nullptr) found.push_back(&archetype);
  }
  return found;
}

bool Site::has_difference(const pathway::Level& from, const pathway::Level& to) const {
  if (&from == &to) return false;
  if (m_form == Links::Form::served || m_pathway->levels.size() <= small_pathway) return true;
  return std::any_of(m_pathway->routes.begin(), m_pathway->routes.end(), [&](const pathway::Route& route) {
    return (route.from == from.id && route.to == to.id) || (route.from == to.id && route.to == from.id);
  });
}

const DrawnLandscape& Site::landscape() const {
  std::call_once(m_is_drawn, [&] {
    m_landscape.ground = pages::make_ground(*m_pathway);
    m_landscape.across = landscape::draw(m_landscape.ground, landscape::Orientation::across);
    m_landscape.down = landscape::draw(m_landscape.ground, landscape::Orientation::down);
  });
  return m_landscape;
}

std::vector<std::string> Site::addresses() const {
  std::vector<std::string> found{"/"};
  for (const pathway::Level& level : m_pathway->levels) found.push_back(address::level(level.id));
  if (m_pathway->fork) found.emplace_back("/fork");
  for (const char* const page : {"/capabilities", "/archetypes", "/compare", "/contents", "/about"}) found.emplace_back(page);
  for (const pathway::Level& level : m_pathway->levels) found.push_back(address::reach(level.id));
  for (const pathway::Capability& capability : m_pathway->capabilities) found.push_back(address::capability(capability.id));
  for (const pathway::Archetype& archetype : m_pathway->archetypes) found.push_back(address::archetype(archetype.id));
  for (const pathway::Archetype& archetype : m_pathway->archetypes) {
    for (const pathway::Level& level : m_pathway->levels) {
      if (archetype.at(level.id) != nullptr) found.push_back(address::level_in(archetype.id, level.id));
    }
  }
  for (const pathway::Level& from : m_pathway->levels) {
    for (const pathway::Level& to : m_pathway->levels) {
      if (has_difference(from, to)) found.push_back(address::difference(from.id, to.id));
    }
  }
  for (const pathway::Level& level : m_pathway->levels) {
    for (const pathway::Criterion& criterion : level.criteria) found.push_back(address::citation(criterion.citation()));
  }
  for (const pathway::Retired& retired : m_pathway->retired) {
    if (m_pathway->criterion(retired.criterion) == nullptr) found.push_back(address::citation(retired.criterion));
  }
  return found;
}

}  // namespace waymark::web
