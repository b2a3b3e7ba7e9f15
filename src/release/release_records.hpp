/// Inside the room only: versions in the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/reader.hpp"
#include "release/version.hpp"

namespace waymark::release {

/// What happened to a citation in a version.
struct CitationEvent {
  enum class Event { said, moved, retired, gone };
  std::string citation;
  std::int64_t number = 0;
  Event event = Event::said;
  std::string words = {};    ///< of `said`: the SHA-256 of what it said
  std::string other = {};    ///< of `moved` and `retired`: the id that stands for it; may be empty
  std::string because = {};  ///< of `retired`
};

void insert_version(db::Writer& writer, const Version& version, std::optional<std::int64_t> predecessor, std::string_view name_at_machine);
/// Each document is stored once, whatever version it is of.
void insert_documents(db::Writer& writer, const Version& version, const Folder& documents);
void insert_changes(db::Writer& writer, const Version& version, const std::vector<Change>& changes);
void insert_events(db::Writer& writer, const Version& version, const std::vector<CitationEvent>& events);
void write_withdrawn(db::Writer& writer, const Version& version, Instant at, std::string_view why);

/// The newest first, below `before`.
[[nodiscard]] std::vector<Version> list_versions(db::Reader& reader, std::string_view pathway, std::int64_t before, int limit);
/// Oldest first, above `after`.
[[nodiscard]] std::vector<Version> versions_after(db::Reader& reader, std::string_view pathway, std::int64_t after);
[[nodiscard]] std::optional<Version> find_version(db::Reader& reader, std::string_view pathway, std::string_view hash);
/// Up to two, so that it can be told whether one is meant. REQUIRES lower-case hexadecimal digits.
[[nodiscard]] std::vector<Version> versions_beginning(db::Reader& reader, std::string_view pathway, std::string_view digits);
/// Newest first, up to `limit`.
[[nodiscard]] std::vector<Version> versions_labelled(db::Reader& reader, std::string_view pathway, std::string_view label, int limit);
[[nodiscard]] std::optional<Version> version_numbered(db::Reader& reader, std::string_view pathway, std::int64_t number);
[[nodiscard]] std::optional<Version> newest_version(db::Reader& reader, std::string_view pathway);
/// Also counts withdrawn ones; 0 when there is none.
[[nodiscard]] std::int64_t highest_number(db::Reader& reader, std::string_view pathway);
[[nodiscard]] std::optional<Version> version_in_force(db::Reader& reader, std::string_view pathway, Date day);
/// The keys of all pathways but the main one, in their order.
[[nodiscard]] std::vector<std::string> other_pathways(db::Reader& reader);
[[nodiscard]] std::vector<Version> versions_by(db::Reader& reader, const access::AccountId& author);

[[nodiscard]] Folder documents_of(db::Reader& reader, std::string_view pathway, std::int64_t number);
[[nodiscard]] std::vector<Change> changes_of(db::Reader& reader, std::string_view pathway, std::int64_t number);
/// Of versions that were not withdrawn, in order; `citation` as it is spelled in them.
[[nodiscard]] std::vector<CitationEvent> events_of(db::Reader& reader, std::string_view pathway, std::string_view citation);
/// The words of each citation when it last said something, in versions that were not withdrawn.
[[nodiscard]] std::optional<CitationEvent> last_said(db::Reader& reader, std::string_view pathway, std::string_view citation);

}  // namespace waymark::release
