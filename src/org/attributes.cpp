#include "org/attributes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <stdexcept>

#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "base/text.hpp"
#include "org/attribute_records.hpp"
#include "org/declared_values.hpp"

namespace waymark::org {
namespace {

using access::KeyRing;
using access::Secret;

constexpr std::size_t block = 512;
constexpr std::size_t most_options = 20, longest_text = 400;

/// Blanks at the end of JSON mean nothing; they bring every record to whole blocks.
Secret written(const Answers& answers) {
  boost::json::object object;
  for (const auto& [attribute, option] : answers) object[attribute] = option;
  std::string text = boost::json::serialize(object);
  text.resize((text.size() + block - 1) / block * block, ' ');
  return Secret(std::move(text));
}

}  // namespace

std::string declaration_context(std::uint32_t person) { return "declaration " + std::to_string(person); }

Result<Answers> read_answers(const Result<Secret>& text) {
  if (!text) return tl::unexpected<Error>(text.error());
  boost::system::error_code error;
  const std::string_view json = text->reveal();
  const boost::json::value value = boost::json::parse(boost::json::string_view(json.data(), json.size()), error);
  if (error || !value.is_object()) return fail(Error::Kind::bad_input, "What was declared cannot be read.", "Declare it anew.");
  Answers answers;
  for (const auto& member : value.get_object()) {
    if (member.value().is_string()) answers.emplace(std::string(member.key()), std::string(member.value().get_string()));
  }
  return answers;
}

namespace {

template <class Keys>
Answers opened(const Keys& keys, const SealedAnswers& record) {
  auto answers = read_answers(keys.open(record.sealed, declaration_context(record.person)));
  if (!answers) throw std::runtime_error(answers.error().message);
  return std::move(*answers);
}

std::optional<Error> what_is_wrong(const NewAttribute& attribute) {
  const auto wrong = [](std::string message, std::string way_out) { return Error{Error::Kind::bad_input, std::move(message), std::move(way_out)}; };
  if (trim(attribute.question).empty()) return wrong("The question is missing.", "A word or two: Gender.");
  if (trim(attribute.purpose).empty()) return wrong("Say why it is asked.", "Whoever is asked reads it, and decides by it.");
  if (attribute.options.size() < 2 || attribute.options.size() > most_options) return wrong("A question needs two to twenty answers.", "Write one a line.");
  if (std::set<std::string>(attribute.options.begin(), attribute.options.end()).size() != attribute.options.size()) {
    return wrong("An answer stands there twice.", "Leave one of the two out.");
  }
  const auto is_text = [](const std::string& text) {
    return is_valid_utf8(text) && text.size() <= longest_text && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  };
  const bool are_texts = is_text(attribute.question) && is_text(attribute.purpose) && std::all_of(attribute.options.begin(), attribute.options.end(), is_text);
  if (!are_texts) return wrong("A text is too long, or holds a line end or another control character.", "Keep each to one line.");
  return std::nullopt;
}

}  // namespace

Attributes::Attributes(db::Database& database, const Clock& clock, const access::CurrentKeys& keys) : m_database(database), m_clock(clock), m_keys(keys) {}

std::vector<Attribute> Attributes::asked() {
  return m_database.read_once([](db::Reader& reader) { return asked_attributes(reader); });
}

Result<AttributeId> Attributes::ask(const NewAttribute& attribute, const access::Doing& by) {
  if (auto wrong = what_is_wrong(attribute)) return tl::unexpected<Error>(std::move(*wrong));
  const AttributeId id = AttributeId::make();
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<AttributeId> {
    for (const Attribute& each : asked_attributes(writer)) {
      if (each.question == attribute.question) return fail(Error::Kind::conflict, "That is asked already.", "Stop asking it first; its answers go with it.");
    }
    insert_attribute(writer, id, attribute, m_clock.now());
    access::append_audit(writer, {.doing = by, .action = "attribute_asked", .object = "attribute:" + id.text()}, m_clock.now());
    return id;
  });
}

Result<void> Attributes::stop_asking(const AttributeId& id, const access::Doing& by) {
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    if (!end_attribute(writer, id)) return fail(Error::Kind::not_found, "That is not asked.", "Look at the list.");
    for (const SealedAnswers& record : all_sealed_answers(writer)) {
      Answers answers = opened(m_keys, record);
      if (answers.erase(id.text()) == 0) continue;
      if (answers.empty()) {
        remove_sealed_answers(writer, record.person);
      } else {
        put_sealed_answers(writer, record.person, m_keys.seal(written(answers), declaration_context(record.person)));
      }
    }
    access::append_audit(writer, {.doing = by, .action = "attribute_ended", .object = "attribute:" + id.text()}, m_clock.now());
    return {};
  });
}

Result<Answers> Attributes::mine(PersonIndex person) {
  return m_database.read([&](db::Reader& reader) -> Result<Answers> {
    const auto sealed = sealed_answers_of(reader, static_cast<std::uint32_t>(person));
    return sealed ? read_answers(m_keys.open(*sealed, declaration_context(static_cast<std::uint32_t>(person)))) : Answers{};
  });
}

Result<void> Attributes::declare(PersonIndex person, const Answers& answers) { return declare({{person, answers}}); }

Result<void> Attributes::declare(const std::vector<std::pair<PersonIndex, Answers>>& all) {
  return m_database.write([&](db::Writer& writer) -> Result<void> {
    const std::vector<Attribute> asked = asked_attributes(writer);
    const auto is_offered = [&](const Answers::value_type& answer) {
      const auto found = std::find_if(asked.begin(), asked.end(), [&](const Attribute& each) { return each.id.text() == answer.first; });
      return found != asked.end() && std::find(found->options.begin(), found->options.end(), answer.second) != found->options.end();
    };
    for (const auto& declared : all) {
      if (!std::all_of(declared.second.begin(), declared.second.end(), is_offered)) return fail(Error::Kind::bad_input, "That answer is not offered.", "Choose one of the list, or none.");
    }
    for (const auto& [person, answers] : all) {
      const auto number = static_cast<std::uint32_t>(person);
      if (answers.empty()) {
        remove_sealed_answers(writer, number);
      } else {
        put_sealed_answers(writer, number, m_keys.seal(written(answers), declaration_context(number)));
      }
    }
    return {};
  });
}

std::int64_t seal_declarations_again(db::Writer& writer, const access::KeyRing& keys) {
  std::int64_t count = 0;
  for (const SealedAnswers& record : all_sealed_answers(writer)) {
    if (!keys.is_out_of_date(record.sealed)) continue;
    put_sealed_answers(writer, record.person, keys.seal(written(opened(keys, record)), declaration_context(record.person)));
    ++count;
  }
  return count;
}

std::unordered_map<std::uint32_t, std::string> declared_values(db::Reader& reader, const access::KeyRing& keys, const AttributeId& attribute) {
  std::unordered_map<std::uint32_t, std::string> values;
  for (const SealedAnswers& record : all_sealed_answers(reader)) {
    Answers answers = opened(keys, record);
    if (const auto found = answers.find(attribute.text()); found != answers.end()) values.emplace(record.person, std::move(found->second));
  }
  return values;
}

}  // namespace waymark::org
