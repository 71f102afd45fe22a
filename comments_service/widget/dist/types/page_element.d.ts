/** What the elements extend. On a server, where a program may import the package but not use it, there is none. */
export declare const PageElement: typeof HTMLElement;
