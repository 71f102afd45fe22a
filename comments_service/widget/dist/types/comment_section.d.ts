import { PageElement } from "./page_element";
export declare class CommentSection extends PageElement {
    #private;
    /** Where the service is, with a slash at its end. `defineElements` sets it. */
    static base: string;
    static readonly observedAttributes: string[];
    constructor();
    connectedCallback(): void;
    /** Only an element that stays away is stopped: one that is just moved keeps its thread and what is being typed. */
    disconnectedCallback(): void;
    attributeChangedCallback(_name: string, before: string | null, now: string | null): void;
    /** Loads the thread anew, as if the page had been loaded. What is being typed stays. */
    refresh(): Promise<void>;
    /** Brings the reader to the form. */
    write(): Promise<void>;
}
