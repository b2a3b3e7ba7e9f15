#include "org/scim/listing.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "access/password.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "org/scim/discovery.hpp"
#include "org/scim/projection.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;

/// Resources that are looked at at once: few enough that a hundred thousand people do not stand in memory as JSON.
constexpr std::size_t at_once = 1'000;

json::string_view key(std::string_view text) { return {text.data(), text.size()}; }

Answer<std::int64_t> number_of(const std::string& text, std::string_view name, std::int64_t otherwise) {
  if (text.empty()) return otherwise;
  const auto number = whole_number(text);
  if (!number) return refuse(400, "invalidValue", "`" + std::string(name) + "` must be a whole number.");
  return *number;
}

/// What a resource is ordered by; of several values the primary one, else the first.
std::string sort_key(const json::object& resource, const Place& place) {
  const json::object* holder = &resource;
  if (place.in_extension) {
    const json::value* extension = resource.if_contains(key(enterprise_urn));
    if (extension == nullptr || !extension->is_object()) return {};
    holder = &extension->get_object();
  }
  const json::value* value = holder->if_contains(key(place.attribute->name));
  if (value != nullptr && value->is_array()) value = value->get_array().empty() ? nullptr : &value->get_array().front();
  const Attribute* of = place.attribute;
  if (value != nullptr && value->is_object()) {
    of = place.part != nullptr ? place.part : place.attribute->part("value");
    value = of != nullptr ? value->get_object().if_contains(key(of->name)) : nullptr;
  }
  if (value == nullptr || value->is_null()) return {};
  std::string text = value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
  return of->is(Attribute::case_exact) ? text : access::folded(text);
}

/// Calls `take` with each resource and its index; with `meta` where that is asked for.
template <class Take>
void for_each(const Resources& kind, const View& view, const std::vector<std::uint32_t>& indices, const Dates* dates, Take&& take) {
  for (std::size_t begin = 0; begin < indices.size(); begin += at_once) {
    const auto end = std::min(begin + at_once, indices.size());
    const std::vector<std::uint32_t> some(indices.begin() + static_cast<std::ptrdiff_t>(begin), indices.begin() + static_cast<std::ptrdiff_t>(end));
    std::vector<json::object> resources = kind.read_all(view, some);
    const std::vector<Recorded> recorded = dates != nullptr ? (*dates)(some) : std::vector<Recorded>{};
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (dates != nullptr) add_meta(resources[i], kind.type(), view.address(), recorded[i]);
      take(some[i], resources[i]);
    }
  }
}

struct Sorting {
  Place by;
  bool descends = false;
};

Answer<std::optional<Sorting>> sorting_of(const Asked& asked, const ResourceType& type) {
  if (asked.sort_by.empty()) return std::optional<Sorting>();
  const auto place = read_place(asked.sort_by, type);
  if (!place || place->is_whole_extension) return refuse(400, "invalidPath", "`sortBy` must be the name of an attribute.");
  if (!asked.sort_order.empty() && !same_word(asked.sort_order, "ascending") && !same_word(asked.sort_order, "descending")) {
    return refuse(400, "invalidValue", "`sortOrder` must be ascending or descending.");
  }
  if (!place->is_known()) return std::optional<Sorting>();
  return std::optional(Sorting{*place, same_word(asked.sort_order, "descending")});
}

/// Those that the filter fits.
Answer<std::vector<std::uint32_t>> found(const Resources& kind, const View& view, const std::string& text, const Dates& dates) {
  if (text.empty()) return kind.all(view);
  const auto filter = Filter::parse(text, kind.type());
  if (!filter) return tl::unexpected<Refusal>(filter.error());
  if (const auto equals = filter->only_equals()) {
    if (auto known = kind.find_by(view, equals->first, equals->second)) return std::move(*known);
  }
  std::vector<std::uint32_t> matching;
  for_each(kind, view, kind.all(view), filter->mentions("meta") ? &dates : nullptr, [&](std::uint32_t index, const json::object& resource) {
    if (filter->matches(resource)) matching.push_back(index);
  });
  return matching;
}

void sort(const Resources& kind, const View& view, std::vector<std::uint32_t>& indices, const Sorting& sorting, const Dates& dates) {
  std::vector<std::pair<std::string, std::uint32_t>> keys;
  for_each(kind, view, indices, sorting.by.attribute->name == "meta" ? &dates : nullptr,
           [&](std::uint32_t index, const json::object& resource) { keys.emplace_back(sort_key(resource, sorting.by), index); });
  // Without a value last, or descending first: RFC 7644, section 3.4.2.3.
  std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
    const auto rank = [](const auto& each) { return std::pair(each.first.empty(), std::string_view(each.first)); };
    return sorting.descends ? rank(b) < rank(a) : rank(a) < rank(b);
  });
  for (std::size_t i = 0; i < keys.size(); ++i) indices[i] = keys[i].second;
}

}  // namespace

std::string version_of(const json::object& resource) {
  json::object said = resource;
  said.erase("meta");
  return "W/\"" + sha256_hex(json::serialize(said)).substr(0, 32) + "\"";
}

std::string location_of(const json::object& resource) {
  const json::value* meta = resource.if_contains("meta");
  return meta == nullptr ? std::string() : std::string(meta->at("location").get_string());
}

void add_meta(json::object& resource, const ResourceType& type, const std::string& address, const Recorded& dates) {
  const std::string version = version_of(resource);
  resource["meta"] = json::object{{"resourceType", key(type.name)},
                                  {"created", to_iso(dates.first)},
                                  {"lastModified", to_iso(dates.last)},
                                  {"location", address + std::string(type.endpoint) + "/" + std::string(resource.at("id").get_string())},
                                  {"version", version}};
}

Answer<Reply> list_resources(const Resources& kind, const View& view, const Asked& asked, const Dates& dates) {
  const auto projection = Projection::make(asked.attributes, asked.excluded_attributes, kind.type());
  if (!projection) return tl::unexpected<Refusal>(projection.error());
  const auto sorting = sorting_of(asked, kind.type());
  if (!sorting) return tl::unexpected<Refusal>(sorting.error());
  const auto start = number_of(asked.start_index, "startIndex", 1);
  if (!start) return tl::unexpected<Refusal>(start.error());
  const auto count = number_of(asked.count, "count", default_count);
  if (!count) return tl::unexpected<Refusal>(count.error());
  auto all = found(kind, view, asked.filter, dates);
  if (!all) return tl::unexpected<Refusal>(all.error());
  if (*sorting) sort(kind, view, *all, **sorting, dates);
  const std::size_t from = static_cast<std::size_t>(std::max<std::int64_t>(*start, 1));
  const std::size_t most = static_cast<std::size_t>(std::clamp<std::int64_t>(*count, 0, largest_count));
  std::vector<std::uint32_t> page;
  for (std::size_t i = from - 1; i < all->size() && page.size() < most; ++i) page.push_back((*all)[i]);
  json::array resources;
  for_each(kind, view, page, &dates, [&](std::uint32_t, const json::object& resource) { resources.push_back(projection->of(resource)); });
  const std::size_t total = all->size();
  return Reply{200, json::serialize(json::object{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:ListResponse"}},
                                                 {"totalResults", total},
                                                 {"startIndex", from},
                                                 {"itemsPerPage", resources.size()},
                                                 {"Resources", std::move(resources)}})};
}

}  // namespace waymark::org::scim
