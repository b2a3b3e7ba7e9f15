#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/core.h>

#include "base/folder_writer.hpp"
#include "base/text.hpp"
#include "cli/accounts.hpp"
#include "cli/commands.hpp"
#include "cli/import_people_page.hpp"
#include "cli/open_pathway.hpp"
#include "cli/report.hpp"
#include "cli/store.hpp"
#include "org/import/apply.hpp"
#include "release/versions.hpp"

namespace waymark::cli {
namespace {

using org::ImportPlan;
using org::ImportRequest;
using org::Organisation;
using org::PeopleMapping;
using org::Table;

constexpr std::size_t lines_shown = 12;
constexpr std::size_t piece = 1u << 20;

class ImportPeople : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "import people",
        .group = Group::operate,
        .sentence = "Bring people, teams and lines in from an HR system's export.",
        .more =
            "Reads CSV in any usual encoding, with commas, semicolons, tabs or | between the cells, and knows the columns of common exports by their names. It always shows first what would "
            "happen: who joins, moves, leaves, which levels change, and everything that is wrong with its line and column. Nothing is changed without --apply, which does all of it or nothing; "
            "the same table a second time changes nothing. Columns of national ids, bank accounts, birth dates, pay and other private matters are left at the door. What was guessed is written "
            "to the file that --mapping names, to be corrected; doc/people-import.md describes it.",
        .parameters = {{.name = "FILE", .help = "The table; - reads standard input.", .into = &m_file, .completes = Completes::file, .required = true},
                       {.name = "--mapping",
                        .value = "FILE",
                        .help = "What columns, titles and words mean. Written out with the guesses when there is no such file.",
                        .into = &m_mapping,
                        .completes = Completes::file},
                       {.name = "--as-of", .value = "DATE", .help = "The day whose picture the table is. Today unless said.", .into = &m_as_of},
                       {.name = "--dry-run", .help = "Show the plan and change nothing: what happens without --apply.", .into = &m_dry_run},
                       {.name = "--apply", .help = "Show the plan, and do it.", .into = &m_apply},
                       {.name = "--allow",
                        .value = "WHAT",
                        .help = "unknown-managers: such people come without one. many-leavers: more than a fifth may leave. Repeat it for both.",
                        .into = &m_allow,
                        .completes = Completes::choices,
                        .choices = {"unknown-managers", "many-leavers"}},
                       {.name = "--because", .value = "REASON", .help = "Stands with the change, for whoever asks later.", .into = &m_because},
                       {.name = "--as", .value = "EMAIL", .help = "Whose account does it. Without, whoever is at the machine.", .into = &m_as},
                       {.name = "--all", .help = "Every line of the plan, however long it is.", .into = &m_all},
                       {.name = "--json", .help = "The plan as JSON.", .into = &m_json}},
        .examples = {{"waymark import people export.csv --mapping people.yaml", "What would happen; what was guessed stands in people.yaml."},
                     {"waymark import people export.csv --mapping people.yaml --apply", "Do it."},
                     {"waymark import people export.csv --as-of 2026-01-01", "As the picture of an earlier day."}},
        .reads_pathway = true};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      auto request = read_request();
      if (!request) return tl::unexpected<Trouble>(request.error());
      auto database = open(context);
      if (!database) return tl::unexpected<Trouble>(database.error());
      if (const auto levels = read_levels(context, database->get(), *request); !levels) return tl::unexpected<Trouble>(levels.error());
      const auto table = read_file_in_pieces(context, request->mapping);
      if (!table) return tl::unexpected<Trouble>(table.error());
      const SystemClock clock;
      std::unique_ptr<org::Registry> registry;
      if (*database) registry = std::make_unique<org::Registry>(**database, clock);
      ImportPlan plan = org::plan_import(registry ? registry->now() : Organisation::empty(), *table, *request);
      if (m_writes_mapping && !plan.read.mapping.columns.empty()) {
        if (const auto written = write_mapping(plan); !written) return tl::unexpected<Trouble>(written.error());
      }
      if (!m_json) show(context, *table, plan);
      bool applied = false;
      if (m_apply && !plan.has_errors()) {
        const auto reason = reason_of(**database, clock);
        if (!reason) return tl::unexpected<Trouble>(reason.error());
        org::AppliedImport made = org::apply_import(*registry, *table, *request, std::move(plan), {}, *reason);
        plan = std::move(made.plan);
        applied = !plan.has_errors();
      }
      return finish(context, *table, plan, applied);
    });
  }

 private:
  static tl::unexpected<Error> wrong(std::string message, std::string way_out) { return fail(Error::Kind::wrong_usage, std::move(message), std::move(way_out)); }

  Result<ImportRequest> read_request() {
    if (m_apply && m_dry_run) return wrong("--apply and --dry-run contradict each other.", "Leave out one of them.");
    ImportRequest request;
    request.today = date_of(SystemClock().now());
    request.as_of = request.today;
    if (!m_as_of.empty()) {
      const auto day = parse_date(m_as_of);
      if (!day) return wrong(fmt::format("`{}` is no day.", m_as_of), "Write it as in 2027-01-01.");
      request.as_of = *day;
    }
    for (const std::string& what : m_allow) {
      if (what == "unknown-managers") request.allows.unknown_managers = true;
      if (what == "many-leavers") request.allows.many_leavers = true;
    }
    std::error_code ignored;
    m_writes_mapping = !m_mapping.empty() && !std::filesystem::exists(m_mapping, ignored);
    if (m_mapping.empty() || m_writes_mapping) return request;
    const Result<std::string> bytes = read_file(m_mapping);
    if (!bytes) return tl::unexpected(bytes.error());
    Result<PeopleMapping> mapping = org::parse_people_mapping(m_mapping, *bytes);
    if (!mapping) return tl::unexpected(mapping.error());
    request.mapping = *std::move(mapping);
    return request;
  }

  /// Nothing where there is no store yet and none is needed.
  tl::expected<std::unique_ptr<db::Database>, Trouble> open(Context& context) {
    auto database = open_ready_store(m_store, MissingFile::refuse);
    if (database || m_apply || !m_store.database.empty() || !database.error().error || database.error().error->kind != Error::Kind::not_found) return database;
    context.terminal.remark("There is no database yet, so everybody is new.\n");
    return std::unique_ptr<db::Database>();
  }

  /// Of the folder that was named, else of the versions in force of all pathways, else of the folder that is found.
  Result<void> read_levels(Context& context, db::Database* database, ImportRequest& request) {
    const auto take = [&](const pathway::Pathway& pathway) {
      for (const pathway::Level& level : pathway.levels) {
        const bool is_listed = std::any_of(request.levels.begin(), request.levels.end(), [&](const org::KnownLevel& known) { return known.id == level.id.value; });
        if (!is_listed) request.levels.push_back({level.id.value, level.title});
      }
    };
    if (context.pathway_folder.empty() && database != nullptr) {
      release::Versions versions(*database);
      if (const auto version = versions.in_force(request.today)) {
        const auto frozen = versions.load(version->hash);
        if (!frozen) return tl::unexpected(frozen.error());
        take((*frozen)->pathway);
        for (const release::Version& other : versions.in_force_elsewhere(request.today)) {
          const auto read = versions.load(other.hash, other.pathway);
          if (!read) return tl::unexpected(read.error());
          take((*read)->pathway);
        }
        return {};
      }
    }
    const auto folder = find_pathway_folder(context.pathway_folder);
    if (!folder) {
      if (!context.pathway_folder.empty()) return tl::unexpected(folder.error());
      context.terminal.remark("No pathway was found, so no title is a level yet. Name its folder with -p.\n");
      return {};
    }
    const auto read = read_pathway(*folder);
    if (!read) return tl::unexpected(read.error());
    if (!read->loaded.pathway) return fail(Error::Kind::bad_input, fmt::format("The pathway in {} cannot be used.", folder->string()), "See `waymark lint`.");
    take(*read->loaded.pathway);
    return {};
  }

  Result<Table> read_file_in_pieces(Context& context, const PeopleMapping& mapping) const {
    const bool is_standard_input = m_file == "-";
    org::TableReader reader(is_standard_input ? "standard input" : m_file, org::columns_of(mapping), mapping.separator);
    std::ifstream file;
    std::error_code error;
    const auto size = is_standard_input ? 0 : std::filesystem::file_size(m_file, error);
    if (!is_standard_input) {
      file.open(m_file, std::ios::binary);
      if (error || !file) return fail(Error::Kind::not_found, fmt::format("{} cannot be read.", m_file), "Check the path.");
    }
    std::istream& stream = is_standard_input ? std::cin : file;
    std::string bytes(piece, '\0');
    std::size_t total = 0;
    while (stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())), stream.gcount() > 0) {
      const auto count = static_cast<std::size_t>(stream.gcount());
      reader.feed(std::string_view(bytes).substr(0, count));
      total += count;
      if (size > 0) context.terminal.show_progress("Reading", static_cast<double>(total) / static_cast<double>(size));
    }
    return reader.finish();
  }

  Result<void> write_mapping(const ImportPlan& plan) const {
    std::map<std::string, std::string> notes;
    for (const auto& [title, people] : plan.read.titles) notes[title] = counted(people, "person", "people");
    return write_file(m_mapping, org::to_yaml(plan.read.mapping, notes));
  }

  Result<org::Reason> reason_of(db::Database& database, const Clock& clock) const {
    org::Reason reason{.source = "import", .why = m_because.empty() ? std::filesystem::path(m_file).filename().string() : m_because, .by = access::Doing::at_the_machine()};
    if (m_as.empty()) return reason;
    access::Accounts accounts(database, clock);
    const auto account = account_by_email(accounts, m_as);
    if (!account) return tl::unexpected(account.error());
    reason.by = access::Doing::of(account->id);
    return reason;
  }

  void show(Context& context, const Table& table, const ImportPlan& plan) const {
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    tell_plan(page, table, plan, m_all ? 0 : lines_shown);
    if (m_writes_mapping) {
      page.gap();
      page.say(fmt::format("{} holds what was guessed. Correct it there and import again.", m_mapping));
    }
    context.terminal.print(page.text());
  }

  Outcome finish(Context& context, const Table& table, const ImportPlan& plan, bool applied) const {
    if (m_json) {
      context.terminal.print(plan_json(table, plan, applied));
      if (plan.has_errors()) return tl::unexpected<Trouble>(Trouble());
      return {};
    }
    if (plan.has_errors()) {
      const auto errors = static_cast<std::size_t>(std::count_if(plan.findings.begin(), plan.findings.end(), [](const Finding& finding) { return finding.severity == Severity::error; }));
      return tl::unexpected<Trouble>(Trouble(Error{Error::Kind::bad_input, fmt::format("{} cannot be imported: {}.", table.name(), counted(errors, "error")), "Nothing was changed."}, plan.findings));
    }
    std::string told_in_doubt;
    for (const Finding& finding : plan.findings) told_in_doubt += told(finding, context.terminal.colour_on_errors());
    if (!told_in_doubt.empty()) context.terminal.complain(told_in_doubt);
    if (plan.lines.empty() && plan.revised.changes_nothing()) {
      context.terminal.print("\nEverything is so already. Nothing was changed.\n");
    } else if (applied) {
      context.terminal.print("\nDone.\n");
    } else {
      context.terminal.print("\nNothing was changed yet. Do it with --apply.\n");
    }
    return {};
  }

  StoreOptions m_store;
  std::string m_file, m_mapping, m_as_of, m_because, m_as;
  std::vector<std::string> m_allow;
  bool m_dry_run = false, m_apply = false, m_all = false, m_json = false;
  bool m_writes_mapping = false;
};

}  // namespace

std::unique_ptr<Command> make_import_people() { return std::make_unique<ImportPeople>(); }

}  // namespace waymark::cli
