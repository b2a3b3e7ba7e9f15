#include "org/attribute_records.hpp"

#include "base/text.hpp"

namespace waymark::org {

std::vector<Attribute> asked_attributes(db::Reader& reader) {
  return reader.rows("SELECT id, question, purpose, options FROM org_attribute ORDER BY added_at, id", {},
                     [](AttributeId id, std::string question, std::string purpose, const std::string& options) {
                       Attribute attribute{std::move(id), std::move(question), std::move(purpose), {}};
                       for (const std::string_view option : split(options, '\n')) attribute.options.emplace_back(option);
                       return attribute;
                     });
}

void insert_attribute(db::Writer& writer, const AttributeId& id, const NewAttribute& attribute, Instant now) {
  writer.run("INSERT INTO org_attribute (id, question, purpose, options, added_at) VALUES (:id, :question, :purpose, :options, :now)",
             {{"id", id}, {"question", attribute.question}, {"purpose", attribute.purpose}, {"options", join(attribute.options, "\n")}, {"now", now}});
}

bool end_attribute(db::Writer& writer, const AttributeId& id) { return writer.run("DELETE FROM org_attribute WHERE id = :id", {{"id", id}}) > 0; }

std::optional<std::string> sealed_answers_of(db::Reader& reader, std::uint32_t person) {
  return reader.row("SELECT sealed FROM org_declaration WHERE person = :person", {{"person", static_cast<std::int64_t>(person) + 1}},
                    [](db::Bytes sealed) { return std::move(sealed.value); });
}

void put_sealed_answers(db::Writer& writer, std::uint32_t person, const std::string& sealed) {
  writer.run("INSERT INTO org_declaration (person, sealed) VALUES (:person, :sealed) ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed",
             {{"person", static_cast<std::int64_t>(person) + 1}, {"sealed", db::Bytes{sealed}}});
}

void remove_sealed_answers(db::Writer& writer, std::uint32_t person) {
  writer.run("DELETE FROM org_declaration WHERE person = :person", {{"person", static_cast<std::int64_t>(person) + 1}});
}

bool has_declarations(db::Reader& reader) {
  return reader.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT person FROM org_declaration LIMIT 1) one") > 0;
}

std::vector<SealedAnswers> all_sealed_answers(db::Reader& reader) {
  return reader.rows("SELECT person, sealed FROM org_declaration ORDER BY person", {}, [](std::int64_t person, db::Bytes sealed) {
    return SealedAnswers{static_cast<std::uint32_t>(person - 1), std::move(sealed.value)};
  });
}

}  // namespace waymark::org
