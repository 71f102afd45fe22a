/** Draws a picture from a comment's random seed: a mirrored 5×5 pattern. Nothing is fetched, nothing private goes in. */

const ROWS = 5;
const CENTRE = 2;

export function avatar(seed: string): SVGElement {
  // The seed is hexadecimal and random already. Anything else gives 0: an empty picture, never an error.
  const noise = parseInt(seed.slice(0, 8), 16) >>> 0;
  const hue = noise % 360;
  const picture = draw("svg", { viewBox: "0 0 7 7", part: "avatar", class: "avatar", "aria-hidden": "true" });
  picture.append(
    draw("path", { d: "M0 0h7v7H0z", fill: `hsl(${hue} 45% 88%)` }),
    draw("path", { d: pattern(noise), fill: `hsl(${hue} 50% 38%)` }),
  );
  return picture;
}

function pattern(noise: number): string {
  let path = "";
  for (let cell = 0; cell < ROWS * (CENTRE + 1); cell++) {
    if (!((noise >>> cell) & 1)) continue;
    const [row, column] = [cell % ROWS, (cell / ROWS) | 0];
    for (const x of [column, 2 * CENTRE - column]) path += `M${x + 1} ${row + 1}h1v1h-1z`;
  }
  return path;
}

function draw(tag: string, attributes: { [name: string]: string }): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
