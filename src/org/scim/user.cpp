#include <boost/json.hpp>

#include <algorithm>

#include "base/text.hpp"
#include "org/name_search.hpp"
#include "org/scim/body.hpp"
#include "org/scim/employment.hpp"
#include "org/scim/resources.hpp"
#include "org/values.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;

PersonIndex person_at(std::uint32_t index) { return static_cast<PersonIndex>(index); }
json::string_view key(std::string_view text) { return {text.data(), text.size()}; }
json::value text_value(std::string_view text) { return json::value(key(text)); }

/// What a resource says, in Waymark's words. Absent: it is silent; empty: there is none.
struct Said {
  std::optional<std::string> user_name, external_id, given, family, formatted, display, title, email, number, manager;
  std::optional<bool> active;
};

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(key(name));
  if (value == nullptr) return std::nullopt;
  return value->is_string() ? std::string(value->get_string()) : std::string();
}

/// The primary one, else that of the type work, else the first.
std::string chosen_email(const json::value& emails) {
  if (!emails.is_array()) return {};
  const json::object* chosen = nullptr;
  int best = -1;
  for (const json::value& each : emails.get_array()) {
    if (!each.is_object() || text_in(each.get_object(), "value").value_or("").empty()) continue;
    const json::value* primary = each.get_object().if_contains("primary");
    const bool is_work = same_word(text_in(each.get_object(), "type").value_or(""), "work");
    const int rank = (primary != nullptr && *primary == json::value(true) ? 2 : 0) + (is_work ? 1 : 0);
    if (rank > best) chosen = &each.get_object(), best = rank;
  }
  return chosen == nullptr ? std::string() : *text_in(*chosen, "value");
}

Said said_in(const json::object& sent) {
  Said said;
  said.user_name = text_in(sent, "userName");
  said.external_id = text_in(sent, "externalId");
  said.display = text_in(sent, "displayName");
  said.title = text_in(sent, "title");
  if (const json::value* name = sent.if_contains("name")) {
    const json::object none;
    const json::object& parts = name->is_object() ? name->get_object() : none;
    said.given = text_in(parts, "givenName").value_or("");
    said.family = text_in(parts, "familyName").value_or("");
    said.formatted = text_in(parts, "formatted").value_or("");
  }
  if (const json::value* active = sent.if_contains("active"); active != nullptr && active->is_bool()) said.active = active->get_bool();
  if (const json::value* emails = sent.if_contains("emails")) said.email = chosen_email(*emails);
  if (const json::value* extension = sent.if_contains(key(enterprise_urn)); extension != nullptr && extension->is_object()) {
    said.number = text_in(extension->get_object(), "employeeNumber").value_or("");
    said.manager = std::string();
    if (const json::value* manager = extension->get_object().if_contains("manager"); manager != nullptr && manager->is_object()) {
      said.manager = text_in(manager->get_object(), "value").value_or("");
    }
  }
  return said;
}

std::string whole_name(const std::string& given, const std::string& family) { return collapse_white_space(given + " " + family); }

/// displayName, else name.formatted, else given and family name, else the userName. Of one that is there: whichever of these was changed.
std::string name_of(const Said& said, const PersonDetails* before) {
  const std::string display = collapse_white_space(said.display.value_or(""));
  const std::string formatted = collapse_white_space(said.formatted.value_or(""));
  const std::string parts = whole_name(said.given.value_or(""), said.family.value_or(""));
  if (before != nullptr) {
    const std::string& present = before->name;
    if (!display.empty() && display != present) return display;
    if (!formatted.empty() && formatted != present) return formatted;
    const std::string old = whole_name(before->given_name, before->family_name);
    return !parts.empty() && parts != old && (present == old || old.empty()) && said.given ? parts : present;
  }
  return !display.empty() ? display : !formatted.empty() ? formatted : !parts.empty() ? parts : said.user_name.value_or("");
}

void set_reference(std::vector<Reference>& references, const std::string& source, const std::optional<std::string>& id) {
  std::erase_if(references, [&](const Reference& each) { return each.source == source; });
  if (id) references.push_back({source, *id});
}

