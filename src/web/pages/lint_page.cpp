#include "web/pages/lint_page.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"

namespace waymark::web::pages {
namespace {

constexpr std::size_t most_shown = 100;

std::string summary_of(const LintView& view) {
  std::vector<std::string> parts;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
    const auto count =
        std::count_if(view.found.begin(), view.found.end(), [&](const LintView::Found& each) { return each.finding.severity == severity; });
    if (count > 0) parts.push_back(counted(static_cast<std::size_t>(count), to_string(severity)));
  }
  const std::string allowed = view.allowed == 0 ? std::string() : fmt::format(" {} allowed in place.", view.allowed);
  return (parts.empty() ? "Nothing to mend." : in_words(parts) + ".") + allowed;
}

/// The page that a file is read as.
std::pair<std::string, std::string> page_of(const Site& site, const Links& links, const std::string& file) {
  const pathway::Pathway& pathway = site.pathway();
  for (const pathway::Level& level : pathway.levels) {
    if (level.place.file == file) return {level.title, links.to(address::level(level.id))};
  }
  for (const pathway::Capability& capability : pathway.capabilities) {
    if (capability.place.file == file) return {capability.title, links.to(address::capability(capability.id))};
  }
  for (const pathway::Archetype& archetype : pathway.archetypes) {
    if (archetype.place.file == file) return {archetype.title, links.to(address::archetype(archetype.id))};
  }
  if (pathway.fork && pathway.fork->page == file) return {pathway.fork->title, links.to("/fork")};
  return {file, ""};
}

std::string query_value(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~/").find(c) != std::string_view::npos;
    escaped += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return escaped;
}

/// What stands between backticks is code.
std::vector<LintPage::Run> runs_of(std::string_view text) {
  std::vector<LintPage::Run> runs;
  bool code = false;
  for (const std::string_view part : split(text, '`')) {
    if (!part.empty()) runs.push_back({std::string(part), code});
    code = !code;
  }
  return runs;
}

void fill_run(Values values, const LintPage::Run& run) { values.add(run.code ? "CODE" : "PLAIN").set("WORDS", run.text); }

LintPage::FindingView view_of(const Links& links, const LintView::Found& found) {
  const Finding& finding = found.finding;
  LintPage::FindingView view{std::string(to_string(finding.severity)),
                             fmt::format("line {}", finding.span.begin.line),
                             runs_of(finding.message),
                             runs_of(finding.way_out),
                             finding.rule,
                             links.to("/lint/" + finding.rule),
                             found.before,
                             found.marked,
                             found.after,
                             {}};
  for (const Related& related : finding.related)
    view.related.push_back(fmt::format("{}, line {}: {}", related.file, related.span.begin.line, related.message));
  return view;
}

}  // namespace

LintPage make_lint_page(const Site& site, const Links& links, const LintView& view, std::string_view file) {
  LintPage page;
  page.summary = summary_of(view);
  page.share = view.share;
  page.file = file;
  if (!file.empty()) page.whole_href = links.to("/lint");
  for (const LintView::Found& found : view.found) {
    if (page.all_files.empty() || page.all_files.back().path != found.finding.file) {
      auto [title, href] = page_of(site, links, found.finding.file);
      page.all_files.push_back(
          {std::move(title), std::move(href), found.finding.file, links.to("/lint") + "?file=" + query_value(found.finding.file), 0, {}});
    }
    ++page.all_files.back().count;
    const bool wanted = file.empty() ? page.shown < most_shown : found.finding.file == file;
    if (!file.empty() && found.finding.file != file) continue;
    ++page.of;
    if (!wanted) continue;
    if (page.files.empty() || page.files.back().path != found.finding.file) page.files.push_back(page.all_files.back());
    page.files.back().findings.push_back(view_of(links, found));
    ++page.shown;
  }
  if (page.shown == page.of) page.all_files.clear();
  return page;
}

void fill(Values values, const LintPage& page) {
  values.set("SUMMARY", page.summary);
  values.show_text("SHARE", "SHARE_WORDS", page.share);
  values.show_if(page.of == 0 && page.file.empty(), "NOTHING");
  values.show_text("NOTHING_HERE", "FILE_ASKED_FOR", page.of == 0 ? page.file : std::string());
  values.show_text("WHOLE", "WHOLE_HREF", page.whole_href);
  if (!page.all_files.empty()) {
    const Values cut = values.add("CUT");
    cut.set("SHOWN", page.shown);
    cut.set("OF", page.of);
    for (const LintPage::FileView& file : page.all_files) {
      const Values choice = cut.add("CHOICE");
      choice.set("CHOICE_TITLE", file.title);
      choice.set("CHOICE_HREF", file.only_href);
      choice.set("CHOICE_COUNT", file.count);
    }
  }
  for (const LintPage::FileView& file : page.files) {
    const Values section = values.add("FILE");
    if (file.href.empty()) {
      section.add("NO_PAGE").set("PLAIN_TITLE", file.title);
    } else {
      const Values title = section.add("PAGE");
      title.set("PAGE_HREF", file.href);
      title.set("PAGE_TITLE", file.title);
    }
    section.set("PATH", file.path);
    for (const LintPage::FindingView& finding : file.findings) {
      const Values row = section.add("FOUND");
      if (!(finding.before + finding.marked + finding.after).empty()) {
        const Values excerpt = row.add("EXCERPT");
        excerpt.set("BEFORE", finding.before);
        excerpt.set("MARKED", finding.marked);
        excerpt.set("AFTER", finding.after);
      }
      row.set("SEVERITY", finding.severity);
      row.set("PLACE", finding.place);
      for (const auto& run : finding.message) fill_run(row.add("MESSAGE"), run);
      if (!finding.way_out.empty()) {
        const Values way = row.add("WAY");
        for (const auto& run : finding.way_out) fill_run(way.add("WAY_OUT"), run);
      }
      for (const std::string& other : finding.related) row.add("ELSEWHERE").set("OTHER", other);
      row.set("RULE", finding.rule);
      row.set("RULE_HREF", finding.rule_href);
    }
  }
}

}  // namespace waymark::web::pages
