#include <doctest/doctest.h>

#include <string>

#include "importer/archive.hpp"
#include "web/routes.hpp"
#include "web/small_site_test.hpp"

using namespace waymark;
using namespace waymark::web;
using waymark::web::testing::SmallSite;

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

const std::string ladder =
    "# Ladder\n\n## Engineer\n\n- Mends faults.\n\n## Senior Engineer\n\n- Plans <b>ahead</b>.\n\n## Engineering Manager\n\n- Listens.\n";

http::Response post(const SmallSite& small, const std::string& path, const Fields& fields, const std::string& file = {}) {
  http::Request request;
  request.method = http::Method::post;
  request.path = path;
  request.headers = {{"content-type", "multipart/form-data; boundary=bb"}};
  for (const auto& [name, value] : fields) request.body += "--bb\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  if (!file.empty()) request.body += "--bb\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ladder.md\"\r\n\r\n" + file + "\r\n";
  request.body += "--bb--\r\n";
  return answer(small.site, &small.search, request);
}

bool has(const http::Response& response, std::string_view words) { return response.body.find(words) != std::string::npos; }

std::string upload_key(const http::Response& response) {
  const std::string open = "name=\"upload\" value=\"";
  const std::size_t at = response.body.find(open);
  REQUIRE(at != std::string::npos);
  return response.body.substr(at + open.size(), 64);
}

const Fields turned_round{{"name", "Ours"},
                          {"track-id", "ic"},
                          {"track-title", "Craft"},
                          {"id-1", "A"},
                          {"title-1", "Engineer"},
                          {"track-1", "ic"},
                          {"position-1", "2"},
                          {"id-2", "B"},
                          {"title-2", "Senior Engineer"},
                          {"track-2", "ic"},
                          {"position-2", "1"},
                          {"id-3", "C"},
                          {"title-3", "Engineering Manager"},
                          {"track-3", "none"},
                          {"position-3", "1"},
                          {"fork", ""}};

}  // namespace

TEST_CASE("an uploaded document is shown as a draft, with a choice of track and order for each place") {
  const SmallSite small;
  CHECK(has(small.get("/import"), "enctype=\"multipart/form-data\""));
  const http::Response draft = post(small, "/import/draft", {}, ladder);
  CHECK(draft.status == 200);
  CHECK(has(draft, "Senior Engineer"));
  CHECK(has(draft, "name=\"position-3\""));
  CHECK(has(draft, "<option value=\"leadership\" selected>Leadership</option>"));
  CHECK_FALSE(has(draft, "<b>ahead"));
}

TEST_CASE("the draft's page and its report say what the linter makes of it") {
  const SmallSite small;
  const std::string vague = "# Ladder\n\n## Engineer\n\n- Is a strong communicator.\n\n## Senior Engineer\n\n- Has five years of experience.\n";
  const http::Response draft = post(small, "/import/draft", {}, vague);
  CHECK(has(draft, "Something is to be mended in 2 of 2 criteria (100 %). As written, 1 criterion (50 %) cannot be judged."));
  CHECK(has(draft, "<th scope=\"row\">vagueness</th><td>1</td>"));
  CHECK(has(draft, "<th scope=\"row\">tenure</th><td>1</td>"));
  CHECK(has(draft, "Fill in what the source does not say: the gaps are marked <code>not in the source</code>"));
  const http::Response zip = post(small, "/import/folder", {{"upload", upload_key(draft)}});
  REQUIRE(zip.status == 200);
  const auto folder = importer::folder_of_zip("x", zip.body);
  REQUIRE(folder.has_value());
  const std::string& report = folder->find("import-report.md")->bytes;
  CHECK(report.find("Something is to be mended in 2 of 2 criteria (100 %). As written, 1 criterion (50 %) cannot be judged.") != std::string::npos);
  CHECK(report.find("| tenure | 1 | 0 |") != std::string::npos);
}

TEST_CASE("what the form says about tracks and order is in the folder that is downloaded") {
  const SmallSite small;
  Fields fields = turned_round;
  fields.emplace_back("upload", upload_key(post(small, "/import/draft", {}, ladder)));
  const http::Response zip = post(small, "/import/folder", fields);
  REQUIRE(zip.status == 200);
  const auto folder = importer::folder_of_zip("x", zip.body);
  REQUIRE(folder.has_value());
  const std::string manifest = folder->find("pathway.yaml")->bytes;
  CHECK(manifest.find("levels: [B, A]") != std::string::npos);
  CHECK(manifest.find("title: Craft") != std::string::npos);
  CHECK(manifest.find("name: Ours") != std::string::npos);
  CHECK(folder->find("levels/C.md") == nullptr);
  CHECK(folder->find("import-report.md") != nullptr);
}

TEST_CASE("a node that does not have the upload asks for it again and keeps the answers") {
  const SmallSite small;
  Fields fields = turned_round;
  fields.emplace_back("upload", std::string(64, '0'));
  const http::Response asked = post(small, "/import/draft", fields);
  CHECK(asked.status == 422);
  CHECK(has(asked, "The upload is not here any more."));
  CHECK(has(asked, "<input type=\"hidden\" name=\"title-2\" value=\"Senior Engineer\">"));
  CHECK(post(small, "/import/draft", turned_round, ladder).status == 200);
}

TEST_CASE("what cannot be imported is said on the form") {
  const SmallSite small;
  CHECK(has(post(small, "/import/draft", {}), "No file was chosen."));
  const http::Response recipe = post(small, "/import/draft", {}, "# Soup\n\n- Boil water.\n");
  CHECK(recipe.status == 422);
  CHECK(has(recipe, "No level was found in ladder.md"));
  CHECK(post(small, "/import/draft", {}, "PK\x03\x04 broken").status == 422);
  CHECK(post(small, "/import/draft",
             {{"track-id", "1 bad id"}, {"track-title", "x"}, {"title-1", "Engineer"}, {"track-1", "1 bad id"}, {"id-1", "E"}}, ladder)
            .status == 422);
  http::Request request;
  request.method = http::Method::post;
  request.path = "/import/draft";
  CHECK(answer(small.site, &small.search, request).status == 422);
}

TEST_CASE("an address that takes a form leads readers to the form, and no other page takes one") {
  const SmallSite small;
  CHECK(small.get("/import/draft").status == 303);
  CHECK(post(small, "/import", {}).status == 405);
  CHECK(post(small, "/", {}).status == 405);
}
