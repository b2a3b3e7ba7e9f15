// Before the first paint: the colours the reader chose, and that scripts run here.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var theme = localStorage.getItem("waymark-theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (unavailable) { /* A reader without storage has the colours of the device. */ }
})();
