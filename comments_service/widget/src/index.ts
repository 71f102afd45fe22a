/** For bundlers: the classes and their types, without side effects. */
export { CommentCount } from "./comment_count";
export { CommentSection } from "./comment_section";
export { defineElements } from "./define";
export type { CommentEvents } from "./events";
export type { Author, Comment, Status } from "./model";
