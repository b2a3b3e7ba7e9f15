#include "release/publishing.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "access/audit.hpp"
#include "access/audited_write.hpp"
#include "base/date.hpp"
#include "base/text.hpp"
#include "lint/lint.hpp"
#include "release/citation_events.hpp"
#include "release/obstacles.hpp"
#include "release/release_records.hpp"

namespace waymark::release {
namespace {

using pathway::Pathway;
using Kind = Obstacle::Kind;

std::string object_of(const Version& version) { return "version:" + version.hash; }

std::optional<Error> may_publish(const Publisher& publisher) {
  if (publisher.doing.by == access::Doing::By::command_line && !publisher.doing.account) return std::nullopt;
  const access::Decision decision = access::may(publisher.actor, access::Action::publish_version, {});
  if (decision) return std::nullopt;
  return Error{Error::Kind::conflict, "Only a pathway owner publishes versions, or takes them back.", "An administrator gives the role."};
}

Obstacle same_bytes(const Version& version, bool is_newest) {
  if (version.withdrawn) {
    return {Kind::same_bytes, version.hash, fmt::format("These are the documents of {}, which was withdrawn.", in_words(version)),
            "Change `version:` in pathway.yaml to publish them after all."};
  }
  if (is_newest) {
    return {Kind::same_bytes, version.hash, fmt::format("Nothing has changed since {}.", in_words(version)), "There is nothing to publish."};
  }
  return {Kind::same_bytes, version.hash, fmt::format("These are the documents of {}.", in_words(version)),
          "To go back to them, change `version:` in pathway.yaml, so that this is a version of its own."};
}

std::optional<Obstacle> wrong_day(const std::optional<Version>& predecessor, Date effective, Date today) {
  if (!predecessor) return std::nullopt;  // a pathway may have been in use before Waymark
  if (effective < predecessor->effective) {
    return Obstacle{Kind::effective_day, "effective",
                    fmt::format("The version before, {}, is in force from {} on, so this one cannot be in force from {} on.", short_name(*predecessor),
                                waymark::in_words(predecessor->effective), waymark::in_words(effective)),
                    "Name that day or a later one, or withdraw the version before."};
  }
  if (effective < today) {
    return Obstacle{Kind::effective_day, "effective", fmt::format("{} is past.", waymark::in_words(effective)),
                    "What people were told then was the version before; name today or a later day."};
  }
  return std::nullopt;
}

std::vector<std::string> error_lines(const Findings& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::error) lines.push_back(replace_all(to_line(finding), "\n", " "));
  }
  return lines;
}

std::string told(const std::vector<Version>& came_between) {
  std::vector<std::string> words;
  for (const Version& version : came_between) words.push_back(in_words(version));
  return waymark::in_words(words);
}

Refusal overtaken(std::vector<Version> came_between, const std::string& hash) {
  if (came_between.empty()) {
    return {Error{Error::Kind::conflict, "The version that this one was compared with is no longer the newest.", "Look at the difference again."},
            {},
            {}};
  }
  const bool same = came_between.back().hash == hash;
  Error error{Error::Kind::conflict,
              same ? fmt::format("Somebody else has just published these documents: {}.", told(came_between))
                   : fmt::format("Since you looked, somebody else has published {}.", told(came_between)),
              same ? "There is nothing left to do." : "Bring that into your documents, look at the difference again, and publish then."};
  return {std::move(error), {}, std::move(came_between)};
}

/// People are said to be on a pathway by its name, so that two cannot have the same one.
std::optional<Obstacle> wrong_pathway(Versions& versions, const std::string& key, const std::string& name, Date day) {
  if (key != main_pathway && !is_pathway_key(key)) {
    return Obstacle{Obstacle::Kind::pathway, "other", fmt::format("`{}` is no key of a pathway.", key.substr(0, 80)), "Take a short word of lower-case letters, digits and hyphens, such as hardware."};
  }
  std::vector<Version> others = versions.in_force_elsewhere(day);
  if (auto main = versions.in_force(day)) others.push_back(*std::move(main));
  for (const Version& other : others) {
    if (other.pathway == key || to_lower_ascii(other.name) != to_lower_ascii(name)) continue;
    return Obstacle{Obstacle::Kind::pathway, "name", fmt::format("Another pathway of the organisation is called {} already.", other.name), "Give this one another `name:` in pathway.yaml."};
  }
  return std::nullopt;
}

}  // namespace

