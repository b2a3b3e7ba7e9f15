#include "importer/outline.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/core.h>

namespace waymark::importer {

std::string to_string(const SourcePlace& place) {
  if (place.last_line <= place.first_line) return fmt::format("{}:{}", place.file, place.first_line);
  return fmt::format("{}:{}-{}", place.file, place.first_line, place.last_line);
}

bool Part::has_words() const {
  return !statements.empty() || std::any_of(parts.begin(), parts.end(), [](const Part& part) { return part.has_words(); });
}

namespace {

void shift(std::vector<SentenceId>& ids, SentenceId by) {
  for (SentenceId& id : ids) id += by;
}

void shift(Statement& statement, SentenceId by) {
  shift(statement.sentences, by);
  for (Statement& child : statement.children) shift(child, by);
}

void shift(Part& part, SentenceId by) {
  shift(part.sentences, by);
  for (Statement& statement : part.statements) shift(statement, by);
  for (Part& child : part.parts) shift(child, by);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

SentenceId SourceOutline::add(const SourcePlace& place, std::string text) {
  sentences.push_back({place, std::move(text)});
  return sentences.size() - 1;
}

std::string_view SourceOutline::keep_path(std::string_view path) {
  if (const auto known = m_paths.find(path); known != m_paths.end()) return known->first;
  auto kept = std::make_shared<const std::string>(path);
  const std::string_view view = *kept;
  m_paths.emplace(view, std::move(kept));
  return view;
}

void SourceOutline::number_from(SentenceId first) {
  for (Document& document : documents) shift(document.root, first);
  for (SetAside& aside : set_aside) shift(aside.sentences, first);
}

void SourceOutline::take_in(SourceOutline other) {
  append(documents, other.documents);
  append(sentences, other.sentences);
  append(set_aside, other.set_aside);
  append(questions, other.questions);
  m_paths.merge(other.m_paths);
}

}  // namespace waymark::importer
