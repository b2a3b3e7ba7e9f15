#include "access/audit.hpp"

#include <charconv>
#include <fstream>

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/store.hpp"

namespace waymark::cli {
namespace {

using access::AuditEntry;
using access::AuditMark;

tl::unexpected<Trouble> wrong(std::string message, std::string way_out) {
  return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, std::move(message), std::move(way_out)});
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

std::optional<AuditMark> mark_from(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto sequence = number_from(text.substr(0, colon));
  const std::string hash = to_lower_ascii(text.substr(colon + 1));
  const bool is_hash = hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!sequence || !is_hash) return std::nullopt;
  return AuditMark{*sequence, hash};
}

class AuditVerify : public Command {
 public:
  Description describe() override {
    Description description{.name = "audit verify",
                            .group = Group::operate,
                            .sentence = "Read the whole audit and say whether anything in it was changed, left out or moved.",
                            .more =
                                "Each entry is chained to the one before by its hash. That the newest were cut off together with the record of the "
                                "end cannot be seen from the "
                                "chain: note the mark that is printed somewhere else now and then, and hand it in with --mark.",
                            .parameters = {{.name = "--mark",
                                            .value = "NUMBER:HASH",
                                            .help = "One that was noted earlier; repeat it for more than one.",
                                            .into = &m_marks}},
                            .examples = {{"waymark audit verify", "Is it whole, and where does it end?"},
                                         {"waymark audit verify --mark $(cat mark)", "Does it still hold what was there last month?"}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      std::vector<AuditMark> marks;
      for (const std::string& text : m_marks) {
        const auto mark = mark_from(trim(text));
        if (!mark)
          return wrong(fmt::format("`{}` is no mark.", text.substr(0, 100)),
                       "Write it as it was printed: a number, a colon and 64 hexadecimal digits.");
        marks.push_back(*mark);
      }
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const access::AuditReport report = (*database)->read([&](db::Reader& reader) { return access::verify_audit(reader, marks); });
      if (report.broken) {
        return tl::unexpected<Trouble>(Error{Error::Kind::bad_input,
                                             fmt::format("The audit does not hold at entry {}: {}", *report.broken, report.what),
                                             "Keep the database as it is, and compare it with a backup or an export from before."});
      }
      if (report.end.sequence == 0) {
        context.terminal.print("The audit is empty.\n");
        return {};
      }
      context.terminal.print(fmt::format("The audit is whole: {}.\nIts mark, to be noted elsewhere: {}:{}\n",
                                         counted(static_cast<std::size_t>(report.end.sequence), "entry", "entries"), report.end.sequence,
                                         report.end.hash));
      return {};
    });
  }

 private:
  StoreOptions m_store;
  std::vector<std::string> m_marks;
};

class AuditExport : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "audit export",
        .group = Group::operate,
        .sentence = "Write the audit, one entry a line as JSON.",
        .more =
            "People appear under pseudonyms. doc/operation.md says how each entry's hash is made, so that others can check the file without Waymark. "
            "A "
            "file is readable by you alone and never written over another.",
        .parameters = {{.name = "FILE", .help = "Where to. Standard output unless said.", .into = &m_file, .completes = Completes::file},
                       {.name = "--from", .value = "NUMBER", .help = "From this entry on.", .into = &m_from}},
        .examples = {{"waymark audit export audit.jsonl", "Everything."},
                     {"waymark audit export --from 1200 | jq -r .action", "What has come since."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      std::int64_t next = 1;
      if (!m_from.empty()) {
        const auto from = number_from(m_from);
        if (!from) return wrong(fmt::format("`{}` is no number of an entry.", m_from), "Entries count from 1.");
        next = *from;
      }
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      return m_file.empty() ? to_output(context, **database, next) : to_file(context, **database, next);
    });
  }

 private:
  static constexpr std::size_t entries_at_once = 1000;

  /// A read may begin again when the connection is lost: `next` is where it goes on. False from `write` ends it.
  template <class Write>
  static void for_each_line(db::Database& database, std::int64_t& next, const Write& write) {
    database.read([&](db::Reader& reader) {
      access::for_each_audit_entry(reader, next, [&](const AuditEntry& entry) {
        next = entry.sequence + 1;
        return write(access::to_json_line(entry) + '\n');
      });
    });
  }

  static Outcome to_output(Context& context, db::Database& database, std::int64_t next) {
    Result<void> flushed;
    std::size_t count = 0;
    for_each_line(database, next, [&](const std::string& line) {
      context.terminal.print(line);
      if (++count % entries_at_once == 0) flushed = context.terminal.flush();
      return flushed.has_value();
    });
    if (!flushed) return tl::unexpected<Trouble>(flushed.error());
    return {};
  }

  Outcome to_file(Context& context, db::Database& database, std::int64_t next) const {
    const int descriptor = ::open(m_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
      const bool is_there = errno == EEXIST;
      return tl::unexpected<Trouble>(
          Error{is_there ? Error::Kind::conflict : Error::Kind::unavailable,
                is_there ? fmt::format("{} is there already.", m_file) : fmt::format("{} cannot be written.", m_file),
                is_there ? "Give another name; an export never writes over one." : "Check that its folder is there and can be written."});
    }
    ::close(descriptor);
    std::ofstream stream(m_file, std::ios::binary | std::ios::app);
    std::size_t count = 0;
    for_each_line(database, next, [&](const std::string& line) {
      stream << line;
      ++count;
      return stream.good();
    });
    stream.close();
    if (stream.fail()) {
      std::remove(m_file.c_str());
      return tl::unexpected<Trouble>(
          Error{Error::Kind::unavailable, fmt::format("{} could not be written to the end.", m_file), "Look at the space on the disk."});
    }
    context.terminal.print(fmt::format("{} holds {}.\n", m_file, counted(count, "entry", "entries")));
    return {};
  }

  StoreOptions m_store;
  std::string m_file;
  std::string m_from;
};

}  // namespace

std::unique_ptr<Command> make_audit_verify() { return std::make_unique<AuditVerify>(); }
std::unique_ptr<Command> make_audit_export() { return std::make_unique<AuditExport>(); }

}  // namespace waymark::cli
