#include "org/import/title_levels.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "org/import/field.hpp"

namespace waymark::org {
namespace {

struct Sounds {
  std::string_view words;  ///< of header_key
  std::string_view like;   ///< with a blank between; nothing: says neither rank nor kind of work
};

// Ranks and kinds of work under one word each. Fields of engineering say neither.
constexpr std::array sounds{
    Sounds{"sr senior seniors erfahrener", "senior"},
    Sounds{"jr junior juniors", "junior"},
    Sounds{"grad graduate entry absolvent absolventin berufseinsteiger debutant", "graduate"},
    Sounds{"intern trainee werkstudent werkstudentin praktikant praktikantin stagiaire apprentice", "intern"},
    Sounds{"mid midlevel intermediate", ""},
    Sounds{"principal principale", "principal"},
    Sounds{"distinguished", "distinguished"},
    Sounds{"fellow", "fellow"},
    Sounds{"staff", "staff"},
    Sounds{"lead leader leiter leiterin leitender leitende leitung responsable", "lead"},
    Sounds{"teamlead teamleiter teamleiterin teamleitung", "team lead"},
    Sounds{"techlead", "technical lead"},
    Sounds{"tech technical technischer technische technique", "technical"},
    Sounds{"head", "head"},
    Sounds{"dir director direktor direktorin directeur directrice", "director"},
    Sounds{"vp vicepresident", "vice president"},
    Sounds{"chief cheftechniker", "chief"},
    Sounds{"cto", "chief technology officer"},
    Sounds{"mgr manager managerin", "manager"},
    Sounds{"eng engineer engineers developer developers programmer dev swe sde entwickler entwicklerin ingenieur ingenieurin ingenieure developpeur developpeuse programmierer programmiererin", "engineer"},
    Sounds{"softwareentwickler softwareentwicklerin softwareingenieur softwareingenieurin webentwickler webentwicklerin", "engineer"},
    Sounds{"engineering entwicklung ingenierie", "engineering"},
    Sounds{"architect architekt architektin architecte", "architect"},
    Sounds{"software backend frontend back front end fullstack full stack mobile web platform cloud ios android embedded systems system application applications product devops "
           "site reliability logiciel java python golang go rust cpp c net dotnet javascript typescript react infrastructure security qa test testing automation build release",
           ""},
    Sounds{"m w d f h x mw mwd wmd fm mf mfd hf fh gn all genders", ""},
    Sounds{"of the for and de des du la le und fur im in at a", ""},
};

/// The words of a title that say rank or kind of work, in order of the alphabet; others as they are.
std::vector<std::string> sound_of(std::string_view title) {
  std::vector<std::string> words;
  std::string word;
  const auto close = [&] {
    const std::string key = header_key(word);
    word.clear();
    if (key.empty()) return;
    for (const Sounds& row : sounds) {
      const auto known = split(row.words, ' ');
      if (std::find(known.begin(), known.end(), key) == known.end()) continue;
      for (const std::string_view like : split(row.like, ' ')) {
        if (!like.empty()) words.emplace_back(like);
      }
      return;
    }
    words.push_back(key);
  };
  for (const char c : title) {
    const bool is_mark = static_cast<unsigned char>(c) < 0x80 && std::string_view(" \t\n,;:/()[]|-–&+_*").find(c) != std::string_view::npos;
    if (is_mark) {
      close();
    } else {
      word += c;
    }
  }
  close();
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

/// "Senior Engineer, Payments" and "Senior Engineer (Berlin)" are that in front of the mark.
std::string_view without_addition(std::string_view title) {
  const std::size_t mark = std::min(title.find_first_of(",(|["), title.find(" - "));
  return mark == std::string_view::npos || mark == 0 ? title : trim(title.substr(0, mark));
}

}  // namespace

TitleLevels::TitleLevels(const std::vector<KnownLevel>& levels) : m_levels(levels) {
  for (const KnownLevel& level : levels) m_sounds.push_back({level.id, sound_of(level.title)});
}

std::optional<std::string> TitleLevels::named(std::string_view word) const {
  const std::string lower = to_lower_ascii(collapse_white_space(word));
  for (const KnownLevel& level : m_levels) {
    if (to_lower_ascii(level.id) == lower || to_lower_ascii(level.title) == lower) return level.id;
  }
  return std::nullopt;
}

std::optional<std::string> TitleLevels::guess(std::string_view title) const {
  if (auto exact = named(title)) return exact;
  for (const std::string_view part : {title, without_addition(title)}) {
    const std::vector<std::string> sound = sound_of(part);
    if (sound.empty()) continue;
    std::optional<std::string> found;
    bool is_only = true;
    for (const Sound& each : m_sounds) {
      if (each.words != sound) continue;
      is_only = !found;
      found = each.id;
    }
    if (found && is_only) return found;
  }
  return std::nullopt;
}

std::optional<std::string> TitleLevels::near(std::string_view word) const {
  std::vector<std::string> candidates;
  for (const KnownLevel& level : m_levels) candidates.push_back(level.id);
  if (auto id = nearest(word, candidates)) return id;
  candidates.clear();
  for (const KnownLevel& level : m_levels) candidates.push_back(level.title);
  return nearest(word, candidates);
}

}  // namespace waymark::org
