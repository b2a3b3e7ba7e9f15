#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/inlines.h>

#include "base/text.hpp"
#include "markup/markdown.hpp"

using namespace waymark;
using markup::Block;

namespace {

using Pieces = std::vector<std::string>;

// Everything that means something to the parser, so that chance finds what it does together.
const Pieces markdown_pieces{"a",           "word",  "é",     "日本",       " ",     "  ",      "\n",         "\n\n",    "\t",     "    ",
                             "> ",          ">",     "- ",    "* ",         "1. ",   "12) ",    "# ",         "## ",     "#",      "***\n",
                             "---\n",       "===\n", "`",     "``",         "```\n", "~~~\n",   "*",          "**",      "_",      "__",
                             "~",           "~~",    "[",     "]",          "(",     ")",       "![",         "](b.md)", "[a](b)", "[a]: c\n",
                             "[a]",         "\"",    "'",     "\\",         "\\\n",  "&amp;",   "&#10;",      "&",       "|",      "| a | b |\n",
                             "|---|:-:|\n", "|-|\n", "{#id}", "{: .c #i }", ":",     "www.a.b", "http://a.b", "me@a.b",  "!",      "{",
                             "}",           "w",     "@",     "."};
const Pieces html_pieces{"<",
                         ">",
                         "<b>",
                         "</b>",
                         "<br/>",
                         "<!--",
                         "-->",
                         "<!-- c -->",
                         "<div>\n",
                         "</div>\n",
                         "<script>",
                         "</script>",
                         "<http://a.b>",
                         "<a@b.c>",
                         "<!A",
                         "<?",
                         "?>",
                         "<![CDATA[",
                         "]]>",
                         "javascript:alert(1)",
                         "[x](javascript:y)",
                         "![x](JAVASCRIPT:y)",
                         "<javascript:z>",
                         "[x](data:a)",
                         "&#106;avascript:",
                         "java\nscript:",
                         "\" onload=\"",
                         "'>\"><script>",
                         "[r]: javascript:q\n",
                         "[r]",
                         "<img src=x onerror=y>"};

Pieces joined(Pieces pieces, const Pieces& more) {
  pieces.insert(pieces.end(), more.begin(), more.end());
  return pieces;
}

std::string text_of(const Pieces& pieces) {
  const auto chosen = *rc::gen::container<Pieces>(rc::gen::elementOf(pieces));
  return join(chosen, "");
}

markup::Markdown parse(std::string_view text) { return markup::parse_markdown(SourceText("p.md", text)); }

void each_block(const std::vector<Block>& blocks, const std::function<void(const Block&)>& visit) {
  for (const Block& block : blocks) {
    visit(block);
    each_block(block.children, visit);
  }
}

void check_span(const SourceText& source, const Span& span) {
  RC_ASSERT(span.begin <= span.end);
  RC_ASSERT(span.begin.line >= 1u);
  RC_ASSERT(span.end.line <= source.line_count());
  RC_ASSERT(span.begin.column >= 1u);
  RC_ASSERT(span.begin.column <= count_code_points(source.line(span.begin.line)) + 1);
  RC_ASSERT(span.end.column <= count_code_points(source.line(span.end.line)) + 1);
}

void check_spans(const SourceText& source) {
  const auto markdown = markup::parse_markdown(source);
  each_block(markdown.blocks, [&](const Block& block) {
    check_span(source, block.span);
    for (const markup::Link& link : block.links) check_span(source, link.span);
    for (const Block& child : block.children) {
      RC_ASSERT(child.span.begin >= block.span.begin);
      RC_ASSERT(child.span.end <= block.span.end);
    }
  });
  for (std::size_t i = 1; i < markdown.blocks.size(); ++i) RC_ASSERT(markdown.blocks[i - 1].span.end.line < markdown.blocks[i].span.begin.line);
  for (const markup::Comment& comment : markdown.comments) check_span(source, comment.span);
  for (const Finding& finding : markdown.findings) check_span(source, finding.span);
}

std::vector<Span> spans_of(const markup::Markdown& markdown, std::size_t moved_by) {
  std::vector<Span> spans;
  const auto add = [&](Span span) {
    span.begin.line += moved_by;
    span.end.line += moved_by;
    spans.push_back(span);
  };
  each_block(markdown.blocks, [&](const Block& block) {
    add(block.span);
    for (const markup::Link& link : block.links) add(link.span);
  });
  for (const markup::Comment& comment : markdown.comments) add(comment.span);
  for (const Finding& finding : markdown.findings) add(finding.span);
  return spans;
}

/// What cmark makes of it by itself.
std::string rendered_by_cmark(std::string_view text) {
  cmark_parser* const parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  for (const char* const name : {"table", "strikethrough", "autolink"}) {
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parser, text.data(), text.size());
  cmark_node* const root = cmark_parser_finish(parser);
  // Finishing switches these off for the whole process: see CmarkTree.
  cmark_inlines_add_special_character('~', 1);
  cmark_inlines_add_special_character(':', 0);
  cmark_inlines_add_special_character('w', 0);
  char* const html = cmark_render_html(root, CMARK_OPT_DEFAULT, nullptr);
  std::string result = html;
  std::free(html);
  cmark_node_free(root);
  cmark_parser_free(parser);
  return result;
}

std::string page_of(const markup::Markdown& markdown) {
  std::string page;
  for (const Block& block : markdown.blocks) {
    const std::string level = std::to_string(block.level);
    page += block.kind == Block::Kind::heading ? "<h" + level + ">" + block.html + "</h" + level + ">" : block.html;
    page += '\n';
  }
  return page;
}

}  // namespace

