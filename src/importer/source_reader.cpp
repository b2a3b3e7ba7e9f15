#include "importer/source_reader.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
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

class OutlineReader {
 public:
  explicit OutlineReader(SourceOutline& outline) : m_outline(outline) {}

  void read(FolderFile file) {
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
      m_outline.set_aside.push_back({{m_outline.add({file.path, 1, 1}, "The whole file")}, "too large"});
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

  void finish() {
    read_data_files(m_files, m_sources, m_outline);
    std::sort(m_outline.documents.begin(), m_outline.documents.end(), [](const Document& a, const Document& b) { return a.path < b.path; });
  }

 private:
  void ask(std::string question) { m_outline.questions.push_back(std::move(question)); }

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
    for (ParsedData::Dropped& line : parsed.dropped)
      m_outline.set_aside.push_back({{m_outline.add({file.path, line.line, line.line}, std::move(line.text))}, "not understood"});
    m_files.push_back({file.path, std::move(*parsed.root)});
    m_sources.push_back(std::move(source));
  }

  SourceOutline& m_outline;
  std::vector<DataFile> m_files;
  std::vector<SourceText> m_sources;
};

}  // namespace

Result<Folder> read_source(const fs::path& source) {
  std::error_code error;
  if (!fs::is_regular_file(source, error)) return read_folder(source, extensions(), limits);
  Result<std::string> bytes = read_file(source, limits.max_file_bytes);
  if (!bytes) return tl::unexpected(bytes.error());
  return Folder{source.filename().string(), {{source.filename().string(), std::move(*bytes)}}, {}};
}

SourceOutline read_outline(Folder folder, const Progress& progress) {
  SourceOutline outline;
  outline.name = folder.name;
  std::size_t all = 1;
  for (const FolderFile& file : folder.files) all += file.bytes.size();
  for (const Finding& finding : folder.findings)
    outline.questions.push_back(fmt::format("{}:1: {} It was not imported. {}", finding.file, finding.message, finding.way_out));
  std::sort(folder.files.begin(), folder.files.end(), [](const FolderFile& a, const FolderFile& b) { return a.path < b.path; });
  OutlineReader reader(outline);
  std::size_t done = 0;
  for (FolderFile& file : folder.files) {
    done += file.bytes.size();
    reader.read(std::move(file));
    if (progress) progress(static_cast<double>(done) / static_cast<double>(all));
  }
  reader.finish();
  return outline;
}

}  // namespace waymark::importer
