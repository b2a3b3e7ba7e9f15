#include "importer/update.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"
#include "importer/inline_markdown.hpp"
#include "importer/mapping.hpp"

namespace waymark::importer {
namespace {

using Lines = std::vector<std::string_view>;
using Texts = std::vector<std::string>;
using Change = DraftUpdate::Change;

constexpr std::string_view report_file = "import-report.md";
constexpr std::size_t largest_table = 16'000'000;  ///< entries compared at once

/// A line without the numbers of its place in the source: "<!-- from: a.md:12 -->" says the same when the source grew above it.
std::string without_place(std::string_view line) {
  const std::size_t from = line.rfind("<!-- from: ");
  if (from == std::string_view::npos || !line.ends_with(" -->")) return std::string(line);
  std::string result(line.substr(0, from));
  for (const char c : line.substr(from)) {
    if (c < '0' || c > '9') result += c;
  }
  return result;
}

Texts texts_of(const Lines& lines) {
  Texts texts;
  for (const std::string_view line : lines) texts.push_back(without_place(line));
  return texts;
}

/// For each line of `from`, where it stands in `to`; npos where it does not. The longest common run of lines.
std::vector<std::size_t> matches(const Texts& from, const Texts& to) {
  std::vector<std::size_t> result(from.size(), std::string::npos);
  std::size_t begin = 0;
  while (begin < from.size() && begin < to.size() && from[begin] == to[begin]) {
    result[begin] = begin;
    ++begin;
  }
  std::size_t from_end = from.size();
  std::size_t to_end = to.size();
  while (from_end > begin && to_end > begin && from[from_end - 1] == to[to_end - 1]) {
    --from_end;
    --to_end;
    result[from_end] = to_end;
  }
  const std::size_t height = from_end - begin;
  const std::size_t width = to_end - begin;
  if (height == 0 || width == 0 || height * width > largest_table) return result;
  std::vector<std::uint32_t> longest((height + 1) * (width + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& { return longest[i * (width + 1) + j]; };
  for (std::size_t i = height; i-- > 0;) {
    for (std::size_t j = width; j-- > 0;) at(i, j) = from[begin + i] == to[begin + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
  }
  for (std::size_t i = 0, j = 0; i < height && j < width;) {
    if (from[begin + i] == to[begin + j]) {
      result[begin + i++] = begin + j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
  return result;
}

class Merge {
 public:
  Merge(const std::string& path, const std::string& base, const std::string& edited, const std::string& fresh)
      : m_path(path),
        m_edited_lines(split(edited, '\n')),
        m_fresh_lines(split(fresh, '\n')),
        m_base(texts_of(split(base, '\n'))),
        m_edited(texts_of(m_edited_lines)),
        m_fresh(texts_of(m_fresh_lines)) {}

  std::string merge(std::vector<Change>& conflicts) {
    const std::vector<std::size_t> in_edited = matches(m_base, m_edited);
    const std::vector<std::size_t> in_fresh = matches(m_base, m_fresh);
    std::size_t base = 0;
    std::size_t edited = 0;
    std::size_t fresh = 0;
    for (std::size_t line = 0; line <= m_base.size(); ++line) {
      const bool is_end = line == m_base.size();
      if (!is_end && (in_edited[line] == std::string::npos || in_fresh[line] == std::string::npos)) continue;
      const std::size_t edited_to = is_end ? m_edited.size() : in_edited[line];
      const std::size_t fresh_to = is_end ? m_fresh.size() : in_fresh[line];
      merge_piece({base, line}, {edited, edited_to}, {fresh, fresh_to}, conflicts);
      if (!is_end) m_result.push_back(m_fresh_lines[fresh_to]);
      base = line + 1;
      edited = edited_to + 1;
      fresh = fresh_to + 1;
    }
    std::string text;
    for (std::size_t i = 0; i < m_result.size(); ++i) text += (i > 0 ? "\n" : "") + std::string(m_result[i]);
    return text;
  }

 private:
  struct Piece {
    std::size_t begin;
    std::size_t end;
    [[nodiscard]] std::size_t size() const { return end - begin; }
  };

  static bool same(const Texts& one, Piece a, const Texts& other, Piece b) {
    return std::equal(one.begin() + static_cast<long>(a.begin), one.begin() + static_cast<long>(a.end), other.begin() + static_cast<long>(b.begin),
                      other.begin() + static_cast<long>(b.end));
  }

  void take(const Lines& lines, Piece piece) {
    m_result.insert(m_result.end(), lines.begin() + static_cast<long>(piece.begin), lines.begin() + static_cast<long>(piece.end));
  }

  void merge_piece(Piece base, Piece edited, Piece fresh, std::vector<Change>& conflicts) {
    if (same(m_edited, edited, m_base, base)) {
      take(m_fresh_lines, fresh);
    } else if (same(m_fresh, fresh, m_base, base) || same(m_fresh, fresh, m_edited, edited)) {
      take(m_edited_lines, edited);
    } else if (fresh.size() > base.size() && same(m_fresh, {fresh.begin, fresh.begin + base.size()}, m_base, base)) {
      take(m_edited_lines, edited);
      take(m_fresh_lines, {fresh.begin + base.size(), fresh.end});
    } else if (fresh.size() > base.size() && same(m_fresh, {fresh.end - base.size(), fresh.end}, m_base, base)) {
      take(m_fresh_lines, {fresh.begin, fresh.end - base.size()});
      take(m_edited_lines, edited);
    } else if (edited.size() > base.size() && same(m_edited, {edited.begin, edited.begin + base.size()}, m_base, base)) {
      take(m_fresh_lines, fresh);
      take(m_edited_lines, {edited.begin + base.size(), edited.end});
    } else if (edited.size() > base.size() && same(m_edited, {edited.end - base.size(), edited.end}, m_base, base)) {
      take(m_edited_lines, {edited.begin, edited.end - base.size()});
      take(m_fresh_lines, fresh);
    } else if (base.size() == edited.size() && base.size() == fresh.size() && base.size() > 1) {
      // Line for line, so that a moved place of the source and an edited sentence below it do not stand in each other's way.
      for (std::size_t i = 0; i < base.size(); ++i)
        merge_piece({base.begin + i, base.begin + i + 1}, {edited.begin + i, edited.begin + i + 1}, {fresh.begin + i, fresh.begin + i + 1},
                    conflicts);
    } else {
      std::vector<std::string> words;
      for (std::size_t i = fresh.begin; i < fresh.end; ++i) {
        if (!trim(m_fresh_lines[i]).empty()) words.emplace_back(trim(m_fresh_lines[i]));
      }
      conflicts.push_back({Change::Kind::conflict, m_path, m_result.size() + 1, join(words, " ")});
      take(m_edited_lines, edited);
    }
  }

  const std::string& m_path;
  Lines m_edited_lines;
  Lines m_fresh_lines;
  Texts m_base;  ///< without the numbers of places, and so below
  Texts m_edited;
  Texts m_fresh;
  Lines m_result;
};

class Updater {
 public:
  Updater(const Folder& base, const Folder& edited, const Folder& fresh) : m_base(base), m_edited(edited), m_fresh(fresh) {}

  DraftUpdate update() {
    struct Three {
      const FolderFile* base = nullptr;
      const FolderFile* edited = nullptr;
      const FolderFile* fresh = nullptr;
    };
    std::map<std::string, Three> paths;
    for (const FolderFile& file : m_base.files) paths[file.path].base = &file;
    for (const FolderFile& file : m_fresh.files) paths[file.path].fresh = &file;
    for (const FolderFile& file : m_edited.files) {
      if (const auto at = paths.find(file.path); at != paths.end()) at->second.edited = &file;
    }
    for (const auto& [path, three] : paths) one(path, three.base, three.edited, three.fresh);
    write_report();
    return std::move(m_result);
  }

 private:
  void write_report() {
    const auto report = std::find_if(m_result.write.begin(), m_result.write.end(), [](const FolderFile& file) { return file.path == report_file; });
    if (report == m_result.write.end()) return;
    report->bytes += "\n## Brought into the folder this time\n\n";
    if (m_result.changes.empty()) report->bytes += "Nothing: the source says what it said before.\n";
    for (const Change& change : m_result.changes) report->bytes += fmt::format("- {}\n", escape_markdown(to_string(change)));
  }

  void add(Change::Kind kind, const std::string& path) { m_result.changes.push_back({kind, path, 0, {}}); }

  void one(const std::string& path, const FolderFile* base, const FolderFile* edited, const FolderFile* fresh) {
    if (path == report_file || path == mapping_file) {
      if (fresh != nullptr) m_result.write.push_back(*fresh);
      return;
    }
    if (fresh == nullptr) {
      if (edited == nullptr) return;
      if (edited->bytes == base->bytes) {
        m_result.remove.push_back(path);
        add(Change::Kind::removed, path);
      } else {
        add(Change::Kind::kept, path);
      }
      return;
    }
    if (edited == nullptr) {
      if (base == nullptr) {
        m_result.write.push_back(*fresh);
        add(Change::Kind::added, path);
      } else if (base->bytes != fresh->bytes) {
        add(Change::Kind::deleted, path);
      }
      return;
    }
    const std::string before = base != nullptr ? base->bytes : std::string();
    if (fresh->bytes == before || fresh->bytes == edited->bytes) return;
    if (edited->bytes == before) {
      m_result.write.push_back(*fresh);
      add(Change::Kind::updated, path);
      return;
    }
    std::vector<Change> conflicts;
    std::string merged = Merge(path, before, edited->bytes, fresh->bytes).merge(conflicts);
    if (merged != edited->bytes) {
      m_result.write.push_back({path, std::move(merged)});
      add(Change::Kind::merged, path);
    }
    m_result.changes.insert(m_result.changes.end(), conflicts.begin(), conflicts.end());
  }

  const Folder& m_base;
  const Folder& m_edited;
  const Folder& m_fresh;
  DraftUpdate m_result;
};

}  // namespace

DraftUpdate update_draft(const Folder& base, const Folder& edited, const Folder& fresh) { return Updater(base, edited, fresh).update(); }

std::string to_string(const DraftUpdate::Change& change) {
  switch (change.kind) {
    case Change::Kind::updated: return fmt::format("{}: changed as in the source", change.path);
    case Change::Kind::merged: return fmt::format("{}: changed as in the source, your edits kept", change.path);
    case Change::Kind::added: return fmt::format("{}: new", change.path);
    case Change::Kind::removed: return fmt::format("{}: gone from the source, so removed", change.path);
    case Change::Kind::deleted:
      return fmt::format("{}: changed in the source, but you deleted it, so it stays deleted; {}/{} has the new text", change.path, base_folder,
                         change.path);
    case Change::Kind::kept: return fmt::format("{}: gone from the source; kept, because you edited it", change.path);
    case Change::Kind::conflict:
      return fmt::format("{}:{}: you and the source changed this. Yours stays; the source says now: {}", change.path, change.line,
                         change.source_says);
  }
  return {};
}

std::vector<FolderFile> base_files(const Folder& draft) {
  std::vector<FolderFile> files;
  for (const FolderFile& file : draft.files) files.push_back({fmt::format("{}/{}", base_folder, file.path), file.bytes});
  return files;
}

}  // namespace waymark::importer
