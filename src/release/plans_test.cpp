// Versions are few and their documents many: each is found by an index.
#include "db/plans.hpp"

#include <doctest/doctest.h>

#include "release/published_test.hpp"
#include "release/release_records.hpp"

using namespace waymark;
using namespace waymark::release;
using namespace waymark::release::testing;

namespace {

template <class On, class Ask>
std::string planned(Office<On>& office, Ask ask) {
  const auto plans = db::plans_of(*office.database, [&](db::Writer& writer) { ask(writer); });
  const std::string all = join(plans, "\n");
  INFO(all);
  CHECK(!plans.empty());
  CHECK(db::whole_table_reads(plans).empty());
  return all;
}

bool uses(const std::string& plans, std::string_view index, std::string_view index_of_postgresql) {
  const bool found = plans.find(index) != std::string::npos || plans.find(index_of_postgresql) != std::string::npos;
  if (!found) MESSAGE(plans);
  return found;
}

}  // namespace

TEST_CASE_TEMPLATE("no question about versions reads a whole table", On, ON_BOTH_DATABASES) {
  Office<On> office;
  office.published({.folder = good(), .note = "One"});
  office.published({.folder = reworded(good()), .note = "Two", .same_meaning = {"SSE.drives-design"}});
  const std::string listed = planned(office, [](db::Reader& reader) { (void)list_versions(reader, main_pathway, 100, 20); });
  CHECK(uses(listed, "sqlite_autoindex_pathway_version_1", "pathway_version_pkey"));
  const std::string in_force = planned(office, [](db::Reader& reader) { (void)version_in_force(reader, main_pathway, *parse_date("2027-01-01")); });
  CHECK(uses(in_force, "pathway_version_effective", "pathway_version_effective"));
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)find_version(reader, main_pathway, "h"); }), "sqlite_autoindex_pathway_version_2",
             "using pathway_version_"));
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)versions_beginning(reader, main_pathway, "abcdef"); }),
             "sqlite_autoindex_pathway_version_2", "using pathway_version_"));
  (void)planned(office, [](db::Reader& reader) { (void)versions_labelled(reader, main_pathway, "1", 2); });
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)documents_of(reader, main_pathway, 1); }), "sqlite_autoindex_pathway_version_document_1",
             "pathway_version_document_pkey"));
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)events_of(reader, main_pathway, "SSE"); }), "sqlite_autoindex_pathway_citation_1",
             "pathway_citation_pkey"));
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)last_said(reader, main_pathway, "SSE"); }), "sqlite_autoindex_pathway_citation_1",
             "pathway_citation_pkey"));
  CHECK(uses(planned(office, [](db::Reader& reader) { (void)changes_of(reader, main_pathway, 1); }), "sqlite_autoindex_pathway_change_1",
             "pathway_change_pkey"));
  CHECK(
      uses(planned(office, [&](db::Reader& reader) { (void)versions_by(reader, office.ada); }), "pathway_version_author", "pathway_version_author"));
}
