#include <map>

#include <fmt/format.h>

#include "access/audit.hpp"
#include "access/feature_switches.hpp"
#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/account_words.hpp"
#include "web/scope_words.hpp"
#include "web/standpoint.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using access::Feature;
using http::Response;
using pages::FormField;
using pages::Sheet;

constexpr int entries_a_page = 100;

Sheet features_sheet(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto switches = installation.database.read([](db::Reader& reader) { return access::feature_switches(reader); });
  Sheet sheet{.title = "Features switched off",
              .lead = "What may be kept about people differs from country to country. A feature that is switched off somewhere is closed to everybody there; what it holds stays, untouched."};
  Sheet::Section now;
  if (switches.empty()) {
    now.words.push_back("Everything is on, everywhere.");
  } else {
    Sheet::Table table{.caption = "Features switched off", .columns = {"Feature", "Where"}, .rows = {}, .with_buttons = true};
    for (const access::FeatureSwitch& each : switches) {
      const std::string title(feature_title(each.feature));
      table.rows.push_back({.cells = {{title}, {scope_in_words(each.where, standpoint_of(visit).today->organisation())}},
                            .buttons = {{.action = "/features",
                                         .label = "Switch on again",
                                         .hidden = {{"feature", std::string(to_string(each.feature))}, {"part", each.where.part}, {"country", each.where.country}, {"to", "on"}, {"why", "switched on again"}},
                                         .about = title}}});
    }
    now.table = std::move(table);
  }
  sheet.sections.push_back(std::move(now));
  FormField feature{.name = "feature", .label = "Feature", .kind = FormField::Kind::select};
  for (int i = 1; i < access::feature_count; ++i) {
    const std::string name(to_string(static_cast<Feature>(i)));
    feature.options.push_back({name, std::string(feature_title(static_cast<Feature>(i))), typed(visit, "feature") == name});
  }
  pages::Form form{.action = "/features", .button = "Switch it off", .fields = {std::move(feature)}, .hidden = {{"to", "off"}}};
  for (FormField& field : scope_fields(visit, *standpoint_of(visit).today)) form.fields.push_back(std::move(field));
  form.fields.push_back({.name = "why", .label = "Why", .value = typed(visit, "why"), .hint = "Stands in the audit."});
  sheet.sections.push_back({.id = "off", .heading = "Switch one off", .form = std::move(form)});
  return sheet;
}

std::string who_in_words(Installation& installation, const std::string& pseudonym, const std::optional<access::AuditPerson>& person) {
  if (!person) return pseudonym == "system" ? "Waymark itself" : pseudonym == "command line" ? "somebody at the machine" : pseudonym;
  if (person->kind != "account") return person->id;
  const auto id = access::AccountId::from(person->id);
  const auto account = id ? installation.accounts.find(*id) : std::nullopt;
  return account ? account->name : pseudonym;
}

/// A page of the audit, and who is behind the pseudonyms in it.
struct AuditPage {
  std::vector<access::AuditEntry> entries;
  std::map<std::string, std::string> names;
};

AuditPage audit_page(Installation& installation, const std::optional<access::AuditPerson>& about, std::optional<std::int64_t> before) {
  AuditPage page;
  std::map<std::string, std::optional<access::AuditPerson>> people;
  installation.database.read([&](db::Reader& reader) {
    page.entries = access::newest_audit_entries(reader, about, before, entries_a_page);
    for (const access::AuditEntry& entry : page.entries) {
      for (const std::string& pseudonym : {entry.actor, entry.subject}) {
        if (!pseudonym.empty() && !people.contains(pseudonym)) people[pseudonym] = access::person_behind(reader, pseudonym);
      }
    }
  });
  for (const auto& [pseudonym, person] : people) page.names[pseudonym] = who_in_words(installation, pseudonym, person);
  return page;
}

std::string facts_in_words(const access::AuditEntry& entry) {
  std::vector<std::string> words;
  for (const auto& [name, value] : entry.facts) words.push_back(fmt::format("{} {}", replace_all(name, "_", " "), value));
  return waymark::join(words, ", ");
}

