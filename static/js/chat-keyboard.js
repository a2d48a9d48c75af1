// A keyboard on the screen covers no part of the room: the page becomes as high as what is left of the window.

const LEAST = 120; // pixels that are covered; less is the browser's own bar

export function fitToKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  const root = document.documentElement;
  seen.addEventListener("resize", () => {
    const height = seen.height * seen.scale; // enlarging with two fingers is no keyboard
    const covers = innerHeight - height > LEAST;
    root.classList.toggle("has-keyboard", covers);
    root.style.setProperty("--seen", `${height}px`);
    if (covers) scrollTo(0, 0); // browsers push the page up to show the box
  });
}
