// The map can be read, whatever pathway it is of.
#include <doctest/doctest.h>

#include <rapidcheck.h>

#include <filesystem>

#include "base/folder.hpp"
#include "web/landscape/drawing.hpp"
#include "web/landscape/layout.hpp"
#include "web/landscape/text_width.hpp"
#include "web/pages/landscape_page.hpp"

using namespace waymark;
using namespace waymark::web::landscape;

namespace {

constexpr Orientation orientations[]{Orientation::across, Orientation::down};

/// What a reader would stumble over; empty when the map can be read.
std::string trouble(const Ground& ground, Orientation orientation) {
  const Drawing drawing = draw(ground, orientation);
  if (drawing.places.size() != ground.places.size() || drawing.routes.size() != ground.routes.size()) return "something is not drawn";
  for (std::size_t i = 0; i < drawing.places.size(); ++i) {
    const Box& box = drawing.places[i].label;
    if (box.left < -0.5 || box.right > drawing.width + 0.5 || box.top < -0.5 || box.bottom > drawing.height + 0.5) return ground.places[i].id + " is written past the edge";
    for (std::size_t j = 0; j < drawing.places.size(); ++j) {
      if (i < j && box.overlaps(drawing.places[j].label)) return ground.places[i].id + " is written over " + ground.places[j].id;
      if (box.contains(drawing.places[j].at)) return ground.places[i].id + " is written over the mark of " + ground.places[j].id;
      if (i < j && length(drawing.places[i].at - drawing.places[j].at) < 12) return ground.places[i].id + " lies on " + ground.places[j].id;
    }
    for (const TrackLabel& track : drawing.tracks) {
      if (box.overlaps(track.box)) return "a track's name is written over " + ground.places[i].id;
    }
    for (const TextLine& line : drawing.places[i].lines) {
      if (line.at.y < box.top || line.at.y > box.bottom) return "a line is outside its label";
    }
  }
  return {};
}

Ground starter() {
  const auto folder = read_folder(std::filesystem::path(WAYMARK_SOURCE_DIR) / "starter", pathway::document_extensions());
  REQUIRE(folder.has_value());
  const pathway::Loaded loaded = pathway::load(*folder);
  REQUIRE(loaded.pathway.has_value());
  return web::pages::make_ground(*loaded.pathway);
}

rc::Gen<std::string> words(int most) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("Engineer", "Lead", "of", "Infrastructure", "Sr", "Ingeniør", "Verantwortungsübernahme", "II")),
                      [most](const std::vector<std::string>& parts) {
                        std::string joined = "A";
                        for (std::size_t i = 0; i < parts.size() && i < static_cast<std::size_t>(most); ++i) joined += " " + parts[i];
                        return joined;
                      });
}

/// One to three tracks of up to eight places (twenty in one), long titles, equal positions, routes there and back, with and without a fork.
Ground any_ground() {
  Ground ground;
  ground.axis = {"task", "feature", "component", "system", "domain", "organisation", "industry"};
  const int tracks = *rc::gen::inRange(1, 4);
  for (int track = 0; track < tracks; ++track) {
    ground.tracks.push_back("Track " + std::to_string(track));
    const int places = *rc::gen::inRange(1, tracks == 1 ? 21 : 9);
    double position = *rc::gen::inRange(1, 4);
    for (int i = 0; i < places; ++i) {
      const std::size_t index = ground.places.size();
      ground.places.push_back({"P" + std::to_string(index), *words(5), *words(7), static_cast<std::size_t>(track), position, *rc::gen::inRange(0, 5) == 0});
      if (i > 0) {
        ground.routes.push_back({index - 1, index, false});
        if (*rc::gen::inRange(0, 2) == 0) ground.routes.push_back({index, index - 1, true});
      }
      position = std::min(7.0, position + *rc::gen::element(0.0, 0.25, 0.5, 1.0));
    }
  }
  if (tracks > 1 && *rc::gen::inRange(0, 3) > 0) {
    const auto first_track = std::count_if(ground.places.begin(), ground.places.end(), [](const Place& place) { return place.track == 0; });
    ground.fork = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(first_track)));
    ground.routes.push_back({*ground.fork, static_cast<std::size_t>(first_track), false});
  }
  return ground;
}

}  // namespace

TEST_CASE("the starter's names are written beside their marks, none over another") {
  const Ground ground = starter();
  for (const Orientation orientation : orientations) CHECK(trouble(ground, orientation) == "");
}

TEST_CASE("both tracks have the same weight: they run on from the fork on either side of one axis") {
  const Ground ground = starter();
  const Drawing drawing = draw(ground, Orientation::across);
  const Point fork = drawing.places[*ground.fork].at;
  double before = 0;
  for (std::size_t i = 0; i < ground.places.size(); ++i) {
    const DrawnPlace& place = drawing.places[i];
    if (place.on_axis) {
      CHECK(place.at.y == doctest::Approx(fork.y));
      CHECK(place.at.x > before);
      before = place.at.x;
    } else {
      CHECK(place.at.x > fork.x);
      CHECK((ground.places[i].track == 0 ? fork.y - place.at.y : place.at.y - fork.y) > 100);
      CHECK(place.radius == drawing.places[*ground.fork].radius);
    }
  }
}

TEST_CASE("wider scope lies farther along, on whatever track") {
  const Ground ground = starter();
  for (const Orientation orientation : orientations) {
    const Drawing drawing = draw(ground, orientation);
    const auto along = [&](std::size_t i) { return orientation == Orientation::across ? drawing.places[i].at.x : drawing.places[i].at.y; };
    for (std::size_t i = 0; i < ground.places.size(); ++i) {
      for (std::size_t j = 0; j < ground.places.size(); ++j) {
        if (ground.places[i].position + 0.3 < ground.places[j].position) CHECK(along(i) < along(j));
      }
    }
  }
}

TEST_CASE("any pathway can be drawn and read") {
  const bool readable = rc::check("no label lies on another", [] {
    const Ground ground = any_ground();
    for (const Orientation orientation : orientations) {
      const std::string found = trouble(ground, orientation);
      RC_LOG() << found << "\n";
      RC_ASSERT(found.empty());
    }
  });
  CHECK(readable);
}

TEST_CASE("the same pathway gives the same drawing") {
  const Ground ground = starter();
  const Drawing once = draw(ground, Orientation::across);
  const Drawing again = draw(ground, Orientation::across);
  CHECK(once.contours == again.contours);
  for (std::size_t i = 0; i < once.routes.size(); ++i) CHECK(once.routes[i].path == again.routes[i].path);
}

TEST_CASE("an empty pathway is an empty ground") {
  for (const Orientation orientation : orientations) {
    const Drawing drawing = draw({}, orientation);
    CHECK(drawing.places.empty());
    CHECK(drawing.height > 0);
  }
}

TEST_CASE("long words are cut, and say so") {
  CHECK(wrap_text("Senior Software Engineer", Face::serif_semibold, 17, 148, 3) == std::vector<std::string>{"Senior Software", "Engineer"});
  CHECK(wrap_text("Donaudampfschifffahrtsgesellschaft", Face::sans, 13, 80, 2).front().ends_with("…"));
  const auto cut = wrap_text("one two three four five six seven eight nine ten", Face::sans, 13, 60, 2);
  CHECK(cut.size() == 2);
  CHECK(cut.back().ends_with("…"));
  CHECK(wrap_text("", Face::sans, 13, 60, 2).empty());
  for (const std::string& line : cut) CHECK(text_width(line, Face::sans, 13) <= 60);
}