Sheet audit_sheet(const Visit& visit) {
  Installation& installation = *visit.installation;
  Sheet sheet{.title = "Audit",
              .lead = "What was done, by whom and why, without anybody’s private words. Entries are only ever added, and each carries the fingerprint of the one before."};
  const auto account = access::AccountId::from(typed(visit, "account"));
  const auto about = account ? std::optional(access::AuditPerson::of(*account)) : std::nullopt;
  const auto before = whole_number(typed(visit, "before"));
  Sheet::Section section;
  Sheet::Table table{.caption = "Audit", .columns = {"When", "Who", "What", "About", "Why"}, .rows = {}};
  AuditPage page = audit_page(installation, about, before);
  for (const access::AuditEntry& entry : page.entries) {
    table.rows.push_back({.cells = {{moment_in_words(entry.at), "", fmt::format("no. {}", entry.sequence)},
                                    {page.names[entry.actor]},
                                    {replace_all(entry.action, "_", " "), "", facts_in_words(entry)},
                                    {entry.subject.empty() ? entry.object : page.names[entry.subject]},
                                    {entry.why}}});
  }
  const std::int64_t last = page.entries.empty() ? 0 : page.entries.back().sequence;
  if (table.rows.empty()) section.words.push_back("No entry.");
  const bool is_full = table.rows.size() == static_cast<std::size_t>(entries_a_page);
  if (!table.rows.empty()) section.table = std::move(table);
  if (is_full && last > 1) {
    section.links.push_back({"Older entries", fmt::format("/audit?before={}{}", last, account ? "&account=" + account->text() : std::string())});
  }
  if (account || before) section.links.push_back({"The newest, about everybody", "/audit"});
  sheet.sections.push_back(std::move(section));
  sheet.sections.push_back({.id = "verify",
                            .heading = "Is it whole?",
                            .words = {"Every entry is read and its fingerprint worked out again. Note the last fingerprint somewhere else now and then: a chain cannot tell by itself that its end was cut off."},
                            .buttons = {{.action = "/audit/verify", .label = "Verify the whole audit"}}});
  return sheet;
}

}  // namespace

Response features(const Visit& visit) { return show(visit, features_sheet(visit)); }

Response switch_feature(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto feature = access::feature_of(typed(visit, "feature"));
  const auto refuse = [&](const Error& error, std::string_view field) {
    Sheet sheet = features_sheet(visit);
    tell_problem(sheet, error, field);
    return show(visit, std::move(sheet), 422);
  };
  if (!feature) return refuse({Error::Kind::bad_input, "There is no such feature.", "Choose one of the list."}, "feature");
  if (typed(visit, "why").empty()) return refuse({Error::Kind::bad_input, "Say why: it stands in the audit.", "A few words are enough."}, "why");
  const bool off = typed(visit, "to") != "on";
  // What is switched on again is named as it is recorded, whatever became of the team since.
  const Result<access::Scope> where = off ? typed_scope(visit, *standpoint_of(visit).today) : access::Scope{typed(visit, "part"), typed(visit, "country")};
  if (!where) return refuse(where.error(), {});
  const access::FeatureSwitch what{*feature, *where};
  const auto change = off ? access::switch_off : access::switch_on;
  const auto changed = change(installation.database, what, typed(visit, "why"), visit.viewer.doing(), installation.clock);
  return changed ? done("/features", off ? "switched-off" : "switched-on") : refuse(changed.error(), {});
}

Response settings(const Visit& visit) {
  Sheet sheet{.title = "Settings of this installation",
              .lead = "What this process runs with, and who said so. They are changed where they were said, and take effect at the next start. Secrets are not shown."};
  Sheet::Table table{.caption = "Settings", .columns = {"Setting", "Value", "Said by"}, .rows = {}};
  for (const ShownSetting& each : visit.installation->options.settings) table.rows.push_back({.cells = {{each.key, "", each.help}, {each.value}, {each.where}}});
  sheet.sections.push_back({.table = std::move(table)});
  return show(visit, std::move(sheet));
}

Response audit(const Visit& visit) { return show(visit, audit_sheet(visit)); }

Response verify_audit(const Visit& visit) {
  Installation& installation = *visit.installation;
  const access::AuditReport report = installation.database.read([](db::Reader& reader) { return access::verify_audit(reader); });
  Sheet sheet = audit_sheet(visit);
  if (report.broken) {
    tell_problem(sheet, {Error::Kind::conflict, fmt::format("Entry no. {} does not hold: {}", *report.broken, report.what),
                         "Compare with a backup; whoever may write to the store itself may have changed it."});
    return show(visit, std::move(sheet), 409);
  }
  sheet.done = fmt::format("All {} hold. The last one, no. {}, has the fingerprint {}.", counted(static_cast<std::size_t>(report.end.sequence), "entry", "entries"),
                           report.end.sequence, report.end.hash);
  return show(visit, std::move(sheet));
}

}  // namespace waymark::web::handlers
