#include "settings/settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/core.h>

#include "base/folder.hpp"
#include "base/text.hpp"
#include "markup/yaml.hpp"

namespace waymark::settings {
namespace {

using markup::YamlNode;

constexpr std::string_view prefix = "WAYMARK_";
constexpr std::string_view environment_place = "environment";
constexpr std::size_t secret_bytes = 64u << 10;
// Read elsewhere: where this file is, and what only tests say.
constexpr std::string_view config_variable = "WAYMARK_CONFIG";
constexpr std::string_view test_prefix = "WAYMARK_TEST_";

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string_view part : split(text, ',')) {
    if (!trim(part).empty()) words.emplace_back(trim(part));
  }
  return words;
}

class Reader {
 public:
  explicit Reader(std::span<const Setting> catalogue) : m_catalogue(catalogue) {
    for (const Setting& setting : catalogue) {
      m_keys.emplace_back(setting.key);
      m_names.push_back(environment_name(setting.key));
      if (setting.kind == Kind::secret) m_names.push_back(environment_name(setting.key) + "_FILE");
      Value& value = m_values[std::string(setting.key)];
      if (!setting.fallback.empty())
        value.words = setting.kind == Kind::texts ? listed(setting.fallback) : std::vector<std::string>{std::string(setting.fallback)};
    }
  }

  void read_file(const SourceText& source) {
    m_findings.insert(m_findings.end(), source.findings().begin(), source.findings().end());
    const markup::Yaml yaml = markup::parse_yaml(source);
    m_findings.insert(m_findings.end(), yaml.findings.begin(), yaml.findings.end());
    if (!yaml.root || yaml.root->kind == YamlNode::Kind::null) return;
    if (yaml.root->kind != YamlNode::Kind::map) {
      problem("wrong-setting", source.name(), yaml.root->span, "The file of settings should hold `key: value` lines.", "See doc/configuration.md.");
      return;
    }
    read_map(source.name(), *yaml.root, "");
  }

  void read_environment(const std::vector<std::string>& variables) {
    for (const std::string& variable : variables) {
      const std::size_t equals = variable.find('=');
      if (!variable.starts_with(prefix) || equals == std::string::npos) continue;
      const std::string name = variable.substr(0, equals);
      if (name == config_variable || name.starts_with(test_prefix)) continue;
      read_variable(name, variable.substr(equals + 1));
    }
  }

  void read_command_line(const std::map<std::string, Said, std::less<>>& said) {
    for (const auto& [key, words] : said) m_values.at(key) = {words.words, Origin::command_line, words.option};
  }

  Reading finish() {
    Reading reading;
    sort_findings(m_findings);
    if (!has_errors(m_findings)) reading.settings.emplace(std::move(m_values));
    reading.findings = std::move(m_findings);
    return reading;
  }

 private:
  void problem(std::string rule, std::string_view file, const Span& span, std::string message, std::string way_out) {
    m_findings.push_back({std::move(rule), Severity::error, std::string(file), span, std::move(message), std::move(way_out)});
  }

  const Setting* find(std::string_view key) const {
    const auto found = std::find_if(m_catalogue.begin(), m_catalogue.end(), [&](const Setting& each) { return each.key == key; });
    return found == m_catalogue.end() ? nullptr : &*found;
  }

  bool is_group(std::string_view key) const {
    return std::any_of(m_keys.begin(), m_keys.end(), [&](const std::string& each) { return each.starts_with(std::string(key) + "."); });
  }

  void read_map(const std::string& file, const YamlNode& map, const std::string& above) {
    for (const YamlNode::Entry& entry : map.entries) {
      const std::string key = above + entry.key;
      if (const Setting* const setting = find(key)) {
        read_entry(file, *setting, entry);
      } else if (is_group(key) && (entry.value.kind == YamlNode::Kind::map || entry.value.kind == YamlNode::Kind::null)) {
        read_map(file, entry.value, key + ".");
      } else {
        const auto near = nearest(key, m_keys);
        problem("unknown-setting", file, entry.key_span, fmt::format("There is no setting `{}`.", key),
                near ? fmt::format("Did you mean `{}`?", *near) : "`waymark config show` lists what there is.");
      }
    }
  }

