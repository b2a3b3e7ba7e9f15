#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

// SOCI 4.0.3 forgets the bytes of a parameter when its statement fails on PostgreSQL. Nothing else may leak.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:soci::postgresql_standard_use_type_backend::pre_use\n"; }
