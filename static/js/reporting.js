// Puts a live figure where the cursor stands in the text.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = document.getElementById(button.dataset.into);
  const start = field.selectionStart ?? field.value.length;
  field.setRangeText(button.dataset.insert, start, field.selectionEnd ?? start, "end");
  field.focus();
});
