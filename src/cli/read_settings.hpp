/// The settings of a command that runs for long: what its options said, over the environment, over the file.
#pragma once

#include "cli/command.hpp"
#include "settings/settings.hpp"

namespace waymark::cli {

/// The option that names the file of settings.
[[nodiscard]] Parameter config_parameter(std::string* into);

/// `named` is what --config said. Trouble names every wrong setting at once.
[[nodiscard]] tl::expected<settings::Settings, Trouble> read_settings(const std::string& named,
                                                                      std::map<std::string, settings::Said, std::less<>> said);

}  // namespace waymark::cli
