// On a phone one part at a time: the links of the page, without a new page.

export function tabs() {
  const live = document.querySelector(".live[data-tab]");
  const links = [...document.querySelectorAll(".live__tabs a")];
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      live.dataset.tab = link.dataset.tab;
      for (const other of links) other.toggleAttribute("aria-current", false);
      link.setAttribute("aria-current", "page");
      history.replaceState(null, "", link.href);
    });
  }
}
