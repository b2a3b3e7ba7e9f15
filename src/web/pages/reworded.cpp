#include "web/pages/reworded.hpp"

namespace waymark::web::pages {

void fill(Values values, const std::vector<WordEdit>& words) {
  for (const WordEdit& edit : words) {
    const Values piece = values.add("PIECE");
    const char* const kind = edit.kind == WordEdit::Kind::same ? "SAME" : edit.kind == WordEdit::Kind::added ? "ADDED" : "REMOVED";
    piece.add(kind).set("PIECE_TEXT", edit.text);
  }
}

}  // namespace waymark::web::pages
