#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>

#include <fmt/core.h>

#include "base/folder_writer.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/page.hpp"
#include "importer/criterion_ids.hpp"
#include "importer/framework.hpp"
#include "importer/mapping.hpp"
#include "importer/update.hpp"
#include "pathway/pathway.hpp"
#include "pathway/version_difference.hpp"
#include "web/judge_draft.hpp"

namespace waymark::cli {
namespace {

using importer::ImportedFramework;
using importer::ImportOptions;
using importer::Provenance;

constexpr std::size_t questions_shown = 5;

class ImportFramework : public Command {
 public:
  Description describe() override {
    return {
        .name = "import framework",
        .group = Group::write,
        .sentence = "Make a draft pathway out of the document you have.",
        .more =
            "Reads Markdown by headings, lists and tables, HTML pages, YAML, JSON, and spreadsheets saved as CSV or TSV; it looks at what stands in "
            "a "
            "file, not at its name. Every sentence ends up in the draft or in the draft's import-report.md, with the file and line it came from. "
            "What was "
            "guessed is asked there and stands in import-mapping.yaml: correct it and import again with --mapping. With --update, a source that has "
            "changed is brought into the draft you have, and what you have written there since stays.",
        .parameters = {{.name = "PATH",
                        .help = "The document, the folder of documents, or a zip of it; - reads standard input.",
                        .into = &m_source,
                        .completes = Completes::file,
                        .required = true},
                       {.name = "-o,--output",
                        .value = "DIR",
                        .help = "The folder to make for the draft; else ./draft.",
                        .into = &m_out,
                        .completes = Completes::folder},
                       {.name = "--mapping",
                        .value = "FILE",
                        .help = "Where you say what was guessed wrong. Written out when there is no such file.",
                        .into = &m_mapping,
                        .completes = Completes::file},
                       {.name = "--name", .value = "NAME", .help = "What to call the pathway; else the document says.", .into = &m_name},
                       {.name = "--update", .help = "Bring a changed source into the draft that is in DIR.", .into = &m_update}},
        .examples = {{"waymark import framework handbook/levels -o draft", "A draft in ./draft from a folder of documents."},
                     {"waymark import framework levels.csv --name \"Engineering at Example\"", "From one file, under a name of your choice."},
                     {"waymark import framework handbook -o draft --update", "Once more, after the handbook has changed."}}};
  }

  Outcome run(Context& context) override {
    std::error_code error;
    // Said before the reading, which may take a while.
    if (!m_update && std::filesystem::exists(m_out, error) && !std::filesystem::is_empty(m_out, error)) {
      return fail(Error::Kind::conflict, fmt::format("{} is already there and not empty.", m_out),
                  "Name a folder that does not exist yet, or bring a changed source into this one with --update.");
    }
    Result<ImportOptions> options = read_options(context);
    if (!options) return tl::unexpected<Trouble>(options.error());
    Result<ImportedFramework> imported = import(*options);
    if (!imported) return tl::unexpected<Trouble>(imported.error());
    Page page(context.terminal.prose_columns(), context.terminal.colour());
    if (m_update) {
      if (const auto updated = update(page, *imported); !updated) return tl::unexpected<Trouble>(updated.error());
    } else {
      std::vector<FileToWrite> files;
      for (const FolderFile& file : imported->draft.files) {
        files.push_back({file.path, file.bytes});
        files.push_back({fmt::format("{}/{}", importer::base_folder, file.path), file.bytes});
      }
      if (const auto written = write_folder(files, m_out); !written) return tl::unexpected<Trouble>(written.error());
      tell(page, *imported);
    }
    if (m_writes_mapping) {
      if (const auto written = write_file(m_mapping, importer::to_yaml(imported->mapping)); !written) return tl::unexpected<Trouble>(written.error());
      page.gap();
      page.say(fmt::format("{} holds what was guessed. Correct it there and import again.", m_mapping));
    }
    context.terminal.print(page.text());
    return {};
  }

 private:
  Result<ImportOptions> read_options(Context& context) {
    ImportOptions options;
    options.name = m_name;
    options.judge = [](const Folder& draft) { return web::judge_draft(draft, date_of(SystemClock().now())); };
    options.progress = [&terminal = context.terminal](double share) { terminal.show_progress("Reading", share); };
    std::error_code error;
    std::filesystem::path mapping = m_mapping;
    if (mapping.empty() && m_update) mapping = std::filesystem::path(m_out) / importer::mapping_file;
    if (mapping.empty()) return options;
    if (!std::filesystem::exists(mapping, error)) {
      m_writes_mapping = !m_mapping.empty();
      return options;
    }
    const Result<std::string> bytes = read_file(mapping);
    if (!bytes) return tl::unexpected(bytes.error());
    Result<importer::Mapping> read = importer::parse_mapping(mapping.string(), *bytes);
    if (!read) return tl::unexpected(read.error());
    options.mapping = std::move(*read);
    options.mapping.is_older = m_mapping.empty();
    return options;
  }

