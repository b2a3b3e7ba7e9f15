#include "org/import/mapping.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "base/source_text.hpp"
#include "base/text.hpp"
#include "markup/yaml.hpp"

namespace waymark::org {
namespace {

using markup::YamlNode;

struct StatusRow {
  Status status;
  std::string_view name;
  std::string_view words;  ///< of header_key, with a blank between
};
constexpr std::array<StatusRow, 4> statuses{{
    {Status::active, "active", "active activ employed working current true yes 1 y aktiv beschaftigt ja actif active enposte oui fulltime parttime regular permanent probation onprobation probezeit"},
    {Status::away, "away",
     "away onleave leave leaveofabsence loa paidleave unpaidleave parentalleave sabbatical absent beurlaubt elternzeit mutterschutz ruhend inaktivbeurlaubt enconge conge suspended"},
    {Status::left, "left", "left inactive inactiv terminated former formeremployee exited resigned retired deactivated offboarded false no 0 n inaktiv ausgeschieden ausgetreten beendet nein inactif sorti parti non"},
    {Status::planned, "planned", "planned pending prehire future futurehire onboarding hired offer upcoming starting geplant zukunftig neueinstellung prevu futur avenir"},
}};

std::string fold(std::string_view text) { return to_lower_ascii(collapse_white_space(text)); }

/// Carries the first thing that is wrong up to parse_people_mapping.
struct Wrong {
  Error error;
};

class Parser {
 public:
  explicit Parser(const std::string& name) { m_mapping.file = name; }

  PeopleMapping parse(const YamlNode& root) {
    if (root.kind == YamlNode::Kind::null) return std::move(m_mapping);
    if (root.kind != YamlNode::Kind::map) wrong(root.span, "A mapping begins with keys such as `columns:`.");
    for (const YamlNode::Entry& entry : root.entries) take(entry);
    return std::move(m_mapping);
  }

 private:
  [[noreturn]] void wrong(const Span& span, const std::string& what, const std::string& way_out = {}) const {
    throw Wrong{{Error::Kind::bad_input, fmt::format("{}:{}: {}", m_mapping.file, std::max<std::size_t>(1, span.begin.line), what),
                 way_out.empty() ? "Correct the line, or delete it: what is not said is guessed." : way_out}};
  }

  void take(const YamlNode::Entry& entry) {
    const YamlNode& value = entry.value;
    if (entry.key == "columns") return take_columns(value);
    if (entry.key == "separator") {
      const std::string& word = value.scalar;
      m_mapping.separator = word == "tab" ? '\t' : word.size() == 1 && std::string_view(",;|\t").find(word[0]) != std::string_view::npos ? word[0] : '\0';
      if (m_mapping.separator == 0) wrong(value.span, "The separator is one of \",\" \";\" \"|\" and tab.");
    } else if (entry.key == "dates") {
      m_mapping.days = day_format_of(value.scalar);
      if (!m_mapping.days) wrong(value.span, fmt::format("“{}” is no way of writing days.", value.scalar), fmt::format("Write one of {}.", all_formats()));
    } else if (entry.key == "end_date") {
      if (value.scalar != "last_day" && value.scalar != "first_day_away") wrong(value.span, "end_date is last_day or first_day_away.");
      m_mapping.end_date = value.scalar == "last_day" ? EndDate::last_day : EndDate::first_day_away;
    } else if (entry.key == "levels_from_titles") {
      static constexpr std::array<std::string_view, 3> names{"when_new", "always", "never"};
      const auto found = std::find(names.begin(), names.end(), value.scalar);
      if (found == names.end()) wrong(value.span, "levels_from_titles is when_new, always or never.");
      m_mapping.levels_from_titles = static_cast<LevelsFromTitles>(found - names.begin());
    } else if (entry.key == "complete") {
      const auto is_complete = value.boolean();
      if (!is_complete) wrong(value.span, "complete is true or false.");
      m_mapping.is_complete = *is_complete;
    } else if (entry.key == "titles") {
      take_words(value, m_mapping.titles);
    } else if (entry.key == "levels") {
      take_words(value, m_mapping.levels);
    } else if (entry.key == "countries") {
      take_words(value, m_mapping.countries);
    } else if (entry.key == "statuses") {
      std::map<std::string, std::string> words;
      take_words(value, words);
      for (const auto& [word, meaning] : words) {
        const auto status = status_of(meaning);
        if (!status) wrong(value.span, fmt::format("“{}” is no status.", meaning), "Write active, away, left or planned.");
        m_mapping.statuses[word] = *status;
      }
    } else {
      static const std::vector<std::string> keys{"columns", "separator", "dates", "end_date", "levels_from_titles", "complete", "titles", "levels", "countries", "statuses"};
      const auto near = nearest(entry.key, keys);
      wrong(entry.key_span, fmt::format("There is no key “{}” in a mapping{}", entry.key, near ? fmt::format("; did you mean {}?", *near) : "."),
            fmt::format("There are {}.", in_words(keys)));
    }
  }

  static std::string all_formats() {
    std::vector<std::string> names;
    for (const DayFormatRow& row : day_formats()) names.emplace_back(row.name);
    return in_words(names);
  }

