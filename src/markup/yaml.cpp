#include "markup/yaml.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "markup/yaml_builder.hpp"
#include "markup/yaml_messages.hpp"

namespace waymark::markup {
namespace {

// yaml-cpp keeps every token of a value until it knows that it is no key: of an unclosed bracket, all to the end of the file.
constexpr std::size_t most_without_event = 1u << 20;
constexpr int most_open_brackets = 1000;

struct TooLong {};
struct SecondDocument {};

/// The slice as a stream; throws TooLong when too much was read since the last event.
class SliceBuffer : public std::streambuf {
 public:
  explicit SliceBuffer(std::string_view slice) {
    char* const begin = const_cast<char*>(slice.data());
    setg(begin, begin, begin + slice.size());
  }
  void note_event() { m_since_event = 0; }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize count) override {
    const std::streamsize read = std::streambuf::xsgetn(to, count);
    m_since_event += static_cast<std::size_t>(read);
    if (m_since_event > most_without_event) throw TooLong{};
    return read;
  }

 private:
  std::size_t m_since_event = 0;
};

/// yaml-cpp's marks → offsets of the source; the rest is YamlBuilder's.
class Events : public YAML::EventHandler {
 public:
  Events(std::string_view text, std::size_t slice_begin, SliceBuffer& buffer, YamlBuilder& builder)
      : m_text(text), m_begin(slice_begin), m_buffer(buffer), m_builder(builder) {}

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return mark.pos < 0 ? m_builder.reached() : std::min(m_begin + static_cast<std::size_t>(mark.pos), m_text.size());
  }
  [[nodiscard]] std::size_t second_document() const { return m_second_document; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    m_buffer.note_event();
    if (++m_documents == 1) return;
    m_second_document = offset(mark);
    throw SecondDocument{};
  }
  void OnDocumentEnd() override { m_buffer.note_event(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    m_buffer.note_event();
    m_builder.null(offset(mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    m_buffer.note_event();
    m_builder.alias(offset(mark));
  }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { m_builder.anchor(offset(mark)); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    m_buffer.note_event();
    m_builder.scalar(head(mark, tag), value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    m_buffer.note_event();
    m_builder.begin_container(YamlNode::Kind::sequence, head(mark, tag));
  }
  void OnSequenceEnd() override { m_builder.end_container(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    m_buffer.note_event();
    m_builder.begin_container(YamlNode::Kind::map, head(mark, tag));
  }
  void OnMapEnd() override { m_builder.end_container(); }

 private:
  /// `?` and `!` are what yaml-cpp calls plain and quoted values without a tag.
  [[nodiscard]] YamlBuilder::Head head(const YAML::Mark& mark, const std::string& tag) const {
    const std::size_t at = offset(mark);
    return {at, (at < m_text.size() && m_text[at] == '!') || (!tag.empty() && tag != "?" && tag != "!")};
  }

  std::string_view m_text;
  std::size_t m_begin;
  SliceBuffer& m_buffer;
  YamlBuilder& m_builder;
  int m_documents = 0;
  std::size_t m_second_document = 0;
};

/// One parse: the slice [begin, end) of the source.
class YamlParse {
 public:
  YamlParse(const SourceText& source, std::size_t begin, std::size_t end, FindingList& findings)
      : m_source(source), m_begin(begin), m_text(source.text().substr(0, end)), m_findings(findings), m_builder(source, end, findings) {}

  std::optional<YamlNode> run();

 private:
  [[nodiscard]] bool is_readable();
  void explain(const YAML::Exception& error, std::size_t offset);
  [[nodiscard]] std::size_t opening_quote(std::size_t otherwise) const;
  [[nodiscard]] std::optional<std::size_t> tab_before(std::size_t offset) const;
  void report_second_document(std::size_t offset);
  void add(const char* rule, std::size_t offset, std::string message, std::string way_out) {
    m_findings.add(rule, Severity::error, m_builder.positions().span(offset, std::min(offset + 1, m_text.size())), std::move(message),
                   std::move(way_out));
  }

  const SourceText& m_source;
  std::size_t m_begin;
  std::string_view m_text;  ///< of the source up to the end of the slice
  FindingList& m_findings;
  YamlBuilder m_builder;
};

/// Refuses what yaml-cpp would take for the end of the file (U+0004), and brackets that would fill its memory.
bool YamlParse::is_readable() {
  int depth = 0;
  for (std::size_t at = m_begin; at < m_text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(m_text[at]);
    if ((byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7f) {
      add("yaml-syntax", at, "There is a control character here.", "Delete it.");
      return false;
    }
    if (byte == '[' || byte == '{') {
      if (++depth > most_open_brackets) {
        add("yaml-nesting", at, "More than 1,000 brackets are open here.", "Close them, or put the text in quotes.");
        return false;
      }
    } else if ((byte == ']' || byte == '}') && depth > 0) {
      --depth;
    }
  }
  return true;
}

std::optional<YamlNode> YamlParse::run() {
  if (!is_readable()) return std::nullopt;
  SliceBuffer buffer(m_text.substr(m_begin));
  std::istream stream(&buffer);
  Events events(m_text, m_begin, buffer, m_builder);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
    }
  } catch (const SecondDocument&) {
    report_second_document(events.second_document());
  } catch (const TooLong&) {
    add("yaml-syntax", m_builder.open_offset().value_or(m_builder.reached()), "A value that begins here is longer than 1 MB, or not closed.",
        "Close it, or make it shorter.");
  } catch (const YAML::DeepRecursion& error) {
    if (!m_findings.has("yaml-nesting")) {
      add("yaml-nesting", events.offset(error.mark), "Lists and maps are nested more than 32 deep here.", "Make the nesting shallower.");
    }
  } catch (const YAML::Exception& error) {
    explain(error, events.offset(error.mark));
  }
  if (m_findings.has_errors()) return std::nullopt;
  if (m_builder.root()) return std::move(m_builder.root());
  YamlNode nothing;
  nothing.span = m_builder.positions().span(m_begin, m_begin);
  return nothing;
}

/// yaml-cpp takes whatever follows a complete value for the next document.
void YamlParse::report_second_document(std::size_t offset) {
  if (m_text.substr(offset).starts_with("---")) {
    add("yaml-documents", offset, "A second document begins here; a file holds one.", "Move it into a file of its own, or take the dashes out.");
  } else {
    add("yaml-syntax", offset, "This does not belong to the value before it.", "Indent it like the line it belongs to, or take it out.");
  }
}

void YamlParse::explain(const YAML::Exception& error, std::size_t offset) {
  const YamlMessage words = explain_yaml_error(error.msg);
  if (const auto tab = tab_before(offset)) {
    const YamlMessage indentation = explain_yaml_error(YAML::ErrorMsg::TAB_IN_INDENTATION);
    add(indentation.rule, *tab, indentation.message, indentation.way_out);
    return;
  }
  const bool is_quote = error.msg == YAML::ErrorMsg::EOF_IN_SCALAR || error.msg == YAML::ErrorMsg::DOC_IN_SCALAR;
  const bool is_bracket = error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW;
  if (is_quote) offset = opening_quote(offset);
  if (is_bracket) offset = m_builder.open_offset().value_or(offset);
  add(words.rule, offset, words.message, words.way_out);
}

/// The quote that was opened behind the last complete value.
std::size_t YamlParse::opening_quote(std::size_t otherwise) const {
  constexpr std::string_view before = " \t\n[{,:-";
  for (std::size_t at = std::max(m_begin, m_builder.reached()); at < m_text.size(); ++at) {
    const bool is_quote = m_text[at] == '"' || m_text[at] == '\'';
    if (is_quote && (at == m_begin || before.find(m_text[at - 1]) != std::string_view::npos)) return at;
  }
  return otherwise;
}

/// A tab in the indentation of the line or the one before it: it changes nothing that is nested, and what then fails says nothing of tabs.
std::optional<std::size_t> YamlParse::tab_before(std::size_t offset) const {
  const std::size_t line = m_source.position(offset).line;
  for (const std::size_t each : {line, line - 1}) {
    if (each < 1 || m_source.line_start(each) < m_begin) continue;
    const std::string_view text = m_source.line(each);
    const std::size_t first = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t tab = text.substr(0, first).find('\t');
    if (tab != std::string_view::npos && first < text.size()) return m_source.line_start(each) + tab;
  }
  return std::nullopt;
}

}  // namespace

Yaml parse_yaml(const SourceText& source, std::size_t first_line, std::size_t end_line) {
  const auto offset_of = [&](std::size_t line) { return line > source.line_count() ? source.text().size() : source.line_start(line); };
  const std::size_t end = end_line == 0 ? source.text().size() : offset_of(end_line);
  const std::size_t begin = std::min(offset_of(first_line), end);
  FindingList findings(source.name());
  Yaml yaml;
  yaml.root = YamlParse(source, begin, end, findings).run();
  yaml.findings = findings.take();
  return yaml;
}

}  // namespace waymark::markup
