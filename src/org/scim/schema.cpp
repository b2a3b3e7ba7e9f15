#include "org/scim/schema.hpp"

#include <array>

#include "base/text.hpp"

namespace waymark::org::scim {
namespace {

using A = Attribute;
using enum Attribute::Type;

// clang-format off
constexpr std::array meta_parts{
    A{"resourceType", text, A::case_exact | A::read_only, "The kind of resource."},
    A{"created", date_time, A::read_only, "When it was first recorded."},
    A{"lastModified", date_time, A::read_only, "When anything about it was last recorded."},
    A{"location", reference, A::case_exact | A::read_only, "Its address.", {}, "uri"},
    A{"version", text, A::case_exact | A::read_only, "Changes with what it says."},
};
constexpr std::array common{
    A{"schemas", reference, A::multi | A::case_exact | A::read_only | A::always | A::common, "The schemas of the resource.", {}, "uri"},
    A{"id", text, A::case_exact | A::read_only | A::always | A::common, "Given by Waymark."},
    A{"externalId", text, A::case_exact | A::common, "The directory's own id. Sign-in by OpenID can find people by it."},
    A{"meta", complex, A::read_only | A::common, "What is known of the resource itself.", meta_parts},
};
constexpr std::array name_parts{
    A{"formatted", text, A::none, "The whole name. Waymark keeps one name; displayName goes before."},
    A{"familyName", text, A::none, "Kept and given back as it was sent."},
    A{"givenName", text, A::none, "Kept and given back as it was sent."},
};
constexpr std::array email_parts{
    A{"value", text, A::none, "The address."},
    A{"type", text, A::none, "Waymark keeps the one at work."},
    A{"primary", boolean, A::none, "Of several, this one is kept."},
};
constexpr std::array user_group_parts{
    A{"value", text, A::case_exact | A::read_only, "The id of the group."},
    A{"$ref", reference, A::case_exact | A::read_only, "The address of the group.", {}, "Group"},
    A{"display", text, A::read_only, "The name of the group."},
    A{"type", text, A::read_only, "Always direct."},
};
constexpr std::array user_attributes{
    A{"userName", text, A::required | A::unique, "What the directory knows somebody by: an address or a login name."},
    A{"name", complex, A::none, "The name in parts.", name_parts},
    A{"displayName", text, A::none, "The name that colleagues see."},
    A{"title", text, A::none, "What the directory calls their job. It is no level."},
    A{"active", boolean, A::none, "Works here. False ends that today and locks the account; true lets them return."},
    A{"emails", complex, A::multi, "The address at work: the primary one, else that of the type work, else the first.", email_parts},
    A{"groups", complex, A::multi | A::read_only, "The team that somebody works in, where groups are teams.", user_group_parts},
};
constexpr std::array manager_parts{
    A{"value", text, A::case_exact, "The id of the manager, who is a user, too. Taken as well: their externalId, userName, address or employee number."},
    A{"$ref", reference, A::case_exact | A::read_only, "The address of the manager.", {}, "User"},
    A{"displayName", text, A::read_only, "The name of the manager."},
};
constexpr std::array enterprise_attributes{
    A{"employeeNumber", text, A::case_exact | A::unique, "Compared as it is written."},
    A{"manager", complex, A::none, "The solid reporting line, from today on.", manager_parts},
};
constexpr std::array member_parts{
    A{"value", text, A::case_exact, "The id of a user."},
    A{"$ref", reference, A::case_exact | A::read_only, "The address of the user.", {}, "User"},
    A{"display", text, A::read_only, "The name of the user."},
    A{"type", text, A::none, "Always User."},
};
constexpr std::array group_attributes{
    A{"displayName", text, A::required | A::unique, "The name of the team."},
    A{"members", complex, A::multi, "Who works in the team. Somebody works in one team: the one that said so last.", member_parts},
};
// clang-format on

constexpr Schema user_schema{user_urn, "User", "Somebody who works here.", user_attributes};
constexpr Schema enterprise_schema{enterprise_urn, "EnterpriseUser", "What an employer adds.", enterprise_attributes};
constexpr Schema group_schema{group_urn, "Group", "A team.", group_attributes};

}  // namespace

bool same_word(std::string_view a, std::string_view b) { return a.size() == b.size() && to_lower_ascii(a) == to_lower_ascii(b); }

const Attribute* find_in(std::span<const Attribute> attributes, std::string_view called) {
  for (const Attribute& attribute : attributes) {
    if (same_word(attribute.name, called)) return &attribute;
  }
  return nullptr;
}

const Attribute* Attribute::part(std::string_view called) const { return find_in(parts, called); }

const Attribute* ResourceType::find(std::string_view called) const {
  const Attribute* found = find_in(core->attributes, called);
  return found != nullptr ? found : find_in(common, called);
}

const ResourceType& user_type() {
  static constexpr ResourceType type{"User", "/Users", "People who work here.", &user_schema, &enterprise_schema};
  return type;
}

const ResourceType& group_type() {
  static constexpr ResourceType type{"Group", "/Groups", "Teams.", &group_schema, nullptr};
  return type;
}

}  // namespace waymark::org::scim
