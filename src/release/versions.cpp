#include "release/versions.hpp"

#include <algorithm>
#include <limits>

#include <fmt/core.h>

#include "base/text.hpp"
#include "db/database_error.hpp"
#include "release/citation_events.hpp"
#include "release/release_records.hpp"

namespace waymark::release {
namespace {

using Event = CitationEvent::Event;
using State = Fate::State;
using Kind = FateStep::Kind;

constexpr std::size_t fewest_digits = 6;
constexpr std::int64_t before_all = std::numeric_limits<std::int64_t>::max();

bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

tl::unexpected<Error> no_version(std::string_view word) {
  return fail(Error::Kind::not_found, fmt::format("There is no version `{}`.", word.substr(0, 80)), "`waymark versions` lists what was published.");
}

std::string both_meant(const std::vector<Version>& versions) {
  std::vector<std::string> hashes;
  for (const Version& version : versions) hashes.push_back(version.short_hash());
  return fmt::format("Write the beginning of its hash: {}.", join(hashes, " or "));
}

/// Reads what happened to a citation after a version, following it where it moved.
class FateReader {
 public:
  FateReader(db::Reader& reader, const Version& version, Date day) : m_reader(reader), m_pathway(version.pathway), m_day(day) {}

  Fate read(pathway::Citation citation, std::string words, std::int64_t number) {
    m_fate.now = citation;
    std::string id = to_string(citation);
    for (bool is_followed = true; is_followed;) {
      is_followed = false;
      for (const CitationEvent& event : events_of(m_reader, m_pathway, id)) {
        if (event.number < number || (event.number == number && m_fate.steps.empty())) continue;
        // Where it moved to, the version that moved it may also have reworded it.
        if (event.number == number && event.event != Event::said) continue;
        if (event.event == Event::moved) {
          step(Kind::moved, event);
          id = event.other;
          number = event.number;
          is_followed = true;
          break;
        }
        if (event.event == Event::said) {
          if (m_is_gone || event.words != words) step(m_is_gone ? Kind::restored : Kind::reworded, event, event.words != words);
          m_is_gone = false;
          words = event.words;
        } else {
          step(event.event == Event::retired ? Kind::retired : Kind::gone, event);
          m_is_gone = true;
        }
      }
    }
    return std::move(m_fate);
  }

 private:
  void step(Kind kind, const CitationEvent& event, bool other_words = false) {
    auto version = version_numbered(m_reader, m_pathway, event.number);
    if (!version) {
      throw db::DatabaseError(db::DatabaseError::Kind::damaged, "A citation has a version that is not there.", "Restore the database from a backup.");
    }
    FateStep step{.kind = kind, .version = *std::move(version), .to = pathway::parse_citation(event.other), .because = event.because};
    if (step.version.effective <= m_day) apply(step, event, other_words);
    m_fate.steps.push_back(std::move(step));
  }

  void apply(const FateStep& step, const CitationEvent& event, bool other_words) {
    switch (step.kind) {
      case Kind::reworded:
        ++m_fate.rewordings;
        if (m_fate.state == State::unchanged) m_fate.state = State::reworded;
        break;
      case Kind::moved:
        m_fate.state = State::moved;
        m_fate.now = step.to;
        break;
      case Kind::retired:
      case Kind::gone:
        m_fate.state = step.kind == Kind::retired ? State::retired : State::gone;
        m_fate.now = std::nullopt;
        break;
      case Kind::restored:
        if (other_words) ++m_fate.rewordings;
        m_fate.state = m_fate.rewordings > 0 ? State::reworded : State::unchanged;
        m_fate.now = pathway::parse_citation(event.citation);
        break;
    }
  }

