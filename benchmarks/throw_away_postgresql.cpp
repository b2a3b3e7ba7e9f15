// Starts a server of PostgreSQL for a measurement, prints the address of an empty store in it, and stops it when standard input ends.
#include <cstdio>

#include "../tests/postgresql_server.hpp"

int main() {
  std::printf("%s\n", PostgresqlServer::running().new_store().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
}
