/// What a client sends, read from JSON (JSON-RPC 2.0). The only door through which JSON comes in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "editor/text_places.hpp"

namespace waymark::editor {

/// Why a request gets no result; the numbers are JSON-RPC's and the protocol's.
struct Fault {
  enum class Code {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    not_initialized = -32002,
    request_failed = -32803,  ///< the request was in order, and cannot be done: the message is for a person
    request_cancelled = -32800,
  };
  Code code = Code::request_failed;
  std::string message;
  std::string id = "null";  ///< of the request, as JSON, where it could be read
};

template <class T>
using Answer = tl::expected<T, Fault>;

/// An immutable value, cheap to copy.
class Message {
 public:
  enum class Kind { request, notification, response };

  /// parse_error when it is no JSON, invalid_request when it is no message. A lone surrogate in a text becomes U+FFFD.
  [[nodiscard]] static Answer<Message> read(std::string_view body);

  [[nodiscard]] Kind kind() const { return m_kind; }
  [[nodiscard]] const std::string& method() const { return m_method; }
  /// As JSON: `7`, `"seven"`; "null" of a notification.
  [[nodiscard]] const std::string& id() const { return m_id; }

  // Parameters, by a JSON pointer (RFC 6901) into `params`. What is missing or of another type is absent.
  [[nodiscard]] std::optional<std::string> text(std::string_view pointer) const;
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view pointer) const;
  [[nodiscard]] bool flag(std::string_view pointer) const;  ///< present and true
  [[nodiscard]] bool has(std::string_view pointer) const;   ///< present, whatever it is
  [[nodiscard]] std::vector<std::string> texts(std::string_view pointer) const;
  [[nodiscard]] std::size_t count(std::string_view pointer) const;  ///< of an array; else 0
  /// Beyond what 32 bits hold is their largest value, which is past the end of everything; a negative one is absent.
  [[nodiscard]] std::optional<TextPlace> place(std::string_view pointer) const;
  [[nodiscard]] std::optional<TextRange> range(std::string_view pointer) const;
  /// A parameter as JSON, for an answer that gives it back; "null" when absent.
  [[nodiscard]] std::string json(std::string_view pointer) const;
  /// The id that `$/cancelRequest` names, as JSON.
  [[nodiscard]] std::string cancelled_id() const { return json("/id"); }

 private:
  struct Tree;

  Kind m_kind = Kind::notification;
  std::string m_method;
  std::string m_id = "null";
  std::shared_ptr<const Tree> m_tree;
};

}  // namespace waymark::editor
