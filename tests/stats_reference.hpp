/// The numbers that the statistics must agree with: tests/fixtures/stats/*.json (ORIGIN.md there says where each comes from) and, where it is
/// there, the whole set beside the checkout, ../shared/stats. Relative tolerances are those of the set's own README.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// A node of a JSON document. Every accessor throws, naming the path, when the node is something else; the test then fails there.
class Reference {
 public:
  struct Document;
  Reference(std::shared_ptr<const Document> document, const void* node, std::string path);

  [[nodiscard]] Reference operator[](std::string_view key) const;
  [[nodiscard]] Reference operator[](std::size_t index) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_object() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::vector<std::string> keys() const;
  [[nodiscard]] std::vector<Reference> items() const;
  /// "Inf" and "-Inf" are numbers too.
  [[nodiscard]] double number() const;
  /// A lone number is a list of one: R writes it so.
  [[nodiscard]] std::vector<double> numbers() const;
  /// Rows of numbers.
  [[nodiscard]] std::vector<std::vector<double>> rows() const;
  [[nodiscard]] bool truth() const;
  [[nodiscard]] std::string text() const;
  /// "fixtures/04_fisher.json: tea.or_cmle", for CAPTURE.
  [[nodiscard]] const std::string& path() const { return m_path; }

 private:
  std::shared_ptr<const Document> m_document;
  const void* m_node;
  std::string m_path;
};

/// The document of that name, from the fixtures and from the whole set; those that are there, at least one.
[[nodiscard]] std::vector<Reference> references(std::string_view file);
/// The path of an input (CSV) of that name: of the fixtures, else of the whole set; empty when it is nowhere.
[[nodiscard]] std::string reference_input(std::string_view file);

/// |got − wanted| ≤ tolerance·max(|wanted|, floor); equal infinities are equal. For doctest: CHECK(agrees(got, wanted, 1e-10)).
[[nodiscard]] bool agrees(double got, double wanted, double tolerance, double floor = 0);
