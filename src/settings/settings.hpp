/// How this installation runs: every setting by name, where its value came from, and what is wrong with it. The command line goes over the environment, the
/// environment over the file, the file over the default; a setting is taken whole from one of them. doc/configuration.md is the page for people.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/finding.hpp"
#include "base/source_text.hpp"

namespace waymark::settings {

enum class Kind {
  text,
  texts,   ///< a list; in the environment separated by commas
  toggle,  ///< true or false
  secret,  ///< a text that is never shown; `NAME_FILE` in the environment names a file that holds it
};

struct Setting {
  std::string_view key;  ///< "listen", "oidc.issuer": a dot is a level of nesting in the file
  Kind kind = Kind::text;
  std::string_view fallback;  ///< as it would stand in the file, a list separated by commas; empty: nothing unless said
  std::string_view help;      ///< one sentence
};

/// Every setting there is, in the order they are shown.
[[nodiscard]] std::span<const Setting> catalogue();

/// "oidc.issuer" → "WAYMARK_OIDC_ISSUER".
[[nodiscard]] std::string environment_name(std::string_view key);

enum class Origin { fallback, file, environment, command_line };

struct Value {
  std::vector<std::string> words;  ///< one, or of a list any number; none: nothing was said
  Origin origin = Origin::fallback;
  std::string where;  ///< "waymark.yaml:3", "WAYMARK_LISTEN", "--listen"; empty for a default
};

/// As it is shown to people: "not set", "hidden" for a secret, a list with commas.
[[nodiscard]] std::string value_in_words(const Setting& setting, const Value& value);
/// Who said it: "waymark.yaml:3", or "default".
[[nodiscard]] std::string origin_in_words(const Value& value);

/// Immutable once read.
class Settings {
 public:
  explicit Settings(std::map<std::string, Value, std::less<>> values) : m_values(std::move(values)) {}

  /// Of a key in the catalogue it was read with; another one is a bug and throws std::out_of_range.
  [[nodiscard]] const Value& value(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;  ///< empty when nothing was said
  [[nodiscard]] const std::vector<std::string>& texts(std::string_view key) const { return value(key).words; }
  [[nodiscard]] bool is_on(std::string_view key) const { return text(key) == "true"; }

 private:
  std::map<std::string, Value, std::less<>> m_values;
};

/// What was said on the command line, by key, with the option that said it.
struct Said {
  std::string option;
  std::vector<std::string> words;
};

struct Sources {
  const SourceText* file = nullptr;      ///< YAML; nullptr: there is none
  std::vector<std::string> environment;  ///< "NAME=value", as the process has it; names that do not begin with WAYMARK_ are passed over
  std::map<std::string, Said, std::less<>> command_line;
};

struct Reading {
  std::optional<Settings> settings;  ///< absent when there are errors
  /// `unknown-setting` (with the nearest one), `wrong-setting`, `unreadable-secret`, and what YAML finds; the file of a finding about the
  /// environment is "environment". All errors, all at once.
  Findings findings;
};

[[nodiscard]] Reading read(std::span<const Setting> catalogue, const Sources& sources);

/// Where the file is: what was named (not_found when it is not there), else WAYMARK_CONFIG, else waymark.yaml in this folder, else
/// /etc/waymark/waymark.yaml; absent when none of these is there.
[[nodiscard]] Result<std::optional<std::string>> find_file(const std::string& named);

/// Of this process.
[[nodiscard]] std::vector<std::string> environment();

}  // namespace waymark::settings
