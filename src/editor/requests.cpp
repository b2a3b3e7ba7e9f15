#include "editor/requests.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "editor/features.hpp"
#include "editor/lookup.hpp"

namespace waymark::editor {
namespace {

using Spot = Session::Spot;
using Reply = Answer<std::string>;

const std::string nothing = "null";
const std::string none = "[]";

tl::unexpected<Fault> invalid(std::string_view what) {
  return tl::unexpected<Fault>({Fault::Code::invalid_params, fmt::format("{} is missing, or of another type.", what), nothing});
}

tl::unexpected<Fault> failed(const Error& error) {
  return tl::unexpected<Fault>({Fault::Code::request_failed, error.way_out.empty() ? error.message : error.message + " " + error.way_out, nothing});
}

/// Runs `act(spot, position)` for what every request about a place brings.
template <class Act>
Reply at_place(const Session& session, const Message& message, const std::string& otherwise, const Act& act) {
  const auto uri = message.text("/textDocument/uri");
  if (!uri) return invalid("textDocument.uri");
  const auto place = message.place("/position");
  if (!place) return invalid("position");
  const auto spot = session.spot(*uri);
  if (!spot) return otherwise;
  return act(*spot, spot->view.position(spot->file, *place));
}

Reply answer_hover(Session& session, const Message& message) {
  return at_place(session, message, nothing, [](const Spot& spot, Position position) -> Reply {
    const auto found = hover(spot.folder, spot.file, position);
    return found ? to_json(spot.view, spot.file, *found) : nothing;
  });
}

Reply answer_completion(Session& session, const Message& message) {
  return at_place(session, message, nothing,
                  [](const Spot& spot, Position position) -> Reply { return to_json(spot.view, completions(spot.folder, spot.file, position)); });
}

Reply answer_definition(Session& session, const Message& message) {
  return at_place(session, message, nothing, [](const Spot& spot, Position position) -> Reply {
    const auto found = definition(spot.folder, spot.file, position);
    if (!found) return nothing;
    const auto from = thing_at(spot.folder, spot.file, position);
    return to_json(spot.view, spot.file, from ? std::optional(from->span) : std::nullopt, *found);
  });
}

Reply answer_references(Session& session, const Message& message) {
  return at_place(session, message, none, [&](const Spot& spot, Position position) -> Reply {
    const Declaration declaration = message.flag("/context/includeDeclaration") ? Declaration::included : Declaration::left_out;
    return to_json(spot.view, references(spot.folder, spot.file, position, declaration));
  });
}

Reply answer_outline(Session& session, const Message& message) {
  const auto uri = message.text("/textDocument/uri");
  if (!uri) return invalid("textDocument.uri");
  const auto spot = session.spot(*uri);
  return spot ? to_json(spot->view, spot->file, outline(spot->folder, spot->file)) : none;
}

Reply answer_symbols(Session& session, const Message& message) {
  const auto query = message.text("/query");
  if (!query) return invalid("query");
  std::string all;
  for (const Spot& spot : session.spots()) {
    const std::string found = to_json(spot.view, find_everywhere(spot.folder, *query));
    const std::string inner = found.substr(1, found.size() - 2);
    if (!inner.empty()) all += (all.empty() ? "" : ",") + inner;
  }
  return "[" + all + "]";
}

Reply answer_prepare_rename(Session& session, const Message& message) {
  return at_place(session, message, nothing, [](const Spot& spot, Position position) -> Reply {
    const auto found = renameable(spot.folder, spot.file, position);
    if (!found) return failed(found.error());
    return placeholder_json(spot.view, spot.file, *found);
  });
}

Reply answer_rename(Session& session, const Message& message) {
  const auto new_name = message.text("/newName");
  if (!new_name) return invalid("newName");
  return at_place(session, message, nothing, [&](const Spot& spot, Position position) -> Reply {
    const auto change = rename(spot.folder, spot.file, position, *new_name);
    if (!change) return failed(change.error());
    if (!change->renamed_files.empty() && !spot.view.abilities().file_renames) {
      const auto& [from, to] = change->renamed_files.front();
      return failed({Error::Kind::bad_input, fmt::format("This renames {} to {}, and your editor does not let a server rename files.", from, to),
                     "Nothing was changed. Rename the file, its id and what links to it by hand."});
    }
    return to_json(spot.view, *change);
  });
}

/// Whether a client that wants only these kinds (all, when it names none) wants this one: "source.fixAll" wants "source.fixAll.waymark".
bool wants(const Message& message, std::string_view kind) {
  const std::vector<std::string> only = message.texts("/context/only");
  return std::any_of(only.begin(), only.end(),
                     [&](const std::string& each) { return each.empty() || kind == each || (kind.starts_with(each) && kind[each.size()] == '.'); });
}

Reply answer_actions(Session& session, const Message& message) {
  const auto uri = message.text("/textDocument/uri");
  if (!uri) return invalid("textDocument.uri");
  const auto range = message.range("/range");
  if (!range) return invalid("range");
  // What can be done follows from findings; they may be those of a moment ago.
  session.settle();
  const auto spot = session.spot(*uri);
  if (!spot) return none;
  if (wants(message, "source.fixAll.waymark")) return fix_all_json(spot->view, fix_all(spot->folder, spot->file));
  if (message.count("/context/only") > 0 && !wants(message, "quickfix")) return none;
  return to_json(spot->view, actions(spot->folder, spot->file, spot->view.span(spot->file, *range)));
}

struct Method {
  std::string_view name;
  Reply (*answer)(Session& session, const Message& message);
};

constexpr std::array methods{
    Method{"textDocument/hover", answer_hover},
    Method{"textDocument/completion", answer_completion},
    Method{"textDocument/definition", answer_definition},
    Method{"textDocument/references", answer_references},
    Method{"textDocument/documentSymbol", answer_outline},
    Method{"workspace/symbol", answer_symbols},
    Method{"textDocument/prepareRename", answer_prepare_rename},
    Method{"textDocument/rename", answer_rename},
    Method{"textDocument/codeAction", answer_actions},
};

const Method* find(std::string_view name) {
  const auto* const at = std::find_if(methods.begin(), methods.end(), [&](const Method& method) { return method.name == name; });
  return at == methods.end() ? nullptr : at;
}

}  // namespace

bool knows_request(std::string_view method) { return find(method) != nullptr; }

Answer<std::string> answer_request(Session& session, const Message& message) { return find(message.method())->answer(session, message); }

}  // namespace waymark::editor
