#include "access/audited_write.hpp"
#include "access/feature_switches.hpp"

namespace waymark::access {
namespace {

AuditRecord record_of(const FeatureSwitch& what, std::string action, std::string_view why, const Doing& by) {
  return {.doing = by,
          .action = std::move(action),
          .why = std::string(why),
          .facts = {{"feature", std::string(to_string(what.feature))}, {"part", what.where.part}, {"country", what.where.country}}};
}

}  // namespace

std::vector<FeatureSwitch> feature_switches(db::Reader& reader) {
  return reader.rows("SELECT feature, part, country FROM feature_switch ORDER BY feature, part, country", {},
                     [](const std::string& feature, std::string part, std::string country) {
                       const auto known = feature_of(std::string_view(feature));
                       if (!known) throw db::Unreadable{"`" + feature + "` is not a feature"};
                       return FeatureSwitch{*known, {std::move(part), std::move(country)}};
                     });
}

Result<void> switch_off(db::Database& database, const FeatureSwitch& what, std::string_view why, const Doing& by, const Clock& clock) {
  if (what.feature == Feature::always_on)
    return fail(Error::Kind::bad_input, "This cannot be switched off.", "Choose a feature that holds personal data.", "feature");
  return audited_write(database, [&](db::Writer& writer) -> Result<void> {
    const auto changed = writer.run("INSERT INTO feature_switch (feature, part, country) VALUES (:feature, :part, :country) ON CONFLICT DO NOTHING",
                                    {{"feature", to_string(what.feature)}, {"part", what.where.part}, {"country", what.where.country}});
    if (changed > 0) append_audit(writer, record_of(what, "feature_switched_off", why, by), clock.now());
    return {};
  });
}

Result<void> switch_on(db::Database& database, const FeatureSwitch& what, std::string_view why, const Doing& by, const Clock& clock) {
  return audited_write(database, [&](db::Writer& writer) -> Result<void> {
    const auto changed = writer.run("DELETE FROM feature_switch WHERE feature = :feature AND part = :part AND country = :country",
                                    {{"feature", to_string(what.feature)}, {"part", what.where.part}, {"country", what.where.country}});
    if (changed > 0) append_audit(writer, record_of(what, "feature_switched_on", why, by), clock.now());
    return {};
  });
}

}  // namespace waymark::access
