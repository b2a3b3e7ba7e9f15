// Encrypted connections as clients meet them: curl and openssl, with certificates that are made here.
#include "web/http/tls.hpp"

#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "temporary_folder.hpp"
#include "web/http/loopback_test.hpp"
#include "web/http/server.hpp"

using namespace waymark;
using namespace waymark::web::http;
using loopback::Client;
using loopback::get;
using loopback::RunningServer;
using std::chrono::milliseconds;

namespace {

namespace fs = std::filesystem;

/// What the command writes, errors included.
std::string said_by(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("{ " + command + "; } 2>&1").c_str(), "r"), &pclose);
  if (!pipe) throw std::runtime_error("no shell");
  std::string said;
  std::array<char, 4096> some{};
  while (const std::size_t count = std::fread(some.data(), 1, some.size(), pipe.get())) said.append(some.data(), count);
  return said;
}

void write(const fs::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A folder with certificates in it: "site.pem" and "site.key" and so on.
struct Certificates {
  TemporaryFolder folder;

  [[nodiscard]] fs::path at(const std::string& name) const { return folder.path() / name; }
  /// For localhost, signed by itself.
  void make(const std::string& name, const std::string& kind = "ec -pkeyopt ec_paramgen_curve:prime256v1") const {
    run(fmt::format("openssl req -x509 -newkey {1} -nodes -keyout {0}.key -out {0}.pem -days 90 -subj /CN={0} "
                    "-addext subjectAltName=DNS:localhost,IP:127.0.0.1",
                    name, kind));
    fs::permissions(at(name + ".key"), fs::perms::owner_read | fs::perms::owner_write);
  }
  void run(const std::string& command) const {
    const std::string said = said_by(fmt::format("cd {} && {} && echo well done", folder.path().string(), command));
    if (said.find("well done") == std::string::npos) throw std::runtime_error(said);
  }
  [[nodiscard]] TlsFiles files(const std::string& name) const { return {at(name + ".pem"), at(name + ".key")}; }
  [[nodiscard]] std::string problem(const TlsFiles& named) const {
    const auto tls = Tls::read(named);
    REQUIRE_FALSE(tls.has_value());
    CHECK(!tls.error().way_out.empty());
    std::string message = tls.error().message;
    for (std::size_t at = 0; (at = message.find(folder.path().string() + "/")) != std::string::npos;) message.erase(at, folder.path().string().size() + 1);
    return message;
  }
  [[nodiscard]] ServerOptions options(const std::string& name = "site") const {
    ServerOptions made;
    auto tls = Tls::read(files(name));
    REQUIRE(tls.has_value());
    made.tls = *tls;
    return made;
  }
  /// Trusts `authority` alone.
  [[nodiscard]] std::string curl(const std::string& arguments, const std::string& authority = "site") const {
    return said_by(fmt::format("curl -sS --max-time 20 --cacert {} {}", at(authority + ".pem").string(), arguments));
  }
};

Response hello(const Request& request) { return Response::text(200, request.method == Method::post ? std::to_string(request.body.size()) : "hello"); }

std::string address_of(const std::string& url) { return url.substr(std::string_view("https://").size()); }
/// For a client that speaks to the port as it is.
std::string bare(const RunningServer& server) { return "http://" + address_of(server.url()); }

}  // namespace

