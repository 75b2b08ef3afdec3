/**
 * The shell commands that a page shows below a heading, a string for each block, without the remarks at the ends of
 * lines.
 */
export function codeBlocks(page: string, heading: string): string[] {
  const below = page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`));
  if (!below) throw new Error(`the page has no heading “${heading}”`);
  const blocks = [...below.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
  if (blocks.length === 0) throw new Error(`there is no command below “${heading}”`);
  return blocks.map((block) => block.replace(/\s+#\s.*$/gm, '').trimEnd());
}
