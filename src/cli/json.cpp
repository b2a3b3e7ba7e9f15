#include "cli/json.hpp"

#include <algorithm>

#include <fmt/core.h>
#include <boost/json.hpp>

#include "cli/telling.hpp"

namespace waymark::cli {
namespace {

namespace json = boost::json;
using namespace pathway;

void write(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent(2 * depth + 2, ' ');
  const std::string closing(2 * depth, ' ');
  if (const json::object* const object = value.if_object(); object != nullptr && !object->empty()) {
    const char* separator = "{\n";
    for (const auto& [key, member] : *object) {
      out += separator + indent + json::serialize(json::string(key)) + ": ";
      write(out, member, depth + 1);
      separator = ",\n";
    }
    out += "\n" + closing + "}";
  } else if (const json::array* const array = value.if_array(); array != nullptr && !array->empty()) {
    const char* separator = "[\n";
    for (const json::value& item : *array) {
      out += separator + indent;
      write(out, item, depth + 1);
      separator = ",\n";
    }
    out += "\n" + closing + "]";
  } else if (const double* const number = value.if_double()) {
    // Boost writes 4.0 as 4E0.
    out += fmt::format("{}", *number);
  } else {
    out += json::serialize(value);
  }
}

std::string text_of(const std::vector<Passage>& passages) {
  std::string text;
  for (const Passage& passage : passages) {
    if (!text.empty()) text += '\n';
    text += passage.block.text;
  }
  return text;
}

template <class Things, class Make>
json::array array_of(const Things& things, Make make) {
  json::array array;
  array.reserve(things.size());
  for (const auto& thing : things) array.emplace_back(make(thing));
  return array;
}

json::object head(const Pathway& pathway) {
  return {{"name", pathway.name}, {"version_label", pathway.version_label}, {"version", pathway.short_hash()}, {"hash", pathway.hash}};
}

json::object route_of(const Route& route) {
  return {
      {"from", route.from.value}, {"to", route.to.value}, {"kind", route.kind == Route::Kind::return_ ? "return" : "onward"}, {"note", route.note}};
}
json::object route_at(const Route* route) { return route_of(*route); }

json::object place_of(const Pathway& pathway, const Level& level) {
  return {{"id", level.id.value},
          {"title", level.title},
          {"track", level.track.value},
          {"scope", level.scope},
          {"scope_position", level.scope_position},
          {"autonomy", level.autonomy},
          {"span", level.span},
          {"shift", level.shift},
          {"dormant", level.dormant},
          {"link", link_to(pathway, {Target::Kind::level, level.id.value, ""})}};
}

json::object criterion_of(const Pathway& pathway, const Criterion& criterion) {
  return {{"id", to_string(criterion.citation())},
          {"title", criterion.title},
          {"text", criterion.text()},
          {"link", link_to(pathway, {Target::Kind::level, criterion.level.value, criterion.anchor})}};
}

json::object section_of(std::string_view id, std::string_view title, const std::vector<Passage>& passages) {
  return {{"id", id}, {"title", title}, {"text", text_of(passages)}};
}
json::object of_section(const Section& section) { return section_of(section.anchor, section.title, section.passages); }
json::object of_level(const AtLevel& at) { return section_of(at.level.value, at.title, at.passages); }

json::object difference_of(const Pathway& pathway, const Difference& difference) {
  const auto criterion = [&](const Criterion* each) { return criterion_of(pathway, *each); };
  const auto stops = [&](const Stops& each) {
    json::object object = criterion_of(pathway, *each.criterion);
    object["because"] = each.because == nullptr ? json::value() : json::value(each.because->because.block.text);
    return object;
  };
  return {{"from", place_of(pathway, *difference.from)},
          {"to", place_of(pathway, *difference.to)},
          {"route", difference.route == nullptr ? json::value() : json::value(route_of(*difference.route))},
          {"keeps", array_of(difference.keeps, criterion)},
          {"starts", array_of(difference.starts, criterion)},
          {"stops", array_of(difference.stops, stops)},
          {"not_yet", difference.not_yet == nullptr ? json::value() : json::value(text_of(difference.not_yet->passages))}};
}

std::string_view kind_of(WordEdit::Kind kind) {
  switch (kind) {
    case WordEdit::Kind::same: return "same";
    case WordEdit::Kind::removed: return "removed";
    case WordEdit::Kind::added: return "added";
  }
  return "";
}

}  // namespace

std::string pretty_json(const json::value& value) {
  std::string out;
  write(out, value, 0);
  return out + "\n";
}

std::string places_json(const Pathway& pathway) {
  const auto track = [&](const Track& each) {
    json::array places;
    for (const LevelId& id : each.levels) {
      if (const Level* const level = pathway.level(id)) places.emplace_back(place_of(pathway, *level));
    }
    return json::object{{"id", each.id.value}, {"title", each.title}, {"summary", each.summary}, {"places", std::move(places)}};
  };
  return pretty_json(
      json::object{{"pathway", head(pathway)}, {"tracks", array_of(pathway.tracks, track)}, {"routes", array_of(pathway.routes, route_of)}});
}

std::string level_json(const Pathway& pathway, const Level& level, const Archetype* archetype) {
  json::object object{{"pathway", head(pathway)}};
  for (auto& [key, value] : place_of(pathway, level)) object[key] = value;
  object["when"] = level.when;
  object["band"] = level.band;
  object["summary"] = text_of(level.summary);
  object["sections"] = array_of(level.sections, of_section);
  object["criteria"] = array_of(level.criteria, [&](const Criterion& each) { return criterion_of(pathway, each); });
  object["stops_counting"] = array_of(level.stops, [](const StopsCounting& each) {
    return json::object{{"criterion", to_string(each.criterion)}, {"because", each.because.block.text}};
  });
  object["routes"] = array_of(pathway.routes_from(level.id), route_at);
  object["equals"] = array_of(pathway.equals(level.id), [](const Level* each) { return json::string(each->id.value); });
  const AtLevel* const at = archetype == nullptr ? nullptr : archetype->at(level.id);
  object["archetype"] = at == nullptr ? json::value() : json::value(section_of(archetype->id.value, archetype->title, at->passages));
  return pretty_json(object);
}

std::string capability_json(const Pathway& pathway, const Capability& capability) {
  return pretty_json(json::object{{"pathway", head(pathway)},
                                  {"kind", "capability"},
                                  {"id", capability.id.value},
                                  {"title", capability.title},
                                  {"summary", capability.summary},
                                  {"text", text_of(capability.intro)},
                                  {"levels", array_of(capability.levels, of_level)},
                                  {"sections", array_of(capability.sections, of_section)}});
}

std::string archetype_json(const Pathway& pathway, const Archetype& archetype) {
  return pretty_json(json::object{{"pathway", head(pathway)},
                                  {"kind", "archetype"},
                                  {"id", archetype.id.value},
                                  {"title", archetype.title},
                                  {"summary", archetype.summary},
                                  {"text", text_of(archetype.intro)},
                                  {"levels", array_of(archetype.levels, of_level)},
                                  {"sections", array_of(archetype.sections, of_section)}});
}

std::string fork_json(const Pathway& pathway, const Fork& fork) {
  const auto way = [](const Branch& branch) {
    std::string text = text_of(branch.intro);
    for (const Branch::Aspect& aspect : branch.aspects) text += (text.empty() ? "" : "\n") + aspect.title + "\n" + text_of(aspect.passages);
    return json::object{{"id", branch.to ? branch.to->value : "stay"}, {"title", branch.title}, {"text", std::move(text)}};
  };
  return pretty_json(json::object{{"pathway", head(pathway)},
                                  {"kind", "fork"},
                                  {"id", fork.at.value},
                                  {"title", fork.title},
                                  {"summary", ""},
                                  {"text", text_of(fork.intro)},
                                  {"levels", array_of(fork.ways, way)},
                                  {"sections", array_of(fork.sections, of_section)}});
}

std::string routes_json(const Pathway& pathway, const Level* level) {
  json::array routes;
  json::array here;
  if (level == nullptr) {
    routes = array_of(pathway.routes, route_of);
  } else {
    routes = array_of(pathway.routes_from(level->id), route_at);
    here = array_of(pathway.routes_to(level->id), route_at);
  }
  return pretty_json(json::object{{"pathway", head(pathway)}, {"routes", std::move(routes)}, {"leads_here", std::move(here)}});
}

std::string differences_json(const Pathway& pathway, const std::vector<Difference>& differences) {
  return pretty_json(json::object{{"pathway", head(pathway)},
                                  {"differences", array_of(differences, [&](const Difference& each) { return difference_of(pathway, each); })}});
}

std::string changes_json(const Pathway& before, const Pathway& after, const std::vector<VersionChange>& changes) {
  const auto edit = [](const WordEdit& each) { return json::object{{"kind", kind_of(each.kind)}, {"text", each.text}}; };
  const auto change = [&](const VersionChange& each) {
    return json::object{{"kind", to_string(each.kind)}, {"subject", each.subject}, {"summary", each.summary}, {"words", array_of(each.words, edit)}};
  };
  return pretty_json(json::object{{"before", head(before)}, {"after", head(after)}, {"changes", array_of(changes, change)}});
}

std::string cited_json(const Pathway& pathway, const CitedWords& cited) {
  return pretty_json(json::object{{"pathway", head(pathway)},
                                  {"id", to_string(cited.citation)},
                                  {"title", cited.title},
                                  {"words", cited.words},
                                  {"version", pathway.short_hash()},
                                  {"link", link_to(pathway, cited.target)}});
}

std::string hits_json(const Pathway& pathway, const std::string& query, const std::vector<Hit>& hits) {
  const auto fragment = [](const Fragment& each) { return json::object{{"text", each.text}, {"match", each.match}}; };
  const auto hit = [&](const Hit& each) {
    return json::object{{"title", each.title},
                        {"where", each.where},
                        {"id", each.citation},
                        {"link", link_to(pathway, each.target)},
                        {"passage", array_of(each.passage, fragment)},
                        {"score", each.score}};
  };
  return pretty_json(json::object{{"pathway", head(pathway)}, {"query", query}, {"hits", array_of(hits, hit)}});
}

std::string findings_json(const std::string& folder, bool usable, const lint::Linted& linted) {
  const auto count = [&](Severity severity) {
    return std::count_if(linted.findings.begin(), linted.findings.end(), [&](const Finding& each) { return each.severity == severity; });
  };
  const auto place = [](const std::string& file, const Span& span) {
    return json::object{
        {"file", file}, {"line", span.begin.line}, {"column", span.begin.column}, {"end_line", span.end.line}, {"end_column", span.end.column}};
  };
  const auto edit = [&](const Edit& each) {
    json::object object = place(each.file, each.span);
    object["text"] = each.text;
    return object;
  };
  const auto fix = [&](const Fix& each) {
    return json::object{
        {"kind", each.kind == Fix::Kind::mechanical ? "mechanical" : "suggestion"}, {"title", each.title}, {"edits", array_of(each.edits, edit)}};
  };
  const auto related = [&](const Related& each) {
    return json::object{{"file", each.file}, {"line", each.span.begin.line}, {"column", each.span.begin.column}, {"message", each.message}};
  };
  const auto finding = [&](const Finding& each) {
    json::object object = place(each.file, each.span);
    object["severity"] = to_string(each.severity);
    object["rule"] = each.rule;
    object["message"] = each.message;
    object["way_out"] = each.way_out;
    object["related"] = array_of(each.related, related);
    object["fixes"] = array_of(each.fixes, fix);
    return object;
  };
  return pretty_json(json::object{{"folder", folder},
                                  {"usable", usable},
                                  {"errors", count(Severity::error)},
                                  {"warnings", count(Severity::warning)},
                                  {"notes", count(Severity::note)},
                                  {"allowed", linted.allowed.size()},
                                  {"criteria", linted.criteria},
                                  {"criteria_in_doubt", linted.criteria_in_doubt},
                                  {"criteria_vague", linted.criteria_vague},
                                  {"criteria_perhaps_vague", linted.criteria_perhaps_vague},
                                  {"findings", array_of(linted.findings, finding)}});
}

std::string settings_json(const std::vector<ShownSetting>& settings) {
  const auto setting = [](const ShownSetting& each) {
    return json::object{
        {"key", each.key}, {"values", json::value_from(each.values)}, {"hidden", each.hidden}, {"from", each.from}, {"help", each.help}};
  };
  return pretty_json(json::object{{"settings", array_of(settings, setting)}});
}

}  // namespace waymark::cli
