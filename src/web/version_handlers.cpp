#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "web/account_handlers.hpp"
#include "web/change_words.hpp"
#include "web/pathways.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {
namespace {

using http::Response;
using pages::FormField;
using pages::Sheet;
using release::Version;

constexpr int versions_a_page = 50;

Date today(const Visit& visit) { return date_of(visit.installation->clock.now()); }

std::string page_of(const Version& version) { return "/versions/" + version.short_hash(); }

Response no_such_version(const Visit& visit, const Error& error) {
  Sheet sheet{.title = "No such version", .lead = error.message};
  sheet.sections.push_back({.links = {{"What was published", "/versions"}}});
  return show(visit, std::move(sheet), 404);
}

std::string published_line(const Version& version) {
  const std::string day = in_words(date_of(version.published_at));
  return version.author.name.empty() ? fmt::format("Published on {}.", day) : fmt::format("Published on {} by {}.", day, version.author.name);
}

/// A day in a narrow column.
std::string on_one_line(std::string words) { return replace_all(std::move(words), " ", "\u00a0"); }

std::string as_sentence(std::string words) { return words.ends_with('.') ? capitalised(std::move(words)) : capitalised(std::move(words)) + "."; }

FormField version_field(std::string name, std::string label, const std::vector<Version>& versions, std::size_t chosen) {
  FormField field{.name = std::move(name), .label = std::move(label), .kind = FormField::Kind::select};
  for (std::size_t i = 0; i < versions.size(); ++i) {
    field.options.push_back({versions[i].short_hash(), fmt::format("{}, {}", short_name(versions[i]), in_words(versions[i].effective)), i == chosen});
  }
  return field;
}

std::string citation_address(const Version& version, std::string_view subject) {
  return pathway::parse_citation(subject) ? fmt::format("{}/read/cite/{}", page_of(version), subject) : std::string();
}

bool may_publish(const Visit& visit) { return static_cast<bool>(access::may(visit.viewer.actor, access::Action::publish_version, {})); }

}  // namespace

Response versions(const Visit& visit) {
  release::Versions& all = visit.installation->versions;
  const std::string after = typed(visit, "after");
  const OtherPathway* const of = visit.pathways->with_key(typed(visit, "of"));
  const std::string key = of == nullptr ? std::string(release::main_pathway) : of->key;
  const release::VersionPage page = all.list(after.empty() ? std::nullopt : std::optional(after), versions_a_page, key);
  const auto in_force = all.in_force(today(visit), key);
  Sheet sheet{.title = "What was published", .lead = "Each version stands as it was published, for ever, so that an old citation still says what it said."};
  Sheet::Section section;
  if (page.versions.empty()) {
    section.words.push_back("Nothing yet. The site shows the documents as they stand, and every edit changes them at once. A published version is what people can rely on.");
  } else {
    Sheet::Table table{.caption = "Versions", .columns = {"Version", "Standing", "Published"}, .rows = {}};
    for (const Version& each : page.versions) {
      table.rows.push_back({.cells = {{short_name(each), page_of(each), each.note}, {standing_of(each, in_force)}, {on_one_line(in_words(date_of(each.published_at))), "", each.author.name}}});
    }
    section.table = std::move(table);
  }
  if (may_publish(visit)) section.way_on = pages::Reference{"Publish a version", "/publish"};
  if (page.next) section.links.push_back({"Older versions", fmt::format("/versions?after={}{}", access::percent_encoded(*page.next), of == nullptr ? "" : "&of=" + key)});
  if (of != nullptr) section.links.push_back({"Versions of " + visit.pathways->main().name, "/versions"});
  for (const auto& other : visit.pathways->others()) {
    if (other.get() != of) section.links.push_back({"Versions of " + other->pathway().name, "/versions?of=" + other->key});
  }
  sheet.sections.push_back(std::move(section));
  return show(visit, std::move(sheet));
}

