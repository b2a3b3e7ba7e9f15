#include "org/personal_data.hpp"

#include <boost/json.hpp>

#include "access/account_records.hpp"
#include "access/audit.hpp"
#include "org/attribute_records.hpp"
#include "org/attributes.hpp"
#include "org/organisation_records.hpp"

namespace waymark::org {
namespace {

using access::DataSubject;
using access::ExportedFile;

std::string pretty_lines(const boost::json::array& rows) {
  std::string text = "[";
  for (const boost::json::value& row : rows) text += (text.size() == 1 ? "\n  " : ",\n  ") + boost::json::serialize(row);
  return text + "\n]\n";
}

/// The record that the account names, else the one with its address.
std::optional<StoredPerson> person_of(db::Reader& reader, const DataSubject& subject) {
  if (subject.person) {
    const auto id = PersonId::from(*subject.person);
    return id ? find_stored_person(reader, *id) : std::nullopt;
  }
  const auto account = access::find_account(reader, subject.account);
  return account && account->email ? find_stored_person_by_email(reader, *account->email) : std::nullopt;
}

std::vector<ExportedFile> export_person(db::Reader& reader, const DataSubject& subject, const std::shared_ptr<const access::CurrentKeys>& keys) {
  const auto found = person_of(reader, subject);
  if (!found) return {};
  const StoredPerson& person = *found;
  boost::json::array references;
  for (const Reference& reference : person.details.references) references.push_back(boost::json::object{{"source", reference.source}, {"id", reference.id}});
  const auto or_null = [](const std::optional<std::string>& text) { return text ? boost::json::value(*text) : boost::json::value(nullptr); };
  boost::json::object details{{"id", person.id.text()},
                              {"name", person.details.name},
                              {"email", or_null(person.details.email)},
                              {"employee_number", or_null(person.details.employee_number)},
                              {"in_other_systems", references}};
  if (!person.details.given_name.empty()) details["given_name"] = person.details.given_name;
  if (!person.details.family_name.empty()) details["family_name"] = person.details.family_name;
  boost::json::array facts;
  for (const Belief& belief : beliefs_about(reader, false, person.index)) {
    boost::json::object row{{"what", to_string(belief.kind)}, {"from", to_iso(belief.from)}};
    if (belief.word) {
      row["value"] = *belief.word;
    } else if (belief.other && holds(belief.kind) == Holds::a_team) {
      row["value"] = name_of_team(reader, *belief.other);
    } else if (belief.other && holds(belief.kind) == Holds::a_person) {
      row["value"] = name_of_person(reader, *belief.other);
    } else {
      row["value"] = belief.other ? boost::json::value(yes) : boost::json::value(nullptr);
    }
    row["recorded"] = to_iso(belief.recorded.at);
    row["why"] = belief.recorded.why;
    if (belief.replaced) row["believed_until"] = to_iso(belief.replaced->at);
    facts.push_back(std::move(row));
  }
  std::vector<ExportedFile> files{{"person.json", boost::json::serialize(details) + '\n'}, {"over-time.json", pretty_lines(facts)}};
  if (const auto sealed = sealed_answers_of(reader, person.index)) {
    boost::json::array declared;
    const auto answers = keys ? read_answers(keys->open(*sealed, declaration_context(person.index))) : Result<Answers>(Answers{});
    if (!keys || !answers) {
      declared.push_back(boost::json::object{{"note", "What you declared of yourself is given to nobody but you: download your data from your own account."}});
    } else {
      for (const Attribute& attribute : asked_attributes(reader)) {
        if (const auto answer = answers->find(attribute.id.text()); answer != answers->end()) {
          declared.push_back(boost::json::object{{"question", attribute.question}, {"answer", answer->second}});
        }
      }
    }
    files.push_back({"declared.json", pretty_lines(declared)});
  }
  return files;
}

}  // namespace

access::DataHolder personal_data(std::shared_ptr<const access::CurrentKeys> attribute_keys) {
  return {"org", "your place in the organisation, what was recorded of it and when, and what you declared of yourself",
          [keys = std::move(attribute_keys)](db::Reader& reader, const DataSubject& subject) { return export_person(reader, subject, keys); },
          [](db::Writer& writer, const DataSubject& subject, Instant now) {
            const auto found = person_of(writer, subject);
            if (!found) return;
            remove_sealed_answers(writer, found->index);
            erase_details(writer, found->index, newest_revision(writer) + 1, now);
            access::forget_in_audit(writer, {"person", found->id.text()});
          }};
}

}  // namespace waymark::org
