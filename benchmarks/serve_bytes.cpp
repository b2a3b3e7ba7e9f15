// Serves one file from memory at every address: what ./bench compares with nginx serving the same bytes.
// serve_bytes FILE [ADDRESS [IO_THREADS]], until it is interrupted.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "web/http/server.hpp"

int main(int argc, char** argv) {
  using namespace waymark::web;
  if (argc < 2) {
    std::fputs("Usage: serve_bytes FILE [ADDRESS [IO_THREADS]]\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s cannot be read.\n", argv[1]);
    return 1;
  }
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto page = http::make_representation("text/html; charset=utf-8", "no-cache", bytes, http::Compression::best);

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  http::ServerOptions options;
  options.listen = {argc > 2 ? argv[2] : "127.0.0.1:8090"};
  options.io_threads = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 0;
  // As many bytes of header as a page of Waymark carries.
  options.headers = {{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"},
                     {"X-Content-Type-Options", "nosniff"},
                     {"Referrer-Policy", "same-origin"}};
  const auto missing = [](const http::Request&) { return http::Response::text(404, "There is one page here.\n"); };
  const auto ready = [&page](const http::Request&) { return page; };
  http::Server server(std::move(options), missing, ready);
  if (const auto listening = server.listen(); !listening) {
    std::fprintf(stderr, "%s\n", listening.error().message.c_str());
    return 1;
  }
  for (const std::string& url : server.urls()) std::printf("%s\n", url.c_str());
  std::fflush(stdout);
  std::thread waits_for_signal([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
  });
  server.run();
  waits_for_signal.join();
}
