#include "web/pages/sheet.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "web/pages/reworded.hpp"

namespace waymark::web::pages {
namespace {

std::string_view type_of(FormField::Kind kind) {
  switch (kind) {
    case FormField::Kind::email: return "email";
    case FormField::Kind::password: return "password";
    case FormField::Kind::date: return "date";
    case FormField::Kind::number: return "number";
    case FormField::Kind::file: return "file";
    default: return "text";
  }
}

void fill_hidden(Values form, const std::string& token, const std::vector<std::pair<std::string, std::string>>& hidden) {
  const auto add = [&](std::string_view name, std::string_view value) {
    const Values field = form.add("HIDDEN");
    field.set("HIDDEN_NAME", name);
    field.set("HIDDEN_VALUE", value);
  };
  if (!token.empty()) add("form_token", token);
  for (const auto& [name, value] : hidden) add(name, value);
}

void fill_options(Values into, const FormField& field, std::string_view id) {
  for (std::size_t i = 0; i < field.options.size(); ++i) {
    const FormField::Option& option = field.options[i];
    const Values each = into.add("OPTION");
    each.set("OPTION_NAME", field.name);
    each.set("OPTION_VALUE", option.value);
    each.set("OPTION_LABEL", option.label);
    each.set("OPTION_ID", fmt::format("{}-{}", id, i));
    each.show_if(option.chosen, "CHOSEN");
    each.show_text("OPTION_HINTED", "OPTION_HINT", option.hint);
  }
}

void fill_field(Values into, const FormField& field, const std::string& prefix) {
  const std::string id = prefix + field.name;
  const auto common = [&](Values each) {
    each.set("ID", id);
    each.set("NAME", field.name);
    each.set("LABEL", field.label);
    each.show_text("HINTED", "HINT", field.hint);
    each.show_text("WRONG", "PROBLEM", field.problem);
    each.show_if(field.required, "REQUIRED");
    each.show_if(!field.required, "OPTIONAL");
    std::string described;
    if (!field.hint.empty()) described = id + "-hint";
    if (!field.problem.empty()) described += (described.empty() ? "" : " ") + id + "-problem";
    each.show_text("DESCRIBED", "DESCRIBED_BY", described);
    each.show_if(!field.problem.empty(), "INVALID");
    each.show_if(field.focused, "FOCUSED");
  };
  if (field.kind == FormField::Kind::select) {
    const Values select = into.add("SELECT");
    common(select);
    fill_options(select, field, id);
  } else if (field.kind == FormField::Kind::checks) {
    const Values checks = into.add("CHECKS");
    common(checks);
    fill_options(checks, field, id);
  } else if (field.kind == FormField::Kind::lines) {
    const Values lines = into.add("LINES");
    common(lines);
    lines.set("VALUE", field.value);
  } else {
    const Values input = into.add("INPUT");
    common(input);
    input.set("TYPE", type_of(field.kind));
    input.show_if(field.kind != FormField::Kind::file, "VALUED");
    input.set("VALUE", field.value);
    input.set("AUTOCOMPLETE", field.autocomplete.empty() ? std::string_view("off") : std::string_view(field.autocomplete));
  }
}

void fill_button(Values into, const ActionButton& button, const std::string& token) {
  into.set("BUTTON_ACTION", button.action);
  into.set("BUTTON_LABEL", button.label);
  into.show_text("ABOUT", "ABOUT_WHAT", button.about);
  into.show_if(button.is_final, "FINAL");
  fill_hidden(into, token, button.hidden);
}

void fill_table(Values into, const Sheet::Table& table, const std::string& token) {
  into.set("CAPTION", table.caption);
  for (const std::string& column : table.columns) into.add("COLUMN").set("COLUMN_NAME", column);
  into.show_if(table.with_buttons, "COLUMN_OF_BUTTONS");
  for (const Sheet::Row& row : table.rows) {
    const Values line = into.add("ROW");
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Sheet::Cell& cell = row.cells[i];
      const Values each = line.add(i == 0 ? "FIRST_CELL" : "CELL");
      each.set("CELL_COLUMN", i < table.columns.size() ? table.columns[i] : std::string());
      if (cell.href.empty()) {
        each.add("PLAIN").set("CELL_TEXT", cell.text);
      } else {
        const Values link = each.add("LINKED");
        link.set("CELL_TEXT", cell.text);
        link.set("CELL_HREF", cell.href);
      }
      each.show_text("NOTED", "CELL_NOTE", cell.note);
    }
    if (table.with_buttons) {
      const Values buttons = line.add("ROW_BUTTONS");
      for (const ActionButton& button : row.buttons) fill_button(buttons.add("ROW_BUTTON"), button, token);
    }
  }
}

void fill_change(Values into, const Sheet::Change& change) {
  if (change.href.empty()) {
    into.add("CHANGE_PLAIN").set("SUBJECT", change.subject);
  } else {
    const Values link = into.add("CHANGE_LINKED");
    link.set("SUBJECT", change.subject);
    link.set("SUBJECT_HREF", change.href);
  }
  into.set("SUMMARY", change.summary);
  into.show_text("CHANGE_NOTED", "CHANGE_NOTE", change.note);
  if (change.words.empty()) return;
  fill(into.add("REWORDED").include("WORD_DIFFERENCE", "reworded.html"), change.words);
}

void fill_section(Values into, const Sheet::Section& section, const std::string& token, const std::string& prefix) {
  if (!section.heading.empty()) {
    const Values head = into.add("HEADED");
    head.set("HEADING", section.heading);
    head.set("SECTION_ID", section.id);
  }
  for (const std::string& words : section.words) into.add("WORDS").set("TEXT", words);
  if (section.way_on) {
    const Values way = into.add("WAY_ON");
    way.set("WAY_TITLE", section.way_on->title);
    way.set("WAY_HREF", section.way_on->href);
  }
  for (const Prose& prose : section.prose) into.add("PROSE").set("HTML", prose);
  if (section.picture) {
    const Values picture = into.add("PICTURE");
    picture.set("PICTURE_VIEW", fmt::format("0 0 {0} {0}", section.picture->size));
    picture.set("PICTURE_PATH", section.picture->path);
    picture.set("PICTURE_LABEL", section.picture->label);
  }
  if (!section.shown_once.empty()) {
    const Values once = into.add("SHOWN_ONCE");
    for (const std::string& line : section.shown_once) once.add("LINE").set("LINE_TEXT", line);
  }
  if (section.table) fill_table(into.add("TABLE"), *section.table, token);
  if (!section.changes.empty()) {
    const Values changes = into.add("CHANGES");
    for (const Sheet::Change& change : section.changes) fill_change(changes.add("CHANGE"), change);
  }
  if (section.form) {
    const Values form = into.add("FORM");
    form.set("ACTION", section.form->action);
    form.set("BUTTON", section.form->button);
    form.show_if(section.form->with_files, "WITH_FILES");
    form.show_if(section.form->is_final, "FINAL_FORM");
    form.show_if(section.form->gets, "GETS");
    form.show_if(!section.form->gets, "POSTS");
    fill_hidden(form, section.form->gets ? std::string() : token, section.form->hidden);
    for (const FormField& field : section.form->fields) fill_field(form.add("FIELD"), field, prefix);
  }
  if (!section.buttons.empty()) {
    const Values buttons = into.add("BUTTONS");
    for (const ActionButton& button : section.buttons) fill_button(buttons.add("ONE_BUTTON"), button, token);
  }
  if (!section.links.empty()) {
    const Values links = into.add("LINKS");
    for (const Reference& link : section.links) {
      const Values each = links.add("LINK");
      each.set("LINK_TITLE", link.title);
      each.set("LINK_HREF", link.href);
    }
  }
}

}  // namespace

FormField& Form::field(std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const FormField& each) { return each.name == name; });
  if (found == fields.end()) throw std::logic_error(fmt::format("the form has no field {}", name));
  return *found;
}

void fill(Values values, const Sheet& sheet) {
  values.set("TITLE", sheet.title);
  values.show_text("LED", "LEAD", sheet.lead);
  values.show_text("DONE", "DONE_TEXT", sheet.done);
  if (!sheet.problems.empty()) {
    const Values problems = values.add("TROUBLE");
    for (const Sheet::Problem& problem : sheet.problems) {
      const Values each = problems.add("ONE_PROBLEM");
      if (problem.field.empty()) {
        each.add("ANYWHERE").set("MESSAGE", problem.message);
      } else {
        const Values at = each.add("AT_FIELD");
        at.set("MESSAGE", problem.message);
        at.set("FIELD_ID", "f1-" + problem.field);
      }
      each.show_text("WAY", "WAY_OUT", problem.way_out);
    }
  }
  std::size_t number = 0;
  for (const Sheet::Section& section : sheet.sections) {
    if (section.form) ++number;
    fill_section(values.add("SECTION"), section, sheet.form_token, fmt::format("f{}-", number));
  }
}

}  // namespace waymark::web::pages
