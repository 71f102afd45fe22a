import { PageElement } from "./page_element";
export declare class CommentCount extends PageElement {
    static readonly observedAttributes: string[];
    connectedCallback(): void;
    attributeChangedCallback(_name: string, before: string | null): void;
    /** Whatever stood inside (a dash, a link text) stays until the number is known. */
    show(count: number): Promise<void>;
}
