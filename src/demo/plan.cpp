#include "demo/plan.hpp"

#include <algorithm>
#include <numeric>

#include "demo/model.hpp"
#include "demo/part_names.hpp"

namespace waymark::demo {
namespace {

/// A manager with one or two teams, before it has a place.
struct Group {
  std::vector<int> engineers;  ///< a team each
  bool has_leads = true;
  int founded = 0;
  int late = 0;  ///< so many of its last engineers come in the last months
  enum class Kind { ordinary, few_reports, many_reports, large_team } kind = Kind::ordinary;

  [[nodiscard]] int people() const {
    return 1 + std::accumulate(engineers.begin(), engineers.end(), 0) + (has_leads ? static_cast<int>(engineers.size()) : 0);
  }
};

constexpr int smallest_group = 7, largest_group = 13;
constexpr std::size_t managers_a_head = 6, heads_a_head = 6;
constexpr int juniors_below_head = 7;

/// Within what the starter's thresholds hold for ordinary: one team of 5 to 8 engineers, or two of 4 and 5.
Group ordinary_group(int people) {
  if (people <= 10) return {.engineers = {people - 2}};
  const int both = people - 3;
  return {.engineers = {both / 2, both - both / 2}};
}

/// From the department's head to the whole: how many heads each layer has.
std::vector<std::size_t> layers_over(std::size_t groups) {
  std::vector<std::size_t> layers{std::max<std::size_t>(1, (groups + managers_a_head - 1) / managers_a_head)};
  while (layers.back() > 1) layers.push_back((layers.back() + heads_a_head - 1) / heads_a_head);
  return layers;
}

class Planning {
 public:
  Planning(std::size_t people, int years, Draws& draws) : m_people(people), m_draws(draws) { m_plan.months = years * 12; }

  Plan make() {
    choose_groups();
    found_groups();
    make_heads();
    for (std::size_t i = 0; i < m_groups.size(); ++i) place_group(m_groups[i], i % m_layers.front());
    choose_ordinary_places();
    return std::move(m_plan);
  }

 private:
  void cannot_plant(std::string kind, std::string because) { m_plan.not_planted.push_back({std::move(kind), std::move(because)}); }

  void choose_groups() {
    std::size_t planted = 0;
    const auto plant = [&](Group group) {
      planted += static_cast<std::size_t>(group.people());
      m_groups.push_back(std::move(group));
    };
    plant({.engineers = {11}, .late = 3, .kind = Group::Kind::large_team});
    plant({.engineers = {3}, .has_leads = false, .kind = Group::Kind::few_reports});
    const std::string too_small = "It takes 100 people or more to leave the rest of the organisation as it should be.";
    m_has_juniors = m_people >= 100;
    m_plan.has_later_group = m_people >= 100;
    if (m_people >= 100) {
      plant({.engineers = {7, 8}, .late = 5, .kind = Group::Kind::many_reports});
      planted += juniors_below_head;
    } else {
      cannot_plant("manager_with_many_reports", too_small);
      cannot_plant("head_with_engineers", too_small);
      cannot_plant("group_promoted_later", "Fewer than 100 people hold no difference between groups that could be seen.");
      cannot_plant("department_promotes_by_tenure", "It takes a second department to be one of two.");
    }
    // As many ordinary groups as bring the whole nearest to ten people each; the heads above them depend on how many there are.
    std::size_t groups = 1;
    std::size_t rest = 0;
    for (;; ++groups) {
      m_layers = layers_over(groups + m_groups.size());
      const std::size_t heads = std::accumulate(m_layers.begin(), m_layers.end(), std::size_t{0});
      const std::size_t taken = planted + heads + seniors_of(m_layers.front());
      rest = m_people > taken ? m_people - taken : 0;
      if (rest <= groups * 10 + 4) break;
    }
    std::vector<int> sizes(groups);
    for (int& size : sizes) size = m_draws.between(smallest_group, largest_group);
    auto sum = static_cast<std::size_t>(std::accumulate(sizes.begin(), sizes.end(), 0));
    for (std::size_t i = 0; sum != rest; i = (i + 1) % groups) {
      if (sum < rest && sizes[i] < largest_group) ++sizes[i], ++sum;
      if (sum > rest && sizes[i] > smallest_group) --sizes[i], --sum;
    }
    for (const int size : sizes) m_groups.push_back(ordinary_group(size));
    m_draws.shuffle(m_groups);
  }

