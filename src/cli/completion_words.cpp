#include "cli/completion_words.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/text.hpp"
#include "cli/open_pathway.hpp"
#include "cli/parse.hpp"
#include "pathway/cite.hpp"

namespace waymark::cli {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

bool begins(std::string_view text, std::string_view with) { return to_lower_ascii(text).starts_with(to_lower_ascii(with)); }

const Parameter pathway_parameter{
    .name = "-p,--pathway", .value = "DIR", .help = {}, .into = static_cast<std::string*>(nullptr), .completes = Completes::folder};

/// Entries of the folder that `written` leads into.
Words paths(const std::string& written, bool only_folders) {
  const std::size_t slash = written.rfind('/');
  const std::string prefix = slash == std::string::npos ? "" : written.substr(0, slash + 1);
  const std::string_view name = std::string_view(written).substr(prefix.size());
  std::string folder = prefix.empty() ? "." : prefix;
  const char* const home = std::getenv("HOME");
  if (folder.starts_with("~/") && home != nullptr) folder = home + folder.substr(1);
  Words found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string entry = at->path().filename().string();
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored);
    if (!entry.starts_with(name) || (entry.starts_with('.') && name.empty()) || (only_folders && !is_folder)) continue;
    found.push_back(prefix + entry + (is_folder ? "/" : ""));
  }
  return found;
}

/// Places first; the ids of one place once it is clear which.
Words citations(const pathway::Pathway& pathway, const std::string& written) {
  Words levels;
  for (const pathway::Level& level : pathway.levels) {
    if (begins(level.id.value, written)) levels.push_back(level.id.value);
  }
  const bool clear = levels.size() == 1 || written.find('.') != std::string::npos || pathway.level(written) != nullptr;
  return clear ? pathway::citable_ids(pathway) : levels;
}

class Completion {
 public:
  Completion(const Commands& commands, Words words) : m_commands(commands), m_words(std::move(words)) {}

  Words run() {
    m_written = m_words.empty() ? "" : m_words.back();
    if (!m_words.empty()) m_words.pop_back();
    split_at_equals();
    read_words();
    Words offered = offer();
    std::erase_if(offered, [&](const std::string& word) { return !begins(word, m_written); });
    std::sort(offered.begin(), offered.end());
    offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
    for (std::string& word : offered) word = m_before + word;
    return offered;
  }

 private:
  /// zsh and fish hand over "--format=m" and want it back whole; bash makes three words of it and wants the last.
  void split_at_equals() {
    if (const std::size_t at = m_written.find('='); m_written.starts_with("--") && at != std::string::npos) {
      m_before = m_written.substr(0, at + 1);
      m_words.push_back(m_written.substr(0, at));
      m_written.erase(0, at + 1);
    } else if (m_written == "=") {
      m_written.clear();
    } else if (!m_words.empty() && m_words.back() == "=") {
      m_words.pop_back();
    }
  }

  const Parameter* option(std::string_view word) const {
    if (word == "-p" || word == "--pathway") return &pathway_parameter;
    for (const Parameter& parameter : m_description.parameters) {
      const Words all = spellings(parameter.name);
      if (parameter.is_option() && std::find(all.begin(), all.end(), word) != all.end()) return &parameter;
    }
    return nullptr;
  }

  /// Which command it is, how many arguments it has, which option waits for its value.
  void read_words() {
    for (const std::string& word : m_words) {
      if (m_waiting != nullptr) {
        if (word == "=") continue;
        if (m_waiting == &pathway_parameter) m_folder = word;
        m_waiting = nullptr;
      } else if (word.starts_with('-') && word != "-") {
        m_given.push_back(word);
        const Parameter* const found = option(word);
        if (found != nullptr && !found->value.empty()) m_waiting = found;
      } else if (!m_chosen) {
        m_name += (m_name.empty() ? "" : " ") + word;
        choose();
      } else {
        // `stats` is a command, and so is `stats fisher`.
        if (m_arguments++ == 0) choose_below(word);
      }
    }
  }

  void choose() {
    for (const auto& command : m_commands) {
      Description description = command->describe();
      if (description.name != m_name) continue;
      m_description = std::move(description);
      m_chosen = true;
    }
  }

  void choose_below(const std::string& word) {
    for (const auto& command : m_commands) {
      Description description = command->describe();
      if (description.name != m_name + " " + word) continue;
      m_description = std::move(description);
      m_arguments = 0;
      return;
    }
  }

  Words offer() const {
    if (m_waiting != nullptr) return values(*m_waiting);
    if (m_written.starts_with('-')) return options();
    if (!m_chosen) return names();
    std::size_t at = m_arguments;
    for (const Parameter& parameter : m_description.parameters) {
      if (parameter.is_option()) continue;
      if (at == 0 || std::holds_alternative<std::vector<std::string>*>(parameter.into)) return values(parameter);
      --at;
    }
    return {};
  }

  Words names() const {
    Words all;
    if (m_name.empty()) all.push_back("help");
    const std::string_view about = m_name == "help" || m_name.starts_with("help ")
                                       ? std::string_view(m_name).substr(std::min<std::size_t>(5, m_name.size()))
                                       : std::string_view(m_name);
    const std::string prefix = about.empty() ? "" : std::string(about) + " ";
    for (const auto& command : m_commands) {
      const std::string name(command->describe().name);
      if (!name.starts_with(prefix)) continue;
      all.push_back(name.substr(prefix.size(), name.find(' ', prefix.size()) - prefix.size()));
    }
    return all;
  }

  Words options() const {
    if (!m_chosen) return {"--help", "--version", "--pathway"};
    Words all{"--help"};
    if (m_description.reads_pathway) all.push_back("--pathway");
    for (const Parameter& parameter : m_description.parameters) {
      if (parameter.is_option()) all.push_back(spellings(parameter.name).back());
    }
    return all;
  }

  Words values(const Parameter& parameter) const {
    Completes kind = parameter.completes;
    if (kind == Completes::place && std::find(m_given.begin(), m_given.end(), "--versions") != m_given.end()) kind = Completes::folder;
    switch (kind) {
      case Completes::nothing: return {};
      case Completes::choices: return {parameter.choices.begin(), parameter.choices.end()};
      case Completes::folder: return paths(m_written, true);
      case Completes::file: return paths(m_written, false);
      default: return ids(kind);
    }
  }

  Words ids(Completes kind) const {
    const auto folder = find_pathway_folder(m_folder);
    if (!folder) return {};
    const auto read = read_pathway(*folder);
    if (!read || !read->loaded.pathway) return {};
    const pathway::Pathway& pathway = *read->loaded.pathway;
    if (kind == Completes::citation) return citations(pathway, m_written);
    Words all;
    for (const pathway::Archetype& archetype : pathway.archetypes) {
      if (kind != Completes::place) all.push_back(archetype.id.value);
    }
    if (kind == Completes::archetype) return all;
    for (const pathway::Level& level : pathway.levels) all.push_back(level.id.value);
    if (kind == Completes::place) return all;
    for (const pathway::Capability& capability : pathway.capabilities) all.push_back(capability.id.value);
    if (pathway.fork) all.push_back("fork");
    return all;
  }

  const Commands& m_commands;
  Words m_words;
  std::string m_written;
  std::string m_before;
  std::string m_name;
  std::string m_folder;
  Words m_given;
  Description m_description{};
  bool m_chosen = false;
  std::size_t m_arguments = 0;
  const Parameter* m_waiting = nullptr;
};

}  // namespace

Words completion_words(const Commands& commands, Words words) {
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  return Completion(commands, std::move(words)).run();
}

}  // namespace waymark::cli