std::optional<std::string> if_any(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

class Users : public Resources {
 public:
  const ResourceType& type() const override { return user_type(); }

  std::vector<std::uint32_t> all(const View& view) const override {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < view.organisation().people(); ++i) {
      if (view.shows(person_at(i))) found.push_back(i);
    }
    return found;
  }

  std::optional<std::uint32_t> find(const View& view, std::string_view id) const override { return number(view.user(id)); }

  std::optional<std::vector<std::uint32_t>> find_by(const View& view, std::string_view attribute, const std::string& text) const override {
    const auto some = [](std::optional<PersonIndex> found) { return found ? std::vector{static_cast<std::uint32_t>(*found)} : std::vector<std::uint32_t>{}; };
    if (attribute == "id") return some(view.user(text));
    if (attribute == "userName") return some(view.user_called(text));
    if (attribute == "externalId") return some(view.user_with_external_id(text));
    if (attribute == "emails.value") return some(view.user_with_email(text));
    return std::nullopt;
  }

  json::object read(const View& view, std::uint32_t index) const override {
    const PersonIndex person = person_at(index);
    const Organisation& organisation = view.organisation();
    const PersonDetails& details = organisation.person(person).details;
    json::object user{{"schemas", {key(user_urn), key(enterprise_urn)}}, {"id", text_value(organisation.person(person).id.text())}};
    if (const auto external = view.external_id(person)) user["externalId"] = text_value(*external);
    user["userName"] = text_value(view.user_name(person));
    json::object name{{"formatted", text_value(details.name)}};
    if (!details.given_name.empty()) name["givenName"] = text_value(details.given_name);
    if (!details.family_name.empty()) name["familyName"] = text_value(details.family_name);
    user["name"] = std::move(name);
    user["displayName"] = text_value(details.name);
    const Date day = view.first_open_day(person);
    if (const auto title = organisation.at(person, Kind::title, day)) user["title"] = text_value(organisation.words()[title->value]);
    user["active"] = view.is_active(person);
    if (details.email) user["emails"] = json::array{json::object{{"value", text_value(*details.email)}, {"type", "work"}, {"primary", true}}};
    if (const auto team = view.team_of(person); team && view.shows(*team)) {
      const std::string& id = organisation.team(*team).id.text();
      user["groups"] = json::array{json::object{{"value", text_value(id)},
                                                {"$ref", text_value(view.address() + "/Groups/" + id)},
                                                {"display", text_value(view.team_name(*team))},
                                                {"type", "direct"}}};
    }
    json::object extension;
    if (details.employee_number) extension["employeeNumber"] = text_value(*details.employee_number);
    if (const auto manager = organisation.at(person, Kind::manager, day); manager && view.shows(person_at(manager->value))) {
      const Person& who = organisation.person(person_at(manager->value));
      extension["manager"] = json::object{{"value", text_value(who.id.text())},
                                          {"$ref", text_value(view.address() + "/Users/" + who.id.text())},
                                          {"displayName", text_value(who.details.name)}};
    }
    user[key(enterprise_urn)] = std::move(extension);
    return user;
  }

  Answer<Plan> plan(const View& view, std::optional<std::uint32_t> before, const json::object& sent, Wanted wanted) const override {
    const Said said = said_in(sent);
    if (said.user_name.value_or("").empty()) return refuse(400, "invalidValue", "A user needs a `userName`.");
    if (const auto called = view.user_called(*said.user_name); called && number(called) != before) {
      return refuse(409, "uniqueness", "There is a user with the userName `" + *said.user_name + "` already.");
    }
    Plan plan;
    std::optional<PersonIndex> person = before ? std::optional(person_at(*before)) : std::nullopt;
    const std::string email = email_of(view, person, said);
    if (!person) {
      auto known = somebody_known(view, said, email, plan.changes);
      if (known) person = *known;
    }
    return change(view, person, said, email, wanted, std::move(plan));
  }

  Answer<Plan> plan_removal(const View& view, std::uint32_t index) const override {
    const PersonIndex person = person_at(index);
    const Person& who = view.organisation().person(person);
    Plan plan{.id = who.id.text()};
    plan.accounts.push_back({.person = plan.id, .name = who.details.name, .was_active = view.is_active(person)});
    PersonDetails details = who.details;
    const auto external = view.external_id(person);
    for (const std::string& source : {view.sources().user, view.sources().user_name, view.sources().external}) set_reference(details.references, source, {});
    set_reference(details.references, view.sources().left, external);
    std::sort(details.references.begin(), details.references.end());
    plan.changes.people.push_back({who.id, std::move(details)});
    end_employment(view, person, plan.changes);
    return plan;
  }

 private:
  static std::optional<std::uint32_t> number(std::optional<PersonIndex> person) {
    return person ? std::optional(static_cast<std::uint32_t>(*person)) : std::nullopt;
  }

  /// The address at work. Where it was the userName, it goes with it; where nothing is said and the userName is one, it is that.
  static std::string email_of(const View& view, std::optional<PersonIndex> person, const Said& said) {
    const std::string present = person ? view.organisation().person(*person).details.email.value_or("") : std::string();
    const std::string wanted = said.email.value_or(present);
    if (person && !present.empty() && wanted == present && email_key(present) == user_name_key(view.user_name(*person)) && is_email(*said.user_name)) {
      return *said.user_name;
    }
    return !person && wanted.empty() && !said.email && is_email(*said.user_name) ? *said.user_name : wanted;
  }

  /// Who is to be created may be there: brought by an import and not kept by any directory, or somebody who left and returns. An address of somebody else who
  /// left is given anew.
  static std::optional<PersonIndex> somebody_known(const View& view, const Said& said, const std::string& email, Changes& changes) {
    const Organisation& organisation = view.organisation();
    const std::string external = said.external_id.value_or("");
    if (!external.empty()) {
      if (const auto left = organisation.find_by_reference({view.sources().left, external}); left && !view.is_kept_elsewhere(*left)) return left;
    }
    auto found = email.empty() ? std::nullopt : organisation.find_by_email(email);
    if (!found && !said.number.value_or("").empty()) {
      found = organisation.find_by_number(*said.number);
      if (found && organisation.person(*found).details.email) found.reset();
    }
    if (!found || view.keeps(*found) || view.is_kept_elsewhere(*found)) return std::nullopt;
    if (view.is_active(*found) || name_key(organisation.person(*found).details.name) == name_key(name_of(said, nullptr))) return found;
    PersonDetails details = organisation.person(*found).details;
    details.email.reset();
    changes.people.push_back({organisation.person(*found).id, std::move(details)});
    return std::nullopt;
  }

  static Answer<Plan> change(const View& view, std::optional<PersonIndex> person, const Said& said, const std::string& email, Wanted wanted, Plan plan) {
    const PersonId id = person ? view.organisation().person(*person).id : PersonId::make();
    const bool was_active = person && view.is_active(*person);
    const bool is_active = said.active.value_or(wanted == Wanted::created || was_active);
    plan.id = id.text();
    plan.changes.people.push_back({id, details_of(view, person, said, email)});
    const PersonDetails& details = plan.changes.people.back().details;
    for (const PersonChange& other : plan.changes.people) {
      if (other.id != id) plan.accounts.push_back({.person = other.id.text(), .name = other.details.name, .loses_email = true});
    }
    const std::string external = said.external_id.value_or(person ? view.external_id(*person).value_or("") : "");
    plan.accounts.push_back({.person = id.text(), .name = details.name, .email = details.email, .external_id = if_any(external), .was_active = was_active, .is_active = is_active});
    if (!is_active) {
      if (was_active) end_employment(view, *person, plan.changes);
      return plan;
    }
    if (!was_active) plan.changes.facts.push_back({id.text(), Kind::employed, view.today(), std::string(yes)});
    const Date day = person && was_active ? view.first_open_day(*person) : view.today();
    if (said.title || wanted == Wanted::replaced) set_fact(view, person, id, Kind::title, day, collapse_white_space(said.title.value_or("")), plan.changes);
    // A manager whom this directory does not see is not its to take away.
    if (!said.manager) return plan;
    const auto manager = user_meant(view, *said.manager);
    if (!manager && !said.manager->empty()) {
      return refuse(400, "invalidValue", "No user has the id `" + *said.manager + "`, who is to be the manager. Bring the manager first.");
    }
    const std::string manager_id = manager ? view.organisation().person(*manager).id.text() : std::string();
    if (manager_id != shown_manager(view, person, day)) set_fact(view, person, id, Kind::manager, day, manager_id, plan.changes);
    return plan;
  }

  /// By our id, as the standard says; else by what the directory calls them, for it may know no id but its own.
  static std::optional<PersonIndex> user_meant(const View& view, const std::string& word) {
    if (word.empty()) return std::nullopt;
    if (const auto by_id = view.user(word)) return by_id;
    if (const auto by_external_id = view.user_with_external_id(word)) return by_external_id;
    if (const auto by_name = view.user_called(word)) return by_name;
    if (const auto by_email = view.user_with_email(word)) return by_email;
    const auto by_number = view.organisation().find_by_number(word);
    return by_number && view.shows(*by_number) ? by_number : std::nullopt;
  }

  static std::string shown_manager(const View& view, std::optional<PersonIndex> person, Date day) {
    const auto manager = person ? view.organisation().at(*person, Kind::manager, day) : std::nullopt;
    if (!manager || !view.shows(person_at(manager->value))) return {};
    return view.organisation().person(person_at(manager->value)).id.text();
  }

  static PersonDetails details_of(const View& view, std::optional<PersonIndex> person, const Said& said, const std::string& email) {
    PersonDetails details = person ? view.organisation().person(*person).details : PersonDetails{};
    details.name = name_of(said, person ? &view.organisation().person(*person).details : nullptr);
    if (said.given) details.given_name = *said.given;
    if (said.family) details.family_name = *said.family;
    details.email = if_any(email);
    if (said.number) details.employee_number = if_any(*said.number);
    const std::string folded = user_name_key(*said.user_name);
    const bool follows = *said.user_name == folded || *said.user_name == email;
    set_reference(details.references, view.sources().user, folded);
    set_reference(details.references, view.sources().user_name, follows ? std::nullopt : said.user_name);
    if (said.external_id) set_reference(details.references, view.sources().external, if_any(*said.external_id));
    set_reference(details.references, view.sources().left, {});
    std::sort(details.references.begin(), details.references.end());
    return details;
  }

  static void set_fact(const View& view, std::optional<PersonIndex> person, const PersonId& id, Kind kind, Date day, const std::string& value, Changes& changes) {
    const auto present = person ? view.organisation().at(*person, kind, day) : std::nullopt;
    const std::string_view text = present ? view.organisation().text_of(kind, present->value) : std::string_view();
    if (text == value) return;
    changes.facts.push_back({id.text(), kind, day, if_any(value)});
  }
};

}  // namespace

const Resources& users() {
  static const Users all;
  return all;
}

}  // namespace waymark::org::scim
