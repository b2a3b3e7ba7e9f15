/// The pages of the organisation: people, teams, one's own place. One function a row of the route table; REQUIRE an installation, and that the viewer may
/// (gate.hpp).
#pragma once

#include "web/routes.hpp"

namespace waymark::web::handlers {

// Reading (people_handlers.cpp, people_below_handlers.cpp, team_handlers.cpp, my_people_handlers.cpp)
[[nodiscard]] http::Response people(const Visit& visit);
[[nodiscard]] http::Response person(const Visit& visit);
/// Everybody along the line of a manager, a part of the list at a time.
[[nodiscard]] http::Response people_below(const Visit& visit);
[[nodiscard]] http::Response organisation(const Visit& visit);
[[nodiscard]] http::Response team(const Visit& visit);
/// The viewer's people as places on the landscape.
[[nodiscard]] http::Response my_people(const Visit& visit);

// Insight (signals_handlers.cpp)
/// What goes to the viewer, because they can act.
[[nodiscard]] http::Response signals(const Visit& visit);

// Changing by form (new_person_handlers.cpp, person_change_handlers.cpp, team_change_handlers.cpp)
[[nodiscard]] http::Response new_person_form(const Visit& visit);
[[nodiscard]] http::Response new_person(const Visit& visit);
[[nodiscard]] http::Response person_change_form(const Visit& visit);
[[nodiscard]] http::Response change_person(const Visit& visit);
/// A change point that never was is taken out.
[[nodiscard]] http::Response take_back_person_change(const Visit& visit);
[[nodiscard]] http::Response new_team_form(const Visit& visit);
[[nodiscard]] http::Response new_team(const Visit& visit);
[[nodiscard]] http::Response team_change_form(const Visit& visit);
[[nodiscard]] http::Response change_team(const Visit& visit);

// Bringing people in from a table (people_import_handlers.cpp)
[[nodiscard]] http::Response people_import(const Visit& visit);
[[nodiscard]] http::Response people_import_upload(const Visit& visit);
/// What would happen, with the mapping as the form has it.
[[nodiscard]] http::Response people_import_plan(const Visit& visit);
[[nodiscard]] http::Response people_import_apply(const Visit& visit);

// What somebody declares of themselves (attribute_handlers.cpp)
[[nodiscard]] http::Response attributes(const Visit& visit);
[[nodiscard]] http::Response declare_attributes(const Visit& visit);
[[nodiscard]] http::Response withdraw_attributes(const Visit& visit);
/// The questions, for who answers for asking them.
[[nodiscard]] http::Response asked_attributes(const Visit& visit);
[[nodiscard]] http::Response ask_attribute(const Visit& visit);
[[nodiscard]] http::Response end_attribute(const Visit& visit);

}  // namespace waymark::web::handlers
