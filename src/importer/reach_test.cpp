/// The published frameworks, where they stand beside the checkout. Their text is not ours and is never copied here; what they say is counted here without the
/// importer's own means.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "importer/framework.hpp"
#include "importer/import_checks_test.hpp"

using namespace waymark;
using namespace waymark::importer;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t fewest_words = 3;

std::string unescaped(std::string text) {
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{{"\\\"", "\""},
                                                                                           {"\\n", " "},
                                                                                           {"\\/", "/"},
                                                                                           {"&amp;", "&"},
                                                                                           {"&gt;", ">"},
                                                                                           {"&lt;", "<"},
                                                                                           {"&quot;", "\""},
                                                                                           {"&#39;", "'"},
                                                                                           {"&nbsp;", " "},
                                                                                           {"\xC2\xA0", " "}})
    text = replace_all(std::move(text), from, to);
  return text;
}

/// What stands between the tags of list items and paragraphs that have no class, as text.
std::vector<std::string> of_html(const std::string& bytes) {
  std::vector<std::string> found;
  for (const std::string tag : {"li", "p"}) {
    for (std::size_t at = 0; (at = bytes.find("<" + tag + ">", at)) != std::string::npos; ++at) {
      const std::size_t begin = at + tag.size() + 2;
      std::string inside = bytes.substr(begin, bytes.find("</" + tag + ">", begin) - begin);
      // A list inside an item is counted by its own items.
      for (const char* nested : {"<ul", "<li", "<ol"}) inside = inside.substr(0, inside.find(nested));
      // Bold words with an explanation in italics are a heading and its text.
      const std::size_t bold = inside.starts_with("<strong>") && inside.ends_with("</em>") ? inside.find("</strong>") : 0;
      found.push_back(inside.substr(bold));
    }
  }
  return found;
}

/// Lines of YAML and JSON that say something: an item of a list, or the value of a key for text.
std::vector<std::string> of_data(const std::string& bytes) {
  std::vector<std::string> found;
  for (const std::string_view raw : split(bytes, '\n')) {
    std::string line(trim(raw));
    const bool is_reference = line.find("competencies/") != std::string::npos && line.find(' ') == std::string::npos;
    if (line.empty() || line[0] == '#' || is_reference) continue;
    if (line[0] == '-') line = std::string(trim(std::string_view(line).substr(1)));
    for (const char* key : {"summary", "criteria", "description"}) {
      for (const std::string& open : {std::string(key) + ":", "\"" + std::string(key) + "\":"}) {
        if (line.starts_with(open)) line = std::string(trim(std::string_view(line).substr(open.size())));
      }
    }
    const bool is_name = line.find("title\":") < 3 || line.starts_with("title:") || line.starts_with("name:") || line.starts_with("sidebarTitle:");
    if (is_name) continue;
    const std::size_t colon = line.find(':');
    const bool is_other_key =
        colon != std::string::npos && colon < 20 && line.find(' ') > colon && !(line.starts_with('"') && line.find('"', 1) > colon);
    if (is_other_key) continue;
    if (line.starts_with('"') && !line.starts_with("\"$")) line = line.substr(1);
    if (line.ends_with(',')) line.pop_back();
    if (line.ends_with('"')) line.pop_back();
    if (line == "|" || line == ">") continue;
    const std::size_t number = line.find_first_not_of("0123456789");
    if (number > 0 && number != std::string::npos && line[number] == '.') line = line.substr(number + 1);
    found.push_back(line);
  }
  return found;
}

std::vector<std::string> of_pipes(const std::string& bytes) {
  std::vector<std::string> found;
  for (const std::string_view line : split(bytes, '\n')) {
    if (!trim(line).starts_with('|')) continue;
    for (const std::string_view cell : split(line, '|')) found.emplace_back(trim(cell));
  }
  return found;
}

