import { errorCodes } from '../../src/core/errors';

/** `docs/errors.md`: every code a person may be shown. */
export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, { meaning, remedy }]) => `| \`${code}\` | ${meaning} | ${remedy} |`,
  );
  return `<!-- Generated from src/core/errors.ts by \`npm run docs\`; do not edit. -->

# Errors

What the bot prints when it cannot start or go on, and what to do. A person in the chat never sees these codes: they
read that something went wrong, with a reference that is on the log line.

| Code | What happened | What to do |
| --- | --- | --- |
${rows.join('\n')}
`;
}