  /// Senior engineers who report to a head: one at every other department, where there is more than one.
  static std::size_t seniors_of(std::size_t departments) { return departments > 1 ? departments / 2 : 0; }

  void found_groups() {
    double share = 1;
    for (int month = 0; month < m_plan.months; month += 12) share /= 1 + growth_a_year;
    const auto first = std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(m_groups.size()) + 0.5));
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
      Group& group = m_groups[i];
      if (i < first || m_plan.months < 12) continue;
      if (group.kind == Group::Kind::few_reports) {
        group.founded = m_plan.months - 10;
      } else if (group.kind == Group::Kind::ordinary) {
        group.founded = m_draws.between(1, m_plan.months - 7);
      }
    }
  }

  std::uint32_t add_part(Part part) {
    m_plan.parts.push_back(std::move(part));
    return static_cast<std::uint32_t>(m_plan.parts.size() - 1);
  }
  std::uint32_t add_seat(Seat seat) {
    m_plan.seats.push_back(seat);
    return static_cast<std::uint32_t>(m_plan.seats.size() - 1);
  }

  /// From the top. A head is there from the beginning, and the department with the first of its groups.
  void make_heads() {
    std::vector<std::uint32_t> above;
    std::vector<int> founded(m_layers.front(), m_plan.months);
    for (std::size_t i = 0; i < m_groups.size(); ++i) founded[i % founded.size()] = std::min(founded[i % founded.size()], m_groups[i].founded);
    for (std::size_t layer = m_layers.size(); layer-- > 0;) {
      std::vector<std::uint32_t> seats;
      for (std::size_t i = 0; i < m_layers[layer]; ++i) {
        const bool is_top = layer + 1 == m_layers.size();
        const std::uint32_t boss = is_top ? none : above[i % above.size()];
        Part part{.name = is_top ? "Engineering" : layer == 0 ? department_name(i) : division_name(m_divisions++)};
        part.country = static_cast<std::uint8_t>(m_draws.below(country_codes.size()));
        if (!is_top) part.parent = m_plan.seats[boss].part;
        if (layer == 0 && !is_top) part.founded = founded[i];
        const std::uint32_t place = add_part(std::move(part));
        seats.push_back(add_seat({.role = Role::head,
                                  .layer = static_cast<std::uint8_t>(layer),
                                  .part = place,
                                  .reports_to = boss,
                                  .opens = m_plan.parts[place].founded}));
      }
      above = std::move(seats);
    }
    m_departments = std::move(above);
    m_teams.assign(m_departments.size(), 0);
    const std::size_t seniors = seniors_of(m_departments.size());
    m_senior_seats = seniors;
  }

  void place_group(const Group& group, std::size_t department) {
    const std::uint32_t head = m_departments[department];
    const std::uint32_t place = m_plan.seats[head].part;
    const bool is_planted = group.kind != Group::Kind::ordinary;
    const std::uint32_t manager = add_seat({.role = Role::manager, .is_kept = is_planted, .part = place, .reports_to = head, .opens = group.founded});
    if (group.kind == Group::Kind::few_reports) m_plan.few_reports = manager;
    if (group.kind == Group::Kind::many_reports) m_plan.many_reports = manager;
    if (!is_planted) m_ordinary.push_back({manager, place});
    int late = group.late;
    for (const int engineers : group.engineers) {
      Part team{.name = team_name(m_plan.parts[place].name, m_teams[department]++), .parent = place, .founded = group.founded};
      team.archetype = static_cast<std::uint8_t>(m_draws.below(archetype_ids.size()));
      team.country = m_draws.below(3) == 0 ? static_cast<std::uint8_t>(m_draws.below(country_codes.size())) : m_plan.parts[place].country;
      const std::uint32_t part = add_part(std::move(team));
      if (group.has_leads) {
        const std::uint32_t lead = add_seat({.role = Role::team_lead, .is_kept = is_planted, .part = part, .reports_to = manager, .opens = group.founded});
        m_plan.parts[part].lead_seat = lead;
        if (group.kind == Group::Kind::large_team) m_plan.large_team = lead;
      }
      for (int i = 0; i < engineers; ++i) {
        const int opens = late > 0 && i >= engineers - 4            ? late--, std::max(0, m_plan.months - 8)
                          : group.founded == 0                      ? 0
                                                                    : group.founded + static_cast<int>(m_draws.below(4));
        const std::uint32_t seat = add_seat({.part = part, .reports_to = manager, .opens = opens});
        if (!is_planted) m_ordinary.back().engineers.push_back(seat);
      }
    }
  }

  void choose_ordinary_places() {
    // Their seats come behind all others that heads have.
    for (std::size_t i = 0; i < m_senior_seats; ++i) {
      const std::uint32_t head = m_departments[i * 2 + 1];
      add_seat({.role = Role::senior, .part = m_plan.seats[head].part, .reports_to = head, .opens = m_plan.seats[head].opens});
    }
    choose_tenure_department();
    std::vector<std::size_t> there;  // groups that were there from the beginning
    for (std::size_t i = 0; i < m_ordinary.size(); ++i) {
      if (m_plan.seats[m_ordinary[i].manager].opens == 0 && m_ordinary[i].part != m_plan.tenure_part) there.push_back(i);
    }
    if (there.empty()) there.push_back(0);
    m_draws.shuffle(there);
    const Placed& early = m_ordinary[there.front()];
    const Placed& other = m_ordinary[there.back()];
    m_plan.led_early = early.manager;
    m_plan.stalled = other.engineers[0];
    m_plan.not_levelled = other.engineers[1];
    if (!m_has_juniors) return;
    std::vector<std::uint32_t> departments;
    for (const std::uint32_t head : m_departments) {
      if (m_plan.seats[head].opens == 0 && m_plan.seats[head].part != m_plan.tenure_part) departments.push_back(head);
    }
    const std::uint32_t host = m_draws.one_of(departments);
    m_plan.head_with_juniors = host;
    m_plan.seats[host].is_kept = true;
    for (int i = 0; i < juniors_below_head; ++i) {
      add_seat({.role = Role::senior, .is_kept = true, .junior = true, .part = m_plan.seats[host].part, .reports_to = host,
                .opens = std::max(0, m_plan.months - 8)});
    }
  }

  /// One of the departments, as long as another has a group from the beginning: there no graduate may stay where they are.
  void choose_tenure_department() {
    if (!m_has_juniors) return;
    std::vector<std::uint32_t> parts;
    for (const std::uint32_t head : m_departments) {
      const std::uint32_t part = m_plan.seats[head].part;
      const bool leaves_others = std::any_of(m_ordinary.begin(), m_ordinary.end(), [&](const Placed& group) {
        return group.part != part && m_plan.seats[group.manager].opens == 0;
      });
      if (m_departments.size() > 1 && leaves_others) parts.push_back(part);
    }
    if (parts.empty()) {
      cannot_plant("department_promotes_by_tenure", "It takes a department in which nothing else is planted.");
    } else {
      m_plan.tenure_part = m_draws.one_of(parts);
    }
  }

  struct Placed {
    std::uint32_t manager, part;
    std::vector<std::uint32_t> engineers = {};
  };

  const std::size_t m_people;
  Draws& m_draws;
  Plan m_plan;
  std::vector<Group> m_groups;
  std::vector<std::size_t> m_layers;
  std::vector<std::uint32_t> m_departments;  ///< the seats of their heads
  std::vector<std::size_t> m_teams;          ///< named so far, by department
  std::vector<Placed> m_ordinary;
  std::size_t m_divisions = 0, m_senior_seats = 0;
  bool m_has_juniors = false;
};

}  // namespace

Plan make_plan(std::size_t people, int years, Draws& draws) { return Planning(people, years, draws).make(); }

}  // namespace waymark::demo