TEST_CASE("any bytes can be parsed, and every place lies inside the text") {
  CHECK(rc::check("bytes", [](const std::string& bytes) { check_spans(SourceText("p.md", bytes)); }));
  CHECK(rc::check("pieces", [] { check_spans(SourceText("p.md", text_of(joined(markdown_pieces, html_pieces)))); }));
}

TEST_CASE("an empty line at the top moves everything down by one") {
  CHECK(rc::check("pieces", [] {
    const std::string text = text_of(joined(markdown_pieces, html_pieces));
    const auto before = parse(text);
    const auto after = parse("\n" + text);
    RC_ASSERT(spans_of(before, 1) == spans_of(after, 0));
    RC_ASSERT(page_of(before) == page_of(after));
  }));
}

TEST_CASE("no HTML of the author reaches the page") {
  CHECK(rc::check("hostile pieces", [] {
    const auto markdown = parse(text_of(joined(html_pieces, markdown_pieces)));
    each_block(markdown.blocks, [](const Block& block) {
      const std::string html = to_lower_ascii(block.html);
      for (const char* const never :
           {"<script", "<div", "<b>", "<!--", "<!a", "<?", "href=\"javascript:", "src=\"javascript:", "href=\"data:", "onerror=y>"}) {
        RC_ASSERT(html.find(never) == std::string::npos);
      }
    });
  }));
}

TEST_CASE("the page is what cmark itself makes of the text") {
  // Without what is meant to differ: HTML, and ids of headings.
  Pieces pieces = markdown_pieces;
  std::erase_if(pieces, [](const std::string& piece) { return piece.starts_with('{') || piece == "}"; });
  (void)parse("the extensions are registered now");
  CHECK(rc::check("pieces", [&] {
    const std::string text = text_of(pieces);
    RC_ASSERT(page_of(parse(text)) == rendered_by_cmark(text));
  }));
}

TEST_CASE("the text of a container is its children's") {
  CHECK(rc::check("pieces", [] {
    const auto markdown = parse(text_of(markdown_pieces));
    each_block(markdown.blocks, [](const Block& block) {
      if (block.children.empty()) return;
      std::vector<std::string> texts;
      for (const Block& child : block.children) {
        if (!child.text.empty()) texts.push_back(child.text);
      }
      RC_ASSERT(block.text == join(texts, " "));
    });
  }));
}
