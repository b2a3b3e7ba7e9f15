#include "db/statement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/core.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "base/text.hpp"

namespace waymark::db {
namespace {

constexpr std::size_t worth_keeping = 64 << 10;

/// The names behind a colon, outside quotes; `::` is a cast.
std::set<std::string, std::less<>> names_in(std::string_view text) {
  std::set<std::string, std::less<>> names;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\'') quoted = !quoted;
    if (quoted || text[at] != ':') continue;
    if (at + 1 < text.size() && text[at + 1] == ':') {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
    if (end > at + 1) names.emplace(text.substr(at + 1, end - at - 1));
    at = end - 1;
  }
  return names;
}

void require_names(const std::string& text, std::span<const Parameter> parameters) {
  auto missing = names_in(text);
  for (const Parameter& parameter : parameters) {
    const auto found = missing.find(parameter.name);
    if (found == missing.end()) {
      throw DatabaseError(DatabaseError::Kind::wrong,
                          fmt::format("A statement has no place for the parameter `{}`, or it is given twice.", parameter.name), "Please report it.",
                          text);
    }
    missing.erase(found);
  }
  if (!missing.empty()) {
    throw DatabaseError(DatabaseError::Kind::wrong, fmt::format("A statement was not given its parameter `{}`.", *missing.begin()),
                        "Please report it.", text);
  }
}

[[noreturn]] void refuse(const Parameter& parameter, std::string_view why) {
  throw DatabaseError(DatabaseError::Kind::refused, fmt::format("The value for `{}` {}.", parameter.name, why), "Change it and try again.");
}

/// Both databases take the same values: PostgreSQL would cut a text at a NUL and refuse what is not UTF-8, SQLite would make a NaN null.
void require_storable(const Parameter& parameter) {
  const Value& value = parameter.value;
  if (value.is_null) return;
  if (value.kind == Value::Kind::real && !std::isfinite(value.real)) refuse(parameter, "is not a finite number");
  if (value.kind != Value::Kind::text) return;
  if (value.text.find('\0') != std::string::npos) refuse(parameter, "holds a NUL character");
  if (!is_valid_utf8(value.text)) refuse(parameter, "is not UTF-8");
}

std::string to_bytea(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "\\x";
  text.reserve(2 + 2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string from_bytea(std::string_view text) {
  const auto digit = [&](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  if (!text.starts_with("\\x") || text.size() % 2 != 0) throw Unreadable{"bytes came in a form that Waymark does not know"};
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 2; at < text.size(); at += 2) bytes += static_cast<char>(digit(text[at]) << 4 | digit(text[at + 1]));
  return bytes;
}

}  // namespace

struct Statement::Slot {
  Value::Kind kind = Value::Kind::integer;
  soci::indicator indicator = soci::i_ok;
  long long integer = 0;
  double real = 0;
  std::string text;
  std::unique_ptr<soci::blob> blob;

  void set_blob(const std::string& bytes) {
    auto& backend = static_cast<soci::sqlite3_blob_backend&>(*blob->get_backend());
    // A blob without a buffer would be bound as null.
    if (bytes.empty()) {
      backend.set_data("", 1);
      backend.trim(0);
    } else {
      backend.set_data(bytes.data(), bytes.size());
    }
  }
};

Statement::Statement(Connection& connection, const std::string& text, std::span<const Parameter> parameters, std::span<const Value::Kind> columns)
    : m_connection(connection), m_kinds(columns.begin(), columns.end()), m_row(columns.size()) {
  require_names(text, parameters);
  try {
    m_statement = std::make_unique<soci::statement>(connection.session());
    m_statement->alloc();
    m_statement->prepare(text);
    for (const Parameter& parameter : parameters) {
      Slot& slot = m_uses.emplace_back();
      slot.kind = parameter.value.kind;
      const std::string& name = m_names.emplace_back(parameter.name);
      switch (slot.kind) {
        case Value::Kind::integer: m_statement->exchange(soci::use(std::as_const(slot.integer), slot.indicator, name)); break;
        case Value::Kind::real: m_statement->exchange(soci::use(std::as_const(slot.real), slot.indicator, name)); break;
        case Value::Kind::text: m_statement->exchange(soci::use(std::as_const(slot.text), slot.indicator, name)); break;
        case Value::Kind::bytes:
          if (connection.dialect() == Dialect::sqlite) {
            slot.blob = std::make_unique<soci::blob>(connection.session());
            m_statement->exchange(soci::use(*slot.blob, slot.indicator, name));
          } else {
            m_statement->exchange(soci::use(std::as_const(slot.text), slot.indicator, name));
          }
          break;
      }
    }
    for (const Value::Kind kind : columns) {
      Slot& slot = m_intos.emplace_back();
      slot.kind = kind;
      switch (kind) {
        case Value::Kind::integer: m_statement->exchange(soci::into(slot.integer, slot.indicator)); break;
        case Value::Kind::real: m_statement->exchange(soci::into(slot.real, slot.indicator)); break;
        case Value::Kind::text:
        case Value::Kind::bytes: m_statement->exchange(soci::into(slot.text, slot.indicator)); break;
      }
    }
    m_statement->define_and_bind();
  } catch (const soci::soci_error&) {
    connection.rethrow();
  }
}

Statement::~Statement() = default;

bool Statement::fits(std::span<const Parameter> parameters, std::span<const Value::Kind> columns) const {
  if (m_failed || parameters.size() != m_uses.size() || !std::equal(columns.begin(), columns.end(), m_kinds.begin(), m_kinds.end())) return false;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].value.kind != m_uses[i].kind || parameters[i].name != m_names[i]) return false;
  }
  return true;
}

