#include <algorithm>
#include <limits>
#include <numeric>

#include "web/landscape/layout.hpp"
#include "web/landscape/text_width.hpp"

namespace waymark::web::landscape {
namespace {

constexpr double halo = 4;          // free space around a label
constexpr double impossible = 1e9;  // what a label must not do

/// A way to hang a label on its mark.
struct Candidate {
  Box box;
  TextAnchor anchor = TextAnchor::middle;
  double cost = 0;
};

class LabelPlacer {
 public:
  LabelPlacer(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Words>& words, const std::vector<Curve>& trails,
              const std::vector<Box>& taken)
      : m_ground(ground), m_measures(measures), m_marks(marks), m_words(words), m_taken(taken), m_chosen(ground.places.size()) {
    for (const Curve& trail : trails) {
      for (const Point point : trail.samples(32)) m_ink.push_back(point);
    }
  }

  std::vector<Candidate> place() {
    std::vector<std::size_t> order(m_ground.places.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const bool across = m_measures.orientation == Orientation::across;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return across ? m_marks.at[a].x < m_marks.at[b].x : m_marks.at[a].y < m_marks.at[b].y;
    });
    m_set.assign(m_ground.places.size(), false);
    for (int round = 0; round < 4; ++round) {
      for (const std::size_t place : order) {
        m_set[place] = false;
        m_chosen[place] = best_for(place);
        m_set[place] = true;
      }
    }
    return m_chosen;
  }

 private:
  Candidate best_for(std::size_t place) const {
    // Farther and farther out: somewhere beyond everything there is room.
    for (int ring = 0; ring < 400; ++ring) {
      Candidate best;
      double least = impossible;
      for (Candidate& candidate : ring == 0 ? beside(place) : apart(place, ring)) {
        const double cost = candidate.cost + conflicts(place, candidate.box);
        if (cost < least) {
          least = cost;
          best = candidate;
        }
      }
      // Beside a mark a crossed path is better than a label that hangs far away.
      const double acceptable = m_measures.orientation == Orientation::across ? 70 : 250;
      if (least < (ring == 0 ? acceptable : impossible)) return best;
    }
    return beside(place).front();
  }

  [[nodiscard]] double conflicts(std::size_t place, const Box& box) const {
    if (m_measures.orientation == Orientation::across && (box.left < 2 || box.right > m_measures.extent - 2)) return impossible;
    if (m_measures.orientation == Orientation::down && (box.left < 0 || box.right > m_measures.breadth)) return impossible;
    if (m_measures.orientation == Orientation::down && box.top < 2) return impossible;
    double cost = 0;
    for (std::size_t other = 0; other < m_chosen.size(); ++other) {
      if (other != place && m_set[other] && box.overlaps(m_chosen[other].box, halo)) return impossible;
    }
    for (std::size_t other = 0; other < m_marks.at.size(); ++other) {
      const double around = m_measures.radius + (other == place ? 1 : 5);
      const Point at = m_marks.at[other];
      if (box.overlaps({at.x - around, at.y - around, at.x + around, at.y + around})) return impossible;
    }
    for (const Box& taken : m_taken) {
      if (box.overlaps(taken, halo)) return impossible;
    }
    for (const Point point : m_ink) cost += box.contains(point, 2) ? 2.2 : 0;
    return cost;
  }

  /// The side of the axis a lane lies on; the axis itself asks for below.
  [[nodiscard]] double outward(std::size_t place) const { return m_marks.lane[place] < 0 ? -1 : 1; }

  [[nodiscard]] std::vector<Candidate> beside(std::size_t place) const {
    const Point at = m_marks.at[place];
    const double gap = m_measures.radius + 7;
    const double inward_cost = m_marks.lane[place] == 0 ? 1.5 : 14;
    const double w = m_words[place].width;
    const double h = m_words[place].height;
    const double out = outward(place);
    std::vector<Candidate> found;
    const auto vertical = [&](double side, double dx, TextAnchor anchor, double cost) {
      const double top = side < 0 ? at.y - gap - h : at.y + gap;
      const double left = anchor == TextAnchor::middle ? at.x - w / 2 + dx : anchor == TextAnchor::start ? at.x + dx : at.x + dx - w;
      found.push_back({{left, top, left + w, top + h}, anchor, cost});
    };
    const auto lateral = [&](double side, double dy, double cost) {
      const double left = side > 0 ? at.x + gap + 3 : at.x - gap - 3 - w;
      const double top = at.y - h / 2 + dy;
      found.push_back({{left, top, left + w, top + h}, side > 0 ? TextAnchor::start : TextAnchor::end, cost});
    };
    if (m_measures.orientation == Orientation::across) {
      for (const double side : {out, -out}) {
        const double base = side == out ? 0 : inward_cost;
        vertical(side, 0, TextAnchor::middle, base);
        vertical(side, -m_measures.radius, TextAnchor::start, base + 3);
        vertical(side, m_measures.radius, TextAnchor::end, base + 3);
        vertical(side, -3 * m_measures.radius, TextAnchor::start, base + 4);
        vertical(side, 3 * m_measures.radius, TextAnchor::end, base + 4);
      }
      lateral(1, 0, 9);
      lateral(-1, 0, 10);
      lateral(1, out * h * 0.4, 8);
      lateral(-1, out * h * 0.4, 9);
    } else {
      for (const double side : {out, -out}) {
        // The other lane lies there: only when nothing else is left.
        const double base = side == out ? 0 : m_marks.lane[place] == 0 ? 6 : 300;
        lateral(side, 0, base);
        lateral(side, h * 0.25, base + 2);
        lateral(side, -h * 0.25, base + 2);
        lateral(side, h * 0.45, base + 4);
        lateral(side, -h * 0.45, base + 4);
        lateral(side, h * 0.6, base + 8);
        lateral(side, -h * 0.6, base + 8);
      }
      vertical(1, 0, TextAnchor::middle, 12);
      vertical(-1, 0, TextAnchor::middle, 12);
    }
    return found;
  }

