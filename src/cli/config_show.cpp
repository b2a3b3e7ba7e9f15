#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/json.hpp"
#include "cli/page.hpp"
#include "cli/read_settings.hpp"

namespace waymark::cli {
namespace {

using settings::Kind;
using settings::Setting;
using settings::Value;

class ConfigShow : public Command {
 public:
  Description describe() override {
    return {
        .name = "config show",
        .group = Group::operate,
        .sentence = "List the settings, their values and who said them.",
        .more =
            "A setting comes from the command line of `waymark serve`, else from the environment (`access-log` is WAYMARK_ACCESS_LOG), else from the "
            "file of settings, else it has its default. A name that is no setting is an error. Secrets are never shown.",
        .parameters = {config_parameter(&m_config), {.name = "--json", .help = "For a script.", .into = &m_json}},
        .examples = {{"waymark config show", "What holds here, and why."},
                     {"WAYMARK_LISTEN=:80 waymark config show", "What would hold with another environment."}}};
  }

  Outcome run(Context& context) override {
    const auto settings = read_settings(m_config, {});
    if (!settings) return tl::unexpected<Trouble>(settings.error());
    context.terminal.print(m_json ? as_json(*settings) : as_text(*settings, context.terminal));
    return {};
  }

 private:
  static std::string as_json(const settings::Settings& settings) {
    std::vector<ShownSetting> rows;
    for (const Setting& setting : settings::catalogue()) {
      const Value& value = settings.value(setting.key);
      const bool secret = setting.kind == Kind::secret;
      rows.push_back({std::string(setting.key), secret ? std::vector<std::string>{} : value.words, settings::origin_in_words(value), std::string(setting.help),
                      secret && !value.words.empty()});
    }
    return settings_json(rows);
  }

  static std::string as_text(const settings::Settings& settings, const Terminal& terminal) {
    Page page(terminal.prose_columns(), terminal.colour());
    for (const Setting& setting : settings::catalogue()) {
      const Value& value = settings.value(setting.key);
      page.gap();
      page.say(Runs{
          {fmt::format("{}: ", setting.key), Ink::strong}, {settings::value_in_words(setting, value), Ink::plain}, {fmt::format("  ({})", settings::origin_in_words(value)), Ink::faint}});
      page.say(setting.help, Margin::of(2));
    }
    return page.text();
  }

  std::string m_config;
  bool m_json = false;
};

}  // namespace

std::unique_ptr<Command> make_config_show() { return std::make_unique<ConfigShow>(); }

}  // namespace waymark::cli
