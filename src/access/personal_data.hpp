/// What is kept about one person, wherever it is kept: each room that holds personal data registers how it is given out and how it is erased.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/account_id.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "db/database.hpp"

namespace waymark::access {

struct DataSubject {
  AccountId account;
  std::optional<std::string> person = {};  ///< their record in the org room
};

struct ExportedFile {
  std::string path;  ///< relative, below the room's name: "account.json"
  std::string bytes;
};

struct DataHolder {
  std::string room;
  std::string what;  ///< for the person: "your account, where you are signed in, and what was done with it"
  std::function<std::vector<ExportedFile>(db::Reader&, const DataSubject&)> export_data;
  /// Takes out what is about the person, or what would say who it was where the record itself must stay.
  std::function<void(db::Writer&, const DataSubject&, Instant now)> erase;
};

/// Filled once at the start of the program; then safe from any thread.
class PersonalData {
 public:
  /// In the order of the rooms, from the ground up. This room's own is the first.
  PersonalData();
  void add(DataHolder holder) { m_holders.push_back(std::move(holder)); }
  [[nodiscard]] const std::vector<DataHolder>& holders() const { return m_holders; }

  /// Everything, as of one moment, and a README that says what is what. not_found for an unknown account.
  [[nodiscard]] Result<std::vector<ExportedFile>> export_all(db::Database& database, const AccountId& account, const Clock& clock) const;

  /// Everything, from the roof down, in one transaction. The audit keeps its entries, and nobody can say any more whose they were. not_found for an
  /// unknown account, conflict for the last administrator.
  [[nodiscard]] Result<void> erase(db::Database& database, const AccountId& account, std::string_view why, const Doing& by, const Clock& clock) const;

 private:
  std::vector<DataHolder> m_holders;
};

}  // namespace waymark::access
