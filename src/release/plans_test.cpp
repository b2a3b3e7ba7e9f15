// Versions are few and their documents many: each is found by an index.
#include "db/plans.hpp"

#include <doctest/doctest.h>

#include "release/published_test.hpp"
#include "release/release_records.hpp"
#include "query_plans.hpp"

using namespace waymark;
using namespace waymark::release;
using namespace waymark::release::testing;

TEST_CASE_TEMPLATE("no question about versions reads a whole table", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  office.published({.folder = reworded(good()), .note = "Two", .same_meaning = {"SSE.drives-design"}});
  const std::string listed = planned(*office.database, [](db::Reader& reader) { (void)list_versions(reader, main_pathway, 100, 20); });
  CHECK(uses(listed, "sqlite_autoindex_pathway_version_1", "pathway_version_pkey"));
  const std::string in_force = planned(*office.database, [](db::Reader& reader) { (void)version_in_force(reader, main_pathway, *parse_date("2027-01-01")); });
  CHECK(uses(in_force, "pathway_version_effective", "pathway_version_effective"));
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)find_version(reader, main_pathway, "h"); }), "sqlite_autoindex_pathway_version_2",
             "using pathway_version_"));
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)versions_beginning(reader, main_pathway, "abcdef"); }),
             "sqlite_autoindex_pathway_version_2", "using pathway_version_"));
  (void)planned(*office.database, [](db::Reader& reader) { (void)versions_labelled(reader, main_pathway, "1", 2); });
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)documents_of(reader, main_pathway, 1); }), "sqlite_autoindex_pathway_version_document_1",
             "pathway_version_document_pkey"));
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)events_of(reader, main_pathway, "SSE"); }), "sqlite_autoindex_pathway_citation_1",
             "pathway_citation_pkey"));
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)last_said(reader, main_pathway, "SSE"); }), "sqlite_autoindex_pathway_citation_1",
             "pathway_citation_pkey"));
  CHECK(uses(planned(*office.database, [](db::Reader& reader) { (void)changes_of(reader, main_pathway, 1); }), "sqlite_autoindex_pathway_change_1",
             "pathway_change_pkey"));
  CHECK(
      uses(planned(*office.database, [&](db::Reader& reader) { (void)versions_by(reader, office.ada); }), "pathway_version_author", "pathway_version_author"));
}
