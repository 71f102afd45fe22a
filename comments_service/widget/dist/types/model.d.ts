/** What the API sends and takes: shapes only, as the OpenAPI document states them. No behaviour lives here. */
export interface Author {
    name: string;
    website?: string;
    /** A short random hexadecimal seed; the picture is drawn from it on the device. */
    avatar: string;
    badge?: string;
}
export interface Comment {
    id: string;
    parent_id: string | null;
    /** The comment that was answered, where replies nest no deeper and it is therefore not the parent. */
    in_reply_to?: {
        id: string;
        name: string;
    };
    author: Author;
    html: string;
    created_at: string;
    edited_at?: string | null;
    votes: {
        up: number;
        down: number;
    };
    replies: Comment[];
    reply_count: number;
    /** Leads to further replies, where there are more than one answer holds. */
    replies_cursor?: string;
    /** True for what stands where a removed comment stood above replies that stayed. */
    removed?: boolean;
}
export interface Limits {
    [field: string]: number;
}
export interface Thread {
    url: string;
    title: string;
    open: boolean;
    count: number;
    required?: string[];
    limits?: Limits;
    /** Leads to what is published after this answer. */
    newest?: string;
    /** Whether the service can send mails, so that a thread can be followed by mail. */
    follow?: boolean;
}
export interface ThreadPage {
    thread: Thread;
    comments: Comment[];
    next_cursor: string | null;
    previous_cursor?: string | null;
}
export interface FormInfo {
    form_token?: string | null;
    minimum_age_s?: number;
    required?: string[];
    limits?: Limits;
}
export type Status = "pending" | "approved" | "rejected" | "spam" | "deleted";
/** The author's own view of a comment, had with its edit token. */
export interface OwnView {
    id: string;
    status: Status;
    comment: Comment;
    reason?: string | null;
    /** The text as it was typed; only where it was asked for, and may be edited. */
    source?: string;
    editable_until?: string;
    /** The author's page about the comment: what happened, why, and how to object. */
    status_url?: string;
}
export interface Posted extends OwnView {
    edit_token: string;
}
export interface Draft {
    url: string;
    title: string;
    parent_id?: string;
    name: string;
    email: string;
    website?: string;
    body: string;
    notify?: boolean;
    lang?: string;
    subject: string;
}
export interface FieldError {
    field: string;
    code: string;
    message: string;
}
export type Sort = "oldest" | "newest" | "top";
