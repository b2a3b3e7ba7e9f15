#include <fmt/core.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "cli/accounts.hpp"
#include "cli/commands.hpp"
#include "cli/diff_pages.hpp"
#include "cli/open_pathway.hpp"
#include "cli/report.hpp"
#include "cli/store.hpp"
#include "cli/telling.hpp"
#include "cli/version_pages.hpp"

namespace waymark::cli {
namespace {

using release::Preview;
using release::Proposal;

class Publish : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "publish",
        .group = Group::publish,
        .sentence = "Freeze the documents into a version that people can rely on.",
        .more =
            "Shows what changed since the version before, by meaning, and keeps that with the version. A version never changes again. An id may not "
            "vanish without an entry under `retired:`; a reworded criterion is declared to mean the same (--same-meaning), or gets a new id; errors "
            "of the linter need a reason (--because). --withdraw takes back a version that is not in force yet.",
        .parameters = {{.name = "--note", .value = "TEXT", .help = "For readers: what this version is for.", .into = &m_note},
                       {.name = "--effective",
                        .value = "DATE",
                        .help = "In force from this day on, as in 2027-01-01. Today unless said.",
                        .into = &m_effective},
                       {.name = "--same-meaning",
                        .value = "ID",
                        .help = "A reworded criterion that means what it meant; repeat it for more than one.",
                        .into = &m_same_meaning,
                        .completes = Completes::citation},
                       {.name = "--because",
                        .value = "REASON",
                        .help = "Why, in spite of the linter's errors; with --withdraw, why at all.",
                        .into = &m_because},
                       {.name = "--after",
                        .value = "VERSION",
                        .help = "Only if this version is the newest still; else say what came between. For a script that looked before.",
                        .into = &m_after},
                       {.name = "--other",
                        .value = "KEY",
                        .help = "As another pathway of the organisation, beside the one the site begins with: a short word, such as hardware.",
                        .into = &m_other},
                       {.name = "--as", .value = "EMAIL", .help = "Whose account publishes. Not needed while there are no accounts.", .into = &m_as},
                       {.name = "--dry-run", .help = "Show what would change and what stands in the way; change nothing.", .into = &m_dry_run},
                       {.name = "--withdraw", .value = "VERSION", .help = "Take back this version instead.", .into = &m_withdraw}},
        .examples = {{"waymark publish --dry-run", "What changed since the last version, and what is missing."},
                     {"waymark publish --note 'Clearer criteria at SSE' --same-meaning SSE.drives-design --as ada@example.org", "From a checkout."},
                     {"waymark publish -p hardware --other hardware --note 'For those who build the boards' --as ada@example.org", "Another pathway beside the first."},
                     {"waymark publish --note 'The year 2027' --effective 2027-01-01 --as ada@example.org", "To be in force later."}},
        .reads_pathway = true};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const SystemClock clock;
      release::Versions versions(**database);
      release::Publishing publishing(**database, versions, clock);
      access::Accounts accounts(**database, clock);
      std::optional<release::Publisher> by;
      if (!m_dry_run) {
        auto found = publisher(accounts);
        if (!found) return tl::unexpected<Trouble>(found.error());
        by = *std::move(found);
      }
      if (!m_withdraw.empty()) {
        if (!by) return wrong("`publish --withdraw` has nothing to show beforehand.", "Leave out --dry-run.");
        return withdraw(context, versions, publishing, *by);
      }
      const auto read = find_and_read(context);
      if (!read) return tl::unexpected<Trouble>(read.error());
      Proposal proposal{.folder = read->documents, .note = m_note, .same_meaning = m_same_meaning, .because = m_because};
      if (!m_other.empty()) proposal.pathway = m_other;
      if (!m_effective.empty()) {
        proposal.effective = parse_date(m_effective);
        if (!proposal.effective) return wrong(fmt::format("`{}` is no day.", m_effective), "Write it as in 2027-01-01.");
      }
      if (!m_after.empty()) {
        const auto after = versions.find(m_after, date_of(clock.now()), pathway_key());
        if (!after) return tl::unexpected<Trouble>(after.error());
        proposal.after = after->hash;
      }
      if (m_dry_run && proposal.note.empty()) proposal.note = "…";  // what it will say does not matter yet
      const Preview preview = publishing.preview(proposal);
      show(context, preview, read->folder);
      // What is published is what was shown.
      if (!proposal.after) proposal.after = preview.predecessor ? preview.predecessor->hash : std::string();
      return by ? publish(context, proposal, publishing, *by) : tell_dry_run(context, preview);
    });
  }

 private:
  [[nodiscard]] std::string pathway_key() const { return m_other.empty() ? std::string(release::main_pathway) : m_other; }

  static tl::unexpected<Trouble> wrong(std::string message, std::string way_out) {
    return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, std::move(message), std::move(way_out)});
  }

  static tl::expected<ReadPathway, Trouble> find_and_read(Context& context) {
    const auto folder = find_pathway_folder(context.pathway_folder);
    if (!folder) return tl::unexpected<Trouble>(folder.error());
    auto read = read_pathway(*folder);
    if (!read) return tl::unexpected<Trouble>(read.error());
    return *std::move(read);
  }

  Result<release::Publisher> publisher(access::Accounts& accounts) const {
    if (!m_as.empty()) {
      const auto account = account_by_email(accounts, m_as);
      if (!account) return tl::unexpected<Error>(account.error());
      return release::Publisher{access::Doing::of(account->id), access::actor_of(accounts.roles_today(account->id)), operator_name()};
    }
    if (!accounts.list({}, 1).accounts.empty()) {
      return fail(Error::Kind::wrong_usage, "A version has an author.", "Say whose account publishes: --as EMAIL.");
    }
    return release::Publisher{access::Doing::at_the_machine(), {}, operator_name()};
  }

  static void show(Context& context, const Preview& preview, const std::filesystem::path& folder) {
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    if (preview.after && preview.before) {
      std::vector<pathway::VersionChange> changes;
      for (const release::Change& each : preview.changes) changes.push_back(each.what);
      tell_changes(page, preview.before->pathway, preview.after->pathway, changes);
    } else if (preview.after) {
      std::size_t criteria = 0;
      for (const pathway::Level& level : preview.after->pathway.levels) criteria += level.criteria.size();
      page.heading(fmt::format("{}: the first version, {}", preview.after->pathway.name, version_of(preview.after->pathway)));
      page.say(fmt::format("{}, {}.", counted(preview.after->pathway.levels.size(), "place"), counted(criteria, "criterion", "criteria")));
    }
    page.gap();
    context.terminal.print(page.text());
    std::string lines;
    for (const Finding& finding : preview.findings) {
      if (finding.severity != Severity::error) continue;
      Finding named = finding;
      named.file = shown_path(folder, finding.file);
      lines += told(named, context.terminal.colour_on_errors());
    }
    if (!lines.empty()) context.terminal.complain(lines);
  }

  static void show(Context& context, const std::vector<release::Obstacle>& obstacles) {
    Page page(context.terminal.prose_columns(), context.terminal.colour_on_errors());
    tell_obstacles(page, obstacles);
    context.terminal.complain(page.text());
  }

  static Outcome tell_dry_run(Context& context, const Preview& preview) {
    if (preview.obstacles.empty()) {
      context.terminal.print(fmt::format("\nIt would be in force from {} on. Nothing was published.\n", in_words(preview.effective)));
      return {};
    }
    show(context, preview.obstacles);
    return tl::unexpected<Trouble>(Trouble());
  }

  Outcome publish(Context& context, const Proposal& proposal, release::Publishing& publishing, const release::Publisher& by) const {
    const auto done = publishing.publish(proposal, by);
    if (!done) {
      const std::vector<release::Obstacle>& obstacles = done.error().obstacles;
      const bool is_told_whole = obstacles.size() == 1 && obstacles.front().yaml.empty();
      if (!is_told_whole) show(context, obstacles);
      if (obstacles.size() == 1 && !is_told_whole) return tl::unexpected<Trouble>(Trouble());
      return tl::unexpected<Trouble>(done.error().error);
    }
    context.terminal.print(fmt::format("\nPublished {}, in force from {} on.\n", short_name(done->version), in_words(done->version.effective)));
    return {};
  }

  Outcome withdraw(Context& context, release::Versions& versions, release::Publishing& publishing, const release::Publisher& by) const {
    const auto version = versions.find(m_withdraw, date_of(SystemClock().now()), pathway_key());
    if (!version) return tl::unexpected<Trouble>(version.error());
    const auto done = publishing.withdraw(version->hash, m_because, by, version->pathway);
    if (!done) return tl::unexpected<Trouble>(done.error());
    context.terminal.print(fmt::format("{} is withdrawn.\n", short_name(*version)));
    return {};
  }

  StoreOptions m_store;
  std::string m_note;
  std::string m_effective;
  std::vector<std::string> m_same_meaning;
  std::string m_because;
  std::string m_after;
  std::string m_other;
  std::string m_as;
  std::string m_withdraw;
  bool m_dry_run = false;
};

}  // namespace

std::unique_ptr<Command> make_publish() { return std::make_unique<Publish>(); }

}  // namespace waymark::cli
