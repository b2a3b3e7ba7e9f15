#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "access/password.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "org/scim/filter.hpp"
#include "org/scim/filter_node.hpp"

namespace waymark::org::scim {
namespace {

namespace json = boost::json;
using Kind = FilterNode::Kind;
using Type = Attribute::Type;

constexpr std::array operators{
    std::pair{std::string_view("eq"), Operator::eq}, std::pair{std::string_view("ne"), Operator::ne}, std::pair{std::string_view("co"), Operator::co},
    std::pair{std::string_view("sw"), Operator::sw}, std::pair{std::string_view("ew"), Operator::ew}, std::pair{std::string_view("gt"), Operator::gt},
    std::pair{std::string_view("ge"), Operator::ge}, std::pair{std::string_view("lt"), Operator::lt}, std::pair{std::string_view("le"), Operator::le},
    std::pair{std::string_view("pr"), Operator::pr}};

bool is_order(Operator op) { return op == Operator::gt || op == Operator::ge || op == Operator::lt || op == Operator::le; }
bool is_of_text(Operator op) { return op == Operator::co || op == Operator::sw || op == Operator::ew; }

/// What a comparison with the place is a comparison of: of a complex attribute without a part its `value`.
const Attribute* compared(const Place& place) {
  if (place.part != nullptr) return place.part;
  if (place.attribute == nullptr || place.attribute->type != Type::complex) return place.attribute;
  return place.attribute->part("value");
}

struct Unreadable {
  std::string what;
};

class Parser {
 public:
  /// `within` nullptr: a filter of resources.
  Parser(std::string_view text, const ResourceType& type, const Attribute* within) : m_text(text), m_type(type), m_within(within) {}

  FilterNode whole() {
    FilterNode node = any(0);
    skip_blanks();
    if (m_at != m_text.size()) stop("something follows that belongs to nothing");
    return node;
  }

 private:
  [[noreturn]] void stop(std::string what) const { throw Unreadable{std::move(what) + ", at byte " + std::to_string(m_at + 1)}; }

  void skip_blanks() {
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) ++m_at;
  }
  bool takes(char c) {
    skip_blanks();
    if (m_at >= m_text.size() || m_text[m_at] != c) return false;
    ++m_at;
    return true;
  }
  std::string_view peeked_word() {
    skip_blanks();
    std::size_t end = m_at;
    while (end < m_text.size() && is_of_name(m_text[end])) ++end;
    return m_text.substr(m_at, end - m_at);
  }
  bool takes_word(std::string_view word) {
    if (!same_word(peeked_word(), word)) return false;
    m_at += word.size();
    return true;
  }

  FilterNode any(int depth) {
    if (depth > Filter::deepest) stop("it is nested too deeply");
    std::vector<FilterNode> parts;
    parts.push_back(all(depth));
    while (takes_word("or")) parts.push_back(all(depth));
    return joined(Kind::any, std::move(parts));
  }
  FilterNode all(int depth) {
    std::vector<FilterNode> parts;
    parts.push_back(one(depth));
    while (takes_word("and")) parts.push_back(one(depth));
    return joined(Kind::all, std::move(parts));
  }
  static FilterNode joined(Kind kind, std::vector<FilterNode> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    FilterNode node;
    node.kind = kind;
    node.parts = std::move(parts);
    return node;
  }

  FilterNode one(int depth) {
    if (takes('(')) return grouped(depth);
    if (same_word(peeked_word(), "not")) {
      m_at += 3;
      if (!takes('(')) stop("`not` needs a filter in parentheses");
      FilterNode node;
      node.kind = Kind::negated;
      node.parts.push_back(grouped(depth));
      return node;
    }
    return comparison(depth);
  }
  FilterNode grouped(int depth) {
    FilterNode node = any(depth + 1);
    if (!takes(')')) stop("a `)` is missing");
    return node;
  }