  void take_columns(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::null) return;
    if (node.kind != YamlNode::Kind::map) wrong(node.span, "Under columns: stand lines such as `name: Full name`.");
    for (const YamlNode::Entry& entry : node.entries) {
      const auto field = field_of(entry.key);
      if (!field) {
        std::vector<std::string> names;
        for (const FieldRow& row : fields()) names.emplace_back(row.name);
        const auto near = nearest(entry.key, names);
        wrong(entry.key_span, fmt::format("There is no field “{}”{}", entry.key, near ? fmt::format("; did you mean {}?", *near) : "."),
              fmt::format("There are {}.", in_words(names)));
      }
      if (entry.value.kind == YamlNode::Kind::null) continue;
      if (entry.value.kind != YamlNode::Kind::scalar) wrong(entry.value.span, "The header of one column is expected here.");
      const std::string header = collapse_white_space(entry.value.scalar);
      if (header.empty()) continue;
      if (const auto what = left_at_the_door(header)) {
        wrong(entry.value.span, fmt::format("“{}” is left at the door: Waymark keeps nothing about {}.", header, *what), "Delete the line.");
      }
      m_mapping.columns[*field] = header;
      m_mapping.lines[*field] = entry.value.span.begin.line;
    }
  }

  void take_words(const YamlNode& node, std::map<std::string, std::string>& words) {
    if (node.kind == YamlNode::Kind::null) return;
    if (node.kind != YamlNode::Kind::map) wrong(node.span, "Lines such as `\"Senior Engineer\": SSE` are expected here.");
    for (const YamlNode::Entry& entry : node.entries) {
      if (entry.value.kind == YamlNode::Kind::null) continue;
      if (entry.value.kind != YamlNode::Kind::scalar) wrong(entry.value.span, "One word is expected here.");
      words[collapse_white_space(entry.key)] = std::string(trim(entry.value.scalar));
    }
  }

  PeopleMapping m_mapping;
};

/// In double quotes: headers and titles hold anything.
std::string quoted(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) made += c;
  }
  return made + '"';
}

void write_words(std::string& text, std::string_view key, const std::map<std::string, std::string>& words, const std::map<std::string, std::string>& notes = {}) {
  if (words.empty()) return;
  text += fmt::format("{}:\n", key);
  for (const auto& [word, meaning] : words) {
    const auto note = notes.find(word);
    text += fmt::format("  {}: {}{}\n", quoted(word), quoted(meaning), note == notes.end() ? "" : "  # " + note->second);
  }
}

}  // namespace

std::string_view to_string(Status status) { return statuses[static_cast<std::size_t>(status)].name; }

std::optional<Status> status_of(std::string_view name) {
  const auto found = std::find_if(statuses.begin(), statuses.end(), [&](const StatusRow& row) { return row.name == fold(name); });
  return found == statuses.end() ? std::nullopt : std::optional(found->status);
}

std::optional<Status> usual_status(std::string_view word) {
  const std::string key = header_key(word);
  for (const StatusRow& row : statuses) {
    const auto words = split(row.words, ' ');
    if (std::find(words.begin(), words.end(), key) != words.end()) return row.status;
  }
  return std::nullopt;
}

Result<PeopleMapping> parse_people_mapping(const std::string& name, std::string_view bytes) {
  const SourceText source(name, bytes);
  const markup::Yaml yaml = markup::parse_yaml(source);
  if (!yaml.root) {
    const Finding& first = yaml.findings.front();
    return fail(Error::Kind::bad_input, fmt::format("{}:{}: {}", name, first.span.begin.line, first.message), first.way_out);
  }
  try {
    return Parser(name).parse(*yaml.root);
  } catch (const Wrong& wrong) {
    return tl::unexpected(wrong.error);
  }
}

std::string to_yaml(const PeopleMapping& mapping, const std::map<std::string, std::string>& notes) {
  std::string text = "# What the columns of the table mean. Correct what was guessed wrong and import again with --mapping.\n\ncolumns:\n";
  for (const FieldRow& row : fields()) {
    const auto column = mapping.columns.find(row.field);
    text += column == mapping.columns.end() ? fmt::format("  # {}:  {}\n", row.name, row.what) : fmt::format("  {}: {}\n", row.name, quoted(column->second));
  }
  if (mapping.separator != 0) text += fmt::format("\nseparator: {}\n", mapping.separator == '\t' ? "tab" : quoted(std::string(1, mapping.separator)));
  text += "\n# YYYY-MM-DD, DD.MM.YYYY, MM/DD/YYYY, DD/MM/YYYY, or D MONTH YYYY for months in words.\n";
  text += mapping.days ? fmt::format("dates: {}\n", quoted(name_of(*mapping.days))) : "# dates: \"YYYY-MM-DD\"\n";
  text += "# An end date is the last day of work, or the first_day_away.\n";
  text += fmt::format("end_date: {}\n", mapping.end_date == EndDate::last_day ? "last_day" : "first_day_away");
  text += "# With true, whoever works here and is not in the table has left.\n";
  text += fmt::format("complete: {}\n", mapping.is_complete);
  text += "# A title gives a level to people without one and to those whose title changes (when_new), to everybody (always), or to nobody (never).\n";
  text += fmt::format("levels_from_titles: {}\n", mapping.levels_from_titles == LevelsFromTitles::when_new  ? "when_new"
                                                  : mapping.levels_from_titles == LevelsFromTitles::always ? "always"
                                                                                                            : "never");
  if (!mapping.titles.empty()) text += "\n# Which level a title stands for; unknown where that is not settled yet.\n";
  write_words(text, "titles", mapping.titles, notes);
  if (!mapping.levels.empty()) text += "\n# What the column of levels says, and which level that is.\n";
  write_words(text, "levels", mapping.levels);
  if (!mapping.statuses.empty()) {
    text += "\n# active, away, left or planned\n";
    std::map<std::string, std::string> words;
    for (const auto& [word, status] : mapping.statuses) words[word] = to_string(status);
    write_words(text, "statuses", words);
  }
  if (!mapping.countries.empty()) text += "\n# Two letters, as in FR.\n";
  write_words(text, "countries", mapping.countries);
  return text;
}

}  // namespace waymark::org