std::vector<std::string> criterion_sentences(const FolderFile& file) {
  const std::string path = file.path;
  std::vector<std::string> raw;
  const bool is_data = path.ends_with(".json") || path.ends_with(".yml") || file.bytes.find("\ntopics:") != std::string::npos;
  if (path.ends_with("-schema.json")) return {};
  if (path.ends_with(".html") || file.bytes.find("<table>") != std::string::npos) raw = of_html(file.bytes);
  if (is_data) {
    raw = of_data(file.bytes);
  } else if (!path.ends_with(".html")) {
    const std::string without_heads = checks::without_between(file.bytes, "<th", "</th>");
    for (std::string& line : checks::lines_of_text(without_heads)) raw.push_back(std::move(line));
    for (std::string& cell : of_pipes(file.bytes)) raw.push_back(std::move(cell));
  }
  std::vector<std::string> result;
  for (const std::string& text : raw) {
    const std::string words = checks::words_only(unescaped(checks::without_between(checks::without_between(text, "<", ">", " "), "](", ")")));
    if (checks::count_words(words) >= fewest_words) result.push_back(words);
  }
  return result;
}

struct Expected {
  std::size_t sentences;            ///< at least, so that the counting itself is watched
  std::vector<std::string> tracks;  ///< "track: level, level"
  std::string fork = {};
};

std::vector<std::string> tracks_of(const pathway::Pathway& pathway) {
  std::vector<std::string> tracks;
  for (const auto& track : pathway.tracks) {
    std::vector<std::string> titles;
    for (const auto& level : pathway.levels) {
      if (level.track == track.id) titles.push_back(level.title);
    }
    tracks.push_back(track.title + ": " + join(titles, ", "));
  }
  return tracks;
}

/// "Data (Level 1), Data (Level 2), …"
std::string numbered(const std::string& family, int first, int last) {
  std::vector<std::string> titles;
  for (int level = first; level <= last; ++level) titles.push_back(family + " (Level " + std::to_string(level) + ")");
  return family + ": " + join(titles, ", ");
}

const std::string contributors = "Individual Contributor: ";
const std::string leaders = "Leadership: ";

std::map<std::string, Expected> published() {
  return {
      {"infracloud", {150, {contributors + "Associate Engineer, Engineer, Senior Engineer, Staff Engineer, Principal Engineer"}}},
      {"codecademy",
       {250,
        {contributors + "Software Engineering Apprentice, Software Engineer, Software Engineer 2, Senior Software Engineer, Staff Software Engineer",
         leaders + "Engineering Manager, Senior Engineering Manager, Director, VP"}}},
      {"guardian",
       {250,
        {contributors + "Fellow and Associate Developer, Software Developer, Senior Developer, Staff Developer, Principal Developer",
         leaders + "Associate Engineering Manager, Engineering Manager, Senior Engineering Manager, Head of Engineering"}}},
      {"yld", {120, {contributors + "Software Engineer I, Software Engineer II, Software Engineer III"}}},
      {"dropbox",
       {650,
        {contributors + "IC1 Software Engineer, IC2 Software Engineer, IC3 Software Engineer, IC4 Software Engineer, IC5 Staff Software Engineer, "
                        "IC6 Principal Software "
                        "Engineer, IC7 Sr. Principal Software Engineer",
         leaders + "M3 Engineering Manager, M4 Engineering Manager, M5 Senior Engineering Manager, M6 Engineering Director"}}},
      {"ft",
       {600,
        {"Engineering (Legacy): Junior Engineer, Engineering (Legacy), Engineer, Engineering (Legacy), Senior Engineer 1, Engineering (Legacy), "
         "Senior "
         "Engineer 2, Engineering (Legacy)",
         "Engineering: Junior Engineer (Engineering), Engineer (Engineering), Senior Engineer 1 (Engineering), Senior Engineer 2 (Individual "
         "Contributor), "
         "Principal Engineer (Individual Contributor)",
         "Operations: Engineer (Operations), Senior Engineer 1 (Operations), Senior Engineer 2 (Operations)",
         "Engineering, leadership: Senior Engineer 2 (People Manager), Principal Engineer (People Manager), Technology Director"},
        "Senior Engineer 1 (Engineering)"}},
      {"monzo",
       {1500,
        {numbered("Customer Operations", 1, 2), numbered("Product Design", 1, 6), numbered("User Research", 1, 6), numbered("Visual Design", 1, 6),
         numbered("Backend Engineering", 1, 6), numbered("Data Engineering", 1, 6), numbered("Mobile Engineering", 1, 6),
         numbered("Quality Analyst", 1, 3), numbered("Web Engineering", 1, 6), numbered("Executive Support", 1, 5), numbered("Generic", 1, 6),
         numbered("Marketing", 1, 7), numbered("Ops Individual Contributor", 1, 5), numbered("People", 1, 7), numbered("Product", 1, 4),
         numbered("Technical Operations", 1, 5), numbered("Ops Leadership", 2, 6)}}},
      {"unidays",
       {500,
        {"Creative Design: Creative Designer",
         "IT Support Analyst: 1st Line Analyst, 2nd Line Analyst, 3rd Line Analyst",
         "Software Engineer: Junior Software Engineer, Mid-Level Software Engineer, Senior Software Engineer, Lead Software Engineer",
         "Front End Engineer: Junior Front End Engineer, Mid-Level Front End Engineer, Senior Front End Engineer, Lead Front End Engineer",
         "Test Engineer: Junior Test Engineer, Mid-Level Test Engineer, Senior Test Engineer, Lead Test Engineer",
         "Infrastructure Engineer: Junior Infrastructure Engineer, Mid-Level Infrastructure Engineer, Senior Infrastructure Engineer, Lead "
         "Infrastructure "
         "Engineer",
         "Software Architect: Software Architect, Senior Software Architect",
         "Verification Engineer: Senior Verification Engineer",
         "Solutions Engineer: Solutions Engineer",
         "UI/UX Designer: Junior UI/UX Designer, Mid-Level UI/UX Designer, Senior UI/UX Designer, Lead UI/UX Designer",
         "Product Owner: Product Owner",
         "Business Analyst: Business Analyst",
         "Product Manager: Technical Product Manager, Senior Product Manager",
         "VP Product and Engineering: VP Product and Engineering",
         "Design: Creative Strategist, Lead UX Designer",
         "Project Management: Change Project Manager",
         "IT Support Analyst, leadership: IT Manager",
         "Engineering Operations: Engineering Operations Manager",
         "Leadership: Head of Engineering, Chief Technology Officer",
         "Head of Product: Head of Product"}}},
  };
}

}  // namespace

