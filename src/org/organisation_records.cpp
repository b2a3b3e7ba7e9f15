#include "org/organisation_records.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "org/assemble.hpp"

namespace waymark::org {
namespace {

// Rows of one statement: large enough that round trips do not count, small enough that its text stays small.
constexpr std::size_t rows_at_once = 5'000;
constexpr std::int64_t subjects_at_once = 10'000;

/// A row as a JSON array. Written straight away: a large import has a million of them.
class Row {
 public:
  Row& add(std::string_view text) {
    next();
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; });
    if (is_plain) {
      m_text += '"';
      m_text += text;
      m_text += '"';
    } else {
      m_text += boost::json::serialize(boost::json::string_view(text.data(), text.size()));
    }
    return *this;
  }
  Row& add_or_null(const std::optional<std::string>& text) { return text ? add(std::string_view(*text)) : add_null(); }
  Row& add_unless_empty(const std::string& text) { return text.empty() ? add_null() : add(std::string_view(text)); }
  Row& add(std::int64_t number) {
    next();
    m_text += std::to_string(number);
    return *this;
  }
  Row& add_null() {
    next();
    m_text += "null";
    return *this;
  }
  [[nodiscard]] const std::string& text() const { return m_text; }

 private:
  void next() { m_text += m_text.empty() ? '[' : ','; }
  std::string m_text;
};

/// Rows on their way into a statement, as a JSON array of arrays.
class Rows {
 public:
  template <class Run>
  void add(const Row& row, Run&& run) {
    m_text += m_text.empty() ? '[' : ',';
    m_text += row.text();
    m_text += ']';
    if (++m_count == rows_at_once) flush(run);
  }
  template <class Run>
  void flush(Run&& run) {
    if (m_count == 0) return;
    m_text += ']';
    run(m_text);
    m_text.clear();
    m_count = 0;
  }

 private:
  std::string m_text;
  std::size_t m_count = 0;
};

Kind kind_from(const std::string& name) {
  const auto kind = kind_of(name);
  if (!kind) throw db::Unreadable{"`" + name + "` is no kind of fact"};
  return *kind;
}

std::optional<std::uint32_t> other_from(Kind kind, std::optional<std::int64_t> other) {
  if (!other) return std::nullopt;
  if (holds(kind) == Holds::nothing) return 0;
  if (*other < 1 || *other > UINT32_MAX) throw db::Unreadable{"a person or team has the number " + std::to_string(*other)};
  return static_cast<std::uint32_t>(*other - 1);
}

std::uint32_t index_from(std::int64_t number) {
  if (number < 1 || number > UINT32_MAX) throw db::Unreadable{"a person or team has the number " + std::to_string(number)};
  return static_cast<std::uint32_t>(number - 1);
}

std::uint32_t slot_from(Kind kind, std::int64_t slot) { return may_hold_several(kind) ? index_from(slot) : 0; }

StoredPoint stored_point(std::int64_t subject, const std::string& name, std::int64_t slot, Date from, std::optional<std::string> word,
                         std::optional<std::int64_t> other) {
  const Kind kind = kind_from(name);
  return {index_from(subject), kind, slot_from(kind, slot), from, std::move(word), other_from(kind, other)};
}

StoredPerson stored_person(std::int64_t number, PersonId id, std::string name, std::optional<std::string> email, std::optional<std::string> employee_number,
                           std::optional<std::string> given_name, std::optional<std::string> family_name, std::optional<Instant> erased_at) {
  return {index_from(number),
          std::move(id),
          {std::move(name), std::move(email), std::move(employee_number), {}, given_name.value_or(""), family_name.value_or("")},
          erased_at.has_value()};
}

std::optional<StoredPerson> with_references(db::Reader& reader, std::optional<StoredPerson> person) {
  if (!person) return person;
  person->details.references = reader.rows("SELECT source, id FROM org_reference WHERE about = 'person' AND subject = :number ORDER BY source, id",
                                           {{"number", static_cast<std::int64_t>(person->index) + 1}},
                                           [](std::string source, std::string id) { return Reference{std::move(source), std::move(id)}; });
  return person;
}

std::string_view about(bool team) { return team ? "team" : "person"; }

