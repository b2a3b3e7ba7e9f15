#include "importer/source_reader.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

#include <fmt/core.h>

#include "base/encoding.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "importer/archive.hpp"
#include "importer/data_reader.hpp"
#include "importer/form.hpp"
#include "importer/html_reader.hpp"
#include "importer/markdown_reader.hpp"
#include "importer/spreadsheet_reader.hpp"

namespace waymark::importer {
namespace {

namespace fs = std::filesystem;

constexpr FolderLimits limits{.max_file_bytes = 256u << 20, .max_files = 50'000, .max_depth = 16};
constexpr std::size_t largest_page = 16u << 20;  ///< of HTML and data, which are held as trees

const std::vector<std::string>& extensions() {
  static const std::vector<std::string> known{".md",  ".markdown", ".mdx",   ".txt",   ".html", ".htm", ".xhtml", ".yaml",
                                              ".yml", ".json",     ".json5", ".jsonl", ".csv",  ".tsv", ".tab"};
  return known;
}

/// What one file says, before the others are known.
class FileReader {
 public:
  void read(FolderFile file) {
    if (std::optional<Decoded> decoded = form_of(file.bytes) == Form::binary && !has_utf16_mark(file.bytes) ? std::nullopt : decode(file.bytes)) {
      ask(fmt::format("{}:{}: This is no UTF-8, so it was read as {}. Are all signs right?", file.path, decoded->line, decoded->from));
      file.bytes = std::move(decoded->text);
    }
    if (trim(file.bytes).empty()) {
      ask(fmt::format("{}:1: The file is empty. Is it still to be written?", file.path));
      return;
    }
    const Form form = form_of(file.bytes);
    const bool is_tree = form == Form::html || form == Form::yaml || form == Form::json;
    if (form == Form::binary) {
      ask(fmt::format("{}:1: This is no text, so it was not imported. Can it be saved as text, HTML or CSV?", file.path));
    } else if (is_tree && file.bytes.size() > largest_page) {
      ask(fmt::format("{}:1: {} of more than {} MB is not read. Can it be split?", file.path, name_of(form), largest_page >> 20));
      set_aside(file, 1, "The whole file", "too large");
    } else if (form == Form::html) {
      read_html_page(file, m_outline);
    } else if (form == Form::spreadsheet) {
      read_spreadsheet(file, m_outline);
    } else if (form == Form::yaml || form == Form::json) {
      read_data(file, form);
    } else {
      read_markdown(file, m_outline);
    }
  }

  [[nodiscard]] SourceOutline& outline() { return m_outline; }

  /// Data says something only together with all other data.
  void hand_over_data(std::vector<DataFile>& files, std::vector<SourceText>& sources) {
    if (!m_data) return;
    files.push_back(std::move(*m_data));
    sources.push_back(std::move(*m_source));
  }

 private:
  void ask(std::string question) { m_outline.questions.push_back(std::move(question)); }

  void set_aside(const FolderFile& file, std::size_t line, std::string text, std::string reason) {
    m_outline.set_aside.push_back({{m_outline.add({m_outline.keep_path(file.path), line, line}, std::move(text))}, std::move(reason)});
  }

  void read_data(const FolderFile& file, Form form) {
    SourceText source(file.path, file.bytes);
    for (const Finding& finding : source.findings()) {
      if (finding.severity == Severity::error)
        ask(fmt::format("{}:{}: {} It was imported as far as it could be read; is anything wrong there?", finding.file, finding.span.begin.line,
                        finding.message));
    }
    ParsedData parsed =
        form == Form::json ? parse_json_data(source, 1, source.line_count() + 1) : parse_yaml_data(source, 1, source.line_count() + 1);
    // Much of what is no strict JSON is YAML still.
    if (!parsed.root && form == Form::json) {
      ParsedData again = parse_yaml_data(source, 1, source.line_count() + 1);
      for (std::string& question : again.questions) parsed.questions.push_back(std::move(question));
      parsed.root = std::move(again.root);
      parsed.dropped = std::move(again.dropped);
    }
    for (std::string& question : parsed.questions) ask(std::move(question));
    if (!parsed.root) {
      ask(fmt::format("{}:1: This could not be read as {}; its lines were taken as text. Can it be mended?", file.path, name_of(form)));
      read_markdown(file, m_outline);
      return;
    }
    for (ParsedData::Dropped& line : parsed.dropped) set_aside(file, line.line, std::move(line.text), "not understood");
    m_data = {file.path, std::move(*parsed.root)};
    m_source = std::move(source);
  }

  SourceOutline m_outline;
  std::optional<DataFile> m_data;
  std::optional<SourceText> m_source;
};

/// From several threads; tells the person from one at a time, and passes over what comes in between.
class SharedProgress {
 public:
  SharedProgress(const Progress& progress, std::size_t all) : m_progress(progress), m_all(std::max<std::size_t>(all, 1)) {}

  void add(std::size_t bytes) {
    const std::size_t done = m_done += bytes;
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (lock && m_progress) m_progress(static_cast<double>(done) / static_cast<double>(m_all));
  }

 private:
  const Progress& m_progress;
  std::size_t m_all;
  std::atomic<std::size_t> m_done{0};
  std::mutex m_mutex;
};

/// A folder in a zip; an office document is a zip, too.
Result<Folder> unpacked(const std::string& name, std::string_view bytes) {
  Result<Folder> folder = folder_of_zip(name, bytes, {.max_bytes = limits.max_file_bytes, .max_files = limits.max_files});
  if (folder && folder->find("[Content_Types].xml") != nullptr)
    return fail(Error::Kind::bad_input, fmt::format("{} is an office document, which cannot be read.", name),
                "Save it as CSV (a table) or as HTML (a text).");
  return folder;
}

}  // namespace

Result<Folder> read_source(const fs::path& source) {
  std::error_code error;
  if (!fs::is_regular_file(source, error)) return read_folder(source, extensions(), limits);
  Result<std::string> bytes = read_file(source, limits.max_file_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  if (is_zip(*bytes)) return unpacked(source.filename().string(), *bytes);
  return Folder{source.filename().string(), {{source.filename().string(), std::move(*bytes)}}, {}};
}

SourceOutline read_outline(Folder folder, const Progress& progress) {
  SourceOutline outline;
  outline.name = folder.name;
  for (const Finding& finding : folder.findings)
    outline.questions.push_back(fmt::format("{}:1: {} It was not imported. {}", finding.file, finding.message, finding.way_out));
  std::vector<FolderFile>& files = folder.files;
  std::sort(files.begin(), files.end(), [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; });
  std::size_t all = 0;
  for (const FolderFile& file : files) all += file.bytes.size();
  SharedProgress shared(progress, all);
  std::vector<FileReader> readers(files.size());
  parallel_for(files.size(), [&](std::size_t i) {
    FolderFile file = std::move(files[i]);
    const std::size_t bytes = file.bytes.size();
    readers[i].read(std::move(file));
    shared.add(bytes);
  });
  std::vector<std::size_t> firsts;
  std::size_t sentences = 0;
  for (FileReader& reader : readers) {
    firsts.push_back(sentences);
    sentences += reader.outline().sentences.size();
  }
  parallel_for(readers.size(), [&](std::size_t i) { readers[i].outline().number_from(firsts[i]); });
  outline.sentences.reserve(sentences);
  std::vector<DataFile> data;
  std::vector<SourceText> sources;
  for (FileReader& reader : readers) {
    outline.take_in(std::move(reader.outline()));
    reader.hand_over_data(data, sources);
  }
  read_data_files(data, sources, outline);
  std::sort(outline.documents.begin(), outline.documents.end(), [](const Document& a, const Document& b) { return a.path < b.path; });
  if (progress) progress(1);
  return outline;
}

}  // namespace waymark::importer
