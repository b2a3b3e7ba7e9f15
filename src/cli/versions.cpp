#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/diff_pages.hpp"
#include "cli/store.hpp"
#include "cli/version_pages.hpp"

namespace waymark::cli {
namespace {

using release::Version;

class Versions : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "versions",
        .group = Group::read,
        .sentence = "List what was published, or read one version: who, when, why, and what it changed.",
        .more =
            "A version is named by its hash or its first six digits or more, by its label, or as `newest` or `in-force`. `waymark diff --versions` "
            "compares any two; `waymark cite --version` reads what a citation said then.",
        .parameters = {{.name = "VERSION", .help = "One of them, with its difference as it was shown.", .into = &m_version},
                       {.name = "--limit", .value = "N", .help = "So many of the newest; 20 unless said.", .into = &m_limit},
                       {.name = "--older-than", .value = "VERSION", .help = "Those before this one.", .into = &m_older},
                       {.name = "--other", .value = "KEY", .help = "Of another pathway, published under this key.", .into = &m_other},
                       {.name = "--json", .help = "For a script.", .into = &m_json}},
        .examples = {{"waymark versions", "The newest first, and which is in force."}, {"waymark versions in-force", "What it changed, and why."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      if (m_limit < 1 || m_limit > 500) {
        return tl::unexpected<Trouble>(
            Error{Error::Kind::wrong_usage, "--limit takes a number from 1 to 500.", "--older-than leads to the ones before."});
      }
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      release::Versions versions(**database);
      const Date today = date_of(SystemClock().now());
      const std::string pathway = m_other.empty() ? std::string(release::main_pathway) : m_other;
      const auto in_force = versions.in_force(today, pathway);
      if (!m_version.empty()) {
        const auto version = versions.find(m_version, today, pathway);
        if (!version) return tl::unexpected<Trouble>(version.error());
        return show(context, versions, *version, in_force);
      }
      std::optional<std::string> after;
      if (!m_older.empty()) {
        const auto older = versions.find(m_older, today, pathway);
        if (!older) return tl::unexpected<Trouble>(older.error());
        after = older->hash;
      }
      return list(context, versions.list(after, static_cast<int>(m_limit), pathway), in_force);
    });
  }

 private:
  Outcome list(Context& context, const release::VersionPage& page, const std::optional<Version>& in_force) const {
    if (m_json) {
      context.terminal.print(versions_json(page, in_force));
      return {};
    }
    Page text(context.terminal.prose_columns(), context.terminal.colour());
    if (page.versions.empty())
      text.say(m_older.empty() ? "Nothing has been published yet. `waymark publish` makes the first version." : "That was the first.");
    for (const Version& version : page.versions) {
      text.gap();
      tell_version(text, version, in_force);
    }
    context.terminal.print(text.text());
    if (page.next) context.terminal.remark(fmt::format("There are older ones: --older-than {}\n", page.next->substr(0, 12)));
    return {};
  }

  Outcome show(Context& context, release::Versions& versions, const Version& version, const std::optional<Version>& in_force) const {
    const std::vector<release::Change> kept = versions.kept_changes(version);
    if (m_json) {
      context.terminal.print(version_json(version, in_force, kept));
      return {};
    }
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    tell_version(page, version, in_force);
    if (!version.predecessor) {
      page.say("The first version.", Margin::of(2));
    } else {
      const auto before = versions.load(*version.predecessor, version.pathway);
      const auto after = versions.load(version.hash, version.pathway);
      if (!before) return tl::unexpected<Trouble>(before.error());
      if (!after) return tl::unexpected<Trouble>(after.error());
      std::vector<pathway::VersionChange> changes;
      std::vector<std::string> same;
      for (const release::Change& each : kept) {
        changes.push_back(each.what);
        if (each.same_meaning) same.push_back(each.what.subject);
      }
      if (!same.empty()) page.say(fmt::format("Declared to mean the same: {}.", in_words(same)), Margin::of(2));
      page.gap();
      tell_changes(page, (*before)->pathway, (*after)->pathway, changes);
    }
    context.terminal.print(page.text());
    return {};
  }

  StoreOptions m_store;
  std::string m_version;
  std::string m_older;
  std::string m_other;
  std::size_t m_limit = 20;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_versions() { return std::make_unique<Versions>(); }

}  // namespace waymark::cli
