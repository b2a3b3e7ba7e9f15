#include "web/pages/frame.hpp"

#include <fmt/format.h>

#include "web/assets.hpp"

namespace waymark::web::pages {
namespace {

constexpr std::size_t findings_shown = 12;

FrameView::NoticeView make_notice(const Notice& notice) {
  FrameView::NoticeView view;
  view.kind = notice.kind;
  view.words = notice.words;
  view.links = notice.links;
  view.count = notice.findings.size();
  for (const Finding& finding : notice.findings) {
    std::string line = fmt::format("{}:{}:{} {}", finding.file, finding.span.begin.line, finding.span.begin.column, finding.message);
    if (view.first.empty()) {
      view.first = std::move(line);
    } else if (view.rest.size() < findings_shown) {
      view.rest.push_back(std::move(line));
    }
  }
  view.untold = view.count - view.rest.size() - (view.first.empty() ? 0 : 1);
  return view;
}

void fill_notice(Values values, const FrameView::NoticeView& notice) {
  if (notice.kind == Notice::Kind::demo) {
    static_cast<void>(values.add("DEMO"));
    return;
  }
  if (notice.kind == Notice::Kind::edition) {
    const Values edition = values.add("EDITION");
    edition.set("EDITION_WORDS", notice.words);
    for (const auto& [title, href] : notice.links) {
      const Values link = edition.add("EDITION_LINK");
      link.set("EDITION_TITLE", title);
      link.set("EDITION_HREF", href);
    }
    return;
  }
  const bool draft = notice.kind == Notice::Kind::draft;
  const Values kind = values.add(draft ? "DRAFT" : "BROKEN");
  if (draft && notice.count > 0) {
    const Values gaps = kind.add("GAPS");
    gaps.set("COUNT", notice.count);
    gaps.show_if(notice.count != 1, "MANY");
    gaps.add("GAP").set("LINE", notice.first);
    for (const std::string& line : notice.rest) gaps.add("GAP").set("LINE", line);
    if (notice.untold > 0) gaps.add("UNTOLD").set("UNTOLD_COUNT", notice.untold);
  }
  if (!draft) {
    kind.set("FIRST", notice.first);
    if (notice.count > 1) kind.add("MORE").set("MORE_COUNT", notice.count - 1);
  }
}

void fill(Values values, const FrameView& frame) {
  values.set("LANGUAGE", frame.language);
  values.set("TITLE", frame.title);
  values.show_if(frame.title != frame.pathway_name, "NAMED");
  values.set("PATHWAY", frame.pathway_name);
  values.set("DESCRIPTION", frame.description);
  values.show_text("CANONICAL", "URL", frame.canonical);
  values.set("LOOK", frame.look);
  values.set("HOME", frame.home);
  values.set("STYLE", frame.style);
  values.set("THEME_SCRIPT", frame.theme_script);
  values.set("SCRIPT", frame.script);
  if (frame.served) {
    const Values preloads = values.add("PRELOADS");
    preloads.set("SERIF", frame.serif);
    preloads.set("SANS", frame.sans);
    const Values search = values.add("SEARCH");
    search.set("SEARCH_HREF", frame.search);
    search.set("WORDS", frame.search_words);
  }
  if (frame.with_search) values.add("LIVE").set("HTMX", frame.htmx);
  for (const FrameView::Step& step : frame.steps) {
    const Values row = values.add("STEP");
    row.set("STEP_TITLE", step.title);
    row.set("STEP_HREF", step.href);
    row.show_if(step.current, "CURRENT");
  }
  for (const FrameView::NoticeView& notice : frame.notices) fill_notice(values.add("NOTICE"), notice);
  values.set("CONTENTS_HREF", frame.contents);
  values.set("ABOUT_HREF", frame.about);
  values.show_text("ACCOUNTS", "ACCOUNT_HREF", frame.account);
  values.show_if(!frame.account.empty(), "VERSIONS");
  values.show_if(frame.has_others, "OTHERS");
  values.show_text("LINTED", "LINT_HREF", frame.lint);
  values.show_text("IMPORTS", "IMPORT_HREF", frame.import_start);
  values.show_text("LABELLED", "LABEL", frame.version_label);
  values.set("HASH", frame.short_hash);
}

}  // namespace

FrameView make_frame(const Site& site, const Links& links, std::string title, std::string description, std::string look) {
  const pathway::Pathway& pathway = site.pathway();
  const Assets& assets = Assets::embedded();
  const auto asset = [&](std::string_view name) { return links.asset(assets.named(name).file); };
  FrameView frame;
  frame.title = std::move(title);
  frame.description = std::move(description);
  frame.language = pathway.language;
  frame.pathway_name = pathway.name;
  frame.home = links.to("/");
  if (!pathway.url.empty()) frame.canonical = pathway.url + links.page();
  frame.look = std::move(look);
  frame.style = asset("waymark.css");
  frame.theme_script = asset("theme.js");
  frame.script = asset("waymark.js");
  frame.htmx = asset("htmx.js");
  frame.serif = asset("source-serif.woff2");
  frame.sans = asset("inter.woff2");
  frame.served = links.form() == Links::Form::served;
  const auto step = [&](std::string name, std::string_view address, std::string_view below) {
    const bool current = links.page() == address || (!below.empty() && links.page().starts_with(below));
    frame.steps.push_back({std::move(name), links.to(address), current});
  };
  step("Landscape", "/", "/levels/");
  if (pathway.fork) step("The fork", "/fork", "");
  step("What would change", "/compare", "/from/");
  if (!pathway.capabilities.empty()) step("Capabilities", "/capabilities", "/capabilities/");
  if (!pathway.archetypes.empty()) step("Archetypes", "/archetypes", "/archetypes/");
  for (const Notice& notice : site.notices()) frame.notices.push_back(make_notice(notice));
  frame.search = links.to("/search");
  frame.contents = links.to("/contents");
  frame.about = links.to("/about");
  // Where there are accounts these stand on one's own account page, for those who may.
  if (frame.served && !site.has_accounts()) frame.import_start = links.to("/import");
  if (site.lint() != nullptr && !site.has_accounts()) frame.lint = links.to("/lint");
  if (site.has_accounts()) frame.account = "/account";
  frame.has_others = site.has_others();
  frame.version_label = pathway.version_label;
  frame.short_hash = pathway.short_hash();
  return frame;
}

std::string render_framed(const FrameView& frame, std::string_view body_template, const std::function<void(Values)>& fill_body) {
  return render("frame.html", [&](Values values) {
    fill(values, frame);
    fill_body(values.include("BODY", body_template));
  });
}

}  // namespace waymark::web::pages