void Statement::fill(std::span<const Parameter> parameters) {
  for (const Parameter& parameter : parameters) require_storable(parameter);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Slot& slot = m_uses[i];
    const Value& value = parameters[i].value;
    slot.indicator = value.is_null ? soci::i_null : soci::i_ok;
    slot.integer = value.integer;
    slot.real = value.real;
    if (slot.blob) {
      slot.set_blob(value.text);
    } else {
      slot.text = slot.kind == Value::Kind::bytes ? to_bytea(value.text) : value.text;
    }
  }
}

void Statement::execute() {
  m_statement->execute(false);
  if (m_columns_checked) return;
  m_connection.check_columns(*m_statement, m_kinds);
  m_columns_checked = true;
}

void Statement::take_row() {
  m_connection.check_row(*m_statement, m_kinds);
  for (std::size_t i = 0; i < m_row.size(); ++i) {
    Slot& slot = m_intos[i];
    Value& value = m_row[i];
    value.kind = slot.kind;
    value.is_null = slot.indicator == soci::i_null;
    if (value.is_null) continue;
    switch (slot.kind) {
      case Value::Kind::integer: value.integer = slot.integer; break;
      case Value::Kind::real: value.real = slot.real; break;
      case Value::Kind::text: value.text.swap(slot.text); break;
      case Value::Kind::bytes:
        if (m_connection.dialect() == Dialect::sqlite) {
          value.text.swap(slot.text);
        } else {
          value.text = from_bytea(slot.text);
        }
        break;
    }
  }
}

namespace {

/// However the execution ends, the statement holds no lock and no large buffer afterwards.
template <class Slots, class Release>
class AtEnd {
 public:
  AtEnd(Slots& uses, Slots& intos, std::vector<Value>& row, Release release) : m_uses(uses), m_intos(intos), m_row(row), m_release(release) {}
  ~AtEnd() {
    m_release();
    for (auto* slots : {&m_uses, &m_intos}) {
      for (auto& slot : *slots) shrink(slot.text);
    }
    for (Value& value : m_row) shrink(value.text);
  }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  static void shrink(std::string& text) {
    if (text.capacity() > worth_keeping) std::string().swap(text);
  }
  Slots& m_uses;
  Slots& m_intos;
  std::vector<Value>& m_row;
  Release m_release;
};

}  // namespace

void Statement::select(std::span<const Parameter> parameters, const Connection::TakeRow& take) {
  fill(parameters);
  const AtEnd at_end(m_uses, m_intos, m_row, [&] { m_connection.release(*m_statement); });
  const auto next = [&] {
    try {
      if (!m_statement->fetch()) return false;
      take_row();
      return true;
    } catch (const soci::soci_error&) {
    m_failed = true;
      m_connection.rethrow();
    }
  };
  try {
    execute();
  } catch (const soci::soci_error&) {
    m_failed = true;
    m_connection.rethrow();
  }
  while (next()) take(m_row);
}

std::int64_t Statement::run(std::span<const Parameter> parameters) {
  fill(parameters);
  const AtEnd at_end(m_uses, m_intos, m_row, [&] { m_connection.release(*m_statement); });
  try {
    m_statement->execute(true);
    return m_connection.affected(*m_statement);
  } catch (const soci::soci_error&) {
    m_failed = true;
    m_connection.rethrow();
  }
}

}  // namespace waymark::db