Response version(const Visit& visit) {
  release::Versions& all = visit.installation->versions;
  const auto found = all.find_in_any(visit.ids.at(0), today(visit));
  if (!found) return no_such_version(visit, found.error());
  const auto in_force = all.in_force(today(visit), found->pathway);
  Sheet sheet{.title = fmt::format("{} {}", found->name, short_name(*found)), .lead = found->note};
  Sheet::Section head{.words = {as_sentence(standing_of(*found, in_force)), published_line(*found)},
                      .way_on = pages::Reference{"Read it", page_of(*found) + "/read"},
                      .links = {{"Compare it with another", "/versions/compare?to=" + found->short_hash()}, {"All versions", "/versions"}}};
  if (!found->because.empty()) {
    head.words.push_back(fmt::format("Published in spite of {} of the linter, because: {}", counted(found->despite.size(), "error"), found->because));
    for (const std::string& line : found->despite) head.words.push_back(line);
  }
  sheet.sections.push_back(std::move(head));
  if (found->predecessor) {
    std::vector<pathway::VersionChange> changes;
    std::map<std::string, std::string> notes;
    for (const release::Change& each : all.kept_changes(*found)) {
      changes.push_back(each.what);
      if (each.same_meaning) notes[each.what.subject] = "its author says that it means what it meant";
    }
    auto sections = change_sections(changes, [&](std::string_view subject) { return citation_address(*found, subject); });
    for (Sheet::Section& section : sections) {
      for (Sheet::Change& change : section.changes) change.note = notes[change.subject];
    }
    if (sections.empty()) sections.push_back({.id = "changes", .heading = "What changed", .words = {"Nothing that people read; a comment or the order of files."}});
    std::move(sections.begin(), sections.end(), std::back_inserter(sheet.sections));
  } else {
    sheet.sections.push_back({.id = "changes", .heading = "What changed", .words = {"This is the first version."}});
  }
  if (may_publish(visit) && !found->withdrawn && found->effective > today(visit)) {
    sheet.sections.push_back({.id = "withdraw",
                              .heading = "Take it back",
                              .words = {"It is not in force yet. Taken back, it can still be read, and another can be published in its place."},
                              .form = pages::Form{.action = page_of(*found) + "/withdraw", .button = "Withdraw it", .fields = {{.name = "why", .label = "Why", .hint = "For whoever has read it already."}}, .is_final = true}});
  }
  return show(visit, std::move(sheet));
}

Response version_difference(const Visit& visit) {
  release::Versions& all = visit.installation->versions;
  const auto before = all.find_in_any(visit.ids.at(0), today(visit));
  if (!before) return no_such_version(visit, before.error());
  const auto after = all.find(visit.ids.at(1), today(visit), before->pathway);
  if (!after) return no_such_version(visit, after.error());
  const auto changes = all.difference(before->hash, after->hash, before->pathway);
  if (!changes) return no_such_version(visit, changes.error());
  Sheet sheet{.title = fmt::format("From {} to {}", short_name(*before), short_name(*after)), .lead = "What a reader finds different in the second."};
  sheet.sections.push_back({.links = {{"Read " + short_name(*before), page_of(*before) + "/read"}, {"Read " + short_name(*after), page_of(*after) + "/read"},
                                      {"The other way round", fmt::format("{}/to/{}", page_of(*after), before->short_hash())}, {"All versions", "/versions"}}});
  auto sections = change_sections(*changes, [&](std::string_view subject) { return citation_address(*after, subject); });
  if (sections.empty()) sections.push_back({.words = {"Both say the same."}});
  std::move(sections.begin(), sections.end(), std::back_inserter(sheet.sections));
  return show(visit, std::move(sheet));
}

Response compare_versions(const Visit& visit) {
  const std::string from = typed(visit, "from");
  const std::string to = typed(visit, "to");
  if (!from.empty() && !to.empty()) return Response::see_other(fmt::format("/versions/{}/to/{}", access::percent_encoded(from), access::percent_encoded(to)));
  const auto page = visit.installation->versions.list(std::nullopt, 500);
  Sheet sheet{.title = "Compare two versions", .lead = "Choose any two that were published."};
  if (page.versions.size() < 2) {
    sheet.sections.push_back({.words = {"There are not two versions yet."}, .links = {{"What was published", "/versions"}}});
    return show(visit, std::move(sheet));
  }
  const auto at = std::find_if(page.versions.begin(), page.versions.end(), [&](const Version& each) { return each.short_hash() == to; });
  const auto chosen = at == page.versions.end() ? std::size_t{0} : static_cast<std::size_t>(at - page.versions.begin());
  sheet.sections.push_back({.form = pages::Form{.action = "/versions/compare",
                                                .button = "Show what changed",
                                                .fields = {version_field("from", "From", page.versions, std::min(chosen + 1, page.versions.size() - 1)),
                                                           version_field("to", "To", page.versions, chosen)},
                                                .gets = true}});
  return show(visit, std::move(sheet));
}

Response withdraw_version(const Visit& visit) {
  Installation& installation = *visit.installation;
  const auto found = installation.versions.find_in_any(visit.ids.at(0), today(visit));
  if (!found) return no_such_version(visit, found.error());
  const release::Publisher publisher{visit.viewer.doing(), visit.viewer.actor};
  const auto withdrawn = installation.publishing.withdraw(found->hash, typed(visit, "why"), publisher, found->pathway);
  if (withdrawn) return done(page_of(*found), "withdrawn");
  Sheet sheet{.title = "Not withdrawn", .lead = {}};
  tell_problem(sheet, withdrawn.error());
  sheet.sections.push_back({.links = {{"Back to the version", page_of(*found)}}});
  return show(visit, std::move(sheet), withdrawn.error().kind == Error::Kind::conflict ? 409 : 422);
}

}  // namespace waymark::web::handlers
