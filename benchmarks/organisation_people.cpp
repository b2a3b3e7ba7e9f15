// People of a demo organisation who are signed in, and what the organisation is asked in memory beside the same in SQL: ./bench organisation
//   organisation_people STORE sign-in     a line each: kind, token, id
//   organisation_people STORE questions   a line each: question, microseconds here, microseconds in SQL, how many were found
//   organisation_people STORE change N MILLISECONDS   changes the level of N people, one after the other with a pause between, and prints the microseconds of each
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "access/account.hpp"
#include "access/session.hpp"
#include "base/clock.hpp"
#include "org/registry.hpp"

using namespace waymark;
using namespace waymark::org;

namespace {

using SteadyClock = std::chrono::steady_clock;

std::string person_text(const OrganisationOn& on, PersonIndex person) { return on.organisation().person(person).id.text(); }

/// Of everybody who fits, so many evenly over the organisation.
std::vector<PersonIndex> some(const OrganisationOn& on, std::size_t count, const std::function<bool(PersonIndex)>& fits) {
  std::vector<PersonIndex> all, chosen;
  std::copy_if(on.people().begin(), on.people().end(), std::back_inserter(all), fits);
  for (std::size_t i = 0; i < count && i < all.size(); ++i) chosen.push_back(all[i * all.size() / std::min(count, all.size())]);
  return chosen;
}

PersonIndex with_nearest_below(const OrganisationOn& on, std::size_t count) {
  const auto off = [&](PersonIndex person) { return std::abs(static_cast<long>(on.below(person).size()) - static_cast<long>(count)); };
  return *std::min_element(on.people().begin(), on.people().end(), [&](PersonIndex a, PersonIndex b) { return off(a) < off(b); });
}

class SigningIn {
 public:
  SigningIn(db::Database& database, const Clock& clock, const OrganisationOn& on) : m_clock(clock), m_on(on), m_accounts(database, clock), m_sessions(database, clock) {}

  void add(const char* kind, PersonIndex person, std::optional<access::Role> role = {}) {
    const Person& who = m_on.organisation().person(person);
    const auto doing = access::Doing::at_the_machine();
    // Whom the demo itself gave an account has one.
    const auto made = m_accounts.create({.name = who.details.name, .person = who.id.text()}, doing);
    if (!made) return;
    if (role) m_accounts.grant_role(*made, {*role, {}}, date_of(m_clock.now()), {}, "a measurement", doing).value();
    const access::Secret token = m_sessions.start({*made}, {"192.0.2.7", "Mozilla/5.0"});
    std::printf("%s\t%s\t%s\n", kind, std::string(token.reveal()).c_str(), who.id.text().c_str());
  }

