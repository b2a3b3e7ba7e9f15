#include "cli/report.hpp"

#include <fmt/core.h>

#include "cli/page.hpp"

namespace waymark::cli {
namespace {

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Ink::error;
    case Severity::warning: return Ink::warning;
    case Severity::note: return Ink::note;
  }
  return Ink::plain;
}

std::string indented(std::string_view way_out) { return way_out.empty() ? std::string() : fmt::format("  {}\n", printable(way_out)); }

}  // namespace

std::string told(const Error& error, bool colour) {
  return fmt::format("{} {}\n{}", inked("waymark:", Ink::strong, colour), printable(error.message), indented(error.way_out));
}

std::string told(const Finding& finding, bool colour, std::string_view lines) {
  const std::string place = fmt::format("{}:{}:{}:", printable(finding.file), finding.span.begin.line, finding.span.begin.column);
  const std::string severity = fmt::format("{}:", to_string(finding.severity));
  return fmt::format("{} {} {} {}\n{}{}", inked(place, Ink::strong, colour), inked(severity, ink_of(finding.severity), colour),
                     printable(finding.message), inked(fmt::format("[{}]", finding.rule), Ink::faint, colour), lines, indented(finding.way_out));
}

void report(const Trouble& trouble, Terminal& terminal) {
  std::string text;
  for (const Finding& finding : trouble.findings) text += told(finding, terminal.colour_on_errors());
  if (trouble.error) text += told(*trouble.error, terminal.colour_on_errors());
  terminal.complain(text);
}

int exit_code(const Trouble& trouble) { return trouble.error && trouble.error->kind == Error::Kind::wrong_usage ? 2 : 1; }

}  // namespace waymark::cli
