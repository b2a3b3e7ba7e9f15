#include "org/import/plan_facts.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/date.hpp"

namespace waymark::org {
namespace {

// Who has come so lately is where they began; of others nobody knows since when they are where they are.
constexpr std::chrono::days lately{31};

FactChange employed(const PersonId& id, Date day, bool begins) {
  return {id.text(), Kind::employed, day, begins ? std::optional(std::string(yes)) : std::nullopt};
}
FactChange withdrawn(const PersonId& id, Kind kind, Date day) { return {.subject = id.text(), .kind = kind, .from = day, .is_withdrawn = true}; }

Date believed_since(Date from, Date as_of) { return from > as_of - lately ? from : as_of; }

class Course {
 public:
  Course(const Organisation& organisation, const ImportedPerson& person, Date as_of, const std::function<void(Field, std::string)>& doubt)
      : m_organisation(organisation), m_person(person), m_as_of(as_of), m_doubt(doubt) {
    if (person.known) m_spells = organisation.history(*person.known, Kind::employed);
    m_made.since = as_of;
  }

  Employment make() {
    const bool has_gone = m_person.end ? *m_person.end <= m_as_of : m_person.status == Status::left;
    if (!m_person.known || m_spells.empty()) {
      has_gone ? was_here() : join();
    } else if (has_gone) {
      leave(m_person.end.value_or(m_as_of));
    } else {
      stay();
    }
    return std::move(m_made);
  }

 private:
  using Kinds = Employment::Course;

  void add(FactChange fact) { m_made.facts.push_back(std::move(fact)); }

  void was_here() {
    if (!m_person.start || !m_person.end) {
      m_made.course = Kinds::passed_over;
      return;
    }
    m_made.course = Kinds::was_here;
    m_made.day = m_person.end;
    add(employed(m_person.id, *m_person.start, true));
    add(employed(m_person.id, *m_person.end, false));
  }

  void join() {
    const Date from = m_person.start.value_or(m_as_of);
    m_made.course = Kinds::joins;
    m_made.day = from;
    m_made.since = believed_since(from, m_as_of);
    add(employed(m_person.id, from, true));
    if (m_person.end) add(employed(m_person.id, *m_person.end, false));
  }

  void leave(Date day) {
    const auto last = std::find_if(m_spells.rbegin(), m_spells.rend(), [&](const Spell& spell) { return spell.from < day; });
    take_back_from(m_organisation, *m_person.known, day, m_made.facts);
    if (last == m_spells.rend()) {
      if (!m_made.facts.empty()) m_made.course = Kinds::leaves;
      m_made.day = day;
      return;
    }
    const bool has_left_before = last->to && *last->to <= m_as_of;
    // Without a day in the table the one that is known holds.
    if (last->to == day || (has_left_before && !m_person.end)) {
      m_made.facts.clear();
      return;
    }
    if (last->to && *last->to < day) add(withdrawn(m_person.id, Kind::employed, *last->to));
    add(employed(m_person.id, day, false));
    m_made.course = Kinds::leaves;
    m_made.day = day;
  }

  void stay() {
    const auto current = std::find_if(m_spells.begin(), m_spells.end(), [&](const Spell& spell) { return spell.covers(m_as_of); });
    if (current != m_spells.end()) return go_on(*current);
    const auto planned = std::find_if(m_spells.begin(), m_spells.end(), [&](const Spell& spell) { return spell.from > m_as_of; });
    const Spell* const past = planned == m_spells.begin() ? nullptr : &*(planned - 1);
    const Date ended = past == nullptr ? first_day_of_all() : *past->to;
    const bool is_said = m_person.start && *m_person.start >= ended;
    const Date from = is_said ? *m_person.start : planned != m_spells.end() && m_person.status == Status::planned ? planned->from : m_as_of;
    m_made.since = std::max(from, believed_since(from, m_as_of));
    if (planned != m_spells.end() && planned->from == from) return plan_end(*planned);
    m_made.course = past == nullptr ? Kinds::joins : Kinds::returns;
    m_made.day = from;
    if (planned != m_spells.end()) {
      take_back_from(m_organisation, *m_person.known, std::min(from, planned->from), m_made.facts);
      m_made.is_fresh = true;
    }
    add(employed(m_person.id, from, true));
    if (m_person.end) add(employed(m_person.id, *m_person.end, false));
  }

