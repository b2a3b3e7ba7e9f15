/// Inside the room only: questions and sealed answers in the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/reader.hpp"
#include "org/attributes.hpp"

namespace waymark::org {

[[nodiscard]] std::vector<Attribute> asked_attributes(db::Reader& reader);
void insert_attribute(db::Writer& writer, const AttributeId& id, const NewAttribute& attribute, Instant now);
[[nodiscard]] bool end_attribute(db::Writer& writer, const AttributeId& id);

struct SealedAnswers {
  std::uint32_t person = 0;
  std::string sealed;
};
[[nodiscard]] std::optional<std::string> sealed_answers_of(db::Reader& reader, std::uint32_t person);
void put_sealed_answers(db::Writer& writer, std::uint32_t person, const std::string& sealed);
void remove_sealed_answers(db::Writer& writer, std::uint32_t person);
[[nodiscard]] std::vector<SealedAnswers> all_sealed_answers(db::Reader& reader);

/// What a record is sealed for: copied into another's place it does not open (attributes.cpp).
[[nodiscard]] std::string declaration_context(std::uint32_t person);
/// What was sealed in a record.
[[nodiscard]] Result<Answers> read_answers(const Result<access::Secret>& opened);

}  // namespace waymark::org