  Place place_of(std::string_view name) {
    if (m_within != nullptr) {
      Place place;
      if (name.empty() || name.find_first_of(".:") != std::string_view::npos) stop("the name of a part of the value is missing");
      place.attribute = m_within->part(name);
      return place;
    }
    const auto place = read_place(name, m_type);
    if (!place || place->is_whole_extension) stop("the name of an attribute is missing");
    return *place;
  }

  FilterNode comparison(int depth) {
    if (++m_comparisons > Filter::most_comparisons) stop("it compares too often");
    const std::string_view name = peeked_word();
    FilterNode node;
    node.place = place_of(name);
    m_at += name.size();
    if (m_within == nullptr && m_at < m_text.size() && m_text[m_at] == '[') return value_filter(node.place, depth);
    compare_with(node);
    return node;
  }

  FilterNode value_filter(const Place& place, int depth) {
    ++m_at;
    if (place.attribute != nullptr && place.part != nullptr) stop("the parts of a value have no values of their own");
    static constexpr Attribute unknown{"", Type::complex};
    const Attribute& attribute = place.attribute != nullptr ? *place.attribute : unknown;
    if (attribute.type != Type::complex) stop("only the values of an attribute with parts can be filtered");
    FilterNode node;
    node.kind = Kind::within;
    node.place = place;
    m_within = &attribute;
    node.parts.push_back(any(depth + 1));
    if (!takes(']')) stop("a `]` is missing");
    if (m_at < m_text.size() && m_text[m_at] == '.') {
      ++m_at;
      FilterNode part;
      const std::string_view name = peeked_word();
      part.place = place_of(name);
      m_at += name.size();
      compare_with(part);
      node.parts.push_back(std::move(part));
    }
    m_within = nullptr;
    return node;
  }

  void compare_with(FilterNode& node) {
    const std::string_view word = peeked_word();
    const auto found = std::find_if(operators.begin(), operators.end(), [&](const auto& each) { return same_word(each.first, word); });
    if (found == operators.end()) stop("an operator is missing (eq, ne, co, sw, ew, gt, ge, lt, le or pr)");
    m_at += word.size();
    node.comparison = found->second;
    if (node.comparison == Operator::pr) return;
    node.literal = literal();
    check(node);
  }

  FilterNode::Literal literal() {
    skip_blanks();
    if (m_at >= m_text.size()) stop("a value is missing");
    if (m_text[m_at] == '"') return quoted();
    const std::string_view word = m_text.substr(m_at, m_text.find_first_of(" \t)]", m_at) - m_at);
    m_at += word.size();
    if (word == "true") return true;
    if (word == "false") return false;
    if (word == "null") return std::monostate{};
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size() || !std::isfinite(number)) {
      m_at -= word.size();
      stop("a value is missing: a text in quotation marks, a number, true, false or null");
    }
    return number;
  }

  std::string quoted() {
    std::size_t end = m_at + 1;
    while (end < m_text.size() && m_text[end] != '"') end += m_text[end] == '\\' ? 2 : 1;
    if (end >= m_text.size()) stop("a quotation mark is missing");
    json::error_code error;
    const json::value value = json::parse(json::string_view(m_text.data() + m_at, end + 1 - m_at), error);
    if (error || !value.is_string()) stop("a text cannot be read");
    m_at = end + 1;
    return std::string(value.get_string());
  }

  void check(FilterNode& node) {
    const Attribute* attribute = compared(node.place);
    std::string* text = std::get_if<std::string>(&node.literal);
    const bool is_kept = m_within != nullptr ? node.place.attribute != nullptr : node.place.is_known();
    if (is_of_text(node.comparison) && text == nullptr) stop("this operator compares texts");
    if (is_order(node.comparison) && (std::holds_alternative<bool>(node.literal) || std::holds_alternative<std::monostate>(node.literal))) {
      stop("this operator needs something that has an order");
    }
    if (!is_kept) return;
    if (attribute == nullptr) stop("name a part of the attribute");
    if (attribute->type == Type::boolean) {
      if (is_order(node.comparison) || is_of_text(node.comparison)) stop("this operator does not go with true and false");
      if (text != nullptr && (same_word(*text, "true") || same_word(*text, "false"))) node.literal = same_word(*text, "true");
      return;
    }
    if (attribute->type == Type::date_time && text != nullptr && is_order(node.comparison) && !parse_instant(*text)) {
      stop("a moment is written as 2026-03-01T09:30:00Z");
    }
    if (text != nullptr) node.folded = access::folded(*text);
  }

