/// A JSON object that somebody else sent, read with suspicion: a member of another type than asked for is as good as absent.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace waymark::access {

/// Immutable, cheap to copy, safe from any thread.
class JsonObject {
 public:
  JsonObject();  ///< empty
  /// bad_input unless `text` is one JSON object in UTF-8, at most 32 deep. `what` names it in the error ("the ID token").
  [[nodiscard]] static Result<JsonObject> parse(std::string_view text, std::string_view what);

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
  /// A number, cut to whole.
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
  /// true and false, and the words "true" and "false", which some providers send.
  [[nodiscard]] std::optional<bool> boolean(std::string_view name) const;
  /// A text, or the texts of an array; members of other types are left out.
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
  /// The objects of an array.
  [[nodiscard]] std::vector<JsonObject> objects(std::string_view name) const;
  [[nodiscard]] std::string serialised() const;

 private:
  struct Content;
  explicit JsonObject(std::shared_ptr<const Content> content);
  std::shared_ptr<const Content> m_content;
};

/// `text` as a JSON string with its quotation marks. REQUIRES UTF-8.
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace waymark::access
