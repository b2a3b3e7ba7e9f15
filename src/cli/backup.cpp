#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/store.hpp"
#include "db/backup.hpp"

namespace waymark::cli {
namespace {

Parameter key_file_parameter(std::string* into) {
  return {
      .name = "--key-file", .value = "FILE", .help = "A file with the passphrase that seals the backup.", .into = into, .completes = Completes::file};
}

std::string told(const db::BackupSummary& summary) {
  return fmt::format("{} in {}, of {}, from Waymark {} on {}{}\n  SHA-256 {}\n", counted(static_cast<std::size_t>(summary.rows()), "record"),
                     counted(summary.tables.size(), "table"), to_iso(summary.made_at), summary.made_by, to_string(summary.made_from),
                     summary.sealed ? ", sealed" : "", summary.sha256);
}

class Backup : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "backup",
        .group = Group::operate,
        .sentence = "Write all records into one file.",
        .more =
            "As of one moment, while people go on working. The file is read back before it gets its name, and never written over another. It holds "
            "the most "
            "private words there are: seal it with --key-file, or keep it where only you can read it.",
        .parameters = {{.name = "FILE", .help = "The backup to write.", .into = &m_file, .completes = Completes::file, .required = true},
                       key_file_parameter(&m_key_file)},
        .examples = {{"waymark backup monday.backup", "Everything, readable by you alone."},
                     {"waymark backup --key-file passphrase monday.backup", "Sealed, to keep elsewhere."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto passphrase = read_passphrase(m_key_file);
      if (!passphrase) return tl::unexpected<Trouble>(passphrase.error());
      const auto database = open_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const auto written = db::write_backup(**database, store_schema(), m_file, *passphrase, SystemClock(), WAYMARK_VERSION);
      if (!written) return tl::unexpected<Trouble>(written.error());
      context.terminal.print(fmt::format("{} is written and read back: {}", m_file, told(*written)));
      return {};
    });
  }

 private:
  StoreOptions m_store;
  std::string m_file;
  std::string m_key_file;
};

class Restore : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "restore",
        .group = Group::operate,
        .sentence = "Fill an empty database from a backup.",
        .more =
            "On SQLite or PostgreSQL, whichever the backup came from. All of it is read before anything is touched; it is done whole or not at all, "
            "and what is "
            "there is never written over. A backup of an earlier Waymark is carried over to this one.",
        .parameters = {{.name = "FILE", .help = "The backup.", .into = &m_file, .completes = Completes::file, .required = true},
                       {.name = "--dry-run", .help = "Read the backup, say whether it would do, and change nothing.", .into = &m_dry_run},
                       key_file_parameter(&m_key_file)},
        .examples = {{"waymark restore --dry-run monday.backup", "Is it whole, and what is in it?"},
                     {"waymark restore --database new.sqlite monday.backup", "Into a new file."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto passphrase = read_passphrase(m_key_file);
      if (!passphrase) return tl::unexpected<Trouble>(passphrase.error());
      // Read first, so that a file that is no backup does not leave an empty database behind.
      const auto read = db::read_backup(m_file, *passphrase);
      if (!read) return tl::unexpected<Trouble>(read.error());
      if (const auto why = db::why_not(*read, store_schema(), m_file)) return tl::unexpected<Trouble>(*why);
      const auto database = open_store(m_store, m_dry_run ? MissingFile::refuse : MissingFile::make);
      if (!database && m_dry_run && database.error().error && database.error().error->kind == Error::Kind::not_found) {
        context.terminal.print(fmt::format("{} is whole and would fill a new database: {}", m_file, told(*read)));
        return {};
      }
      if (!database) return tl::unexpected<Trouble>(database.error());
      const std::string where = (*database)->location().shown();
      const auto done = m_dry_run ? db::try_restore(**database, store_schema(), m_file, *passphrase)
                                  : db::restore_backup(**database, store_schema(), m_file, *passphrase, SystemClock(), WAYMARK_VERSION);
      if (!done) return tl::unexpected<Trouble>(done.error());
      context.terminal.print(fmt::format("{} {} {}: {}", m_file, m_dry_run ? "is whole and would fill" : "has filled", where, told(*done)));
      return {};
    });
  }

 private:
  StoreOptions m_store;
  std::string m_file;
  std::string m_key_file;
  bool m_dry_run = false;
};

}  // namespace

std::unique_ptr<Command> make_backup() { return std::make_unique<Backup>(); }
std::unique_ptr<Command> make_restore() { return std::make_unique<Restore>(); }

}  // namespace waymark::cli
