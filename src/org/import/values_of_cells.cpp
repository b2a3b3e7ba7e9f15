#include "org/import/values_of_cells.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "base/text.hpp"
#include "org/import/field.hpp"

namespace waymark::org {
namespace {

struct Country {
  std::string_view two, three;
  std::string_view names;  ///< of header_key, with a blank between
};

constexpr std::array countries{
    Country{"AE", "ARE", "unitedarabemirates uae vereinigtearabischeemirate emiratsarabesunis"}, Country{"AR", "ARG", "argentina argentinien argentine"},
    Country{"AT", "AUT", "austria osterreich autriche"}, Country{"AU", "AUS", "australia australien australie"},
    Country{"BD", "BGD", "bangladesh bangladesch"}, Country{"BE", "BEL", "belgium belgien belgique"}, Country{"BG", "BGR", "bulgaria bulgarien bulgarie"},
    Country{"BR", "BRA", "brazil brasilien bresil brasil"}, Country{"BY", "BLR", "belarus bielorussie"}, Country{"CA", "CAN", "canada kanada"},
    Country{"CH", "CHE", "switzerland schweiz suisse svizzera"}, Country{"CL", "CHL", "chile chili"}, Country{"CN", "CHN", "china chine peoplesrepublicofchina"},
    Country{"CO", "COL", "colombia kolumbien colombie"}, Country{"CY", "CYP", "cyprus zypern chypre"}, Country{"CZ", "CZE", "czechia czechrepublic tschechien tchequie republiquetcheque"},
    Country{"DE", "DEU", "germany deutschland allemagne"}, Country{"DK", "DNK", "denmark danemark"}, Country{"DZ", "DZA", "algeria algerien algerie"},
    Country{"EE", "EST", "estonia estland estonie"}, Country{"EG", "EGY", "egypt agypten egypte"}, Country{"ES", "ESP", "spain spanien espagne espana"},
    Country{"FI", "FIN", "finland finnland finlande"}, Country{"FR", "FRA", "france frankreich"},
    Country{"GB", "GBR", "unitedkingdom uk greatbritain england scotland wales northernireland vereinigteskonigreich grossbritannien royaumeuni"},
    Country{"GH", "GHA", "ghana"}, Country{"GR", "GRC", "greece griechenland grece"}, Country{"HK", "HKG", "hongkong hongkongsar"}, Country{"HR", "HRV", "croatia kroatien croatie"},
    Country{"HU", "HUN", "hungary ungarn hongrie"}, Country{"ID", "IDN", "indonesia indonesien indonesie"}, Country{"IE", "IRL", "ireland irland irlande republicofireland"},
    Country{"IL", "ISR", "israel"}, Country{"IN", "IND", "india indien inde"}, Country{"IS", "ISL", "iceland island islande"}, Country{"IT", "ITA", "italy italien italie italia"},
    Country{"JP", "JPN", "japan japon"}, Country{"KE", "KEN", "kenya kenia"}, Country{"KR", "KOR", "southkorea republicofkorea korea sudkorea coreedusud"},
    Country{"LK", "LKA", "srilanka"}, Country{"LT", "LTU", "lithuania litauen lituanie"}, Country{"LU", "LUX", "luxembourg luxemburg"}, Country{"LV", "LVA", "latvia lettland lettonie"},
    Country{"MA", "MAR", "morocco marokko maroc"}, Country{"MT", "MLT", "malta malte"}, Country{"MX", "MEX", "mexico mexiko mexique"}, Country{"MY", "MYS", "malaysia malaisie"},
    Country{"NG", "NGA", "nigeria"}, Country{"NL", "NLD", "netherlands thenetherlands holland niederlande paysbas"}, Country{"NO", "NOR", "norway norwegen norvege"},
    Country{"NZ", "NZL", "newzealand neuseeland nouvellezelande"}, Country{"PE", "PER", "peru perou"}, Country{"PH", "PHL", "philippines philippinen thephilippines"},
    Country{"PK", "PAK", "pakistan"}, Country{"PL", "POL", "poland polen pologne polska"}, Country{"PT", "PRT", "portugal"}, Country{"RO", "ROU", "romania rumanien roumanie"},
    Country{"RS", "SRB", "serbia serbien serbie"}, Country{"SA", "SAU", "saudiarabia saudiarabien arabiesaoudite"}, Country{"SE", "SWE", "sweden schweden suede"},
    Country{"SG", "SGP", "singapore singapur singapour"}, Country{"SI", "SVN", "slovenia slowenien slovenie"}, Country{"SK", "SVK", "slovakia slowakei slovaquie"},
    Country{"SN", "SEN", "senegal"}, Country{"TH", "THA", "thailand thailande"}, Country{"TN", "TUN", "tunisia tunesien tunisie"}, Country{"TR", "TUR", "turkey turkiye turkei turquie"},
    Country{"TW", "TWN", "taiwan"}, Country{"UA", "UKR", "ukraine"}, Country{"US", "USA", "unitedstates unitedstatesofamerica vereinigtestaaten etatsunis amerika"},
    Country{"UY", "URY", "uruguay"}, Country{"VN", "VNM", "vietnam"}, Country{"ZA", "ZAF", "southafrica sudafrika afriquedusud"}};

/// A number as people write it, with a point or a comma; none for anything else.
std::optional<double> decimal(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  const bool fits = !plain.empty() && plain.size() < 12 && std::count(plain.begin(), plain.end(), '.') <= 1 && plain.front() != '.' &&
                    std::all_of(plain.begin(), plain.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  return fits ? std::optional(std::stod(plain)) : std::nullopt;
}

}  // namespace

std::optional<std::string> country_code(std::string_view text) {
  static const std::unordered_map<std::string_view, std::string_view> known = [] {
    std::unordered_map<std::string_view, std::string_view> map;
    for (const Country& country : countries) {
      for (const std::string_view name : split(country.names, ' ')) map.emplace(name, country.two);
    }
    return map;
  }();
  const std::string_view word = trim(text);
  const bool is_letters = std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  std::string upper(word);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper == "UK") return "GB";
  if (is_letters && word.size() == 2) return upper;
  if (word.size() == 3) {
    for (const Country& country : countries) {
      if (country.three == upper) return std::string(country.two);
    }
  }
  const auto found = known.find(header_key(word));
  return found == known.end() ? std::nullopt : std::optional(std::string(found->second));
}

std::optional<int> working_time(std::string_view text) {
  std::string_view word = trim(text);
  const bool is_percent = word.ends_with('%');
  if (is_percent) word = trim(word.substr(0, word.size() - 1));
  std::optional<double> share;
  if (const std::size_t slash = word.find('/'); slash != std::string_view::npos) {
    const auto part = decimal(trim(word.substr(0, slash)));
    const auto whole = decimal(trim(word.substr(slash + 1)));
    if (part && whole && *whole > 0) share = *part / *whole;
  } else if (const auto number = decimal(word)) {
    share = is_percent || *number > 1.0 ? *number / 100.0 : *number;
  }
  if (!share) return std::nullopt;
  const auto percent = static_cast<int>(std::lround(*share * 100.0));
  return percent >= 1 && percent <= 100 ? std::optional(percent) : std::nullopt;
}

}  // namespace waymark::org
