/// An expected failure: something a caller must be ready for. A problem in somebody's document is a Finding instead, a
/// broken machine throws, a bug asserts.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace waymark {

struct Error {
  enum class Kind {
    wrong_usage,  ///< the request makes no sense as it was put; exit code 2, status 400
    bad_input,    ///< the request is clear, what it brought is not acceptable; exit code 1, status 422
    not_found,    ///< nothing is there by that name; exit code 1, status 404
    conflict,     ///< it would overwrite or contradict what is there; exit code 1, status 409
    unavailable,  ///< the machine would not do it now; exit code 1, status 503
  };

  Kind kind = Kind::bad_input;
  std::string message;     ///< one sentence: what is wrong, and where
  std::string way_out;     ///< one sentence: what to do; may be empty
  std::string field = {};  ///< what of the input is meant, by a name that stays ("email", "external-id"), as the field of a form; empty: no single one
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error::Kind kind, std::string message, std::string way_out = {}, std::string field = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(way_out), std::move(field)});
}

}  // namespace waymark
