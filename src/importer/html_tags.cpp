#include "importer/html_tags.hpp"

#include <algorithm>
#include <initializer_list>

#include <gumbo.h>

namespace waymark::importer {
namespace {

bool one_of(int tag, std::initializer_list<GumboTag> tags) {
  return std::any_of(tags.begin(), tags.end(), [&](GumboTag each) { return static_cast<int>(each) == tag; });
}

}  // namespace

bool is_inline(int tag) {
  return one_of(
      tag, {GUMBO_TAG_A,    GUMBO_TAG_ABBR,  GUMBO_TAG_B,       GUMBO_TAG_BDI,  GUMBO_TAG_BDO,    GUMBO_TAG_CITE,   GUMBO_TAG_CODE, GUMBO_TAG_DFN,
            GUMBO_TAG_DEL,  GUMBO_TAG_EM,    GUMBO_TAG_FONT,    GUMBO_TAG_I,    GUMBO_TAG_IMG,    GUMBO_TAG_INS,    GUMBO_TAG_KBD,  GUMBO_TAG_MARK,
            GUMBO_TAG_Q,    GUMBO_TAG_S,     GUMBO_TAG_SMALL,   GUMBO_TAG_SPAN, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_SUB,  GUMBO_TAG_SUP,
            GUMBO_TAG_TT,   GUMBO_TAG_U,     GUMBO_TAG_VAR,     GUMBO_TAG_WBR,  GUMBO_TAG_BR,     GUMBO_TAG_TIME,   GUMBO_TAG_SAMP, GUMBO_TAG_BIG,
            GUMBO_TAG_RUBY, GUMBO_TAG_LABEL, GUMBO_TAG_ACRONYM, GUMBO_TAG_NOBR, GUMBO_TAG_UNKNOWN});
}

std::string_view safe_tag(int tag) {
  if (one_of(tag, {GUMBO_TAG_B, GUMBO_TAG_STRONG})) return "strong";
  if (one_of(tag, {GUMBO_TAG_I, GUMBO_TAG_EM, GUMBO_TAG_CITE, GUMBO_TAG_DFN})) return "em";
  if (one_of(tag, {GUMBO_TAG_CODE, GUMBO_TAG_TT, GUMBO_TAG_KBD, GUMBO_TAG_SAMP})) return "code";
  if (one_of(tag, {GUMBO_TAG_DEL, GUMBO_TAG_S, GUMBO_TAG_STRIKE})) return "del";
  return {};
}

int heading_level(int tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - static_cast<int>(GUMBO_TAG_H1) + 1 : 0; }

}  // namespace waymark::importer