Publishing::Publishing(db::Database& database, Versions& versions, const Clock& clock) : m_database(database), m_versions(versions), m_clock(clock) {}

Preview Publishing::preview(const Proposal& proposal) {
  Preview preview;
  const Date today = date_of(m_clock.now());
  preview.effective = proposal.effective.value_or(today);
  const auto add = [&](Obstacle obstacle) { preview.obstacles.push_back(std::move(obstacle)); };
  const auto add_all = [&](std::vector<Obstacle> obstacles) { std::move(obstacles.begin(), obstacles.end(), std::back_inserter(preview.obstacles)); };

  pathway::Loaded loaded = pathway::load(proposal.folder);
  preview.findings = lint::lint(proposal.folder, loaded, today).findings;
  preview.predecessor = m_versions.newest(proposal.pathway);
  if (preview.predecessor) preview.before = m_versions.load(preview.predecessor->hash, proposal.pathway).value();
  if (!loaded.pathway) {
    const std::size_t errors = error_lines(loaded.findings).size();
    add({Kind::unusable, {}, fmt::format("The pathway cannot be used: {}.", counted(errors, "error")), "Mend them first; no reason replaces that."});
    return preview;
  }
  if (loaded.pathway->draft) {
    add({Kind::draft, "status", "The pathway says of itself that it is a draft.",
         "Take `status: draft` out of pathway.yaml when it is none any more."});
  }
  Folder documents = pathway::documents_of(proposal.folder, *loaded.pathway);
  preview.after = std::make_shared<const Frozen>(Frozen{std::move(documents), *std::move(loaded.pathway)});
  const Pathway& after = preview.after->pathway;

  if (auto wrong = wrong_pathway(m_versions, proposal.pathway, after.name, preview.effective)) add(*std::move(wrong));
  const auto same = m_database.read([&](db::Reader& reader) { return find_version(reader, proposal.pathway, after.hash); });
  if (same) {
    add(same_bytes(*same, preview.predecessor && preview.predecessor->hash == same->hash));
    return preview;
  }
  if (trim(proposal.note).empty()) {
    add({Kind::note, "note", "There is no note.", "Say in a sentence what this version is for; readers see it beside the difference."});
  } else if (auto wrong = wrong_text(proposal.note, "The note")) {
    add(*std::move(wrong));
  }
  if (auto wrong = wrong_text(proposal.because, "The reason")) add(*std::move(wrong));
  if (auto wrong = wrong_day(preview.predecessor, preview.effective, today)) add(*std::move(wrong));
  if (const std::size_t errors = error_lines(preview.findings).size(); errors > 0 && trim(proposal.because).empty()) {
    add({Kind::lint, {}, fmt::format("The linter finds {}.", counted(errors, "error")), "Mend them, or say why this is published in spite of them."});
  }
  if (preview.before) {
    for (pathway::VersionChange& each : pathway::compare_versions(preview.before->pathway, after))
      preview.changes.push_back({std::move(each), false});
    add_all(vanished_ids(preview.before->pathway, after, preview.changes));
  }
  const auto reworded = m_database.read([&](db::Reader& reader) { return rewordings(reader, proposal.pathway, after, preview.changes); });
  add_all(undeclared(reworded, proposal.same_meaning, preview.changes));
  return preview;
}

