#include "org/scim/employment.hpp"

namespace waymark::org::scim {

void end_employment(const View& view, PersonIndex person, Changes& changes) {
  if (!view.is_active(person)) return;
  const Organisation& organisation = view.organisation();
  const Person& who = organisation.person(person);
  for (const Point& point : who.points) {
    if (point.value == Point::nothing || point.from < view.today()) continue;
    if (point.kind == Kind::employed && point.from == view.today()) continue;  // ends below
    FactChange change{who.id.text(), point.kind, point.from};
    change.is_withdrawn = true;
    if (may_hold_several(point.kind)) change.value = std::string(organisation.text_of(point.kind, point.slot));
    changes.facts.push_back(std::move(change));
  }
  if (organisation.is_employed(person, view.today())) changes.facts.push_back({who.id.text(), Kind::employed, view.today(), std::nullopt});
}

}  // namespace waymark::org::scim
