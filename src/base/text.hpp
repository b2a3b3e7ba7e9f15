/// Small tools for UTF-8 text. All are pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark {

/// Length in bytes of the valid UTF-8 sequence at the start of `text`, 0 when there is none (RFC 3629: no surrogates, no
/// overlong forms, nothing past U+10FFFF).
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text);
/// REQUIRES valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
[[nodiscard]] std::string replace_all(std::string text, std::string_view from, std::string_view to);
/// Runs of white space become one space; none at either end.
[[nodiscard]] std::string collapse_white_space(std::string_view text);

/// An id from a heading: lower case, letters and digits kept (other alphabets too), every other run one `-`.
/// Never empty: "section" where nothing is left.
[[nodiscard]] std::string slug(std::string_view heading);

/// The candidate nearest to `word` by edit distance, when it is near enough to be a slip of the hand (at most a third of
/// the word's length, without regard to ASCII case); for "did you mean".
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string in_words(const std::vector<std::string>& things);

/// "1 level", "3 levels": the number with its noun, plural by an s unless given.
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular, std::string_view plural = {});

/// A number of digits alone, perhaps with a minus; none for anything else and for what does not fit.
[[nodiscard]] std::optional<std::int64_t> whole_number(std::string_view text);

/// The sentences of running English text: split after . ! ? … when white space and an upper-case letter, digit or quote follow, not
/// after a common abbreviation or an initial. Views into `text`, trimmed.
[[nodiscard]] std::vector<std::string_view> sentences(std::string_view text);

}  // namespace waymark
