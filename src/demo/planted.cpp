#include "demo/planted.hpp"

#include <algorithm>

namespace waymark::demo {
namespace {

using Parameters = std::vector<std::pair<std::string, Truth::Value>>;

Date date(std::int32_t day) { return Date{std::chrono::days{day}}; }

class Planted {
 public:
  explicit Planted(History& history) : m_history(history), m_plan(history.plan) {}

  std::vector<Truth> all() {
    tell_structure();
    tell_careers();
    tell_what_is_not_recorded_yet();
    return std::move(m_truths);
  }

 private:
  [[nodiscard]] std::uint32_t on(std::uint32_t seat) const { return m_history.occupants[seat]; }
  [[nodiscard]] const Somebody& sitting_on(std::uint32_t seat) const { return m_history.people[on(seat)]; }
  [[nodiscard]] const std::string& id(std::uint32_t who) const { return m_history.person_ids[who]; }

  void tell(std::string kind, std::string subject, std::optional<Date> since, Parameters parameters, std::string found_by) {
    const std::string number = std::to_string(m_truths.size() + 1);
    m_truths.push_back({(number.size() < 2 ? "truth-0" : "truth-") + number, std::move(kind), std::move(subject), since, std::move(parameters),
                        std::move(found_by)});
  }

  [[nodiscard]] std::vector<std::uint32_t> seats_below(std::uint32_t manager) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t seat = 0; seat < m_plan.seats.size(); ++seat) {
      if (m_plan.seats[seat].reports_to == manager) found.push_back(seat);
    }
    return found;
  }
  /// When there were more than `most` of the seats taken.
  [[nodiscard]] Date more_than(const std::vector<std::uint32_t>& seats, std::size_t most) const {
    std::vector<std::int32_t> days;
    for (const std::uint32_t seat : seats) days.push_back(m_history.first_day[seat]);
    std::sort(days.begin(), days.end());
    return date(days[most]);
  }

  void tell_structure() {
    if (m_plan.few_reports != none) {
      tell("manager_with_few_reports", id(on(m_plan.few_reports)), date(sitting_on(m_plan.few_reports).seat_day), {{"direct_reports", std::int64_t{3}}},
           "signals:manager-direct-reports");
    }
    if (m_plan.many_reports != none) {
      tell("manager_with_many_reports", id(on(m_plan.many_reports)), more_than(seats_below(m_plan.many_reports), 12), {{"direct_reports", std::int64_t{17}}},
           "signals:manager-direct-reports");
    }
    if (m_plan.large_team != none) {
      const Seat& lead = m_plan.seats[m_plan.large_team];
      std::vector<std::uint32_t> engineers;
      for (const std::uint32_t seat : seats_below(lead.reports_to)) {
        if (seat != m_plan.large_team) engineers.push_back(seat);
      }
      tell("team_lead_with_many_engineers", id(on(m_plan.large_team)), more_than(engineers, 8),
           {{"engineers", static_cast<std::int64_t>(engineers.size())}, {"team", m_history.part_ids[lead.part]}}, "signals:team-lead-engineers");
    }
    if (m_plan.head_with_juniors != none) {
      std::vector<std::uint32_t> juniors;
      for (const std::uint32_t seat : seats_below(m_plan.head_with_juniors)) {
        if (m_plan.seats[seat].junior) juniors.push_back(seat);
      }
      std::vector<std::string> ids;
      for (const std::uint32_t seat : juniors) ids.push_back(id(on(seat)));
      tell("head_with_engineers", id(on(m_plan.head_with_juniors)), more_than(juniors, 0), {{"junior_engineers", std::int64_t{7}}, {"reports", ids}},
           "signals:head-individual-reports");
    }
  }

  void tell_careers() {
    const Somebody& graduate = sitting_on(m_plan.stalled);
    tell("graduate_stalled", id(on(m_plan.stalled)), date(graduate.level_day), {{"level", std::string("GE")}}, "signals:graduate-months");
    const Somebody& early = sitting_on(m_plan.led_early);
    tell("led_before_fork", id(on(m_plan.led_early)), date(early.level_day), {{"place", std::string("EM")}}, "signals:led-before-fork");
    const std::uint32_t unknown = on(m_plan.not_levelled);
    tell("place_unknown", id(unknown), date(m_history.people[unknown].seat_day), {{"manager", id(m_history.people[unknown].manager)}},
         "signals:place-unknown");
    if (m_plan.has_later_group) {
      std::vector<std::string> members;
      for (std::size_t who = 0; who < m_history.people.size(); ++who) {
        if (m_history.people[who].in_later_group) members.push_back(m_history.person_ids[who]);
      }
      tell("group_promoted_later", "group:B", m_history.day_of(0),
           {{"attribute", std::string("group")},
            {"value", std::string("B")},
            {"from", std::string("ISE")},
            {"to", std::string("SSE")},
            {"hazard_ratio", later_hazard_ratio},
            {"except_in", m_plan.tenure_part == none ? std::string() : m_history.part_ids[m_plan.tenure_part]},
            {"members", std::move(members)}},
           "fairness:time-in-level");
    }
    if (m_plan.tenure_part != none) {
      tell("department_promotes_by_tenure", m_history.part_ids[m_plan.tenure_part], m_history.day_of(0),
           {{"months_at_GE", std::int64_t{tenure_months[0]}},
            {"months_at_JSE", std::int64_t{tenure_months[1]}},
            {"months_at_ISE", std::int64_t{tenure_months[2]}},
            {"months_at_SSE", std::int64_t{tenure_months[3]}}},
           "signals:promotion-by-tenure");
    }
  }

