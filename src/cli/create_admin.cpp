#include <fmt/core.h>

#include "access/joining.hpp"
#include "base/text.hpp"
#include "cli/accounts.hpp"
#include "cli/commands.hpp"
#include "cli/hidden_line.hpp"
#include "cli/installing.hpp"
#include "cli/keys.hpp"
#include "cli/store.hpp"

namespace waymark::cli {
namespace {

using access::Account;
using access::AccountId;
using access::LinkPurpose;
using access::Role;

class CreateAdmin : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "create-admin",
        .group = Group::operate,
        .sentence = "Make somebody an administrator, and let them in.",
        .more =
            "A new address gets an account; one that is there becomes an administrator, and is unlocked. Prints a link that works once, to choose a "
            "password "
            "with; or reads one with --password. The first administrator owns the pathway as well. Whoever may write the database may do this: it is "
            "also "
            "the way back in when nobody can sign in any more.",
        .parameters = {{.name = "EMAIL", .help = "Their address.", .into = &m_email, .required = true},
                       {.name = "--name", .value = "NAME", .help = "As colleagues know them. The address's first part unless said.", .into = &m_name},
                       {.name = "--password",
                        .help = "Read a password from the terminal, unseen, or a line of standard input.",
                        .into = &m_password}},
        .examples = {{"waymark create-admin ada@example.org --name 'Ada Park'", "A link for Ada, who chooses her password herself."},
                     {"waymark create-admin ada@example.org --password", "Typed here, twice."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const auto settings = store_settings(m_store);
      if (!settings) return tl::unexpected<Trouble>(settings.error());
      const auto database = open_ready_store(*settings, MissingFile::make);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const SystemClock clock;
      const auto rules = installation_options(*settings, "");
      if (!rules) return tl::unexpected<Trouble>(rules.error());
      access::Accounts accounts(**database, clock, rules->accounts);
      std::optional<access::Secret> password;
      if (m_password) {
        auto typed = read_new_password(context.terminal);
        if (!typed) return tl::unexpected<Trouble>(typed.error());
        password = *std::move(typed);
      }
      if (const auto made = make_keys_when_new(*settings, accounts); !made) return tl::unexpected<Trouble>(made.error());
      const auto account = account_for(accounts, clock, password);
      if (!account) return tl::unexpected<Trouble>(account.error());
      if (password) {
        context.terminal.print(fmt::format("{} is an administrator, and signs in as {}.\n", account->name, m_email));
        return {};
      }
      access::Joining joining(**database, accounts, clock);
      const LinkPurpose purpose = account->has_password ? LinkPurpose::new_password : LinkPurpose::invitation;
      const auto link = joining.issue(purpose, account->id, access::Doing::at_the_machine());
      if (!link) return tl::unexpected<Trouble>(link.error());
      const auto hours = std::chrono::duration_cast<std::chrono::hours>(access::life_of(purpose)).count();
      context.terminal.print(
          fmt::format("{} is an administrator. To choose a password, within {}, once:\n{}{}?token={}\n", account->name,
                      hours >= 48 ? counted(static_cast<std::size_t>(hours / 24), "day") : counted(static_cast<std::size_t>(hours), "hour"),
                      address_of(*settings), purpose == LinkPurpose::invitation ? "/join" : "/new-password", link->reveal()));
      return {};
    });
  }

 private:
  static std::string address_of(const settings::Settings& settings) {
    std::string address = settings.text("address");
    if (address.empty()) {
      const std::vector<std::string>& listen = settings.texts("listen");
      const std::string first = listen.empty() || listen.front().starts_with("unix:") ? "127.0.0.1:8080" : listen.front();
      address = "http://" + (first.starts_with(':') ? "127.0.0.1" + first : first);
    }
    while (address.ends_with('/')) address.pop_back();
    return address;
  }

  /// There, unlocked and an administrator of everything. What is so already stays; done again after a stop in between, it does the rest.
  Result<Account> account_for(access::Accounts& accounts, const Clock& clock, const std::optional<access::Secret>& password) const {
    const access::Doing doing = access::Doing::at_the_machine();
    const Date today = date_of(clock.now());
    const bool is_first = !accounts.has_administrator();
    auto account = accounts.find_by_email(m_email);
    if (!account) {
      const std::string name(trim(m_name).empty() ? m_email.substr(0, m_email.find('@')) : trim(m_name));
      const access::NewAccount fresh{.name = name, .email = m_email};
      const auto created = password ? accounts.create_with_password(fresh, password->reveal(), {}, doing) : accounts.create(fresh, doing);
      if (!created) return tl::unexpected<Error>(created.error());
      account = accounts.find(*created);
    } else if (password) {
      const auto set = accounts.set_password(account->id, password->reveal(), doing);
      if (!set) return tl::unexpected<Error>(set.error());
    }
    if (account->locked_at) {
      const auto unlocked = accounts.unlock(account->id, "made an administrator at the machine", doing);
      if (!unlocked) return tl::unexpected<Error>(unlocked.error());
    }
    const std::vector<access::RoleGrant> held = accounts.roles_today(account->id);
    for (const Role role : {Role::administrator, Role::pathway_owner}) {
      const bool is_held =
          std::any_of(held.begin(), held.end(), [&](const access::RoleGrant& grant) { return grant.role == role && grant.scope.is_whole(); });
      if (is_held || (role == Role::pathway_owner && !is_first)) continue;
      const auto granted = accounts.grant_role(account->id, {role, {}}, today, {}, "made an administrator at the machine", doing);
      if (!granted) return tl::unexpected<Error>(granted.error());
    }
    return *accounts.find(account->id);
  }

  StoreOptions m_store;
  std::string m_email;
  std::string m_name;
  bool m_password = false;
};

}  // namespace

std::unique_ptr<Command> make_create_admin() { return std::make_unique<CreateAdmin>(); }

}  // namespace waymark::cli
