#include "release/release_records.hpp"

#include <array>
#include <boost/json.hpp>

#include "access/account_records.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"

namespace waymark::release {
namespace {

using Kind = pathway::VersionChange::Kind;
using Event = CitationEvent::Event;

constexpr std::array event_names{"said", "moved", "retired", "gone"};

Event event_of(const std::string& name) {
  for (std::size_t i = 0; i < event_names.size(); ++i) {
    if (name == event_names[i]) return static_cast<Event>(i);
  }
  throw db::Unreadable{"`" + name + "` is nothing that happens to a citation"};
}

Kind kind_of(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(Kind::pathway_changed); ++i) {
    if (name == pathway::to_string(static_cast<Kind>(i))) return static_cast<Kind>(i);
  }
  throw db::Unreadable{"`" + name + "` is no kind of change"};
}

constexpr std::array word_kinds{"same", "removed", "added"};

std::string words_text(const std::vector<WordEdit>& words) {
  boost::json::array all;
  for (const WordEdit& edit : words) all.push_back(boost::json::array{word_kinds[static_cast<std::size_t>(edit.kind)], edit.text});
  return boost::json::serialize(all);
}

std::vector<WordEdit> words_from(const std::string& text) {
  std::vector<WordEdit> words;
  boost::system::error_code error;
  const boost::json::value all = boost::json::parse(text, error);
  const auto unreadable = [] { return db::Unreadable{"the words of a change are not as they were written"}; };
  if (error || !all.is_array()) throw unreadable();
  for (const boost::json::value& each : all.get_array()) {
    const boost::json::array* const pair = each.if_array();
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_string() || !(*pair)[1].is_string()) throw unreadable();
    const std::string_view kind((*pair)[0].get_string().data(), (*pair)[0].get_string().size());
    const auto at = std::find(word_kinds.begin(), word_kinds.end(), kind);
    if (at == word_kinds.end()) throw unreadable();
    words.push_back({static_cast<WordEdit::Kind>(at - word_kinds.begin()), std::string((*pair)[1].get_string())});
  }
  return words;
}

std::vector<std::string> lines_from(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

Version version_of(std::string pathway, std::int64_t number, std::string hash, std::string label, std::string name,
                   std::optional<std::string> predecessor, std::optional<access::AccountId> author, std::string author_name, std::string note,
                   Date effective, std::optional<Date> until, Instant published_at, const std::string& despite, std::string because,
                   std::optional<Instant> withdrawn_at, std::string withdrawn_why) {
  Version version{.pathway = std::move(pathway),
                  .number = number,
                  .hash = std::move(hash),
                  .label = std::move(label),
                  .name = std::move(name),
                  .predecessor = std::move(predecessor),
                  .author = {std::move(author), std::move(author_name)},
                  .note = std::move(note),
                  .effective = effective,
                  .until = until,
                  .published_at = published_at,
                  .despite = lines_from(despite),
                  .because = std::move(because)};
  if (withdrawn_at) version.withdrawn = Withdrawal{*withdrawn_at, std::move(withdrawn_why)};
  return version;
}

/// Names of accounts are as they are today.
std::vector<Version> named(db::Reader& reader, std::vector<Version> versions) {
  for (Version& version : versions) {
    if (!version.author.account) continue;
    const auto account = access::find_account(reader, *version.author.account);
    version.author.name = account ? account->name : std::string();
  }
  return versions;
}

std::optional<Version> only(std::vector<Version> versions) {
  return versions.empty() ? std::nullopt : std::optional<Version>(std::move(versions.front()));
}

// The columns of version_of. A macro, because a statement is one literal.
#define VERSION_COLUMNS                                                                                                                       \
  "SELECT v.pathway, v.number, v.hash, v.label, v.name, before.hash, v.author, v.author_name, v.note, v.effective, (SELECT n.effective FROM " \
  "pathway_version n WHERE n.pathway = v.pathway AND n.number > v.number AND n.withdrawn_at IS NULL ORDER BY n.number LIMIT 1), "             \
  "v.published_at, v.despite, v.because, v.withdrawn_at, v.withdrawn_why FROM pathway_version v "                                             \
  "LEFT JOIN pathway_version before ON before.pathway = v.pathway AND before.number = v.predecessor "

CitationEvent citation_event(std::string citation, std::int64_t number, const std::string& event, std::string words, std::string other,
                             std::string because) {
  return {std::move(citation), number, event_of(event), std::move(words), std::move(other), std::move(because)};
}

}  // namespace

