/// A page made of sections: words, a table, a form, buttons. What has no shape of its own is one of these: signing in, one's account, administration.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/word_diff.hpp"
#include "web/pages/reference.hpp"
#include "web/pages/values.hpp"

namespace waymark::web::pages {

struct FormField {
  enum class Kind { text, email, password, date, number, select, checks, lines, file };
  struct Option {
    std::string value, label;
    bool chosen = false;
    std::string hint = {};
  };
  std::string name, label;
  Kind kind = Kind::text;
  std::string value = {};
  std::string hint = {};
  std::string autocomplete = {};  ///< as HTML names it; empty: off
  std::string problem = {};       ///< why what was typed will not do
  bool required = true;
  bool focused = false;
  std::vector<Option> options = {};  ///< of select and checks
};

struct Form {
  std::string action, button;
  std::vector<FormField> fields = {};
  std::vector<std::pair<std::string, std::string>> hidden = {};
  bool with_files = false;
  bool is_final = false;  ///< what it does cannot be taken back
  bool gets = false;  ///< asks for a page and changes nothing

  /// Of the field of that name. REQUIRES that there is one.
  [[nodiscard]] FormField& field(std::string_view name);
};

/// A form of nothing but a button.
struct ActionButton {
  std::string action, label;
  std::vector<std::pair<std::string, std::string>> hidden = {};
  bool is_final = false;  ///< what it does cannot be taken back
  std::string about = {};  ///< for those who hear the page: "End" of what
};

struct Sheet {
  struct Problem {
    std::string message, way_out = {};
    std::string field = {};  ///< its name, when there is one to go to
  };
  struct Cell {
    std::string text;
    std::string href = {};
    std::string note = {};
  };
  struct Row {
    std::vector<Cell> cells;
    std::vector<ActionButton> buttons = {};
  };
  struct Table {
    std::string caption;
    std::vector<std::string> columns;
    std::vector<Row> rows;
    bool with_buttons = false;
  };
  /// Something that became different, its words beside each other where it was reworded.
  struct Change {
    std::string subject, href = {};
    std::string summary;
    std::vector<WordEdit> words = {};
    std::string note = {};
  };
  /// A QR code: dark on white, whatever the page's colours.
  struct Picture {
    int size = 0;  ///< of a side, with the white around it
    std::string path, label;
  };
  struct Section {
    std::string id = {}, heading = {};
    std::vector<std::string> words = {};        ///< paragraphs
    std::optional<Reference> way_on = {};       ///< what most people come for, as large as a button
    std::optional<Picture> picture = {};
    std::vector<std::string> shown_once = {};   ///< secrets, each on a line of its own
    std::optional<Table> table = {};
    std::vector<Prose> prose = {};
    std::vector<Change> changes = {};
    std::optional<Form> form = {};
    std::vector<ActionButton> buttons = {};
    std::vector<Reference> links = {};
  };
  std::string title, lead;
  std::string done = {};  ///< what has just been done
  std::vector<Problem> problems = {};
  std::vector<Section> sections = {};
  std::string form_token = {};  ///< put into every form
};
/// sheet.html
void fill(Values values, const Sheet& sheet);

}  // namespace waymark::web::pages
