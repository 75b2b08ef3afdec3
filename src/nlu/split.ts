/** Places where a message may turn from one problem to another. */
export interface Cut {
  left: string;
  right: string;
  /** The person says that there is another matter ("also", "second"), or merely ends a sentence. */
  announced: boolean;
}

const announced =
  /[\s,.;:!?-]+(?:and |but |oh |ps |p\.s\. )*(?:also|additionally|another (?:thing|question|problem|issue)|second(?:ly)?(?: thing| question| problem| issue)?|on top of that|besides that|in addition|separately|unrelated|different (?:question|topic|issue)|one more (?:thing|question)|as well as|plus)\b[\s,:-]*/gi;
const sentenceEnd = /(?:[.?!;]+["')]*\s+|\s+-\s+|\n+)(?=\S)/g;
const conjunction = /,?\s+(?:and|&)\s+/gi;

/** Shorter messages hold one problem. */
export const fewestWords = 7;
const fewestPerPart = 3;
const mostCuts = 3;

/** Candidate cuts of a cleaned text, announced ones first. Whether a cut holds is for the classifier to say. */
export function possibleCuts(cleaned: string): Cut[] {
  const cuts: Cut[] = [];
  const add = (pattern: RegExp, isAnnounced: boolean) => {
    for (const match of cleaned.matchAll(pattern)) {
      if (cuts.length >= mostCuts) return;
      const left = cleaned.slice(0, match.index).trim();
      const right = cleaned.slice(match.index + match[0].length).trim();
      if (!isAnnounced && cuts.some((cut) => cut.announced && right.endsWith(cut.right))) continue;
      if (wordCount(left) >= fewestPerPart && wordCount(right) >= fewestPerPart)
        cuts.push({ left, right, announced: isAnnounced });
    }
  };
  add(announced, true);
  add(sentenceEnd, false);
  add(conjunction, false);
  return cuts;
}

function wordCount(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text[i] === ' ') count++;
  return text === '' ? 0 : count + 1;
}

/** Intents that go with any other problem and so never are a second one. */
const companions = new Set(['signin.cannot_sign_in', 'support.contact', 'signin.page_blocked']);

/** Problems of which one is the other's cause, or its next step: said together they are one. */
const oneProblem: ReadonlyArray<ReadonlySet<string>> = [
  new Set(['mfa.lost', 'mfa.phone_number_changed', 'mfa.enable']),
  new Set(['mfa.lost', 'admin.reset_for_user']),
  new Set(['password.forgot', 'password.reset_email_missing', 'account.no_email_access', 'verification.code_missing']),
  new Set(['password.forgot', 'admin.reset_for_user', 'access.request', 'security.default_credentials']),
  new Set(['account.suspended', 'account.compromised', 'account.manage']),
  new Set(['account.compromised', 'security.prevent_unauthorised_access']),
  new Set(['mfa.enable', 'security.add_login_layer', 'security.best_practice', 'security.prevent_unauthorised_access']),
  new Set(['signin.find_portal_url', 'account.find_id_or_alias', 'access.request']),
];

/** Two intents that may be two problems of one message. */
export function areTwoProblems(a: string, b: string, isAnnounced: boolean): boolean {
  if (a === b || a.startsWith('act.') || b.startsWith('act.')) return false;
  if (companions.has(a) || companions.has(b)) return false;
  return isAnnounced || !oneProblem.some((group) => group.has(a) && group.has(b));
}
