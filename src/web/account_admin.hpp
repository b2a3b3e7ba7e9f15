/// What the pages about somebody's account share.
#pragma once

#include "access/link.hpp"
#include "web/handlers.hpp"
#include "web/sheets.hpp"

namespace waymark::web::handlers {

/// The roles to choose from, from `first` on in their order, with what each is for.
[[nodiscard]] pages::FormField role_field(std::string_view chosen, std::string label, access::Role first);

/// Makes the link and shows it, the only time: to be handed to the person.
[[nodiscard]] http::Response show_link(const Visit& visit, const access::AccountId& account, access::LinkPurpose purpose, int status);

}  // namespace waymark::web::handlers
