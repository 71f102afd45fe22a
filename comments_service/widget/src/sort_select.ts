/** The choice of order; shown only where there is something to order. */
import { h } from "./element";
import type { Texts } from "./languages";
import type { Sort } from "./model";

const SORTS: readonly Sort[] = ["oldest", "newest", "top"];

/** The order that an attribute asks for; anything unknown is "oldest". */
export function sortOf(text: string | null): Sort {
  return SORTS.find((sort) => sort === text) ?? "oldest";
}

export function sortSelect(texts: Texts, order: Sort, choose: (order: Sort) => void): { element: HTMLElement; show(count: number): void } {
  const options = SORTS.map((sort) => h("option", { value: sort, selected: sort === order }, texts[`sort_${sort}`]));
  const select = h("select", { part: "input sort", change: () => choose(sortOf(select.value)) }, ...options);
  const element = h("label", { class: "sort blank" }, `${texts.sort} `, select);
  return { element, show: (count) => element.classList.toggle("blank", count < 2) };
}
