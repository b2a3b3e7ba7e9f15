#include "cli/read_settings.hpp"

#include <algorithm>

#include "base/folder.hpp"
#include "base/text.hpp"

namespace waymark::cli {

Parameter config_parameter(std::string* into) {
  return {.name = "--config",
          .value = "FILE",
          .help = "The file of settings. Unless said: WAYMARK_CONFIG, ./waymark.yaml or /etc/waymark/waymark.yaml.",
          .into = into,
          .completes = Completes::file};
}

tl::expected<settings::Settings, Trouble> read_settings(const std::string& named, std::map<std::string, settings::Said, std::less<>> said) {
  const auto path = settings::find_file(named);
  if (!path) return tl::unexpected<Trouble>(path.error());
  std::optional<SourceText> file;
  if (*path) {
    const auto bytes = read_file(**path);
    if (!bytes) return tl::unexpected<Trouble>(bytes.error());
    file.emplace(**path, *bytes);
  }
  settings::Reading reading = settings::read(settings::catalogue(), {file ? &*file : nullptr, settings::environment(), std::move(said)});
  if (reading.settings) return std::move(*reading.settings);
  const auto wrong = static_cast<std::size_t>(
      std::count_if(reading.findings.begin(), reading.findings.end(), [](const Finding& each) { return each.severity == Severity::error; }));
  return tl::unexpected(Trouble(Error{Error::Kind::bad_input, "The settings have " + counted(wrong, "error") + "; nothing was started.",
                                      "`waymark config show --help` tells where settings come from."},
                                std::move(reading.findings)));
}

}  // namespace waymark::cli