void insert_version(db::Writer& writer, const Version& version, std::optional<std::int64_t> predecessor, std::string_view name_at_machine) {
  writer.run(
      "INSERT INTO pathway_version (pathway, number, hash, label, name, predecessor, author, author_name, note, effective, published_at, despite, "
      "because, withdrawn_why) VALUES (:pathway, :number, :hash, :label, :name, :predecessor, :author, :author_name, :note, :effective, :at, "
      ":despite, :because, '')",
      {{"pathway", version.pathway},
       {"number", version.number},
       {"hash", version.hash},
       {"label", version.label},
       {"name", version.name},
       {"predecessor", predecessor},
       {"author", version.author.account},
       {"author_name", name_at_machine},
       {"note", version.note},
       {"effective", version.effective},
       {"at", version.published_at},
       {"despite", join(version.despite, "\n")},
       {"because", version.because}});
}

void insert_documents(db::Writer& writer, const Version& version, const Folder& documents) {
  for (const FolderFile& file : documents.files) {
    const std::string hash = sha256_hex(file.bytes);
    const auto known = writer.value<std::int64_t>("SELECT COUNT(*) FROM pathway_document WHERE hash = :hash", {{"hash", hash}});
    if (known == 0) writer.run("INSERT INTO pathway_document (hash, text) VALUES (:hash, :text)", {{"hash", hash}, {"text", file.bytes}});
    writer.run("INSERT INTO pathway_version_document (pathway, number, path, document) VALUES (:pathway, :number, :path, :document)",
               {{"pathway", version.pathway}, {"number", version.number}, {"path", file.path}, {"document", hash}});
  }
}

void insert_changes(db::Writer& writer, const Version& version, const std::vector<Change>& changes) {
  std::int64_t position = 0;
  for (const Change& change : changes) {
    writer.run(
        "INSERT INTO pathway_change (pathway, number, position, kind, subject, moved_from, summary, words, same_meaning) "
        "VALUES (:pathway, :number, :position, :kind, :subject, :from, :summary, :words, :same = 1)",
        {{"pathway", version.pathway},
         {"number", version.number},
         {"position", ++position},
         {"kind", pathway::to_string(change.what.kind)},
         {"subject", change.what.subject},
         {"from", change.what.from},
         {"summary", change.what.summary},
         {"words", words_text(change.what.words)},
         {"same", change.same_meaning ? 1 : 0}});
  }
}

void insert_events(db::Writer& writer, const Version& version, const std::vector<CitationEvent>& events) {
  for (const CitationEvent& event : events) {
    writer.run(
        "INSERT INTO pathway_citation (pathway, citation, number, event, words, other, because) "
        "VALUES (:pathway, :citation, :number, :event, :words, :other, :because)",
        {{"pathway", version.pathway},
         {"citation", event.citation},
         {"number", version.number},
         {"event", event_names[static_cast<std::size_t>(event.event)]},
         {"words", event.words},
         {"other", event.other},
         {"because", event.because}});
  }
}

void write_withdrawn(db::Writer& writer, const Version& version, Instant at, std::string_view why) {
  writer.run("UPDATE pathway_version SET withdrawn_at = :at, withdrawn_why = :why WHERE pathway = :pathway AND number = :number",
             {{"at", at}, {"why", why}, {"pathway", version.pathway}, {"number", version.number}});
}

std::vector<Version> list_versions(db::Reader& reader, std::string_view pathway, std::int64_t before, int limit) {
  return named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.number < :before ORDER BY v.number DESC LIMIT :limit",
                                   {{"pathway", pathway}, {"before", before}, {"limit", limit}}, version_of));
}

std::vector<Version> versions_after(db::Reader& reader, std::string_view pathway, std::int64_t after) {
  return named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.number > :after AND v.withdrawn_at IS NULL ORDER BY v.number",
                                   {{"pathway", pathway}, {"after", after}}, version_of));
}

std::optional<Version> find_version(db::Reader& reader, std::string_view pathway, std::string_view hash) {
  return only(named(
      reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.hash = :hash", {{"pathway", pathway}, {"hash", hash}}, version_of)));
}

std::vector<Version> versions_beginning(db::Reader& reader, std::string_view pathway, std::string_view digits) {
  return named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.hash >= :from AND v.hash < :to ORDER BY v.hash LIMIT 2",
                                   {{"pathway", pathway}, {"from", digits}, {"to", std::string(digits) + 'g'}}, version_of));
}