 private:
  const Clock& m_clock;
  const OrganisationOn& m_on;
  access::Accounts m_accounts;
  access::Sessions m_sessions;
};

void sign_in(db::Database& database, const Clock& clock, const OrganisationOn& on) {
  SigningIn signing(database, clock, on);
  for (const PersonIndex person : some(on, 5, [&](PersonIndex each) { return on.reports(each).empty() && !on.level(each).empty(); })) signing.add("engineer", person);
  for (const PersonIndex person : some(on, 5, [&](PersonIndex each) { return on.reports(each).size() == 12 && on.below(each).size() == 12; })) {
    signing.add("manager", person);
  }
  signing.add("head", with_nearest_below(on, 3000));
  signing.add("top", with_nearest_below(on, on.people().size()));
  signing.add("partner", some(on, 1, [&](PersonIndex each) { return on.line(each).size() > 4; }).front(), access::Role::people_partner);
}

/// The least of several, in microseconds each.
template <class Ask>
double microseconds(int times, Ask&& ask) {
  double least = 1e18;
  for (int i = 0; i < times; ++i) {
    const auto began = SteadyClock::now();
    ask(i);
    least = std::min(least, std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count());
  }
  return least;
}

void tell(const char* question, double ours, double theirs, std::size_t found, std::size_t found_in_sql) {
  if (found != found_in_sql) std::fprintf(stderr, "%s: %zu here, %zu in SQL\n", question, found, found_in_sql);
  std::printf("%s\t%.2f\t%.2f\t%zu\n", question, ours, theirs, found);
}

/// SQL is given what suits it: the lines of the one day in a table of their own, with an index either way.
void make_lines(db::Database& database, const OrganisationOn& on) {
  database.write([&](db::Writer& writer) {
    writer.run("DROP TABLE IF EXISTS measured_line");
    writer.run("CREATE TABLE measured_line (person {integer} NOT NULL PRIMARY KEY, manager {integer}, name {text} NOT NULL) {strict}");
    for (const PersonIndex person : on.people()) {
      const auto manager = on.standing(person).manager;
      writer.run("INSERT INTO measured_line (person, manager, name) VALUES (:person, :manager, :name)",
                 {{"person", static_cast<std::int64_t>(person)},
                  {"manager", manager ? std::optional(static_cast<std::int64_t>(*manager)) : std::nullopt},
                  {"name", on.organisation().person(person).name_key}});
    }
    writer.run("CREATE INDEX measured_line_manager ON measured_line (manager)");
    writer.run("ANALYZE measured_line");
  });
}

void questions(db::Database& database, const std::shared_ptr<const Organisation>& organisation, const OrganisationOn& on) {
  make_lines(database, on);
  const PersonIndex head = with_nearest_below(on, 3000);
  const PersonIndex deepest =
      *std::max_element(on.people().begin(), on.people().end(), [&](PersonIndex a, PersonIndex b) { return on.line(a).size() < on.line(b).size(); });
  const auto ask = [&](auto&& in_sql) { return database.read_once(in_sql); };

  std::size_t found = 0, in_sql = 0;
  double ours = microseconds(100, [&](int) {
    found = 0;
    for (const PersonIndex each : on.below(head)) found += on.standing(each).is_employed ? 1U : 0U;
  });
  double theirs = microseconds(20, [&](int) {
    in_sql = ask([&](db::Reader& reader) {
      return reader.rows("WITH RECURSIVE below (person) AS (SELECT person FROM measured_line WHERE manager = :head UNION ALL "
                         "SELECT l.person FROM below b JOIN measured_line l ON l.manager = b.person) SELECT person FROM below",
                         {{"head", static_cast<std::int64_t>(head)}}, [](std::int64_t person) { return person; }).size();
    });
  });
  tell("below", ours, theirs, found, in_sql);

  ours = microseconds(1000, [&](int) { found = on.line(deepest).size(); });
  theirs = microseconds(200, [&](int) {
    in_sql = ask([&](db::Reader& reader) {
      return reader.rows("WITH RECURSIVE line (person) AS (SELECT manager FROM measured_line WHERE person = :deepest UNION ALL "
                         "SELECT l.manager FROM line JOIN measured_line l ON l.person = line.person) SELECT person FROM line WHERE person IS NOT NULL",
                         {{"deepest", static_cast<std::int64_t>(deepest)}}, [](std::int64_t person) { return person; }).size();
    });
  });
  tell("line", ours, theirs, found, in_sql);

  const NameSearch names(on);
  for (const auto& [question, typed] : {std::pair("search-one-letter", "a"), {"search-three-letters", "mar"}, {"search-nobody", "xyzzyx"}}) {
    ours = microseconds(100, [&](int) { found = names.find(typed, 26).size(); });
    theirs = microseconds(20, [&](int) {
      in_sql = ask([&](db::Reader& reader) {
        return reader.rows("SELECT person FROM measured_line WHERE name LIKE :beginning OR name LIKE :within ORDER BY name NOT LIKE :beginning, name LIMIT 26",
                           {{"beginning", std::string(typed) + '%'}, {"within", std::string("% ") + typed + '%'}},
                           [](std::int64_t person) { return person; }).size();
      });
    });
    tell(question, ours, theirs, found, in_sql);
  }

  const Date day = on.day() - std::chrono::days{1000};
  ours = microseconds(12, [&](int i) {
    const auto then = OrganisationOn::make(organisation, day - std::chrono::days{i % 2}, &on);
    std::map<std::string_view, std::size_t> counts;
    for (const PersonIndex each : then->people()) ++counts[then->level(each)];
    if (i % 2 == 0) found = counts.size();
  });
  theirs = microseconds(4, [&](int) {
    in_sql = ask([&](db::Reader& reader) {
      return reader.rows("SELECT (SELECT l.word FROM org_fact l WHERE l.about = 'person' AND l.subject = p.number AND l.kind = 'level' AND l.slot = 0 "
                         "AND l.from_day <= :day AND l.replaced IS NULL ORDER BY l.from_day DESC LIMIT 1) AS level, COUNT(*) FROM org_person p "
                         "WHERE (SELECT e.other FROM org_fact e WHERE e.about = 'person' AND e.subject = p.number AND e.kind = 'employed' AND e.slot = 0 "
                         "AND e.from_day <= :day AND e.replaced IS NULL ORDER BY e.from_day DESC LIMIT 1) IS NOT NULL GROUP BY level",
                         {{"day", day}}, [](std::optional<std::string>, std::int64_t count) { return count; }).size();
    });
  });
  tell("levels", ours, theirs, found, in_sql);
  database.write([](db::Writer& writer) { writer.run("DROP TABLE measured_line"); });
}

void change(Registry& registry, int count, std::chrono::milliseconds pause) {
  for (int i = 0; i < count; ++i) {
    const auto on = registry.today();
    const PersonIndex person = on->people()[static_cast<std::size_t>(i) * 997 % on->people().size()];
    const std::string id = person_text(*on, person);
    const std::string to = on->level(person) == "SSE" ? "ISE" : "SSE";
    const auto began = SteadyClock::now();
    const Changed changed = registry.change(Changes{.facts = {{id, Kind::level, on->day(), to}}}, {.source = "form", .why = "a measurement"});
    const double took = std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count();
    std::printf("%d\t%.2f\n", changed.is_new ? 1 : 0, took);
    std::fflush(stdout);
    std::this_thread::sleep_for(pause);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) {
    std::fprintf(stderr, "organisation_people STORE sign-in|questions|change [N [MILLISECONDS]]\n");
    return 2;
  }
  const auto location = db::DatabaseLocation::parse(words[1]);
  if (!location) {
    std::fprintf(stderr, "%s\n", location.error().message.c_str());
    return 1;
  }
  const auto database = db::Database::open(*location);
  const SystemClock clock;
  Registry registry(*database, clock);
  const auto began = SteadyClock::now();
  const auto on = registry.today();
  const std::string what = words[2];
  if (what == "sign-in") sign_in(*database, clock, *on);
  if (what == "questions") {
    std::printf("read\t%.0f\t0\t%zu\n", std::chrono::duration<double, std::micro>(SteadyClock::now() - began).count(), on->people().size());
    questions(*database, registry.now(), *on);
  }
  if (what == "change") change(registry, count > 3 ? std::atoi(words[3]) : 20, std::chrono::milliseconds(count > 4 ? std::atoi(words[4]) : 0));
}
