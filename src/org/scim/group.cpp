#include <boost/json.hpp>

#include <algorithm>
#include <set>

#include "access/password.hpp"
#include "base/text.hpp"
#include "org/scim/body.hpp"
#include "org/scim/resources.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;

TeamIndex team_at(std::uint32_t index) { return static_cast<TeamIndex>(index); }
json::value text_value(std::string_view text) { return json::value(json::string_view(text.data(), text.size())); }

std::string text_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object group_of(const View& view, TeamIndex team, const std::vector<PersonIndex>& members) {
  const Organisation& organisation = view.organisation();
  json::object group{{"schemas", {json::string_view(group_urn.data(), group_urn.size())}}, {"id", text_value(organisation.team(team).id.text())}};
  if (const auto external = view.external_id(team)) group["externalId"] = text_value(*external);
  group["displayName"] = text_value(view.team_name(team));
  json::array listed;
  for (const PersonIndex member : members) {
    const Person& person = organisation.person(member);
    listed.push_back(json::object{{"value", text_value(person.id.text())},
                                  {"$ref", text_value(view.address() + "/Users/" + person.id.text())},
                                  {"display", text_value(person.details.name)},
                                  {"type", "User"}});
  }
  if (!listed.empty()) group["members"] = std::move(listed);
  return group;
}

class Groups : public Resources {
 public:
  const ResourceType& type() const override { return group_type(); }

