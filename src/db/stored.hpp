/// How values of the program are kept in columns, and read back.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/clock.hpp"

namespace waymark::db {

/// Bytes that are not text: a hash, something sealed.
struct Bytes {
  std::string value;
  bool operator==(const Bytes&) const = default;
};

/// A value on its way into or out of a column.
struct Value {
  enum class Kind { integer, real, text, bytes };
  Kind kind = Kind::integer;
  bool is_null = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;  ///< of text and bytes
};

/// How a T is kept. Specialise it in a room's records file for a type of that room:
///
///     template <> struct waymark::db::Stored<Role> {
///       static constexpr auto kind = Value::Kind::text;
///       static void put(Value& value, Role role) { value.text = to_string(role); }
///       static Role take(const Value& value) { return role_from(value.text).value(); }
///     };
///
/// `put` fills the member of its kind; `take` reads it. A null never reaches them: std::optional<T> takes care of it.
/// `take` may throw Unreadable for a value that no T has.
template <class T, class = void>
struct Stored;

/// What is in the store cannot be a value of the program's type. Database turns it into DatabaseError::Kind::damaged.
struct Unreadable {
  std::string what;  ///< "`soon` is not a date"
};

template <class T>
struct Stored<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>> {
  static_assert(sizeof(T) <= 8 && !(std::is_unsigned_v<T> && sizeof(T) == 8), "columns hold signed 64-bit integers");
  static constexpr auto kind = Value::Kind::integer;
  static void put(Value& value, T given) { value.integer = given; }
  static T take(const Value& value) {
    const T taken = static_cast<T>(value.integer);
    if (static_cast<std::int64_t>(taken) != value.integer) throw Unreadable{std::to_string(value.integer) + " is too large a number"};
    return taken;
  }
};

template <>
struct Stored<bool> {
  static constexpr auto kind = Value::Kind::integer;
  static void put(Value& value, bool given) { value.integer = given ? 1 : 0; }
  static bool take(const Value& value) {
    if (value.integer != 0 && value.integer != 1) throw Unreadable{std::to_string(value.integer) + " is neither true nor false"};
    return value.integer == 1;
  }
};

template <>
struct Stored<double> {
  static constexpr auto kind = Value::Kind::real;
  static void put(Value& value, double given) { value.real = given; }  ///< REQUIRES a finite number
  static double take(const Value& value) { return value.real; }
};

template <>
struct Stored<std::string> {
  static constexpr auto kind = Value::Kind::text;
  static void put(Value& value, std::string_view given) { value.text = given; }
  static std::string take(const Value& value) { return value.text; }
};
/// Views and literals go in; what comes out is a std::string.
template <>
struct Stored<std::string_view> : Stored<std::string> {};
template <>
struct Stored<const char*> : Stored<std::string> {};

template <>
struct Stored<Bytes> {
  static constexpr auto kind = Value::Kind::bytes;
  static void put(Value& value, const Bytes& given) { value.text = given.value; }
  static Bytes take(const Value& value) { return {value.text}; }
};

template <>
struct Stored<Date> {
  static constexpr auto kind = Value::Kind::text;
  static void put(Value& value, Date given) { value.text = to_iso(given); }
  static Date take(const Value& value) {
    const auto date = parse_date(value.text);
    if (!date) throw Unreadable{"`" + value.text + "` is not a date"};
    return *date;
  }
};

template <>
struct Stored<Instant> {
  static constexpr auto kind = Value::Kind::integer;
  static void put(Value& value, Instant given) { value.integer = given.time_since_epoch().count(); }
  static Instant take(const Value& value) { return Instant{std::chrono::milliseconds{value.integer}}; }
};

/// A strong type with a text of its own, such as an id: `text()` and a static `from(text)` that gives an optional.
template <class T>
concept HasText = requires(const T& value, std::string_view text) {
  { value.text() } -> std::convertible_to<std::string_view>;
  { T::from(text) } -> std::same_as<std::optional<T>>;
};
template <HasText T>
struct Stored<T> {
  static constexpr auto kind = Value::Kind::text;
  static void put(Value& value, const T& given) { value.text = given.text(); }
  static T take(const Value& value) {
    auto taken = T::from(value.text);
    if (!taken) throw Unreadable{"`" + value.text + "` is no id"};
    return std::move(*taken);
  }
};

/// JSON arrays, for `IN {integers :name}` and `IN {texts :name}` (dialect.hpp).
[[nodiscard]] std::string json_array(std::span<const std::int64_t> members);
[[nodiscard]] std::string json_array(std::span<const std::string> members);

template <class T>
struct Stored<std::vector<T>> {
  static constexpr auto kind = Value::Kind::text;
  static void put(Value& value, const std::vector<T>& given) {
    static_assert(Stored<T>::kind == Value::Kind::integer || Stored<T>::kind == Value::Kind::text, "lists hold integers, ids or texts");
    using Member = std::conditional_t<Stored<T>::kind == Value::Kind::integer, std::int64_t, std::string>;
    std::vector<Member> members;
    members.reserve(given.size());
    for (const T& one : given) {
      Value member;
      Stored<T>::put(member, one);
      if constexpr (Stored<T>::kind == Value::Kind::integer) {
        members.push_back(member.integer);
      } else {
        members.push_back(std::move(member.text));
      }
    }
    value.text = json_array(std::span<const Member>(members));
  }
};

namespace detail {

template <class T>
struct OptionalOf {
  using type = T;
  static constexpr bool is_optional = false;
};
template <class T>
struct OptionalOf<std::optional<T>> {
  using type = T;
  static constexpr bool is_optional = true;
};

}  // namespace detail

/// A named value for one execution of a statement.
struct Parameter {
  template <class T>
  Parameter(std::string_view of, const T& given) : name(of) {
    using Given = std::decay_t<const T&>;
    using Maybe = detail::OptionalOf<Given>;
    value.kind = Stored<typename Maybe::type>::kind;
    if constexpr (Maybe::is_optional) {
      value.is_null = !given.has_value();
      if (given) Stored<typename Maybe::type>::put(value, *given);
    } else {
      Stored<Given>::put(value, given);
    }
  }

  std::string_view name;  ///< without the colon
  Value value;
};

/// What a statement is executed with; made from braces or a vector, and alive as long as those are. Names must be exactly those of the statement.
class Parameters {
 public:
  Parameters() = default;
  Parameters(std::initializer_list<Parameter> list) : m_list(list.begin(), list.size()) {}
  Parameters(const std::vector<Parameter>& list) : m_list(list) {}  // NOLINT: a vector of parameters is parameters

  [[nodiscard]] std::span<const Parameter> list() const { return m_list; }

 private:
  std::span<const Parameter> m_list;
};

/// The T in a column. Throws Unreadable for a null where T is not optional.
template <class T>
[[nodiscard]] T taken(const Value& value) {
  using Maybe = detail::OptionalOf<T>;
  if constexpr (Maybe::is_optional) {
    if (value.is_null) return std::nullopt;
  } else {
    if (value.is_null) throw Unreadable{"there is nothing where a value must be"};
  }
  return Stored<typename Maybe::type>::take(value);
}

}  // namespace waymark::db