  Result<ImportedFramework> import(const ImportOptions& options) const {
    if (m_source != "-") return importer::import_framework(std::filesystem::path(m_source), options);
    std::string bytes((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
    return importer::import_framework(Folder{"standard input", {{"stdin", std::move(bytes)}}, {}}, options);
  }

  Result<void> update(Page& page, ImportedFramework& imported) {
    const std::filesystem::path root = m_out;
    const std::vector<std::string> extensions{".md", ".yaml"};
    // A page that was passed over would look as if somebody had deleted it.
    const FolderLimits limits{.max_file_bytes = 256u << 20, .max_files = 200'000, .max_depth = 64};
    const Result<Folder> edited = read_folder(root, extensions, limits);
    if (!edited) return tl::unexpected(edited.error());
    for (const Finding& finding : edited->findings) {
      if (finding.severity == Severity::error)
        return fail(Error::Kind::bad_input, fmt::format("{}: {}", finding.file, finding.message), finding.way_out);
    }
    const Result<Folder> base = read_folder(root / importer::base_folder, extensions, limits);
    if (!base) {
      return fail(Error::Kind::conflict, fmt::format("{} was not made by an import, or its {} folder is gone.", m_out, importer::base_folder),
                  "Import into a folder that does not exist yet, and compare the two.");
    }
    imported.draft = importer::keep_ids(*base, std::move(imported.draft));
    importer::DraftUpdate update = importer::update_draft(*base, *edited, imported.draft);
    std::vector<std::string> remove = update.remove;
    std::vector<FolderFile> write = std::move(update.write);
    for (FolderFile& file : importer::base_files(imported.draft)) write.push_back(std::move(file));
    for (const FolderFile& file : base->files) {
      if (imported.draft.find(file.path) == nullptr) remove.push_back(fmt::format("{}/{}", importer::base_folder, file.path));
    }
    if (const auto written = update_folder(write, remove, root); !written) return written;
    tell_changes(page, update.changes, *edited);
    return {};
  }

  void tell_changes(Page& page, const std::vector<importer::DraftUpdate::Change>& changes, const Folder& before) const {
    if (changes.empty()) {
      page.say(fmt::format("The source says what it said before. {} is as it was.", m_out));
      return;
    }
    page.say(fmt::format("{} has taken in what changed in the source:", m_out));
    for (const auto& change : changes) page.say(importer::to_string(change), Margin::of(2).with("- "));
    const pathway::Loaded was = pathway::load(before);
    const Result<Folder> now = read_folder(m_out, {".md", ".yaml"});
    if (!was.pathway || !now) return;
    const pathway::Loaded is = pathway::load(*now);
    if (!is.pathway) return;
    const std::vector<pathway::VersionChange> differences = pathway::compare_versions(*was.pathway, *is.pathway);
    if (differences.empty()) return;
    page.gap();
    page.heading("By meaning");
    for (const pathway::VersionChange& difference : differences)
      page.say(fmt::format("{}: {}", difference.subject, difference.summary), Margin::of(2).with("- "));
  }

  void tell(Page& page, const ImportedFramework& imported) const {
    const auto kept = static_cast<std::size_t>(std::count_if(imported.sentences.begin(), imported.sentences.end(),
                                                             [](const Provenance& each) { return each.fate == Provenance::Fate::kept; }));
    page.say(fmt::format("{} holds a draft now, with {}: {}.", m_out, counted(imported.levels.size(), "place"), in_words(imported.levels)));
    page.say(fmt::format("{} of {} stand in it; what was set aside is in import-report.md with the reason.", kept,
                         counted(imported.sentences.size(), "sentence")));
    if (!imported.questions.empty()) {
      page.gap();
      page.heading(fmt::format("{} for you to settle", counted(imported.questions.size(), "question")));
      for (std::size_t i = 0; i < std::min(questions_shown, imported.questions.size()); ++i)
        page.say(imported.questions[i], Margin::of(2).with("- "));
      if (imported.questions.size() > questions_shown)
        page.say(fmt::format("The other {} are in import-report.md.", imported.questions.size() - questions_shown), Margin::of(2));
    }
    page.gap();
    page.heading("Next");
    page.verbatim(fmt::format("waymark -p {} lint              what the draft still lacks\nwaymark -p {} serve --watch     read it while you write",
                              m_out, m_out),
                  Margin::of(2));
  }

  std::string m_source;
  std::string m_out = "draft";
  std::string m_mapping;
  std::string m_name;
  bool m_update = false;
  bool m_writes_mapping = false;
};

}  // namespace

std::unique_ptr<Command> make_import_framework() { return std::make_unique<ImportFramework>(); }

}  // namespace waymark::cli
