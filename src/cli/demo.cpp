#include "demo/demo.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/folder.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/demo_sign_ins.hpp"
#include "cli/installing.hpp"
#include "cli/keys.hpp"
#include "cli/store.hpp"
#include "embedded/starter.hpp"
#include "org/attributes.hpp"
#include "org/registry.hpp"
#include "release/publishing.hpp"
#include "web/demo_sign_ins.hpp"

namespace waymark::cli {
namespace {

using access::Doing;

/// The most memory that the process has held, in megabytes.
long memory_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

class MakeDemo : public Command {
 public:
  Description describe() override {
    Description description{
        .name = "demo",
        .group = Group::operate,
        .sentence = "Fill a fresh store with a made-up organisation.",
        .more =
            "People with names from many cultures, teams, joiners, leavers, moves and levels over years, by the model of doc/demo.md, on the starter pathway; "
            "an account for each kind of person, with a password that is no secret. Known facts are planted in it and written down, so that whatever looks at "
            "the organisation can be held against the truth. The same people, years, seed and last day give the same organisation. A store that holds "
            "anybody is left alone.",
        .parameters = {{.name = "--people", .value = "N", .help = "How many work there at the end, 40 to 200000; those who left come on top. 180 unless said.", .into = &m_people},
                       {.name = "--years", .value = "Y", .help = "Years of history, 1 to 20. 5 unless said.", .into = &m_years},
                       {.name = "--seed", .value = "S", .help = "Another number, another organisation. 1 unless said.", .into = &m_seed},
                       {.name = "--until", .value = "DAY", .help = "The last day of the history. Today unless said.", .into = &m_until},
                       {.name = "--truth",
                        .value = "FILE",
                        .help = "Where the planted facts are written, as JSON. truth.json unless said.",
                        .into = &m_truth,
                        .completes = Completes::file}},
        .examples = {{"waymark demo && waymark serve", "180 people, and how to sign in as each kind of them."},
                     {"waymark demo --people 10000 --years 10 --database big.sqlite", "A large one, in a store of its own."}}};
    for (Parameter& each : m_store.parameters()) description.parameters.push_back(std::move(each));
    return description;
  }

  Outcome run(Context& context) override {
    return with_database_errors([&]() -> Outcome {
      const SystemClock clock;
      demo::Wish wish{.people = m_people, .years = static_cast<int>(std::min<std::size_t>(m_years, 1000)), .seed = m_seed, .until = date_of(clock.now())};
      if (!m_until.empty()) {
        const auto day = parse_date(m_until);
        if (!day) return wrong(fmt::format("`{}` is no day.", m_until), "Write it as in 2026-11-24.");
        if (*day > wish.until) return wrong("The history of a demo cannot end in the future.", "Say today or a day before.");
        wish.until = *day;
      }
      if (const auto fits = demo::check(wish); !fits) return wrong(fits.error().message, fits.error().way_out);
      const auto settings = store_settings(m_store);
      if (!settings) return tl::unexpected<Trouble>(settings.error());
      const auto database = open_ready_store(*settings, MissingFile::make);
      if (!database) return tl::unexpected<Trouble>(database.error());
      const auto rules = installation_options(*settings, "");
      if (!rules) return tl::unexpected<Trouble>(rules.error());
      org::Registry registry(**database, clock);
      access::Accounts accounts(**database, clock, rules->accounts);
      if (const auto fresh = is_fresh(registry, accounts); !fresh) return tl::unexpected<Trouble>(fresh.error());
      if (const auto made = make_keys_when_new(*settings, accounts); !made) return tl::unexpected<Trouble>(made.error());

      if (const auto free = is_free(m_truth); !free) return tl::unexpected<Trouble>(free.error());
      context.terminal.show_progress("Living through the years", 0.02);
      const demo::Demo demo = demo::Demo::make(wish);
      if (const auto written = write_file(m_truth, demo::to_json(demo.truths())); !written) return tl::unexpected<Trouble>(written.error());
      if (const auto filled = fill(context, registry, demo); !filled) return tl::unexpected<Trouble>(filled.error());
      const auto keys = attribute_keys(*settings, **database);
      if (!keys) return tl::unexpected<Trouble>(keys.error());
      org::Attributes attributes(**database, clock, **keys);
      if (const auto declared = declare(attributes, registry, demo); !declared) return tl::unexpected<Trouble>(declared.error());
      if (const auto opened = open_accounts(accounts, demo, clock); !opened) return tl::unexpected<Trouble>(opened.error());
      if (const auto published = publish_starter(**database, accounts, clock); !published) return tl::unexpected<Trouble>(published.error());
      context.terminal.show_progress("Filling the store", 1);
      tell(context, demo, wish);
      context.terminal.print(sign_ins_in_words(accounts, true));
      return {};
    });
  }

 private:
  static tl::unexpected<Trouble> wrong(std::string message, std::string way_out) {
    return tl::unexpected<Trouble>(Error{Error::Kind::wrong_usage, std::move(message), std::move(way_out)});
  }

  static Result<void> is_fresh(org::Registry& registry, access::Accounts& accounts) {
    const std::string way_out = "A demo has a store of its own: say another with --database.";
    if (registry.is_demo() && accounts.list({}, 1).accounts.empty()) {
      return fail(Error::Kind::conflict, "A demo was begun in this store and not finished.", "Delete the store and begin again, or say another with --database.");
    }
    if (registry.is_demo()) return fail(Error::Kind::conflict, "This store holds a demo organisation already.", way_out);
    if (registry.now()->revision() > 0) return fail(Error::Kind::conflict, "This store holds an organisation.", way_out);
    if (!accounts.list({}, 1).accounts.empty()) return fail(Error::Kind::conflict, "Somebody has an account in this store.", way_out);
    return {};
  }

