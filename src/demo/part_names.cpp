#include "demo/part_names.hpp"

#include <array>
#include <string_view>

namespace waymark::demo {
namespace {

constexpr std::array<std::string_view, 48> fields{
    "Payments", "Search",   "Logistics", "Identity", "Billing",   "Catalogue",  "Messaging", "Mapping",    "Pricing",   "Risk",      "Media",   "Returns",
    "Checkout", "Forecast", "Insurance", "Energy",   "Warehouse", "Scheduling", "Loyalty",   "Onboarding", "Documents", "Reporting", "Fleet",   "Support",
    "Accounts", "Booking",  "Clinics",   "Devices",  "Editorial", "Freight",    "Grants",    "Hosting",    "Imaging",   "Journeys",  "Kitchen", "Lending",
    "Markets",  "Network",  "Orders",    "Parking",  "Queues",    "Records",    "Sensors",   "Tickets",    "Utilities", "Visits",    "Weather", "Yield"};
constexpr std::array<std::string_view, 24> kinds{"Core",    "Intake",   "Ledger",   "Gateway", "Rules",  "History",  "Planning", "Delivery",
                                                 "Quality", "Tooling",  "Mobile",   "Web",     "Alerts", "Partners", "Storage",  "Limits",
                                                 "Access",  "Exchange", "Tracking", "Exports", "Models", "Streams",  "Review",   "Release"};

std::string numbered(std::string name, std::size_t round) { return round == 0 ? name : name + ' ' + std::to_string(round + 1); }

}  // namespace

std::string department_name(std::size_t number) { return numbered(std::string(fields[number % fields.size()]), number / fields.size()); }

std::string division_name(std::size_t number) { return "Division " + std::to_string(number + 1); }

std::string team_name(const std::string& department, std::size_t number) {
  return numbered(department + ' ' + std::string(kinds[number % kinds.size()]), number / kinds.size());
}

}  // namespace waymark::demo
