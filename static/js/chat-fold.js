// What one may do with a message: beside it on a wide screen, behind one word on a narrow one.

const WIDE = matchMedia("(width >= 60rem)");

export function fold(place) {
  for (const menu of place.querySelectorAll(".said__more")) menu.open = WIDE.matches;
}

export function foldWith(place) {
  fold(place);
  WIDE.addEventListener("change", () => fold(place));
}
