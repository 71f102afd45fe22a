/** The events a page can listen to. They bubble, and cross the shadow root; they never carry an e-mail address. */
import type { CommentCount } from "./comment_count";
import type { CommentSection } from "./comment_section";
import type { Comment, Status } from "./model";
export interface CommentEvents {
    /** The first page stands. */
    "comment:loaded": CustomEvent<{
        count: number;
    }>;
    /** Durably received by the service; `status` says whether it waits or stands already. */
    "comment:posted": CustomEvent<{
        id: string;
        status: Status;
        comment: Comment;
    }>;
    /** Visible to everybody from now on. */
    "comment:published": CustomEvent<{
        id: string;
        comment: Comment;
    }>;
    /** Its author changed it; it is checked again. */
    "comment:edited": CustomEvent<{
        id: string;
        status: Status;
        comment: Comment;
    }>;
    /** Its author took it back. */
    "comment:deleted": CustomEvent<{
        id: string;
    }>;
    /** `value` is 1, -1, or 0 for a vote taken back. */
    "comment:voted": CustomEvent<{
        id: string;
        value: number;
    }>;
    "comment:reported": CustomEvent<{
        id: string;
        reason: string;
    }>;
}
declare global {
    interface HTMLElementEventMap extends CommentEvents {
    }
    interface DocumentEventMap extends CommentEvents {
    }
    interface HTMLElementTagNameMap {
        "comment-section": CommentSection;
        "comment-count": CommentCount;
    }
}
export declare function tell<K extends keyof CommentEvents>(host: HTMLElement, name: K, detail: CommentEvents[K]["detail"]): void;
