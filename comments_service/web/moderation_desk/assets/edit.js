// Puts the mark in the place of what is selected in a comment's text. Without a script it is typed.

const form = document.querySelector("[data-mark]");
const text = form.querySelector("textarea");
const button = form.querySelector("[data-mask]");

button.hidden = false;
button.addEventListener("click", () => {
  const { selectionStart: from, selectionEnd: to } = text;
  if (from < to) text.setRangeText(form.dataset.mark, from, to, "end");
  text.focus();
});
