/// A manager's people as places on the landscape. By name within a place, places by scope: never a ranking.
#pragma once

#include "org/on.hpp"
#include "web/pages/landscape_page.hpp"

namespace waymark::web::pages {

struct PeoplePage {
  struct Somebody {
    std::string name, href;
    std::string since;  ///< "since 3 March 2024"; empty where nobody knows
    std::string more;   ///< team, leave; may be empty
  };
  struct Group {
    PlaceView place;      ///< without an id: not levelled yet
    std::string title;
    std::vector<Somebody> people;  ///< at most a hundred
    std::size_t further = 0;       ///< how many more
  };
  std::vector<LandscapePage::Map> maps;
  std::vector<Group> groups;
  bool shows_signals = false;  ///< the link to them
  std::string below;           ///< how many are below those who report directly; empty for none
  std::string below_href;      ///< everybody along the line
};

/// One of the pathways, and who of the manager's people is on it.
struct PeopleOnPathway {
  const Site* site = nullptr;
  Links links;
  std::vector<org::PersonIndex> people;
};

/// A pathway that nobody is on is left out. REQUIRES that the manager works here on the day, and that `pathways` name everybody who reports to them once.
[[nodiscard]] PeoplePage make_people_page(const std::vector<PeopleOnPathway>& pathways, const org::OrganisationOn& on, org::PersonIndex manager);
/// people_page.html
void fill(Values values, const PeoplePage& page);

}  // namespace waymark::web::pages
