#include <array>

#include "settings/settings.hpp"

namespace waymark::settings {
namespace {

constexpr std::array table{
    Setting{"pathway", Kind::text, "", "The folder of the pathway. Unless said: the one around the working folder, or ./pathway."},
    Setting{"listen", Kind::texts, "127.0.0.1:8080", "Where the web site is served: host:port, :port or unix:/path; a list for more than one."},
    Setting{"watch", Kind::toggle, "false", "Follow edits of the folder."},
    Setting{"access-log", Kind::toggle, "false", "Log every request."},
    Setting{"database-url", Kind::secret, "",
            "Where the records are: a file of SQLite, or postgresql://… Unless said: waymark.sqlite in the working folder."},
    Setting{"address", Kind::text, "",
            "The address people type, as in https://waymark.example.org: links begin with it. Unless said: where it listens."},
    Setting{"keys-file", Kind::text, "waymark.keys",
            "The keys that seal secrets in the database; every node needs the same. WAYMARK_KEYS or WAYMARK_KEYS_FILE go before it."},
    Setting{"keys", Kind::secret, "", "The keys themselves, a line each, where they are not to stand in a file."},
    Setting{"metrics-listen", Kind::text, "", "Where Prometheus reads /metrics, apart from the site: host:port or unix:/path."},
};

}  // namespace

std::span<const Setting> catalogue() { return table; }

}  // namespace waymark::settings