  const std::string_view m_text;
  const ResourceType& m_type;
  const Attribute* m_within;
  std::size_t m_at = 0;
  int m_comparisons = 0;
};

Answer<FilterNode> read(std::string_view text, const ResourceType& type, const Attribute* within) {
  if (text.size() > Filter::longest) {
    return refuse(400, "invalidFilter", "The filter is longer than " + std::to_string(Filter::longest) + " bytes. Ask for less at once.");
  }
  if (!is_valid_utf8(text)) return refuse(400, "invalidFilter", "The filter is not UTF-8.");
  try {
    return Parser(text, type, within).whole();
  } catch (const Unreadable& unreadable) {
    return refuse(400, "invalidFilter", "The filter cannot be read: " + unreadable.what + '.');
  }
}

/// Where the bracket of a path ends; a `]` in a text does not count.
std::size_t end_of_bracket(std::string_view text, std::size_t at) {
  bool is_quoted = false;
  for (; at < text.size(); ++at) {
    if (is_quoted && text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && text[at] == ']') {
      return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Answer<Filter> Filter::parse(std::string_view text, const ResourceType& type) {
  auto root = read(text, type, nullptr);
  if (!root) return tl::unexpected<Refusal>(root.error());
  Filter filter;
  filter.m_root = std::make_shared<const FilterNode>(std::move(*root));
  return filter;
}

Answer<Filter> Filter::parse_within(std::string_view text, const ResourceType& type, const Attribute& attribute) {
  auto root = read(text, type, &attribute);
  if (!root) return tl::unexpected<Refusal>(root.error());
  Filter filter;
  filter.m_root = std::make_shared<const FilterNode>(std::move(*root));
  return filter;
}

Answer<PatchPath> parse_patch_path(std::string_view text, const ResourceType& type) {
  const auto refused = [&] {
    return refuse(400, "invalidPath", "`" + std::string(text.substr(0, 200)) + "` is no path. Write one as emails[type eq \"work\"].value or name.givenName.");
  };
  if (text.empty() || text.size() > Filter::longest || !is_valid_utf8(text)) return refused();
  const auto bracket = text.find('[');
  const auto place = read_place(text.substr(0, bracket), type);
  if (!place) return refused();
  PatchPath path{*place, {}};
  if (bracket == std::string_view::npos) return path;
  const auto end = end_of_bracket(text, bracket);
  if (end == std::string_view::npos || place->part != nullptr || place->is_whole_extension) return refused();
  static constexpr Attribute unknown{"", Attribute::Type::complex};
  const Attribute& attribute = place->attribute != nullptr ? *place->attribute : unknown;
  if (attribute.type != Attribute::Type::complex) return refused();
  auto filter = Filter::parse_within(text.substr(bracket + 1, end - bracket - 1), type, attribute);
  if (!filter) return tl::unexpected<Refusal>(filter.error());
  path.filter = std::move(*filter);
  if (end + 1 == text.size()) return path;
  const std::string_view part = text.substr(end + 2);
  if (text[end + 1] != '.' || part.empty() || !std::all_of(part.begin(), part.end(), is_of_name) || part.find_first_of(".:") != std::string_view::npos) return refused();
  path.place.part = attribute.part(part);
  path.place.is_unknown_part = path.place.attribute != nullptr && path.place.part == nullptr;
  return path;
}

}  // namespace waymark::org::scim
