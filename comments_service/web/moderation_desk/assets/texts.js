// What the desk's scripts say, in the page's language. The English text is the key; the page brings what it knows of
// the others: see script_texts.py, which finds the calls of `say` and `sayMany` in these files.

const brought = document.getElementById("desk-texts");
const texts = brought ? JSON.parse(brought.textContent) : {};
const plural = new Intl.PluralRules(document.documentElement.lang);

/** `text` in the page's language, its `%(name)s` filled with `values`. */
export function say(text, values = {}) {
  return filled(texts[text] ?? text, values);
}

/** The form that goes with `number`, which also fills `%(num)s`. */
export function sayMany(one, many, number, values = {}) {
  const forms = texts[many] ?? { one, other: many };
  return filled(forms[plural.select(number)] ?? forms.other, { num: number, ...values });
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)s|%%/g, (place, name) => (name ? String(values[name] ?? place) : "%"));
}
