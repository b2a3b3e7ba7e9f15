#include "web/demo_sign_ins.hpp"

namespace waymark::web {

std::vector<ShownSignIn> shown_sign_ins(access::Accounts& accounts, bool is_demo) {
  std::vector<ShownSignIn> shown;
  if (!is_demo) return shown;
  for (const DemoSignIn& each : demo_sign_ins) {
    auto account = accounts.find_by_external_id(each.key);
    if (account && account->email && !account->locked_at) shown.push_back({&each, std::move(account->name), std::move(*account->email)});
  }
  return shown;
}

}  // namespace waymark::web
