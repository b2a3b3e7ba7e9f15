/// Users are people and groups are teams: each read as a resource, and a resource that is wanted as the changes that lead to it. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/provisioning.hpp"
#include "org/change.hpp"
#include "org/scim/filter.hpp"
#include "org/scim/json.hpp"
#include "org/scim/refusal.hpp"
#include "org/scim/schema.hpp"
#include "org/scim/view.hpp"

namespace waymark::org::scim {

/// What a request comes to.
struct Plan {
  Changes changes = {};
  std::string id = {};                                    ///< of the resource
  std::vector<access::ProvisionedAccount> accounts = {};  ///< in this order
};

/// How much a resource that was sent says: a PUT may be silent about what its directory has no mapping for.
enum class Wanted { created, replaced, patched };

class Resources {
 public:
  virtual ~Resources() = default;
  [[nodiscard]] virtual const ResourceType& type() const = 0;

  /// By index of the person or team, in the order of arrival.
  [[nodiscard]] virtual std::vector<std::uint32_t> all(const View& view) const = 0;
  [[nodiscard]] virtual std::optional<std::uint32_t> find(const View& view, std::string_view id) const = 0;
  /// Where a key answers `attribute eq "text"`: who it is, if anybody. Nothing where all must be looked at.
  [[nodiscard]] virtual std::optional<std::vector<std::uint32_t>> find_by(const View& view, std::string_view attribute, const std::string& text) const = 0;

  /// Without `meta`.
  [[nodiscard]] virtual boost::json::object read(const View& view, std::uint32_t index) const = 0;
  /// The same for several; faster where they share something.
  [[nodiscard]] virtual std::vector<boost::json::object> read_all(const View& view, const std::vector<std::uint32_t>& indices) const;
  /// What a patch works on: the same with nothing that Waymark alone says.
  [[nodiscard]] boost::json::object read_kept(const View& view, std::uint32_t index) const;

  /// `before` none: it is to be made. `sent` says what is kept (body.hpp).
  [[nodiscard]] virtual Answer<Plan> plan(const View& view, std::optional<std::uint32_t> before, const boost::json::object& sent, Wanted wanted) const = 0;
  [[nodiscard]] virtual Answer<Plan> plan_removal(const View& view, std::uint32_t index) const = 0;
};

[[nodiscard]] const Resources& users();
[[nodiscard]] const Resources& groups();

/// Uniqueness, or a value that cannot be.
[[nodiscard]] Refusal refusal_of(const Problem& problem);

}  // namespace waymark::org::scim