  static Date first_day_of_all() { return Date{std::chrono::days{-100'000}}; }

  void go_on(const Spell& spell) {
    plan_end(spell);
    if (!m_person.start || *m_person.start == spell.from) return;
    const Date start = *m_person.start;
    const auto at = std::find_if(m_spells.begin(), m_spells.end(), [&](const Spell& each) { return each.from == start; });
    if (at != m_spells.end()) return;  // the first day of an earlier time here
    const auto before = std::find_if(m_spells.rbegin(), m_spells.rend(), [&](const Spell& each) { return each.to && *each.to <= spell.from && each.from < spell.from; });
    if (before != m_spells.rend() && start < *before->to) {
      // Who came back has two first days; the table may have the first of them.
      return;
    }
    if (start > spell.from) {
      const auto& points = m_organisation.person(*m_person.known).points;
      const bool has_facts = std::any_of(points.begin(), points.end(), [&](const Point& point) { return point.kind != Kind::employed && point.from < start && point.from >= spell.from; });
      if (start > m_as_of || has_facts) {
        m_doubt(Field::start_date, fmt::format("{} begins on {} in the table, and is known to work here since {}. The earlier day was kept.", m_person.details.name, in_words(start), in_words(spell.from)));
        return;
      }
    }
    add(withdrawn(m_person.id, Kind::employed, spell.from));
    add(employed(m_person.id, start, true));
    m_made.corrected_start = start;
  }

  void plan_end(const Spell& spell) {
    if (m_person.end == spell.to) return;
    if (spell.to) add(withdrawn(m_person.id, Kind::employed, *spell.to));
    if (!m_person.end) {
      m_made.is_cancelled = true;
      return;
    }
    take_back_from(m_organisation, *m_person.known, *m_person.end, m_made.facts);
    add(employed(m_person.id, *m_person.end, false));
    m_made.course = Kinds::leaves;
    m_made.day = m_person.end;
  }

  const Organisation& m_organisation;
  const ImportedPerson& m_person;
  const Date m_as_of;
  const std::function<void(Field, std::string)>& m_doubt;
  std::vector<Spell> m_spells;
  Employment m_made;
};

}  // namespace

Employment employment_of(const Organisation& organisation, const ImportedPerson& person, const ImportGround& ground, const std::function<void(Field, std::string)>& doubt) {
  // Only where the table has ends can an empty cell take one back.
  ImportedPerson asked = person;
  if (!person.end && person.known && !ground.read.columns.contains(Field::end_date)) {
    for (const Spell& spell : organisation.history(*person.known, Kind::employed)) {
      if (spell.to && *spell.to > ground.as_of && person.status != Status::left) asked.end = spell.to;
    }
  }
  return Course(organisation, asked, ground.as_of, doubt).make();
}

void take_back_from(const Organisation& organisation, PersonIndex person, Date day, std::vector<FactChange>& facts) {
  const Person& record = organisation.person(person);
  for (const Point& point : record.points) {
    if (point.from < day) continue;
    FactChange fact = withdrawn(record.id, point.kind, point.from);
    if (may_hold_several(point.kind)) fact.value = organisation.text_of(point.kind, point.slot);
    facts.push_back(std::move(fact));
  }
}

std::optional<std::string> value_on(const Organisation& organisation, PersonIndex person, Kind kind, Date day) {
  const auto spell = organisation.at(person, kind, day);
  if (!spell) return std::nullopt;
  return std::string(organisation.text_of(kind, spell->value));
}

}  // namespace waymark::org
