#include "web/http/listener.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include <doctest/doctest.h>

#include "temporary_folder.hpp"
#include "web/http/loopback_test.hpp"

using namespace waymark;
using namespace waymark::web::http;

TEST_CASE("an address that cannot be read is the caller's mistake, with examples in the way out") {
  const std::string too_long = "unix:/" + std::string(107, 'x');
  for (const std::string address :
       {"", ":", "localhost", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "127.0.0.1:-1", "::1:8080", "[::1]", "unix:", too_long.c_str()}) {
    CAPTURE(address);
    const auto listeners = listen_at(address);
    REQUIRE_FALSE(listeners.has_value());
    CHECK(listeners.error().kind == Error::Kind::wrong_usage);
    CHECK(listeners.error().message.find(address) != std::string::npos);
    CHECK_FALSE(listeners.error().way_out.empty());
  }
}

TEST_CASE("a listener says where it stands") {
  struct Row {
    std::string address, url;
  };
  for (const Row& row :
       {Row{"0", "http://127.0.0.1:"}, Row{"127.0.0.1:0", "http://127.0.0.1:"}, Row{"localhost:0", "http://"}, Row{":0", "http://"}}) {
    CAPTURE(row.address);
    const auto listeners = listen_at(row.address);
    REQUIRE(listeners.has_value());
    REQUIRE_FALSE(listeners->empty());
    CHECK(listeners->front().url().starts_with(row.url));
    CHECK_FALSE(listeners->front().url().ends_with(":0"));
    CHECK(listeners->front().accept().error() == EAGAIN);
  }
}

TEST_CASE("a port in use is not shared") {
  const auto first = listen_at("127.0.0.1:0");
  REQUIRE(first.has_value());
  const std::string address = first->front().url().substr(7);
  for (const std::string& again : {address, address.substr(address.find(':'))}) {
    const auto second = listen_at(again);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == Error::Kind::unavailable);
    CHECK(second.error().message == "Cannot listen on " + again + ": the address is in use.");
  }
}

TEST_CASE("an address of another machine, or an unknown one, is unavailable") {
  for (const std::string address : {"192.0.2.1:0", "no-such-host.invalid:0", "unix:/no/such/folder/socket"}) {
    const auto listeners = listen_at(address);
    REQUIRE_FALSE(listeners.has_value());
    CHECK(listeners.error().kind == Error::Kind::unavailable);
    CHECK(listeners.error().message.find(address) != std::string::npos);
  }
}

TEST_CASE("a stale socket file is replaced, a live one and other files are not, and it goes when the listener does") {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "socket";
  {
    auto first = listen_at("unix:" + path);
    REQUIRE(first.has_value());
    CHECK(first->front().url() == "unix:" + path);
    const auto second = listen_at("unix:" + path);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == Error::Kind::unavailable);
    // A crash leaves the file and closes the socket.
    const std::string saved = path + ".saved";
    REQUIRE(link(path.c_str(), saved.c_str()) == 0);
    first->clear();
    CHECK_FALSE(std::filesystem::exists(path));
    std::filesystem::rename(saved, path);
  }
  {
    const auto third = listen_at("unix:" + path);
    REQUIRE(third.has_value());
    loopback::Client client("unix:" + path);
    const auto accepted = third->front().accept();
    REQUIRE(accepted.has_value());
    CHECK(accepted->remote_address.empty());
  }
  CHECK_FALSE(std::filesystem::exists(path));
  std::ofstream(path) << "somebody's letter";
  CHECK_FALSE(listen_at("unix:" + path).has_value());
  CHECK(std::filesystem::file_size(path) == 17);
}

TEST_CASE("the peer's address is plain, also where IPv4 comes in through IPv6") {
  const auto everywhere = listen_at(":0");
  REQUIRE(everywhere.has_value());
  const std::string url = everywhere->front().url();
  loopback::Client client("http://127.0.0.1" + url.substr(url.rfind(':')));
  const auto accepted = everywhere->front().accept();
  REQUIRE(accepted.has_value());
  CHECK(accepted->remote_address == "127.0.0.1");
}
