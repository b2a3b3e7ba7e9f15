#include "markup/yaml_messages.hpp"

#include <array>

#include <yaml-cpp/exceptions.h>

namespace waymark::markup {
namespace {

constexpr const char* syntax = "yaml-syntax";
constexpr const char* alias = "yaml-alias";
constexpr const char* tag = "yaml-tag";

struct Explanation {
  const char* said;  ///< how yaml-cpp's message begins
  const char* rule;
  const char* message;
  const char* way_out;
};

constexpr const char* quote_the_value = "Put the value in quotes.";
constexpr const char* alias_message = "A value that begins with & or * is an anchor or alias, which is not supported here.";
constexpr const char* alias_way_out = "Put the value in quotes if it is text; else write it out in full.";
constexpr const char* tag_message = "A value that begins with ! is a tag, which is not supported here.";
constexpr const char* escape_message = "In double quotes a backslash begins an escape, and this one does not exist.";
constexpr const char* escape_way_out = "Double the backslash, or use single quotes.";

const std::array explanations{
    Explanation{YAML::ErrorMsg::MAP_VALUE, syntax, "A colon stands here where no key can be.",
                "Put the value in quotes if the colon belongs to it; else check the indentation."},
    Explanation{YAML::ErrorMsg::MAP_KEY, syntax, "A question mark stands here where no key can be.", quote_the_value},
    Explanation{YAML::ErrorMsg::BLOCK_ENTRY, syntax, "A list item (-) cannot stand here.",
                "Put it on a line of its own, indented like the other items."},
    Explanation{YAML::ErrorMsg::END_OF_MAP_FLOW, syntax, "This { } is not closed, or a comma is missing in it.", "Close it, or add the comma."},
    Explanation{YAML::ErrorMsg::END_OF_SEQ_FLOW, syntax, "This [ ] is not closed, or a comma is missing in it.", "Close it, or add the comma."},
    Explanation{YAML::ErrorMsg::END_OF_MAP, syntax, "This line does not belong to the keys around it.",
                "Indent it like the other keys of its group, and put a colon and a space behind its key."},
    Explanation{YAML::ErrorMsg::END_OF_SEQ, syntax, "This line does not belong to the list around it.",
                "Begin it with a dash and a space, indented like the other items."},
    Explanation{YAML::ErrorMsg::FLOW_END, syntax, "This bracket closes nothing that was opened.",
                "Take it out, or put the value in quotes if it belongs to it."},
    Explanation{YAML::ErrorMsg::EOF_IN_SCALAR, syntax, "This quote is never closed.", "Close it, or double it if it belongs to the text."},
    Explanation{YAML::ErrorMsg::DOC_IN_SCALAR, syntax, "A text in quotes is not closed before this line.", "Close the quote."},
    Explanation{YAML::ErrorMsg::UNKNOWN_TOKEN, syntax, "A value cannot begin with this character.", quote_the_value},
    Explanation{YAML::ErrorMsg::TAB_IN_INDENTATION, syntax, "This line is indented with a tab.", "Indent with spaces."},
    Explanation{YAML::ErrorMsg::INVALID_ESCAPE, syntax, escape_message, escape_way_out},
    Explanation{YAML::ErrorMsg::INVALID_HEX, syntax, escape_message, escape_way_out},
    Explanation{YAML::ErrorMsg::INVALID_UNICODE, syntax, escape_message, escape_way_out},
    Explanation{YAML::ErrorMsg::CHAR_IN_BLOCK, syntax, "Behind | or > the line must end.", "Begin the text on the next line, indented."},
    Explanation{YAML::ErrorMsg::ZERO_INDENT_IN_BLOCK, syntax, "The indentation behind | or > cannot be 0.", "Leave the number out."},
    Explanation{YAML::ErrorMsg::ALIAS_NOT_FOUND, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::ANCHOR_NOT_FOUND, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::CHAR_IN_ALIAS, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::CHAR_IN_ANCHOR, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::UNKNOWN_ANCHOR, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::MULTIPLE_ANCHORS, alias, alias_message, alias_way_out},
    Explanation{YAML::ErrorMsg::CHAR_IN_TAG_HANDLE, tag, tag_message, quote_the_value},
    Explanation{YAML::ErrorMsg::TAG_WITH_NO_SUFFIX, tag, tag_message, quote_the_value},
    Explanation{YAML::ErrorMsg::END_OF_VERBATIM_TAG, tag, tag_message, quote_the_value},
    Explanation{YAML::ErrorMsg::MULTIPLE_TAGS, tag, tag_message, quote_the_value},
};

}  // namespace

YamlMessage explain_yaml_error(std::string_view said) {
  for (const Explanation& each : explanations) {
    if (said.starts_with(each.said)) return {each.rule, each.message, each.way_out};
  }
  return {syntax, "This is not valid YAML: " + std::string(said) + ".", "Compare it with the examples in doc/pathway-format.md."};
}

}  // namespace waymark::markup