TEST_CASE("published frameworks come in whole, with their levels in order on their tracks") {
  for (const auto& [folder, expected] : published()) {
    const std::string name = folder;
    CAPTURE(name);
    const fs::path path = fs::path(WAYMARK_SOURCE_DIR) / "../shared/frameworks" / name;
    if (!fs::exists(path)) continue;
    const auto source = read_folder(path, {".md", ".html", ".yml", ".json"});
    REQUIRE(source.has_value());
    const auto imported = import_framework(*source, {});
    REQUIRE(imported.has_value());
    checks::check_loads(*imported);
    checks::check_provenance(*source, *imported);

    const auto loaded = pathway::load(imported->draft);
    const std::vector<std::string> tracks = tracks_of(*loaded.pathway);
    CHECK(join(tracks, "\n") == join(expected.tracks, "\n"));
    CHECK((loaded.pathway->fork ? loaded.pathway->level(loaded.pathway->fork->at)->title : std::string()) == expected.fork);

    std::string draft;
    for (const FolderFile& file : imported->draft.files) {
      if (file.path == "import-report.md") continue;
      std::string text = checks::without_between(checks::without_between(file.bytes, "<!--", "-->"), "](", ")");
      text.erase(std::remove(text.begin(), text.end(), '\\'), text.end());
      draft += checks::words_only(text);
    }
    std::size_t sentences = 0;
    std::size_t kept = 0;
    for (const FolderFile& file : source->files) {
      for (const std::string& sentence : criterion_sentences(file)) {
        ++sentences;
        const bool found = draft.find(sentence) != std::string::npos;
        kept += found ? 1 : 0;
        if (!found) MESSAGE(file.path << ": " << sentence);
      }
    }
    MESSAGE(name << ": " << kept << " of " << sentences);
    CHECK(sentences >= expected.sentences);
    CHECK(100 * kept >= 99 * sentences);
  }
}
