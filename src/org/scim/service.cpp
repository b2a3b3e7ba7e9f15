#include "org/scim/service.hpp"

#include <boost/json.hpp>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "org/scim/body.hpp"
#include "org/scim/directory_records.hpp"
#include "org/scim/listing.hpp"
#include "org/scim/patch.hpp"
#include "org/scim/projection.hpp"
#include "org/scim/resources.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;

const Resources& resources(Which which) { return which == Which::users ? users() : groups(); }

/// What is thrown through the registry to undo a change.
struct Refused {
  Refusal refusal;
};

/// `"a", W/"b"` or `*`. SCIM's versions are weak ones, so they are compared without regard to that.
bool names_version(std::string_view condition, std::string_view version) {
  const auto bare = [](std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; };
  for (const std::string_view each : split(condition, ',')) {
    const std::string_view tag = trim(each);
    if (tag == "*" || (!tag.empty() && bare(tag) == bare(version))) return true;
  }
  return false;
}

tl::unexpected<Refusal> no_such(Which which, std::string_view id) {
  return refuse(404, "", std::string(which == Which::users ? "No user" : "No group") + " has the id `" + std::string(id.substr(0, 100)) + "`.");
}

Refusal refusal_of(const Error& error) {
  return {error.kind == Error::Kind::conflict ? 409 : 400, error.kind == Error::Kind::conflict ? "" : "invalidValue", error.message + ' ' + error.way_out};
}

}  // namespace

/// What is to be done with one resource.
struct Service::Change {
  enum class What { create, replace, patch, remove } what;
  std::string_view id = {};
  json::object body = {};
  std::string_view match = {};
};

Service::Service(Registry& registry, db::Database& database, const Clock& clock, const Caller& caller, std::string address)
    : m_registry(registry), m_database(database), m_clock(clock), m_caller(caller), m_address(std::move(address)) {}

Answer<Reply> Service::list(Which which, const Asked& asked) {
  const Resources& kind = resources(which);
  const View view(m_registry.now(), date_of(m_clock.now()), m_caller.directory.id.text(), m_caller.others, m_address);
  return list_resources(kind, view, asked, [&](const std::vector<std::uint32_t>& indices) {
    return m_database.read([&](db::Reader& reader) { return recorded(reader, which == Which::groups, indices); });
  });
}

Answer<Reply> Service::search(Which which, std::string_view body) {
  const auto sent = read_body(body);
  if (!sent) return tl::unexpected<Refusal>(sent.error());
  const auto text = [&](std::string_view name) -> std::string {
    const json::value* value = find_member(*sent, name);
    if (value == nullptr) return {};
    if (value->is_string()) return std::string(value->get_string());
    if (value->is_int64()) return std::to_string(value->get_int64());
    std::vector<std::string> words;
    if (!value->is_array()) return {};
    for (const json::value& each : value->get_array()) {
      if (each.is_string()) words.emplace_back(each.get_string());
    }
    return join(words, ",");
  };
  return list(which, {text("filter"), text("attributes"), text("excludedAttributes"), text("sortBy"), text("sortOrder"), text("startIndex"), text("count")});
}

Answer<Reply> Service::get(Which which, std::string_view id, const Asked& asked, const Conditions& conditions) {
  const Resources& kind = resources(which);
  const View view(m_registry.now(), date_of(m_clock.now()), m_caller.directory.id.text(), m_caller.others, m_address);
  const auto projection = Projection::make(asked.attributes, asked.excluded_attributes, kind.type());
  if (!projection) return tl::unexpected<Refusal>(projection.error());
  const auto index = kind.find(view, id);
  if (!index) return no_such(which, id);
  json::object resource = kind.read(view, *index);
  const auto dates = m_database.read([&](db::Reader& reader) { return recorded(reader, which == Which::groups, {*index}); });
  add_meta(resource, kind.type(), m_address, dates.front());
  Reply reply{200, {}, location_of(resource), version_of(resource)};
  if (!conditions.none_match.empty() && names_version(conditions.none_match, reply.version)) {
    reply.status = 304;
    return reply;
  }
  reply.body = json::serialize(projection->of(resource));
  return reply;
}

Answer<Reply> Service::create(Which which, std::string_view body, const Asked& asked) {
  auto sent = read_body(body);
  if (!sent) return tl::unexpected<Refusal>(sent.error());
  auto kept = kept_of(*sent, resources(which).type());
  if (!kept) return tl::unexpected<Refusal>(kept.error());
  return change(which, {Change::What::create, {}, std::move(*kept), {}}, asked);
}