std::vector<Version> versions_labelled(db::Reader& reader, std::string_view pathway, std::string_view label, int limit) {
  return named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.label = :label ORDER BY v.number DESC LIMIT :limit",
                                   {{"pathway", pathway}, {"label", label}, {"limit", limit}}, version_of));
}

std::optional<Version> version_numbered(db::Reader& reader, std::string_view pathway, std::int64_t number) {
  return only(named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.number = :number",
                                        {{"pathway", pathway}, {"number", number}}, version_of)));
}

std::optional<Version> newest_version(db::Reader& reader, std::string_view pathway) {
  return only(named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.withdrawn_at IS NULL ORDER BY v.number DESC LIMIT 1",
                                        {{"pathway", pathway}}, version_of)));
}

std::int64_t highest_number(db::Reader& reader, std::string_view pathway) {
  return reader.value<std::optional<std::int64_t>>("SELECT MAX(number) FROM pathway_version WHERE pathway = :pathway", {{"pathway", pathway}})
      .value_or(0);
}

std::optional<Version> version_in_force(db::Reader& reader, std::string_view pathway, Date day) {
  return only(named(reader, reader.rows(VERSION_COLUMNS "WHERE v.pathway = :pathway AND v.effective <= :day AND v.withdrawn_at IS NULL "
                                                        "ORDER BY v.effective DESC, v.number DESC LIMIT 1",
                                        {{"pathway", pathway}, {"day", day}}, version_of)));
}

std::vector<std::string> other_pathways(db::Reader& reader) {
  return reader.rows("SELECT DISTINCT pathway FROM pathway_version WHERE pathway <> :main ORDER BY pathway", {{"main", main_pathway}},
                     [](std::string key) { return key; });
}

std::vector<Version> versions_by(db::Reader& reader, const access::AccountId& author) {
  return named(reader, reader.rows(VERSION_COLUMNS "WHERE v.author = :author ORDER BY v.pathway, v.number", {{"author", author}}, version_of));
}

Folder documents_of(db::Reader& reader, std::string_view pathway, std::int64_t number) {
  Folder folder;
  folder.files = reader.rows(
      "SELECT d.path, t.text FROM pathway_version_document d JOIN pathway_document t ON t.hash = d.document "
      "WHERE d.pathway = :pathway AND d.number = :number ORDER BY d.path",
      {{"pathway", pathway}, {"number", number}}, [](std::string path, std::string text) {
        return FolderFile{std::move(path), std::move(text)};
      });
  return folder;
}

std::vector<Change> changes_of(db::Reader& reader, std::string_view pathway, std::int64_t number) {
  return reader.rows(
      "SELECT kind, subject, moved_from, summary, words, same_meaning FROM pathway_change WHERE pathway = :pathway AND number = :number "
      "ORDER BY position",
      {{"pathway", pathway}, {"number", number}},
      [](const std::string& kind, std::string subject, std::string from, std::string summary, const std::string& words, bool same_meaning) {
        return Change{{kind_of(kind), std::move(subject), std::move(summary), words_from(words), std::move(from)}, same_meaning};
      });
}

std::vector<CitationEvent> events_of(db::Reader& reader, std::string_view pathway, std::string_view citation) {
  return reader.rows(
      "SELECT c.citation, c.number, c.event, c.words, c.other, c.because FROM pathway_citation c "
      "JOIN pathway_version v ON v.pathway = c.pathway AND v.number = c.number "
      "WHERE c.pathway = :pathway AND c.citation = :citation AND v.withdrawn_at IS NULL ORDER BY c.number",
      {{"pathway", pathway}, {"citation", citation}}, citation_event);
}

std::optional<CitationEvent> last_said(db::Reader& reader, std::string_view pathway, std::string_view citation) {
  return reader.row(
      "SELECT c.citation, c.number, c.event, c.words, c.other, c.because FROM pathway_citation c "
      "JOIN pathway_version v ON v.pathway = c.pathway AND v.number = c.number "
      "WHERE c.pathway = :pathway AND c.citation = :citation AND c.event = 'said' AND v.withdrawn_at IS NULL ORDER BY c.number DESC LIMIT 1",
      {{"pathway", pathway}, {"citation", citation}}, citation_event);
}

}  // namespace waymark::release
