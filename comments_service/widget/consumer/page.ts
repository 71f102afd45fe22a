/** A program that uses the package, as its README says: compiled by the build, never run. It fails when the types change. */
import { type Comment, type CommentEvents, CommentSection, defineElements, type Status } from "comments-service-widget";

defineElements("https://comments.example/");

const section = document.createElement("comment-section");
section.setAttribute("site", "my-blog");
document.body.append(section);

section.addEventListener("comment:posted", ({ detail }) => {
  const { id, status, comment }: { id: string; status: Status; comment: Comment } = detail;
  console.log(id, status, comment.author.name);
});

document.addEventListener("comment:loaded", ({ detail }) => {
  document.title = `${detail.count} comments`;
});

const vote: CommentEvents["comment:voted"]["detail"] = { id: "0123456789abcdef01234567", value: 1 };
console.log(vote.value, section instanceof CommentSection);

export async function again(): Promise<void> {
  await section.refresh();
  await section.write();
}

// @ts-expect-error Nobody can hear an event that there is none of.
section.addEventListener("comment:posted", ({ detail }) => detail.email);