Answer<Reply> Service::replace(Which which, std::string_view id, std::string_view body, const Asked& asked, const Conditions& conditions) {
  auto sent = read_body(body);
  if (!sent) return tl::unexpected<Refusal>(sent.error());
  auto kept = kept_of(*sent, resources(which).type());
  if (!kept) return tl::unexpected<Refusal>(kept.error());
  return change(which, {Change::What::replace, id, std::move(*kept), conditions.match}, asked);
}

Answer<Reply> Service::patch(Which which, std::string_view id, std::string_view body, const Asked& asked, const Conditions& conditions) {
  auto sent = read_body(body);
  if (!sent) return tl::unexpected<Refusal>(sent.error());
  return change(which, {Change::What::patch, id, std::move(*sent), conditions.match}, asked);
}

Answer<Reply> Service::remove(Which which, std::string_view id, const Conditions& conditions) {
  return change(which, {Change::What::remove, id, {}, conditions.match}, {});
}

Answer<Reply> Service::change(Which which, const Change& change, const Asked& asked) {
  const Resources& kind = resources(which);
  const auto projection = Projection::make(asked.attributes, asked.excluded_attributes, kind.type());
  if (!projection) return tl::unexpected<Refusal>(projection.error());
  const auto view_of = [&](std::shared_ptr<const Organisation> organisation) {
    return View(std::move(organisation), date_of(m_clock.now()), m_caller.directory.id.text(), m_caller.others, m_address);
  };
  Plan plan;
  const auto make = [&](const std::shared_ptr<const Organisation>& organisation) {
    const View view = view_of(organisation);
    std::optional<std::uint32_t> index;
    if (change.what != Change::What::create) {
      index = kind.find(view, change.id);
      if (!index) throw Refused{no_such(which, change.id).value()};
      if (!change.match.empty()) {
        if (!names_version(change.match, version_of(kind.read(view, *index)))) {
          throw Refused{{412, "", "The resource is not as it was when it was read. Read it again."}};
        }
      }
    }
    const auto planned = [&]() -> Answer<Plan> {
      switch (change.what) {
        case Change::What::create: return kind.plan(view, {}, change.body, Wanted::created);
        case Change::What::replace: return kind.plan(view, index, change.body, Wanted::replaced);
        case Change::What::remove: return kind.plan_removal(view, *index);
        case Change::What::patch: break;
      }
      json::object patched = kind.read_kept(view, *index);
      if (auto done = apply_patch(change.body, kind.type(), patched); !done) return tl::unexpected<Refusal>(done.error());
      return kind.plan(view, index, patched, Wanted::patched);
    };
    auto made = planned();
    if (!made) throw Refused{std::move(made.error())};
    plan = std::move(*made);
    return plan.changes;
  };
  const auto also = [&](db::Writer& writer, const Organisation&) {
    for (const access::ProvisionedAccount& account : plan.accounts) {
      if (const auto done = access::provision_account(writer, account, m_caller.directory.name, m_clock.now()); !done) throw Refused{refusal_of(done.error())};
    }
  };
  Reason reason{.source = "directory", .why = m_caller.directory.name};
  Changed changed;
  try {
    changed = m_registry.change(make, reason, also);
  } catch (const Refused& refused) {
    return tl::unexpected<Refusal>(refused.refusal);
  }
  if (!changed.problems.empty()) return tl::unexpected<Refusal>(scim::refusal_of(changed.problems.front()));
  if (change.what == Change::What::remove) return Reply{204};
  const View view = view_of(changed.organisation);
  const auto index = kind.find(view, plan.id);
  if (!index) return no_such(which, plan.id);
  json::object resource = kind.read(view, *index);
  const auto dates = m_database.read([&](db::Reader& reader) { return recorded(reader, which == Which::groups, {*index}); });
  add_meta(resource, kind.type(), m_address, dates.front());
  Reply reply{change.what == Change::What::create ? 201 : 200, {}, location_of(resource), version_of(resource)};
  // A group can be large, and whoever patches one knows what it says.
  if (change.what == Change::What::patch && which == Which::groups && projection->is_everything()) {
    reply.status = 204;
    return reply;
  }
  reply.body = json::serialize(projection->of(resource));
  return reply;
}

}  // namespace waymark::org::scim
