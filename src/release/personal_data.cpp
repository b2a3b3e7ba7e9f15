#include <boost/json.hpp>

#include "release/publishing.hpp"
#include "release/release_records.hpp"

namespace waymark::release {

access::DataHolder personal_data() {
  return {"release", "the versions of the pathway that you published",
          [](db::Reader& reader, const access::DataSubject& subject) -> std::vector<access::ExportedFile> {
            std::string text = "[";
            for (const Version& version : versions_by(reader, subject.account)) {
              const boost::json::object one{{"version", version.hash},
                                            {"label", version.label},
                                            {"published_at", to_iso(version.published_at)},
                                            {"effective", to_iso(version.effective)},
                                            {"note", version.note},
                                            {"because", version.because}};
              text += (text.size() == 1 ? "\n  " : ",\n  ") + boost::json::serialize(one);
            }
            return {{"versions.json", text + "\n]\n"}};
          },
          // A version stays as it was published; the name of its author is that of the account, which is erased.
          [](db::Writer&, const access::DataSubject&, Instant) {}};
}

}  // namespace waymark::release