/// Keys that must be unique are taken away first, so that two people can exchange them.
void write_people(db::Writer& writer, const Organisation& organisation, const std::vector<PersonIndex>& people, std::int64_t revision) {
  std::vector<std::int64_t> numbers;
  for (const PersonIndex person : people) numbers.push_back(static_cast<std::int64_t>(person) + 1);
  writer.run("UPDATE org_person SET email_key = NULL, employee_number = NULL WHERE number IN {integers :numbers}", {{"numbers", numbers}});
  writer.run("DELETE FROM org_reference WHERE about = 'person' AND subject IN {integers :numbers}", {{"numbers", numbers}});
  Rows rows;
  const auto put = [&](const std::string& text) {
    writer.run({"INSERT INTO org_person (number, id, name, email, email_key, employee_number, given_name, family_name, changed) "
                "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), "
                "json_extract(value, '$[4]'), json_extract(value, '$[5]'), json_extract(value, '$[6]'), json_extract(value, '$[7]'), :revision "
                "FROM json_each(:rows) WHERE TRUE "
                "ON CONFLICT (number) DO UPDATE SET name = excluded.name, email = excluded.email, email_key = excluded.email_key, "
                "employee_number = excluded.employee_number, given_name = excluded.given_name, family_name = excluded.family_name, changed = excluded.changed",
                "INSERT INTO org_person (number, id, name, email, email_key, employee_number, given_name, family_name, changed) "
                "SELECT CAST(value->>0 AS BIGINT), value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, :revision "
                "FROM jsonb_array_elements(CAST(:rows AS JSONB)) "
                "ON CONFLICT (number) DO UPDATE SET name = excluded.name, email = excluded.email, email_key = excluded.email_key, "
                "employee_number = excluded.employee_number, given_name = excluded.given_name, family_name = excluded.family_name, changed = excluded.changed"},
               {{"rows", text}, {"revision", revision}});
  };
  Rows references;
  const auto put_references = [&](const std::string& text) {
    writer.run({"INSERT INTO org_reference (about, source, id, subject) SELECT 'person', json_extract(value, '$[0]'), json_extract(value, '$[1]'), "
                "json_extract(value, '$[2]') FROM json_each(:rows)",
                "INSERT INTO org_reference (about, source, id, subject) SELECT 'person', value->>0, value->>1, CAST(value->>2 AS BIGINT) "
                "FROM jsonb_array_elements(CAST(:rows AS JSONB))"},
               {{"rows", text}});
  };
  for (const PersonIndex index : people) {
    const Person& person = organisation.person(index);
    const std::int64_t number = static_cast<std::int64_t>(index) + 1;
    const auto& details = person.details;
    rows.add(Row().add(number).add(person.id.text()).add(details.name).add_or_null(details.email).add_or_null(details.email ? std::optional(email_key(*details.email)) : std::nullopt)
                 .add_or_null(details.employee_number).add_unless_empty(details.given_name).add_unless_empty(details.family_name),
             put);
    for (const Reference& reference : details.references) references.add(Row().add(reference.source).add(reference.id).add(number), put_references);
  }
  rows.flush(put);
  references.flush(put_references);
}

void write_teams(db::Writer& writer, const Organisation& organisation, const std::vector<TeamIndex>& teams, std::int64_t revision) {
  for (const TeamIndex index : teams) {
    const Team& team = organisation.team(index);
    const std::int64_t number = static_cast<std::int64_t>(index) + 1;
    writer.run("DELETE FROM org_reference WHERE about = 'team' AND subject = :number", {{"number", number}});
    writer.run("INSERT INTO org_team (number, id, changed) VALUES (:number, :id, :revision) ON CONFLICT (number) DO UPDATE SET changed = excluded.changed",
               {{"number", number}, {"id", team.id}, {"revision", revision}});
  }
  for (const TeamIndex index : teams) {
    for (const Reference& reference : organisation.team(index).references) {
      writer.run("INSERT INTO org_reference (about, source, id, subject) VALUES ('team', :source, :id, :number)",
                 {{"source", reference.source}, {"id", reference.id}, {"number", static_cast<std::int64_t>(index) + 1}});
    }
  }
}

