#include <array>

#include "settings/settings.hpp"

namespace waymark::settings {
namespace {

constexpr std::array table{
    Setting{"pathway", Kind::text, "", "The folder of the pathway. Unless said: the one around the working folder, or ./pathway."},
    Setting{"listen", Kind::texts, "127.0.0.1:8080", "Where the web site is served: host:port, :port or unix:/path; a list for more than one."},
    Setting{"watch", Kind::toggle, "false", "Follow edits of the folder."},
    Setting{"access-log", Kind::toggle, "false", "Log every request."},
    Setting{"log-format", Kind::text, "text", "How the log is written, on standard error: text, or json with one object a line."},
    Setting{"database-url", Kind::secret, "",
            "Where the records are: a file of SQLite, or postgresql://… Unless said: waymark.sqlite in the working folder."},
    Setting{"accounts", Kind::toggle, "true", "People sign in. Without it everybody who reaches the site reads the documents, and there is nothing else."},
    Setting{"address", Kind::text, "", "The address people type, as in https://waymark.example.org: links begin with it. Unless said: where it listens."},
    Setting{"open-to-visitors", Kind::toggle, "false", "The pathway can be read without an account."},
    Setting{"trusted-proxies", Kind::texts, "", "Reverse proxies whose X-Forwarded-For and X-Request-Id are believed: addresses, networks such as 10.0.0.0/8, or unix."},
    Setting{"tls.certificate", Kind::text, "",
            "A PEM file with the site's certificate and those that lead to the authority: with tls.key, what comes over the network is encrypted."},
    Setting{"tls.key", Kind::text, "", "The PEM file with the certificate's key, without a passphrase. Both files are read again when they change."},
    Setting{"keys-file", Kind::text, "waymark.keys", "Where the keys are that seal secrets in the database; made at the first start. Every node needs the same."},
    Setting{"attribute-keys-file", Kind::text, "waymark-attributes.keys",
            "Where the keys are that seal what people declare of themselves, apart from the others; made at the first start. Every node needs the same."},
    Setting{"keys", Kind::secret, "", "The keys themselves, for where files are awkward; goes before keys-file."},
    Setting{"password.minimum-length", Kind::text, "12", "Characters a new password must have at least."},
    Setting{"second-factor", Kind::text, "optional", "Who must have one: optional, administrators or everybody."},
    Setting{"session.idle-hours", Kind::text, "12", "A session ends after so many hours without a request."},
    Setting{"session.days", Kind::text, "14", "A session ends after so many days, whatever happens."},
    Setting{"oidc.issuer", Kind::text, "", "The OpenID provider people sign in with, as it names itself, beginning with https://."},
    Setting{"oidc.client-id", Kind::text, "", "What the provider calls this installation."},
    Setting{"oidc.client-secret", Kind::secret, "", "The secret shared with the provider; none for a public client."},
    Setting{"oidc.name", Kind::text, "", "What people call the provider, as in “Sign in with Example ID”."},
    Setting{"oidc.scopes", Kind::texts, "openid,profile,email", "What is asked of the provider."},
    Setting{"oidc.name-claim", Kind::text, "name", "The claim that holds a person's name."},
    Setting{"oidc.email-claim", Kind::text, "email", "The claim that holds the e-mail address."},
    Setting{"oidc.email-verified-claim", Kind::text, "email_verified", "The claim that says the address is verified; only then does it link an account."},
    Setting{"oidc.external-id-claim", Kind::text, "", "The claim that holds the externalId of SCIM, where there is one."},
    Setting{"oidc.unknown", Kind::text, "refuse", "Whoever signs in at the provider and has no account: refuse, or create one."},
    Setting{"metrics-listen", Kind::text, "", "Where Prometheus reads /metrics, apart from the site: host:port or unix:/path."},
};

}  // namespace

std::span<const Setting> catalogue() { return table; }

}  // namespace waymark::settings
