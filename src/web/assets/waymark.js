// Comforts on pages that are whole without them.
"use strict";

const typing = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");

// The choice of colours.
{
  const key = "waymark-theme";
  const choices = document.querySelectorAll('input[name="theme"]');
  const chosen = document.documentElement.dataset.theme || "system";
  for (const choice of choices) {
    choice.checked = choice.value === chosen;
    choice.addEventListener("change", () => {
      if (choice.value === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice.value;
      try {
        if (choice.value === "system") localStorage.removeItem(key);
        else localStorage.setItem(key, choice.value);
      } catch { /* Kept for this page only. */ }
    });
  }
}

// Says something without taking the focus.
const say = (() => {
  const live = document.querySelector(".live");
  let timer;
  return (words) => {
    if (!live) return;
    live.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => { live.textContent = ""; }, 4000);
  };
})();

// "c" copies the citation of what is looked at: focused, under the pointer, or linked to.
function citationInView() {
  const focused = document.activeElement && document.activeElement.closest("[data-cite]");
  if (focused) return focused.dataset.cite;
  const hovered = [...document.querySelectorAll("[data-cite]:hover")].pop();
  if (hovered) return hovered.dataset.cite;
  const target = document.querySelector(":target");
  const cited = target && target.closest("[data-cite]");
  return cited ? cited.dataset.cite : "";
}

async function copyCitation() {
  const citation = citationInView();
  if (!citation) return say("Point at a paragraph or a criterion, then press c to copy its citation.");
  try {
    await navigator.clipboard.writeText(citation);
    say(`Copied ${citation}`);
  } catch {
    say(`The citation is ${citation}`);
  }
}

// On the landscape arrow keys walk: right and down onward, left and up back. Where the way parts, the key across it chooses.
function walk(event) {
  const here = event.target.closest("a[data-place]");
  if (!here) return false;
  const map = here.closest(".map");
  const down = map.classList.contains("map-down");
  const place = (id) => map.querySelector(`a[data-place="${CSS.escape(id)}"]`);
  const at = (link) => link.querySelector("g").getBoundingClientRect();
  const along = (link) => (down ? at(link).top : at(link).left);
  const across = (link) => (down ? at(link).left : at(link).top);
  const ways = (link) => link.dataset.ways.split(" ").filter(Boolean).map((way) => way.split(":"));
  const onward = ways(here).filter(([kind]) => kind === "onward").map(([, id]) => place(id));
  const back = [...map.querySelectorAll("a[data-place]")].filter((link) => ways(link).some(([kind, id]) => kind === "onward" && id === here.dataset.place));
  const returns = ways(here).filter(([kind]) => kind === "return").map(([, id]) => place(id));
  const nearest = (links) => links.sort((a, b) => Math.abs(along(a) - along(here)) - Math.abs(along(b) - along(here)))[0];
  const sideways = (sign) => nearest([...onward, ...returns, ...back].filter((link) => (across(link) - across(here)) * sign > 4));
  const keys = down
    ? { ArrowDown: () => nearest(onward), ArrowUp: () => nearest(back.length ? back : returns), ArrowRight: () => sideways(1) || nearest(onward), ArrowLeft: () => sideways(-1) || nearest(back) }
    : { ArrowRight: () => nearest(onward), ArrowLeft: () => nearest(back.length ? back : returns), ArrowDown: () => sideways(1) || nearest(onward), ArrowUp: () => sideways(-1) || nearest(back) };
  if (!keys[event.key]) return false;
  const next = keys[event.key]();
  if (next) next.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) return;
  if (event.key === "/") {
    const field = document.querySelector("#search-words, #_search");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "c") {
    copyCitation();
  } else if (walk(event)) {
    event.preventDefault();
  }
});
