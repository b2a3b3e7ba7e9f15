/// Asking and changing inside one transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "db/sql.hpp"
#include "db/stored.hpp"

namespace waymark::db {

class Connection;

namespace detail {

/// The parameter types of a function object, which say what columns are expected.
template <class F>
struct ArgumentsOf : ArgumentsOf<decltype(&F::operator())> {};
template <class R, class... A>
struct ArgumentsOf<R (*)(A...)> {
  using type = std::tuple<std::decay_t<A>...>;
};
template <class C, class R, class... A>
struct ArgumentsOf<R (C::*)(A...) const> : ArgumentsOf<R (*)(A...)> {};
template <class C, class R, class... A>
struct ArgumentsOf<R (C::*)(A...)> : ArgumentsOf<R (*)(A...)> {};

template <class T>
inline constexpr Value::Kind kind_of = Stored<typename OptionalOf<T>::type>::kind;

}  // namespace detail

/// One consistent view of the store: everything asked through one Reader is answered as of one moment. Used by one thread, and only inside the
/// function that it was given to.
///
/// The function `make` says by its parameter types what the columns hold, in order:
///
///     reader.rows("SELECT id, name, left_on FROM person WHERE team = :team", {{"team", team}},
///                 [](PersonId id, std::string name, std::optional<Date> left_on) { return Person{id, name, left_on}; });
///
/// A column that holds another type, a null where none is expected or another number of columns throws DatabaseError (damaged, wrong);
/// nothing is read as zero. Statements are prepared once a connection and kept.
class Reader {
 public:
  enum class Extent { any, one_statement };
  explicit Reader(Connection& connection, Extent extent = Extent::any) : m_connection(connection), m_extent(extent) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] Dialect dialect() const;

  /// Calls `take` for each row as it arrives. `take` must not use this Reader.
  template <class Take>
  void for_each(Sql sql, Parameters parameters, Take&& take) {
    using Arguments = typename detail::ArgumentsOf<std::decay_t<Take>>::type;
    each<Arguments>(sql, parameters, take, std::make_index_sequence<std::tuple_size_v<Arguments>>());
  }

  /// All rows, in the order of the statement.
  template <class Make>
  [[nodiscard]] auto rows(Sql sql, Parameters parameters, Make&& make) {
    using Arguments = typename detail::ArgumentsOf<std::decay_t<Make>>::type;
    using Row = decltype(std::apply(make, std::declval<Arguments>()));
    std::vector<Row> found;
    auto add = [&](auto&&... columns) { found.push_back(make(std::move(columns)...)); };
    each<Arguments>(sql, parameters, add, std::make_index_sequence<std::tuple_size_v<Arguments>>());
    return found;
  }

  /// The row, or nothing. Throws DatabaseError (wrong) when there are two.
  template <class Make>
  [[nodiscard]] auto row(Sql sql, Parameters parameters, Make&& make) {
    auto found = rows(sql, parameters, std::forward<Make>(make));
    using Row = typename decltype(found)::value_type;
    if (found.size() > 1) more_than_one(sql);
    return found.empty() ? std::optional<Row>() : std::optional<Row>(std::move(found.front()));
  }

  /// The single column of the single row. Throws DatabaseError (wrong) when there is another number of rows.
  template <class T>
  [[nodiscard]] T value(Sql sql, Parameters parameters = {}) {
    auto found = rows(sql, parameters, [](T only) { return only; });
    if (found.empty()) none(sql);
    if (found.size() > 1) more_than_one(sql);
    return std::move(found.front());
  }

 protected:
  using TakeRow = std::function<void(std::span<const Value>)>;

  /// The one way down. Throws DatabaseError.
  void select(Sql sql, Parameters parameters, std::span<const Value::Kind> columns, const TakeRow& take);
  [[noreturn]] void more_than_one(Sql sql) const;
  [[noreturn]] void none(Sql sql) const;

  Connection& m_connection;

 private:
  const Extent m_extent;
  bool m_has_asked = false;

  template <class Arguments, class Take, std::size_t... At>
  void each(Sql sql, Parameters parameters, Take& take, std::index_sequence<At...>) {
    static constexpr Value::Kind kinds[] = {detail::kind_of<std::tuple_element_t<At, Arguments>>...};
    select(sql, parameters, kinds, [&](std::span<const Value> row) { take(taken<std::tuple_element_t<At, Arguments>>(row[At])...); });
  }
};

/// A Reader that may also change. What it changes is kept when the function that it was given to returns, and undone when that throws.
class Writer : public Reader {
 public:
  explicit Writer(Connection& connection) : Reader(connection) {}

  /// The number of records inserted, changed or deleted.
  std::int64_t run(Sql sql, Parameters parameters = {});
};

}  // namespace waymark::db