tl::expected<Published, Refusal> Publishing::publish(const Proposal& proposal, const Publisher& publisher) {
  if (auto error = may_publish(publisher)) return tl::unexpected<Refusal>(Refusal{*std::move(error), {}, {}});
  Preview preview = this->preview(proposal);
  const std::string followed = preview.predecessor ? preview.predecessor->hash : std::string();
  if (proposal.after && *proposal.after != followed) {
    const std::string hash = preview.after ? preview.after->pathway.hash : std::string();
    return tl::unexpected<Refusal>(overtaken(m_versions.since(proposal.after->empty() ? std::nullopt : proposal.after, proposal.pathway), hash));
  }
  if (!preview.obstacles.empty()) {
    const Obstacle& first = preview.obstacles.front();
    const bool is_one = preview.obstacles.size() == 1;
    const Error::Kind kind = first.kind == Kind::same_bytes ? Error::Kind::conflict : Error::Kind::bad_input;
    return tl::unexpected<Refusal>(
        Refusal{is_one ? Error{kind, first.message, first.way_out}
                       : Error{kind, fmt::format("{} stand in the way of publishing.", counted(preview.obstacles.size(), "thing")),
                               "Each is named, with its way out."},
                preview.obstacles,
                {}});
  }

  const std::vector<CitationEvent> events =
      citation_events(preview.before ? &preview.before->pathway : nullptr, preview.after->pathway, preview.changes);
  const Pathway& pathway = preview.after->pathway;
  Version version{.pathway = proposal.pathway,
                  .hash = pathway.hash,
                  .label = pathway.version_label,
                  .name = pathway.name,
                  .predecessor = preview.predecessor ? std::optional(followed) : std::nullopt,
                  .author = {publisher.doing.account, publisher.name_at_machine},
                  .note = std::string(trim(proposal.note)),
                  .effective = preview.effective,
                  .despite = error_lines(preview.findings)};
  if (!version.despite.empty()) version.because = std::string(trim(proposal.because));
  const auto done = access::audited_write(m_database, [&](db::Writer& writer) -> Result<Version> {
    const auto newest = newest_version(writer, proposal.pathway);
    if ((newest ? newest->hash : std::string()) != followed) return fail(Error::Kind::conflict, {});
    Version made = version;
    made.number = highest_number(writer, proposal.pathway) + 1;
    made.published_at = m_clock.now();
    insert_version(writer, made, newest ? std::optional(newest->number) : std::nullopt,
                   publisher.doing.account ? std::string_view() : std::string_view(publisher.name_at_machine));
    insert_documents(writer, made, preview.after->documents);
    insert_changes(writer, made, preview.changes);
    insert_events(writer, made, events);
    const auto declared = std::count_if(preview.changes.begin(), preview.changes.end(), [](const Change& each) { return each.same_meaning; });
    access::append_audit(writer,
                         {.doing = publisher.doing,
                          .action = "version_published",
                          .object = object_of(made),
                          .why = made.because,
                          .facts = {{"pathway", made.pathway},
                                    {"number", std::to_string(made.number)},
                                    {"effective", to_iso(made.effective)},
                                    {"changes", std::to_string(preview.changes.size())},
                                    {"same_meaning", std::to_string(declared)},
                                    {"lint_errors", std::to_string(made.despite.size())}}},
                         made.published_at);
    return *find_version(writer, made.pathway, made.hash);
  });
  if (!done) {
    return tl::unexpected<Refusal>(
        overtaken(m_versions.since(followed.empty() ? std::nullopt : std::optional(followed), proposal.pathway), version.hash));
  }
  return Published{*done, std::move(preview.changes)};
}

Result<void> Publishing::withdraw(std::string_view hash, std::string_view why, const Publisher& publisher, std::string_view pathway) {
  if (auto error = may_publish(publisher)) return tl::unexpected<Error>(*std::move(error));
  const std::string reason(trim(why));
  if (reason.empty())
    return fail(Error::Kind::bad_input, "A version is not withdrawn without a reason.", "Say why, for whoever has read it already.");
  if (const auto wrong = wrong_text(reason, "The reason")) return fail(Error::Kind::bad_input, wrong->message, wrong->way_out);
  return access::audited_write(m_database, [&](db::Writer& writer) -> Result<void> {
    const Instant now = m_clock.now();
    const auto version = find_version(writer, pathway, hash);
    if (!version)
      return fail(Error::Kind::not_found, fmt::format("There is no version `{}`.", hash.substr(0, 80)),
                  "`waymark versions` lists what was published.");
    if (version->withdrawn) return fail(Error::Kind::conflict, fmt::format("{} is withdrawn already.", short_name(*version)));
    if (version->effective <= date_of(now)) {
      return fail(Error::Kind::conflict, fmt::format("{} is in force, and people rely on it.", short_name(*version)), "Publish another one after it.");
    }
    if (newest_version(writer, pathway)->number != version->number) {
      return fail(Error::Kind::conflict, fmt::format("Another version follows {}.", short_name(*version)), "Withdraw that one first.");
    }
    write_withdrawn(writer, *version, now, reason);
    access::append_audit(writer, {.doing = publisher.doing, .action = "version_withdrawn", .object = object_of(*version), .why = reason}, now);
    return {};
  });
}

}  // namespace waymark::release
