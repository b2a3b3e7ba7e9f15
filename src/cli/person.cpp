#include <sys/stat.h>

#include <fmt/core.h>

#include "base/folder.hpp"
#include "base/text.hpp"
#include "cli/accounts.hpp"
#include "cli/commands.hpp"
#include "cli/keys.hpp"
#include "cli/store.hpp"

namespace waymark::cli {
namespace {

class PersonExport : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "person export",
        .group = Group::operate,
        .sentence = "Write everything that is kept about one person into a folder.",
        .more = "For somebody who asks for it and cannot sign in to get it on the site. The folder is readable by you alone; hand it to nobody else.",
        .parameters = {{.name = "EMAIL", .help = "The address of the account.", .into = &m_email, .required = true},
                       {.name = "FOLDER", .help = "Where to; a new folder.", .into = &m_folder, .completes = Completes::folder, .required = true}},
        .examples = {{"waymark person export ada@example.org ada", "A README says what each file is."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const SystemClock clock;
      access::Accounts accounts(**database, clock);
      const auto account = account_by_email(accounts, m_email);
      if (!account) return tl::unexpected<Trouble>(account.error());
      auto files = all_personal_data().export_all(**database, account->id, clock);
      if (!files) return tl::unexpected<Trouble>(files.error());
      Folder folder{m_folder, {}, {}};
      for (access::ExportedFile& file : *files) folder.files.push_back({std::move(file.path), std::move(file.bytes)});
      ::umask(S_IRWXG | S_IRWXO);
      if (const auto written = write_folder(folder, m_folder); !written) return tl::unexpected<Trouble>(written.error());
      context.terminal.print(fmt::format("{} holds {}; its README.txt says what each is.\n", m_folder, counted(folder.files.size(), "file")));
      return {};
    });
  }

 private:
  StoreOptions m_store;
  std::string m_email;
  std::string m_folder;
};

class PersonErase : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "person erase",
        .group = Group::operate,
        .sentence = "Take out everything that is kept about one person, for good.",
        .more =
            "Where a record must stay, what says who it was goes. The audit keeps its entries, and nobody can say any more whose they were; it still "
            "verifies. Backups from before still hold the person: let them run out. Without --yes nothing is done, and what would be is listed.",
        .parameters =
            {{.name = "EMAIL", .help = "The address of the account.", .into = &m_email, .required = true},
             {.name = "--because", .value = "REASON", .help = "For the audit, without the person's name: \"asked for it\".", .into = &m_because},
             {.name = "--yes", .help = "Do it.", .into = &m_yes}},
        .examples = {{"waymark person erase ada@example.org", "What would go?"},
                     {"waymark person erase ada@example.org --because 'asked for it' --yes", "It cannot be undone."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto database = open_ready_store(m_store, MissingFile::refuse);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const SystemClock clock;
      access::Accounts accounts(**database, clock);
      const auto account = account_by_email(accounts, m_email);
      if (!account) return tl::unexpected<Trouble>(account.error());
      const access::PersonalData data = all_personal_data();
      if (!m_yes) {
        std::string list = fmt::format("Of {} would go, or lose its name:\n", account->name);
        for (const access::DataHolder& holder : data.holders()) list += fmt::format("  - {}\n", holder.what);
        context.terminal.print(list);
        return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, "Nothing was erased.", "Say --yes to do it; it cannot be undone."});
      }
      if (trim(m_because).empty()) {
        return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, "An erasure has a reason.", "Say it with --because; it goes into the audit."});
      }
      const auto erased = data.erase(**database, account->id, trim(m_because), access::Doing::at_the_machine(), clock);
      if (!erased) return tl::unexpected<Trouble>(erased.error());
      context.terminal.print("Everything about the person is erased. Backups from before still hold it.\n");
      return {};
    });
  }

 private:
  StoreOptions m_store;
  std::string m_email;
  std::string m_because;
  bool m_yes = false;
};

}  // namespace

std::unique_ptr<Command> make_person_export() { return std::make_unique<PersonExport>(); }
std::unique_ptr<Command> make_person_erase() { return std::make_unique<PersonErase>(); }

}  // namespace waymark::cli