  std::vector<std::uint32_t> all(const View& view) const override {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < view.organisation().teams(); ++i) {
      if (view.shows(team_at(i))) found.push_back(i);
    }
    return found;
  }

  std::optional<std::uint32_t> find(const View& view, std::string_view id) const override {
    const auto found = view.group(id);
    return found ? std::optional(static_cast<std::uint32_t>(*found)) : std::nullopt;
  }

  std::optional<std::vector<std::uint32_t>> find_by(const View& view, std::string_view attribute, const std::string& text) const override {
    const auto some = [](std::optional<TeamIndex> found) { return found ? std::vector{static_cast<std::uint32_t>(*found)} : std::vector<std::uint32_t>{}; };
    if (attribute == "id") return some(view.group(text));
    if (attribute == "externalId") return some(view.group_with_external_id(text));
    if (attribute == "displayName") return called(view, access::folded(text));
    return std::nullopt;
  }

  json::object read(const View& view, std::uint32_t index) const override { return group_of(view, team_at(index), view.members(team_at(index))); }

  std::vector<json::object> read_all(const View& view, const std::vector<std::uint32_t>& indices) const override {
    std::vector<json::object> resources;
    if (indices.empty()) return resources;
    const auto members = view.all_members();
    for (const std::uint32_t index : indices) resources.push_back(group_of(view, team_at(index), members[index]));
    return resources;
  }

  Answer<Plan> plan(const View& view, std::optional<std::uint32_t> before, const json::object& sent, Wanted wanted) const override {
    const std::string name = collapse_white_space(text_in(sent, "displayName"));
    if (name.empty()) return refuse(400, "invalidValue", "A group needs a `displayName`.");
    std::optional<TeamIndex> team = before ? std::optional(team_at(*before)) : std::nullopt;
    const std::string folded = access::folded(name);
    for (const std::uint32_t other : all(view)) {
      if (before == other || folded != access::folded(view.team_name(team_at(other)))) continue;
      if (view.keeps(team_at(other))) return refuse(409, "uniqueness", "There is a group with the name `" + name + "` already.");
      if (!before) team = team_at(other);
    }
    const TeamId id = team ? view.organisation().team(*team).id : TeamId::make();
    Plan plan{.id = id.text()};
    TeamChange details{id, team ? view.organisation().team(*team).references : std::vector<Reference>{}};
    const auto set = [&](const std::string& source, const std::string& value) {
      std::erase_if(details.references, [&](const Reference& each) { return each.source == source; });
      if (!value.empty()) details.references.push_back({source, value});
    };
    set(view.sources().group, id.text());
    if (wanted == Wanted::created || sent.contains("externalId")) set(view.sources().external, text_in(sent, "externalId"));
    std::sort(details.references.begin(), details.references.end());
    plan.changes.teams.push_back(std::move(details));
    if (!team || view.team_name(*team) != name) plan.changes.facts.push_back({id.text(), Kind::team_name, view.today(), name});
    // An adopted team keeps its members where the directory is silent about them.
    if (wanted == Wanted::created && team && !sent.contains("members")) return plan;
    if (auto refused = set_members(view, team, id, sent, plan.changes)) return tl::unexpected<Refusal>(std::move(*refused));
    return plan;
  }

  Answer<Plan> plan_removal(const View& view, std::uint32_t index) const override {
    const TeamIndex team = team_at(index);
    const Organisation& organisation = view.organisation();
    const std::string id = organisation.team(team).id.text();
    Plan plan{.id = id};
    TeamChange details{organisation.team(team).id, organisation.team(team).references};
    std::erase_if(details.references, [&](const Reference& each) { return each.source == view.sources().group || each.source == view.sources().external; });
    plan.changes.teams.push_back(std::move(details));
    const Date today = view.today();
    plan.changes.facts.push_back({id, Kind::team_name, today, std::nullopt});
    for (std::uint32_t i = 0; i < organisation.people(); ++i) {
      const auto person = static_cast<PersonIndex>(i);
      const auto member = organisation.at(person, Kind::team, today);
      if (member && member->value == index && organisation.is_employed(person, today)) {
        plan.changes.facts.push_back({organisation.person(person).id.text(), Kind::team, today, std::nullopt});
      }
    }
    for (const Spell& lead : organisation.history(team, Kind::team_lead)) {
      if (lead.covers(today)) {
        plan.changes.facts.push_back({id, Kind::team_lead, today, std::string(organisation.text_of(Kind::team_lead, lead.value)), true});
      }
    }
    return plan;
  }

 private:
  /// Without a look at who is in them: a directory asks so before each change.
  static std::vector<std::uint32_t> called(const View& view, const std::string& folded) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < view.organisation().teams(); ++i) {
      if (view.shows(team_at(i)) && access::folded(view.team_name(team_at(i))) == folded) found.push_back(i);
    }
    return found;
  }

  /// Whoever is listed works in the team from today on, whoever is not no more. People who do not work here are left out.
  static std::optional<Refusal> set_members(const View& view, std::optional<TeamIndex> team, const TeamId& id, const json::object& sent, Changes& changes) {
    const Organisation& organisation = view.organisation();
    std::set<PersonIndex> wanted;
    const json::value* members = sent.if_contains("members");
    static const json::array nobody;
    for (const json::value& each : members != nullptr && members->is_array() ? members->get_array() : nobody) {
      const std::string member = each.is_object() ? text_in(each.get_object(), "value") : std::string();
      const auto person = view.user(member);
      if (!person) {
        return Refusal{400, "invalidValue",
                       view.group(member) ? "The member `" + member + "` is a group. Groups in groups are not kept; list their people."
                                          : "No user has the id `" + member + "`, who is to be a member. Bring the user first."};
      }
      if (view.is_active(*person)) wanted.insert(*person);
    }
    const std::vector<PersonIndex> present = team ? view.members(*team) : std::vector<PersonIndex>{};
    for (const PersonIndex person : present) {
      if (!wanted.contains(person)) changes.facts.push_back({organisation.person(person).id.text(), Kind::team, view.first_open_day(person), std::nullopt});
    }
    const std::set<PersonIndex> stays(present.begin(), present.end());
    for (const PersonIndex person : wanted) {
      if (!stays.contains(person)) changes.facts.push_back({organisation.person(person).id.text(), Kind::team, view.first_open_day(person), id.text()});
    }
    return std::nullopt;
  }
};

}  // namespace

const Resources& groups() {
  static const Groups all;
  return all;
}

}  // namespace waymark::org::scim