Row point_row(const Organisation& organisation, const Revised::PointChange& change) {
  const Point& point = change.point;
  Row row;
  row.add(about(is_of_team(point.kind))).add(std::int64_t{change.subject} + 1).add(to_string(point.kind));
  row.add(may_hold_several(point.kind) ? std::int64_t{point.slot} + 1 : 0).add(to_iso(point.from));
  const bool is_word = holds(point.kind) == Holds::words;
  if (point.value == Point::nothing) {
    row.add_null().add_null();
  } else if (is_word) {
    row.add(organisation.words()[point.value]).add_null();
  } else {
    row.add_null().add(holds(point.kind) == Holds::nothing ? 0 : std::int64_t{point.value} + 1);
  }
  return row;
}

void write_points(db::Writer& writer, const Organisation& organisation, const std::vector<Revised::PointChange>& points, std::int64_t revision) {
  Rows removed;
  const auto replace = [&](const std::string& text) {
    writer.run({"UPDATE org_fact SET replaced = :revision FROM (SELECT json_extract(value, '$[0]') AS about, json_extract(value, '$[1]') AS subject, "
                "json_extract(value, '$[2]') AS kind, json_extract(value, '$[3]') AS slot, json_extract(value, '$[4]') AS from_day FROM json_each(:rows)) r "
                "WHERE org_fact.about = r.about AND org_fact.subject = r.subject AND org_fact.kind = r.kind AND org_fact.slot = r.slot "
                "AND org_fact.from_day = r.from_day AND org_fact.replaced IS NULL",
                "UPDATE org_fact SET replaced = :revision FROM (SELECT value->>0 AS about, CAST(value->>1 AS BIGINT) AS subject, value->>2 AS kind, "
                "CAST(value->>3 AS BIGINT) AS slot, CAST(value->>4 AS DATE) AS from_day FROM jsonb_array_elements(CAST(:rows AS JSONB))) r "
                "WHERE org_fact.about = r.about AND org_fact.subject = r.subject AND org_fact.kind = r.kind AND org_fact.slot = r.slot "
                "AND org_fact.from_day = r.from_day AND org_fact.replaced IS NULL"},
               {{"rows", text}, {"revision", revision}});
  };
  for (const Revised::PointChange& change : points) {
    if (change.is_removed) removed.add(point_row(organisation, change), replace);
  }
  removed.flush(replace);
  Rows added;
  const auto insert = [&](const std::string& text) {
    writer.run({"INSERT INTO org_fact (about, subject, kind, slot, from_day, recorded, word, other) SELECT json_extract(value, '$[0]'), "
                "json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'), :revision, "
                "json_extract(value, '$[5]'), json_extract(value, '$[6]') FROM json_each(:rows)",
                "INSERT INTO org_fact (about, subject, kind, slot, from_day, recorded, word, other) SELECT value->>0, CAST(value->>1 AS BIGINT), "
                "value->>2, CAST(value->>3 AS BIGINT), CAST(value->>4 AS DATE), :revision, value->>5, CAST(value->>6 AS BIGINT) "
                "FROM jsonb_array_elements(CAST(:rows AS JSONB))"},
               {{"rows", text}, {"revision", revision}});
  };
  for (const Revised::PointChange& change : points) {
    if (change.is_added) added.add(point_row(organisation, change), insert);
  }
  added.flush(insert);
}

/// Everybody a change point is about is newer now.
void mark_changed(db::Writer& writer, const std::vector<Revised::PointChange>& points, std::int64_t revision) {
  std::vector<std::int64_t> people, teams;
  for (const Revised::PointChange& change : points) {
    std::vector<std::int64_t>& numbers = is_of_team(change.point.kind) ? teams : people;
    const std::int64_t number = static_cast<std::int64_t>(change.subject) + 1;
    if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
  }
  if (!people.empty()) {
    writer.run("UPDATE org_person SET changed = :revision WHERE number IN {integers :numbers} AND changed < :revision",
               {{"revision", revision}, {"numbers", people}});
  }
  if (!teams.empty()) {
    writer.run("UPDATE org_team SET changed = :revision WHERE number IN {integers :numbers} AND changed < :revision",
               {{"revision", revision}, {"numbers", teams}});
  }
}

}  // namespace

std::int64_t newest_revision(db::Reader& reader) {
  return reader.value<std::optional<std::int64_t>>("SELECT MAX(number) FROM org_revision").value_or(0);
}

