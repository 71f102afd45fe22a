/** The package: the same elements as a module that does nothing until it is told where the service is. */
export { CommentCount } from "./comment_count";
export { CommentSection } from "./comment_section";
export { defineElements } from "./define";
export type { CommentEvents } from "./events";
export type { Author, Comment, Status } from "./model";