  void read_entry(const std::string& file, const Setting& setting, const YamlNode::Entry& entry) {
    const YamlNode& node = entry.value;
    Value value{{}, Origin::file, fmt::format("{}:{}", file, entry.key_span.begin.line)};
    if (node.kind == YamlNode::Kind::scalar) {
      if (setting.kind == Kind::toggle && !node.boolean()) return wrong_toggle(file, node.span, setting);
      value.words.push_back(node.scalar);
    } else if (node.kind == YamlNode::Kind::sequence && setting.kind == Kind::texts) {
      for (const YamlNode& item : node.items) {
        if (item.kind != YamlNode::Kind::scalar) return wrong_type(file, item.span, setting);
        value.words.push_back(item.scalar);
      }
    } else if (node.kind != YamlNode::Kind::null) {
      return wrong_type(file, node.span, setting);
    }
    m_values[std::string(setting.key)] = std::move(value);
  }

  void read_variable(const std::string& name, const std::string& text) {
    for (const Setting& setting : m_catalogue) {
      const std::string plain = environment_name(setting.key);
      if (name == plain) {
        if (setting.kind == Kind::toggle && text != "true" && text != "false") return wrong_toggle(environment_place, {}, setting, name);
        m_values[std::string(setting.key)] = {setting.kind == Kind::texts ? listed(text) : std::vector<std::string>{text}, Origin::environment, name};
        return;
      }
      if (setting.kind == Kind::secret && name == plain + "_FILE") {
        Result<std::string> held = waymark::read_file(text, secret_bytes);
        if (!held) {
          return problem("unreadable-secret", environment_place, {}, fmt::format("{} names {}, which cannot be read.", name, text),
                         held.error().message);
        }
        m_values[std::string(setting.key)] = {{std::string(trim(*held))}, Origin::environment, name};
        return;
      }
    }
    const auto near = nearest(name, m_names);
    problem("unknown-setting", environment_place, {}, fmt::format("The variable {} is no setting.", name),
            near ? fmt::format("Did you mean {}? Else take it out of the environment.", *near)
                 : "Take it out of the environment; `waymark config show` lists what there is.");
  }

  void wrong_toggle(std::string_view file, const Span& span, const Setting& setting, std::string_view name = {}) {
    problem("wrong-setting", file, span, fmt::format("`{}` can be true or false.", name.empty() ? setting.key : name), "Write one of the two.");
  }

  void wrong_type(std::string_view file, const Span& span, const Setting& setting) {
    const std::string_view expected = setting.kind == Kind::texts ? "a list, as in [one, two]" : "text on one line";
    problem("wrong-setting", file, span, fmt::format("`{}` should be {}.", setting.key, expected), "See doc/configuration.md.");
  }

  std::span<const Setting> m_catalogue;
  std::vector<std::string> m_keys;
  std::vector<std::string> m_names;
  std::map<std::string, Value, std::less<>> m_values;
  Findings m_findings;
};

}  // namespace

std::string environment_name(std::string_view key) {
  std::string name(prefix);
  for (const char c : key) name += c == '.' || c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

const Value& Settings::value(std::string_view key) const {
  const auto found = m_values.find(key);
  if (found == m_values.end()) throw std::out_of_range("no setting " + std::string(key));
  return found->second;
}

std::string value_in_words(const Setting& setting, const Value& value) {
  const std::string words = join(value.words, ", ");
  if (words.empty()) return "not set";
  return setting.kind == Kind::secret ? "hidden" : words;
}

std::string origin_in_words(const Value& value) { return value.where.empty() ? "default" : value.where; }

std::string Settings::text(std::string_view key) const {
  const Value& found = value(key);
  return found.words.empty() ? std::string() : found.words.front();
}

Reading read(std::span<const Setting> catalogue, const Sources& sources) {
  Reader reader(catalogue);
  if (sources.file != nullptr) reader.read_file(*sources.file);
  reader.read_environment(sources.environment);
  reader.read_command_line(sources.command_line);
  return reader.finish();
}

Result<std::optional<std::string>> find_file(const std::string& named) {
  std::error_code ignored;
  const char* const variable = std::getenv(std::string(config_variable).c_str());
  for (const auto& [path, from] :
       {std::pair<std::string, std::string>{named, "--config"}, {variable == nullptr ? "" : variable, std::string(config_variable)}}) {
    if (path.empty()) continue;
    if (std::filesystem::is_regular_file(path, ignored)) return std::optional(path);
    return fail(Error::Kind::not_found, fmt::format("There is no file {}, which {} names.", path, from), "Correct the path, or leave it out.");
  }
  for (const char* const usual : {"waymark.yaml", "/etc/waymark/waymark.yaml"}) {
    if (std::filesystem::is_regular_file(usual, ignored)) return std::optional<std::string>(usual);
  }
  return std::optional<std::string>();
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) variables.emplace_back(*each);
  return variables;
}

}  // namespace waymark::settings
