/** `base` is the service's address, as in "https://comments.example/". A second call, or a second script, does nothing. */
export declare function defineElements(base: string): void;
