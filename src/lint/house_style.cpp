#include "lint/house_style.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "lint/rule.hpp"

namespace waymark::lint {
namespace {

using markup::YamlNode;

std::string plain_words(std::string_view text) {
  std::string words = to_lower_ascii(collapse_white_space(replace_all(std::string(text), "-", " ")));
  return replace_all(std::move(words), "\xE2\x80\x99", "'");
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::optional<std::string> near = nearest(word, candidates);
  return near ? fmt::format(" Did you mean `{}`?", *near) : std::string();
}

class Reader {
 public:
  explicit Reader(Findings& findings) : m_findings(findings) {}

  HouseStyle read(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      say("lint-setting", node.span, "`lint` in pathway.yaml should be keys and values.", "doc/pathway-format.md lists them.");
      return {};
    }
    for (const YamlNode::Entry& entry : node.entries) read(entry);
    return std::move(m_style);
  }

 private:
  void say(const char* rule, const Span& span, std::string message, std::string way_out) {
    m_findings.push_back({rule, Severity::warning, "pathway.yaml", span, std::move(message), std::move(way_out)});
  }

  void suggest(std::string_view word, const std::vector<std::string>& candidates, const Span& span) {
    if (const std::optional<std::string> near = nearest(word, candidates)) {
      m_findings.back().fixes.push_back({Fix::Kind::suggestion, fmt::format("Write `{}`", *near), {{"pathway.yaml", span, *near}}});
    }
  }

  void read(const YamlNode::Entry& entry) {
    const YamlNode& value = entry.value;
    if (entry.key == "rules") {
      read_rules(value);
    } else if (entry.key == "allow") {
      read_allowed(value);
    } else if (entry.key == "examples") {
      if (const auto number = counted_value(entry, 0, 50)) m_style.examples = static_cast<std::size_t>(*number);
    } else if (entry.key == "review_months") {
      if (const auto number = counted_value(entry, 1, 120)) {
        m_style.review_months = static_cast<int>(*number);
        m_style.review_every_page = true;
      }
    } else if (entry.key == "engineers") {
      if (const auto number = counted_value(entry, 1, 10'000'000)) m_style.engineers = static_cast<double>(*number);
    } else {
      const std::vector<std::string> keys{"rules", "allow", "examples", "review_months", "engineers"};
      say("lint-setting", entry.key_span, fmt::format("`{}` means nothing under `lint`.", entry.key),
          "Remove it, or correct its spelling." + did_you_mean(entry.key, keys));
      suggest(entry.key, keys, entry.key_span);
    }
  }

  std::optional<long long> counted_value(const YamlNode::Entry& entry, long long least, long long most) {
    const std::optional<long long> number = entry.value.kind == YamlNode::Kind::scalar ? entry.value.integer() : std::nullopt;
    if (number && *number >= least && *number <= most) return number;
    say("lint-setting", entry.value.span, fmt::format("`{}` should be a whole number from {} to {}.", entry.key, least, most),
        "Correct the number, or remove the line.");
    return std::nullopt;
  }

  void read_rules(const YamlNode& node) {
    if (node.kind != YamlNode::Kind::map) {
      say("lint-setting", node.span, "`rules` should be a rule and a severity a line.", "Write lines like `bundled-criterion: off`.");
      return;
    }
    const std::vector<std::string> ids = rule_ids();
    for (const YamlNode::Entry& entry : node.entries) {
      const RuleInfo* const rule = find_rule(entry.key);
      if (rule == nullptr) {
        say("unknown-rule", entry.key_span, fmt::format("There is no rule `{}`.", entry.key),
            "`waymark lint --explain` lists them." + did_you_mean(entry.key, ids));
        suggest(entry.key, ids, entry.key_span);
        continue;
      }
      const std::string& word = entry.value.scalar;
      if (rule->family == Family::document && rule->severity == Severity::error) {
        say("lint-setting", entry.value.span, fmt::format("`{}` stays an error: without it the pathway cannot be used.", entry.key),
            "Remove the line, and mend what the rule names.");
      } else if (word == "off") {
        m_style.severities[entry.key] = std::nullopt;
      } else if (word == "note" || word == "warning" || word == "error") {
        m_style.severities[entry.key] = word == "note" ? Severity::note : word == "warning" ? Severity::warning : Severity::error;
      } else {
        const std::vector<std::string> severities{"off", "note", "warning", "error"};
        say("lint-setting", entry.value.span, fmt::format("`{}` is no severity.", word),
            "Write off, note, warning or error." + did_you_mean(word, severities));
        suggest(word, severities, entry.value.span);
      }
    }
  }

  void read_allowed(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar) {
      m_style.allowed_words.push_back(plain_words(node.scalar));
      return;
    }
    for (const YamlNode& item : node.items) {
      if (item.kind == YamlNode::Kind::scalar) m_style.allowed_words.push_back(plain_words(item.scalar));
    }
    const bool odd = node.kind != YamlNode::Kind::sequence ||
                     std::any_of(node.items.begin(), node.items.end(), [](const YamlNode& item) { return item.kind != YamlNode::Kind::scalar; });
    if (odd) say("lint-setting", node.span, "`allow` should be a list of words.", "Write it as in `allow: [regularly, rock star]`.");
  }

  Findings& m_findings;
  HouseStyle m_style;
};

}  // namespace

bool HouseStyle::is_off(std::string_view rule) const {
  const auto known = severities.find(rule);
  return known != severities.end() && !known->second;
}

bool HouseStyle::allows(std::string_view phrase) const {
  return !allowed_words.empty() && std::find(allowed_words.begin(), allowed_words.end(), plain_words(phrase)) != allowed_words.end();
}

HouseStyle read_house_style(const pathway::Pathway& pathway, Findings& findings) {
  return pathway.house_style ? Reader(findings).read(*pathway.house_style) : HouseStyle();
}

}  // namespace waymark::lint