  [[nodiscard]] std::vector<Candidate> apart(std::size_t place, int ring) const {
    const Point at = m_marks.at[place];
    const double w = m_words[place].width;
    const double h = m_words[place].height;
    const double reach = m_measures.radius + 10 + ring * 14;
    std::vector<Candidate> found;
    const bool across = m_measures.orientation == Orientation::across;
    for (const double side : {outward(place), -outward(place)}) {
      const double base = side == outward(place) ? 0 : m_marks.lane[place] == 0 ? 1 : 30;
      for (const double shift : {0.0, 0.4, -0.4, 0.8, -0.8}) {
        if (across) {
          const double left = at.x - w / 2 + shift * w / 2;
          const double top = side < 0 ? at.y - reach - h : at.y + reach;
          found.push_back({{left, top, left + w, top + h}, TextAnchor::middle, base + std::abs(shift) * 4});
        } else {
          const double hug = m_measures.radius + 10 + std::min(ring, 3) * 6;
          const double left = std::clamp(side > 0 ? at.x + hug : at.x - hug - w, 0.0, std::max(0.0, m_measures.breadth - w));
          const double top = at.y - h / 2 + (shift < 0 ? -1 : 1) * (ring * 14 + std::abs(shift) * 10);
          const double other_side = side == outward(place) ? 0 : 400;
          found.push_back({{left, top, left + w, top + h}, side > 0 ? TextAnchor::start : TextAnchor::end, base + other_side});
        }
      }
    }
    return found;
  }

  const Ground& m_ground;
  const Measures& m_measures;
  const Marks& m_marks;
  const std::vector<Words>& m_words;
  const std::vector<Box>& m_taken;
  std::vector<Candidate> m_chosen;
  std::vector<bool> m_set;
  std::vector<Point> m_ink;
};

}  // namespace

std::vector<Words> set_words(const Ground& ground, const Measures& measures, const std::vector<int>& lanes) {
  std::vector<Words> found;
  const std::size_t shift_lines = measures.orientation == Orientation::across ? 2 : 3;
  for (std::size_t i = 0; i < ground.places.size(); ++i) {
    const Place& place = ground.places[i];
    const double narrower = shift_lines == 2 ? 0 : std::max(0, std::abs(lanes[i]) - 1) * measures.lane_step;
    const double width = lanes[i] == 0 ? measures.axis_label_width : std::max(60.0, measures.label_width - narrower);
    Words words;
    const auto add = [&](TextLine::Kind kind, const std::string& text, Face face, double size, double line_height) {
      words.lines.push_back({kind, {0, words.height + line_height * 0.78}, TextAnchor::middle, text});
      words.width = std::max(words.width, text_width(text, face, size));
      words.height += line_height;
    };
    const auto lines = [&](const std::string& text, Face face, double size, std::size_t most) { return wrap_text(text, face, size, width, most); };
    // Small capitals are letterspaced: a tenth wider.
    for (const std::string& line : lines(place.id, Face::sans, measures.id_size * 1.1, 1)) add(TextLine::Kind::id, line, Face::sans, measures.id_size * 1.1, measures.id_size + 4);
    for (const std::string& line : lines(place.title, Face::serif_semibold, measures.name_size, 3)) {
      add(TextLine::Kind::name, line, Face::serif_semibold, measures.name_size, measures.name_size * 1.2);
    }
    for (const std::string& line : lines(place.shift, Face::sans, measures.shift_size, shift_lines)) add(TextLine::Kind::shift, line, Face::sans, measures.shift_size, measures.shift_size * 1.3);
    if (place.dormant) add(TextLine::Kind::dormant, "not in use here", Face::sans, measures.shift_size, measures.shift_size * 1.3);
    found.push_back(std::move(words));
  }
  return found;
}

std::vector<DrawnPlace> place_labels(const Ground& ground, const Measures& measures, const Marks& marks, const std::vector<Words>& words,
                                     const std::vector<Curve>& trails, const std::vector<Box>& taken) {
  const std::vector<Candidate> chosen = LabelPlacer(ground, measures, marks, words, trails, taken).place();
  std::vector<DrawnPlace> found;
  for (std::size_t i = 0; i < ground.places.size(); ++i) {
    DrawnPlace place{marks.at[i], measures.radius, marks.lane[i] == 0, chosen[i].box, words[i].lines, {}};
    const double x = chosen[i].anchor == TextAnchor::start ? place.label.left : chosen[i].anchor == TextAnchor::end ? place.label.right : (place.label.left + place.label.right) / 2;
    for (TextLine& line : place.lines) {
      line.at = {x, line.at.y + place.label.top};
      line.anchor = chosen[i].anchor;
    }
    found.push_back(std::move(place));
  }
  return found;
}

}  // namespace waymark::web::landscape
