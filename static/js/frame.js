// The little that the frame cannot do with markup alone.
"use strict";

const menus = () => document.querySelectorAll("details.menu[open]");

// «/» goes to the search field, unless somebody is writing.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const field = document.getElementById("search");
    if (field && field.offsetParent && field.hasAttribute("aria-keyshortcuts")) {
      event.preventDefault();
      field.focus();
    }
  }
  if (event.key === "Escape") {
    document.querySelectorAll(".suggestions").forEach((list) => list.replaceChildren());
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    moveAmongSuggestions(event);
  }
});

// A menu closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  menus().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  const within = event.target.closest(".search");
  document.querySelectorAll(".search").forEach((search) => {
    if (search !== within) search.querySelector(".suggestions").replaceChildren();
  });
});

function moveAmongSuggestions(event) {
  const search = event.target.closest(".search");
  if (!search) return;
  const stops = [search.querySelector("input"), ...search.querySelectorAll(".suggestions a")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = stops[stops.indexOf(event.target) + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}
