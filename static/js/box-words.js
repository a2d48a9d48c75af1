// Finding words in a text box and putting others in their place. Undo works as with typing.

const LETTER = "[\\p{L}\\p{N}_]";
const BEGINS = /(^|[.!?…]\s+|\n\s*)$/;

// Where `words` stand by themselves, not as a part of a longer word.
export function places(box, words) {
  const pattern = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return [...box.value.matchAll(new RegExp(`(?<!${LETTER})${pattern}(?!${LETTER})`, "gu"))].map((found) => found.index);
}

// Of the files that wait in a form, and of those that were just chosen.
export function fileNames(form) {
  const waiting = [...form.querySelectorAll("[name=waiting]")].map((one) => one.closest("li").querySelector("bdi").textContent);
  return [...waiting, ...[...(form.elements.files?.files ?? [])].map(({ name }) => name)];
}

// Everywhere, from the last to the first, with a capital where a sentence begins; the cursor stays between the same letters.
export function swap(box, words, instead) {
  let cursor = box.selectionStart;
  for (const at of places(box, words).reverse()) {
    const put = BEGINS.test(box.value.slice(0, at)) ? instead[0].toUpperCase() + instead.slice(1) : instead;
    if (cursor > at) cursor = Math.max(at + put.length, cursor + put.length - words.length);
    box.focus();
    box.setSelectionRange(at, at + words.length);
    if (document.execCommand("insertText", false, put)) continue;
    box.setRangeText(put, at, at + words.length, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.setSelectionRange(cursor, cursor);
}