TEST_CASE("pages come encrypted, several over one connection, however long they are") {
  Certificates made;
  for (const std::string kind : {"ec -pkeyopt ec_paramgen_curve:prime256v1", "rsa:2048"}) {
    made.make("site", kind);
    const std::string page(3'000'000, 'x');
    RunningServer server([&](const Request& request) { return request.path == "/long" ? Response::text(200, page) : hello(request); }, made.options());
    const std::string url = server.url();
    CHECK(url.starts_with("https://127.0.0.1:"));
    CHECK(made.curl(fmt::format("{0}/ {0}/", url)) == "hellohello");
    CHECK(made.curl(fmt::format("-o /dev/null -o /dev/null -w '%{{http_code}} %{{num_connects}}, ' {0}/ {0}/long", url)) == "200 1, 200 0, ");
    CHECK(made.curl(url + "/long") == page);
    CHECK(made.curl(fmt::format("--tls-max 1.2 {}/", url)) == "hello");
    write(made.at("body"), std::string(700'000, 'y'));
    CHECK(made.curl(fmt::format("--data-binary @{} {}/", made.at("body").string(), url)) == "700000");
  }
}

TEST_CASE("nothing older than TLS 1.2, no cipher without forward secrecy, no other protocol") {
  Certificates made;
  made.make("site", "rsa:2048");
  RunningServer server(hello, made.options());
  CHECK(made.curl("--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 " + server.url() + "/").find("protocol version") != std::string::npos);
  CHECK(made.curl("--tls-max 1.2 --ciphers AES128-GCM-SHA256 " + server.url() + "/").find("handshake failure") != std::string::npos);
  const auto shake = [&](const std::string& with) { return said_by(fmt::format("openssl s_client -connect {} {} </dev/null", address_of(server.url()), with)); };
  CHECK(shake("-alpn h2,http/1.1").find("ALPN protocol: http/1.1") != std::string::npos);
  CHECK(shake("-alpn ftp").find("no application protocol") != std::string::npos);
}

TEST_CASE("whoever speaks unencrypted is told so, and a unix socket stays plain") {
  Certificates made;
  made.make("site");
  ServerOptions options = made.options();
  options.listen = {"127.0.0.1:0", "unix:" + made.at("socket").string()};
  RunningServer server(hello, options);
  Client astray(bare(server));
  astray.send(get("/"));
  const auto reply = astray.reply();
  CHECK(reply.status == 400);
  CHECK(reply.body.find("https://") != std::string::npos);
  astray.finish_sending();
  CHECK(astray.rest().empty());
  Client behind_a_proxy(server.url(1));
  behind_a_proxy.send(get("/"));
  CHECK(behind_a_proxy.reply().body == "hello");
}

TEST_CASE("a handshake that does not come to its end is closed") {
  Certificates made;
  made.make("site");
  ServerOptions options = made.options();
  options.limits.header_time = milliseconds(50);
  RunningServer server(hello, options);
  // The head of a record that promises 512 bytes of a greeting, and the first of them.
  for (const std::string_view begun : {std::string_view(), std::string_view("\x16", 1), std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01", 8)}) {
    Client silent(bare(server));
    silent.send(begun);
    CHECK(silent.rest().empty());
  }
  Client confused(bare(server));
  confused.send("what is this?");
  static_cast<void>(confused.rest());
}

TEST_CASE("encrypted requests have the limits of all others") {
  Certificates made;
  made.make("site");
  ServerOptions options = made.options();
  options.limits.body_bytes = 1000;
  RunningServer server(hello, options);
  options.limits.header_time = options.limits.body_time = options.limits.idle = milliseconds(1000);
  RunningServer hasty(hello, options);
  const auto status = [&](const std::string& arguments) { return made.curl(fmt::format("-o /dev/null -w '%{{http_code}}' {} {}/", arguments, server.url())); };
  const auto sent = [&](const std::string& text) {
    return said_by(fmt::format("printf '{}' | openssl s_client -quiet -connect {} 2>/dev/null", text, address_of(hasty.url())));
  };
  write(made.at("body"), std::string(1001, 'y'));
  CHECK(status("--data-binary @" + made.at("body").string()) == "413");
  CHECK(status("-H 'X: " + std::string(20'000, 'x') + "'") == "431");
  CHECK(sent("GET / HTTP/1.1\\r\\nHost: a\\r\\n").starts_with("HTTP/1.1 408 "));
  CHECK(sent("POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nabc").starts_with("HTTP/1.1 408 "));
  CHECK(sent("").empty());
}

TEST_CASE("a client that does not read its encrypted answer is let go") {
  Certificates made;
  made.make("site");
  ServerOptions options = made.options();
  options.limits.write_time = milliseconds(40);
  options.limits.connections = 1;
  RunningServer server([&](const Request&) { return Response::text(200, std::string(64u << 20, 'x')); }, options);
  const std::string command = fmt::format("printf 'GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n' | openssl s_client -quiet -connect {} 2>/dev/null", address_of(server.url()));
  const std::unique_ptr<FILE, int (*)(FILE*)> slow(popen(command.c_str(), "r"), &pclose);
  REQUIRE(std::fgetc(slow.get()) == 'H');
  // Refused, and so answered at all, once the slow one has gone.
  for (bool taken = false; !taken;) {
    Client next(bare(server));
    next.send(get("/"));
    taken = !next.rest().empty();
  }
}

TEST_CASE("a stop finishes encrypted answers and waits for no handshake") {
  Certificates made;
  made.make("site");
  ServerOptions options = made.options();
  // Longer than a client of these tests has patience.
  options.limits.header_time = options.limits.drain = std::chrono::minutes(2);
  RunningServer* running = nullptr;
  RunningServer server(
      [&](const Request&) {
        running->server().stop();
        return Response::text(200, std::string(1'000'000, 'x'));
      },
      options);
  running = &server;
  Client silent(bare(server));
  CHECK(made.curl(server.url() + "/") == std::string(1'000'000, 'x'));
  CHECK(silent.rest().empty());
  server.join();
}

TEST_CASE("the certificates between the site's and the authority's are sent along") {
  Certificates made;
  made.make("root");
  const auto sign = [&](const std::string& name, const std::string& by, const std::string& as) {
    made.run(fmt::format("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout {0}.key -out {0}.csr -subj /CN={0} -addext {2} && "
                         "openssl x509 -req -in {0}.csr -CA {1}.pem -CAkey {1}.key -CAcreateserial -days 90 -copy_extensions copy -out {0}.pem && chmod 600 {0}.key",
                         name, by, as));
  };
  sign("between", "root", "basicConstraints=critical,CA:TRUE");
  sign("site", "between", "subjectAltName=IP:127.0.0.1");
  const RunningServer alone(hello, made.options());
  CHECK(made.curl(alone.url() + "/", "root").find("unable to get local issuer") != std::string::npos);
  write(made.at("site.pem"), text_of(made.at("site.pem")) + text_of(made.at("between.pem")));
  const RunningServer chained(hello, made.options());
  CHECK(made.curl(chained.url() + "/", "root") == "hello");
}

TEST_CASE("a renewed certificate is used from the next look on, and a broken one never") {
  Certificates made;
  made.make("site");
  made.make("next");
  auto tls = Tls::read(made.files("site"));
  REQUIRE(tls.has_value());
  ServerOptions options;
  options.tls = *tls;
  const RunningServer server(hello, options);
  const auto accepts = [&](const std::string& authority) { return made.curl(server.url() + "/", authority) == "hello"; };
  write(made.at("first.pem"), text_of(made.at("site.pem")));

  CHECK_FALSE((*tls)->look_again().value());
  // As whoever renews it does: the certificate first, the key a moment later.
  fs::copy(made.at("next.pem"), made.at("site.pem"), fs::copy_options::overwrite_existing);
  const auto halfway = (*tls)->look_again();
  REQUIRE_FALSE(halfway.has_value());
  CHECK(halfway.error().message.find("does not belong to the certificate") != std::string::npos);
  CHECK_FALSE((*tls)->look_again().value());
  CHECK(accepts("first"));

  fs::rename(made.at("next.key"), made.at("site.key"));
  CHECK((*tls)->look_again().value());
  CHECK(accepts("next"));
  CHECK_FALSE(accepts("first"));

  fs::remove(made.at("site.pem"));
  CHECK_FALSE((*tls)->look_again().has_value());
  CHECK(accepts("next"));
}

TEST_CASE("what is wrong with the files is said") {
  Certificates made;
  made.make("site");
  made.make("other");
  made.make("rsa", "rsa:2048");
  CHECK(made.problem({made.at("nowhere.pem"), made.at("site.key")}) == "The certificate nowhere.pem cannot be read: No such file or directory.");
  CHECK(made.problem({made.at("site.pem"), made.at("nowhere.key")}) == "The key nowhere.key cannot be read: No such file or directory.");
  CHECK(made.problem({made.at("site.pem"), made.at("other.key")}) == "The key other.key does not belong to the certificate site.pem.");
  CHECK(made.problem({made.at("site.pem"), made.at("rsa.key")}) == "The key rsa.key does not belong to the certificate site.pem.");
  CHECK(made.problem({made.at("site.key"), made.at("site.key")}) == "site.key holds no certificate: no start line.");
  CHECK(made.problem({made.at("site.pem"), made.at("site.pem")}).starts_with("The key site.pem can be read by everybody"));
  made.run("cp site.pem no.key && chmod 600 no.key && openssl pkey -in site.key -aes256 -passout pass:secret -out shut.key && chmod 600 shut.key");
  CHECK(made.problem({made.at("site.pem"), made.at("no.key")}).starts_with("no.key holds no key that can be used: "));
  CHECK(made.problem({made.at("site.pem"), made.at("shut.key")}).starts_with("shut.key holds no key that can be used: "));
  made.run("chmod 644 site.key");
  CHECK(made.problem(made.files("site")) == "The key site.key can be read by everybody on this machine, or written by others than its owner.");
  made.run("chmod 640 site.key");
  CHECK(Tls::read(made.files("site")).has_value());
}

TEST_CASE("a certificate that is over, or soon will be, is told of") {
  Certificates made;
  made.make("site");
  const auto tls = Tls::read(made.files("site"));
  REQUIRE(tls.has_value());
  const Instant now = SystemClock().now();
  const auto told = [&](int days) { return (*tls)->warning(now + std::chrono::days{days}); };
  CHECK(told(0).empty());
  CHECK(told(75).empty());
  CHECK(told(77).find(" expires on ") != std::string::npos);
  CHECK(told(91).find(" expired on ") != std::string::npos);
  CHECK(told(-2).find(" is not valid before ") != std::string::npos);
}