std::optional<std::string> first_source(db::Reader& reader) {
  const auto found = reader.rows("SELECT source FROM org_revision WHERE number = 1", {}, [](std::string source) { return source; });
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::shared_ptr<const Organisation> load(db::Reader& reader, const std::shared_ptr<const Organisation>& have) {
  const std::int64_t newest = newest_revision(reader);
  if (newest == have->revision()) return have;
  const std::int64_t known = have->revision();
  auto people = reader.rows(
      "SELECT number, id, name, email, employee_number, given_name, family_name, erased_at FROM org_person WHERE changed > :known", {{"known", known}},
      stored_person);
  auto teams = reader.rows("SELECT number, id FROM org_team WHERE changed > :known", {{"known", known}},
                           [](std::int64_t number, TeamId id) { return StoredTeam{index_from(number), std::move(id), {}}; });
  // Asked to order them, SQLite reads everybody in order instead of the few that changed; and CROSS JOIN tells it to begin with these few.
  const auto by_index = [](const auto& a, const auto& b) { return a.index < b.index; };
  std::sort(people.begin(), people.end(), by_index);
  std::sort(teams.begin(), teams.end(), by_index);
  const auto take_references = [](auto& records, std::int64_t subject, std::string source, std::string id) {
    const std::uint32_t index = index_from(subject);
    const auto found = std::lower_bound(records.begin(), records.end(), index, [](const auto& record, std::uint32_t wanted) { return record.index < wanted; });
    return found != records.end() && found->index == index ? std::optional(std::pair(&*found, Reference{std::move(source), std::move(id)})) : std::nullopt;
  };
  reader.for_each("SELECT r.subject, r.source, r.id FROM org_person p CROSS JOIN org_reference r "
                  "WHERE p.changed > :known AND r.about = 'person' AND r.subject = p.number ORDER BY r.subject, r.source, r.id",
                  {{"known", known}}, [&](std::int64_t subject, std::string source, std::string id) {
                    if (auto found = take_references(people, subject, std::move(source), std::move(id))) {
                      found->first->details.references.push_back(std::move(found->second));
                    }
                  });
  reader.for_each("SELECT r.subject, r.source, r.id FROM org_team t CROSS JOIN org_reference r "
                  "WHERE t.changed > :known AND r.about = 'team' AND r.subject = t.number ORDER BY r.subject, r.source, r.id",
                  {{"known", known}}, [&](std::int64_t subject, std::string source, std::string id) {
                    if (auto found = take_references(teams, subject, std::move(source), std::move(id))) {
                      found->first->references.push_back(std::move(found->second));
                    }
                  });
  const std::size_t person_count = people.size(), team_count = teams.size();
  Assembling assembling(have, newest);
  assembling.take_people(std::move(people));
  assembling.take_teams(std::move(teams));
  const auto take = [&](std::int64_t subject, const std::string& name, std::int64_t slot, Date from, std::optional<std::string> word,
                        std::optional<std::int64_t> other) { assembling.take_point(stored_point(subject, name, slot, from, std::move(word), other)); };
  // A whole store is read in the order in which it lies, some thousand people at a time: PostgreSQL's library holds an answer whole. Of a few people only
  // theirs is looked up.
  if (known == 0) {
    const auto read_of = [&](bool team, std::size_t count) {
      for (std::int64_t after = 0; after < static_cast<std::int64_t>(count); after += subjects_at_once) {
        reader.for_each("SELECT subject, kind, slot, from_day, word, other FROM org_fact WHERE about = :about AND subject > :after AND subject <= :to "
                        "AND replaced IS NULL",
                        {{"about", about(team)}, {"after", after}, {"to", after + subjects_at_once}}, take);
      }
    };
    read_of(false, person_count);
    read_of(true, team_count);
  } else {
    reader.for_each("SELECT f.subject, f.kind, f.slot, f.from_day, f.word, f.other FROM org_person p CROSS JOIN org_fact f "
                    "WHERE p.changed > :known AND f.about = 'person' AND f.subject = p.number AND f.replaced IS NULL",
                    {{"known", known}}, take);
    reader.for_each("SELECT f.subject, f.kind, f.slot, f.from_day, f.word, f.other FROM org_team t CROSS JOIN org_fact f "
                    "WHERE t.changed > :known AND f.about = 'team' AND f.subject = t.number AND f.replaced IS NULL",
                    {{"known", known}}, take);
  }
  return assembling.make();
}

void insert_revision(db::Writer& writer, const RevisionRow& row, const Revised& revised) {
  writer.run("INSERT INTO org_revision (number, at, source, why, author) VALUES (:number, :at, :source, :why, :author)",
             {{"number", row.number}, {"at", row.at}, {"source", row.source}, {"why", row.why}, {"author", row.author}});
  if (!revised.people.empty()) write_people(writer, *revised.organisation, revised.people, row.number);
  if (!revised.teams.empty()) write_teams(writer, *revised.organisation, revised.teams, row.number);
  write_points(writer, *revised.organisation, revised.points, row.number);
  mark_changed(writer, revised.points, row.number);
}

std::vector<Belief> beliefs_about(db::Reader& reader, bool team, std::uint32_t subject) {
  return reader.rows(
      "SELECT f.kind, f.slot, f.from_day, f.word, f.other, r.number, r.at, r.source, r.why, r.author, "
      "x.number, x.at, x.source, x.why, x.author FROM org_fact f JOIN org_revision r ON r.number = f.recorded "
      "LEFT JOIN org_revision x ON x.number = f.replaced WHERE f.about = :about AND f.subject = :subject ORDER BY f.recorded, f.kind, f.from_day",
      {{"about", about(team)}, {"subject", static_cast<std::int64_t>(subject) + 1}},
      [](const std::string& name, std::int64_t slot, Date from, std::optional<std::string> word, std::optional<std::int64_t> other, std::int64_t number,
         Instant at, std::string source, std::string why, std::optional<access::AccountId> author, std::optional<std::int64_t> other_number,
         std::optional<Instant> other_at, std::optional<std::string> other_source, std::optional<std::string> other_why,
         std::optional<access::AccountId> other_author) {
        const Kind kind = kind_from(name);
        Belief belief{kind, slot_from(kind, slot), from, std::move(word), other_from(kind, other),
                      {number, at, std::move(source), std::move(why), std::move(author)}, {}};
        if (other_number) {
          belief.replaced = RevisionRow{*other_number, other_at.value_or(Instant{}), other_source.value_or(""), other_why.value_or(""), other_author};
        }
        return belief;
      });
}

std::optional<StoredPerson> find_stored_person(db::Reader& reader, const PersonId& id) {
  return with_references(reader, reader.row("SELECT number, id, name, email, employee_number, given_name, family_name, erased_at FROM org_person WHERE id = :id",
                                            {{"id", id}}, stored_person));
}

std::optional<StoredPerson> find_stored_person_by_email(db::Reader& reader, std::string_view email) {
  return with_references(
      reader, reader.row("SELECT number, id, name, email, employee_number, given_name, family_name, erased_at FROM org_person WHERE email_key = :key",
                         {{"key", email_key(email)}}, stored_person));
}

std::string name_of_person(db::Reader& reader, std::uint32_t person) {
  return reader.row("SELECT name FROM org_person WHERE number = :number", {{"number", static_cast<std::int64_t>(person) + 1}}, [](std::string name) { return name; })
      .value_or("");
}

std::string name_of_team(db::Reader& reader, std::uint32_t team) {
  return reader.row("SELECT word FROM org_fact WHERE about = 'team' AND subject = :number AND kind = 'team_name' AND replaced IS NULL AND word IS NOT NULL "
                    "ORDER BY from_day DESC LIMIT 1",
                    {{"number", static_cast<std::int64_t>(team) + 1}}, [](std::string name) { return name; })
      .value_or("");
}

void erase_details(db::Writer& writer, std::uint32_t person, std::int64_t number, Instant now) {
  const std::int64_t at = static_cast<std::int64_t>(person) + 1;
  writer.run("INSERT INTO org_revision (number, at, source, why) VALUES (:number, :now, 'erasure', '')", {{"number", number}, {"now", now}});
  writer.run("UPDATE org_person SET name = '', email = NULL, email_key = NULL, employee_number = NULL, given_name = NULL, family_name = NULL, "
             "erased_at = :now, changed = :number WHERE number = :at",
             {{"now", now}, {"number", number}, {"at", at}});
  writer.run("DELETE FROM org_reference WHERE about = 'person' AND subject = :at", {{"at", at}});
}

}  // namespace waymark::org
