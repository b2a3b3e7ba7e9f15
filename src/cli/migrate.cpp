#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/store.hpp"

namespace waymark::cli {
namespace {

class Migrate : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "migrate",
        .group = Group::operate,
        .sentence = "Carry the records over to this version of Waymark.",
        .more =
            "A new database is made ready. One of an earlier Waymark gets what has been added since, a step at a time; each is done whole or "
            "not at all. One of a later Waymark is left alone. Make a backup first.",
        .parameters = m_store.parameters(),
        .examples = {{"waymark migrate --dry-run", "What would be done."},
                     {"waymark migrate --database postgresql://waymark@db/waymark", "For a database of PostgreSQL."}}};
    description.parameters.push_back({.name = "--dry-run", .help = "Say what would be done, and change nothing.", .into = &m_dry_run});
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto database = open_store(m_store, m_dry_run ? MissingFile::refuse : MissingFile::make);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const std::string where = (*database)->location().shown();
      const db::SchemaReport report = db::examine(**database, store_schema());
      using State = db::SchemaReport::State;
      if (report.state == State::current) {
        context.terminal.print(fmt::format("{} is up to date, at version {}.\n", where, store_schema().version()));
        return {};
      }
      if (report.state != State::fresh && report.state != State::older) {
        return tl::unexpected<Trouble>(db::why_not(report, (*database)->location(), store_schema().version()));
      }
      if (m_dry_run) {
        print(context, fmt::format("{} would get {}:\n", where, counted(report.pending.size(), "change")), report.pending);
        return {};
      }
      const auto done = db::migrate(**database, store_schema(), SystemClock(), WAYMARK_VERSION);
      if (!done) return tl::unexpected<Trouble>(done.error());
      print(context, fmt::format("{} has got {}:\n", where, counted(done->size(), "change")), *done);
      return {};
    });
  }

 private:
  static void print(Context& context, std::string text, const std::vector<db::Migration>& migrations) {
    for (const db::Migration& each : migrations) text += fmt::format("  {:>3}  {}\n", each.number, each.name);
    context.terminal.print(text);
  }

  StoreOptions m_store;
  bool m_dry_run = false;
};

}  // namespace

std::unique_ptr<Command> make_migrate() { return std::make_unique<Migrate>(); }

}  // namespace waymark::cli