  /// Who they are is settled now, so that the records that come later are made about them.
  void tell_what_is_not_recorded_yet() {
    std::uint32_t judge = none, promised = none, unfair = none;
    for (std::uint32_t seat = 0; seat < m_plan.seats.size(); ++seat) {
      const Seat& place = m_plan.seats[seat];
      if (place.is_kept || sitting_on(seat).stays) continue;
      if (judge == none && place.role == Role::engineer && sitting_on(seat).level >= Level::sse) judge = seat;
      if (promised == none && place.role == Role::engineer && sitting_on(seat).level == Level::ise && sitting_on(seat).is_levelled) promised = seat;
      if (place.role == Role::manager && place.part != m_plan.tenure_part && seat != m_plan.led_early) unfair = seat;
    }
    const Date lately = m_history.day_of(std::max(0, m_plan.months - 18));
    const auto cannot = [&](std::string kind) { m_plan.not_planted.push_back({std::move(kind), "Nobody here fits."}); };
    if (judge == none) {
      cannot("judge_severe");
    } else {
      tell("judge_severe", id(on(judge)), lately, {{"steps", std::int64_t{1}}, {"recorded", false}}, "calibration:severity");
    }
    if (unfair == none || !m_plan.has_later_group) {
      m_plan.not_planted.push_back({"stretch_work_uneven", "It takes the group whose promotions come later."});
    } else {
      tell("stretch_work_uneven", m_history.part_ids[m_plan.seats[unfair].part], lately,
           {{"attribute", std::string("group")}, {"value", std::string("B")}, {"rate_ratio", 0.5}, {"recorded", false}}, "fairness:stretch-work");
    }
    if (promised == none) {
      cannot("promise_not_kept");
    } else {
      const std::uint32_t who = on(promised);
      tell("promise_not_kept", id(who), m_history.day_of(std::max(0, m_plan.months - 9)),
           {{"promised_by", id(m_history.people[who].manager)}, {"due", to_iso(m_history.day_of(m_plan.months - 2))}, {"recorded", false}},
           "signals:promise-not-kept");
    }
  }

  History& m_history;
  Plan& m_plan;
  std::vector<Truth> m_truths;
};

}  // namespace

std::string email_of(const Somebody& somebody) {
  const std::string number = somebody.namesakes == 0 ? std::string() : std::to_string(somebody.namesakes + 1);
  return Names::all().mailbox(somebody.name) + number + "@example.org";
}

std::vector<Truth> truths_of(History& history) { return Planted(history).all(); }

std::vector<Stand> stands_of(const History& history) {
  const Plan& plan = history.plan;
  std::vector<std::uint32_t> taken;
  std::vector<Stand> stands;
  const auto add = [&](Stand::For what, std::uint32_t who) {
    taken.push_back(who);
    const Somebody& somebody = history.people[who];
    stands.push_back({what, history.person_ids[who], Names::all().full(somebody.name), email_of(somebody)});
  };
  /// The first that fits and stands for nobody else yet; who was planted for another purpose only where nobody else fits.
  const auto first = [&](auto&& fits) {
    for (const bool also_planted : {false, true}) {
      for (std::uint32_t seat = 0; seat < plan.seats.size(); ++seat) {
        const std::uint32_t who = history.occupants[seat];
        if (std::find(taken.begin(), taken.end(), who) != taken.end()) continue;
        if (!also_planted && (history.people[who].stays || plan.seats[seat].is_kept || !history.people[who].is_levelled)) continue;
        if (fits(plan.seats[seat], history.people[who])) return who;
      }
    }
    return history.occupants[0];
  };
  const auto engineer_at = [&](Level level) {
    return first([level](const Seat& seat, const Somebody& somebody) { return seat.role == Role::engineer && somebody.level == level; });
  };
  // Those who have something to act on: the manager of the graduate, and the head above the manager of many or few.
  const std::uint32_t manager = plan.seats[plan.stalled].reports_to;
  const std::uint32_t planted = plan.many_reports != none ? plan.many_reports : plan.few_reports;
  add(Stand::For::engineer, engineer_at(Level::sse));
  add(Stand::For::team_lead, first([](const Seat& seat, const Somebody&) { return seat.role == Role::team_lead; }));
  add(Stand::For::manager, history.occupants[manager]);
  add(Stand::For::head, history.occupants[plan.seats[planted].reports_to]);
  add(Stand::For::pathway_owner, engineer_at(Level::sse));
  add(Stand::For::people_partner, engineer_at(Level::ise));
  stands.back().part = history.part_ids[plan.seats[manager].part];
  add(Stand::For::analyst, engineer_at(Level::ise));
  add(Stand::For::panel_member, engineer_at(Level::sse));
  add(Stand::For::administrator, engineer_at(Level::ise));
  return stands;
}

}  // namespace waymark::demo