  db::Reader& m_reader;
  std::string m_pathway;
  Date m_day;
  bool m_is_gone = false;
  Fate m_fate;
};

}  // namespace

bool is_pathway_key(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && text.size() <= 40 && is_letter(text[0]) && text != main_pathway &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

Versions::Versions(db::Database& database, std::size_t kept) : m_database(database), m_kept(std::max<std::size_t>(kept, 1)) {}

VersionPage Versions::list(const std::optional<std::string>& after, int limit, std::string_view pathway) {
  return m_database.read([&](db::Reader& reader) -> VersionPage {
    std::int64_t before = before_all;
    if (after) {
      const auto last = find_version(reader, pathway, *after);
      if (!last) return {};
      before = last->number;
    }
    const int wanted = std::clamp(limit, 1, 500);
    VersionPage page{list_versions(reader, pathway, before, wanted + 1), {}};
    if (page.versions.size() > static_cast<std::size_t>(wanted)) {
      page.versions.pop_back();
      page.next = page.versions.back().hash;
    }
    return page;
  });
}

Result<Version> Versions::find(std::string_view word, Date day, std::string_view pathway) {
  const std::string meant(trim(word));
  if (meant == "newest") {
    if (auto version = newest(pathway)) return *std::move(version);
    return fail(Error::Kind::not_found, "Nothing has been published yet.", "`waymark publish` makes the first version.");
  }
  if (meant == "in-force") {
    if (auto version = in_force(day, pathway)) return *std::move(version);
    return fail(Error::Kind::not_found, fmt::format("No version is in force on {}.", to_iso(day)), "`waymark versions` lists what was published.");
  }
  return m_database.read([&](db::Reader& reader) -> Result<Version> {
    const std::string digits = to_lower_ascii(meant);
    if (digits.size() >= fewest_digits && digits.size() <= 64 && is_hexadecimal(digits)) {
      const std::vector<Version> found = versions_beginning(reader, pathway, digits);
      if (found.size() == 1) return found.front();
      if (found.size() > 1) {
        return fail(Error::Kind::wrong_usage, fmt::format("Two versions begin with `{}`.", digits), both_meant(found));
      }
    }
    if (meant.empty() || !is_valid_utf8(meant) || meant.find('\0') != std::string::npos) return no_version("");
    const std::vector<Version> labelled = versions_labelled(reader, pathway, meant, 8);
    if (labelled.empty()) return no_version(meant);
    if (labelled.size() == 1) return labelled.front();
    return fail(Error::Kind::wrong_usage, fmt::format("More than one version is called `{}`.", meant), both_meant(labelled));
  });
}

Result<Version> Versions::find_in_any(std::string_view word, Date day) {
  Result<Version> found = find(word, day);
  if (found || found.error().kind != Error::Kind::not_found) return found;
  for (const std::string& key : m_database.read([](db::Reader& reader) { return other_pathways(reader); })) {
    Result<Version> elsewhere = find(word, day, key);
    if (elsewhere || elsewhere.error().kind != Error::Kind::not_found) return elsewhere;
  }
  return found;
}

std::vector<Version> Versions::in_force_elsewhere(Date day) {
  return m_database.read([&](db::Reader& reader) {
    std::vector<Version> versions;
    for (const std::string& key : other_pathways(reader)) {
      if (auto version = version_in_force(reader, key, day)) versions.push_back(*std::move(version));
    }
    return versions;
  });
}

std::optional<Version> Versions::in_force(Date day, std::string_view pathway) {
  return m_database.read([&](db::Reader& reader) { return version_in_force(reader, pathway, day); });
}

std::optional<Version> Versions::newest(std::string_view pathway) {
  return m_database.read([&](db::Reader& reader) { return newest_version(reader, pathway); });
}

std::vector<Version> Versions::since(const std::optional<std::string>& hash, std::string_view pathway) {
  return m_database.read([&](db::Reader& reader) -> std::vector<Version> {
    const auto version = hash ? find_version(reader, pathway, *hash) : std::nullopt;
    if (hash && !version) return {};
    return versions_after(reader, pathway, version ? version->number : 0);
  });
}

Result<std::shared_ptr<const Frozen>> Versions::load(std::string_view hash, std::string_view pathway) {
  {
    const std::lock_guard lock(m_mutex);
    const auto at = std::find_if(m_frozen.begin(), m_frozen.end(), [&](const auto& each) { return each->pathway.hash == hash; });
    if (at != m_frozen.end()) {
      std::rotate(at, at + 1, m_frozen.end());
      return m_frozen.back();
    }
  }
  auto documents = m_database.read([&](db::Reader& reader) -> std::optional<Folder> {
    const auto version = find_version(reader, pathway, hash);
    if (!version) return std::nullopt;
    return documents_of(reader, pathway, version->number);
  });
  if (!documents) return no_version(hash);
  pathway::Loaded loaded = pathway::load(*documents);
  auto& read = loaded.pathway ? loaded.pathway : loaded.unusable;
  if (!read || read->hash != hash) {
    throw db::DatabaseError(db::DatabaseError::Kind::damaged,
                            fmt::format("The documents of version {} are not those that were published.", hash.substr(0, 12)),
                            "Restore the database from a backup.");
  }
  auto frozen = std::make_shared<const Frozen>(Frozen{*std::move(documents), *std::move(read)});
  const std::lock_guard lock(m_mutex);
  if (m_frozen.size() >= m_kept) m_frozen.erase(m_frozen.begin());
  m_frozen.push_back(frozen);
  return frozen;
}

std::vector<Change> Versions::kept_changes(const Version& version) {
  return m_database.read_once([&](db::Reader& reader) { return changes_of(reader, version.pathway, version.number); });
}

Result<std::vector<pathway::VersionChange>> Versions::difference(std::string_view before, std::string_view after, std::string_view pathway) {
  const auto first = load(before, pathway);
  if (!first) return tl::unexpected<Error>(first.error());
  const auto second = load(after, pathway);
  if (!second) return tl::unexpected<Error>(second.error());
  return pathway::compare_versions((*first)->pathway, (*second)->pathway);
}

Result<Cited> Versions::words_of(std::string_view citation, std::string_view hash, std::string_view pathway) {
  const auto version = m_database.read([&](db::Reader& reader) { return find_version(reader, pathway, hash); });
  if (!version) return no_version(hash);
  const auto frozen = load(hash, pathway);
  if (!frozen) return tl::unexpected<Error>(frozen.error());
  auto words = pathway::cite((*frozen)->pathway, citation);
  if (!words) return tl::unexpected<Error>(words.error());
  return Cited{*version, *frozen, *std::move(words)};
}

Result<Fate> Versions::what_became_of(std::string_view citation, std::string_view hash, Date day, std::string_view pathway) {
  const auto cited = words_of(citation, hash, pathway);
  if (!cited) return tl::unexpected<Error>(cited.error());
  return m_database.read([&](db::Reader& reader) -> Result<Fate> {
    return FateReader(reader, cited->version, day).read(cited->words.citation, said_by(cited->words), cited->version.number);
  });
}

}  // namespace waymark::release