  Result<void> fill(Context& context, org::Registry& registry, const demo::Demo& demo) const {
    const org::Reason reason{.source = std::string(org::demo_source), .why = "A made-up organisation.", .by = Doing::at_the_machine()};
    for (std::size_t i = 0; i < demo.parts(); ++i) {
      context.terminal.show_progress("Filling the store", 0.1 + 0.85 * static_cast<double>(i) / static_cast<double>(demo.parts()));
      const org::Changed changed = registry.change(demo.part(i), reason);
      if (!changed.problems.empty()) {
        return fail(Error::Kind::conflict, fmt::format("The organisation would not be one: {}", changed.problems.front().message),
                    "Please report it, with the people, years and seed.");
      }
    }
    return {};
  }

  /// Another demo's facts may be replaced; nothing else may.
  static Result<void> is_free(const std::string& file) {
    const auto there = read_file(file);
    if (!there || there->find("\"should_be_found_by\"") != std::string::npos) return {};
    return fail(Error::Kind::conflict, fmt::format("{} is there already, and holds no facts of a demo.", file), "Say another file with --truth.");
  }

  /// The groups that promotions are planted between.
  static Result<void> declare(org::Attributes& attributes, org::Registry& registry, const demo::Demo& demo) {
    constexpr std::size_t at_once = 5000;
    const std::vector<demo::Attribute> all = demo.attributes();
    if (all.empty()) return {};
    const auto asked = attributes.ask({.question = "Group",
                                       .purpose = "Made up, so that what is planted between two groups can be found.",
                                       .options = {std::begin(demo::declared_options), std::end(demo::declared_options)}},
                                      Doing::at_the_machine());
    if (!asked) return tl::unexpected<Error>(asked.error());
    const auto organisation = registry.now();
    std::vector<std::pair<org::PersonIndex, org::Answers>> some;
    for (const demo::Attribute& each : all) {
      some.emplace_back(organisation->find(org::PersonId::from(each.person).value()).value(), org::Answers{{asked->text(), each.value}});
      if (some.size() < at_once && &each != &all.back()) continue;
      if (const auto declared = attributes.declare(some); !declared) return declared;
      some.clear();
    }
    return {};
  }

  static Result<void> open_accounts(access::Accounts& accounts, const demo::Demo& demo, const Clock& clock) {
    for (const demo::Stand& stand : demo.stands()) {
      const web::DemoSignIn& how = web::demo_sign_ins[static_cast<std::size_t>(stand.what)];
      const bool has_part = !stand.part.empty();
      std::vector<access::Role> roles;
      if (how.role != access::Role::engineer && !has_part) roles.push_back(how.role);
      const auto made = accounts.create_with_password({.name = stand.name, .email = stand.email, .person = stand.person, .external_id = std::string(how.key)},
                                                      web::demo_password, roles, Doing::at_the_machine());
      if (!made) return tl::unexpected<Error>(made.error());
      if (!has_part) continue;
      const auto granted = accounts.grant_role(*made, {how.role, {.part = stand.part}}, date_of(clock.now()), std::nullopt, "To look around in the demo.",
                                               Doing::at_the_machine());
      if (!granted) return tl::unexpected<Error>(granted.error());
    }
    return {};
  }

  static Result<void> publish_starter(db::Database& database, access::Accounts& accounts, const Clock& clock) {
    release::Versions versions(database);
    release::Publishing publishing(database, versions, clock);
    const auto owner = accounts.find_by_external_id(web::demo_sign_ins[static_cast<std::size_t>(demo::Stand::For::pathway_owner)].key);
    const release::Publisher publisher{Doing::of(owner.value().id), access::actor_of(accounts.roles_today(owner->id)), {}};
    const auto published = publishing.publish({.folder = folder_of(embedded::starter(), "starter"), .note = "The starter, as it comes with Waymark."}, publisher);
    if (!published) return tl::unexpected<Error>(published.error().error);
    return {};
  }

  void tell(Context& context, const demo::Demo& demo, const demo::Wish& wish) const {
    context.terminal.print(fmt::format("{} people work here on {}, {} more have left; {} of history, seed {}. At most {} MB of memory were held.\n", wish.people,
                                       in_words(wish.until), demo.people_ever() - wish.people, counted(m_years, "year"), wish.seed, memory_megabytes()));
    context.terminal.print(fmt::format("{} are planted, and written to {}.\n", counted(demo.truths().size(), "fact"), m_truth));
    for (const demo::NotPlanted& each : demo.not_planted()) context.terminal.print(fmt::format("Not planted: {}. {}\n", each.kind, each.because));
  }

  StoreOptions m_store;
  std::size_t m_people = 180, m_years = 5, m_seed = 1;
  std::string m_until, m_truth = "truth.json";
};

}  // namespace

std::string sign_ins_in_words(access::Accounts& accounts, bool is_demo) {
  const std::vector<web::ShownSignIn> shown = web::shown_sign_ins(accounts, is_demo);
  if (shown.empty()) return {};
  std::string text = fmt::format("\nSign in, everybody with the password “{}”:\n", web::demo_password);
  for (const web::ShownSignIn& each : shown) text += fmt::format("  {:<40} {}\n", each.email, each.how->title);
  return text;
}

std::unique_ptr<Command> make_demo() { return std::make_unique<MakeDemo>(); }

}  // namespace waymark::cli
