import { simplify } from './typed';

const mostWords = 12;

/** Says that something came right. */
const came =
  /\b(?:works?|worked|working|helped|helps|fixed|fixes|solved|sorted|resolved|got (?:back )?in|im (?:back )?in|i am (?:back )?in|logged in|signed in|(?:did|does|done) (?:it|the trick)|all good|success)\b/;
/** Turns it round: "didnt work", "still not in", "no luck". */
const not =
  /\b(?:not|no|nope|never|none|nothing|didnt|did not|doesnt|dont|isnt|wasnt|wont|wouldnt|cant|cannot|couldnt|hasnt|havent|aint|neither|nor|hardly|unfortunately|still)\b/;
const failed =
  /\b(?:no luck|no success|no use|no change|same (?:problem|error|thing|message|again|as before)|nothing (?:happens|happened|changed|works|worked)|it (?:didnt|doesnt|hasnt|wont)|it did not|that (?:didnt|doesnt)|that did not|still (?:stuck|broken|the same|no|not|cant|nothing|getting|get|says|asks|wrong|locked|failing)|tried (?:that|it|all|both|everything)|failed again|fails again|stuck)\b/;
/** Somebody who cannot tell has not been helped. */
const unsure =
  /^(?:(?:well|um+|uh|sorry|hm+|honestly|tbh) )*(?:i )?(?:really |honestly )?(?:dont know|dont really know|donno|dk|do not know|idk|dunno|no idea|not sure|no clue|im not sure|unsure|cant tell|maybe|hmm?)(?: (?:really|sorry|tbh|yet))?$/;
export const saidUnsure = (text: string): boolean => unsure.test(simplify(text));

/** "It worked until yesterday", "it works for my colleague": a report, no answer. */
const otherwise =
  /\b(?:until|before|yesterday|used to|usually|normally|always|for (?:my|others|everybody|everyone|him|her|them)|at home|if|when|but|how|what|why|where|does|should|would|could)\b/;

/**
 * What a short text says about a step that was tried, beyond the wordings of the buttons: "thx that worked", "actually no
 * it didnt". Null where it says neither, or more than that.
 */
export function saidOutcome(text: string): 'solved' | 'not_solved' | null {
  const said = simplify(text);
  if (said === '' || said.split(' ').length > mostWords || text.includes('?')) return null;
  if (saidUnsure(said)) return 'not_solved';
  if (failed.test(said)) return 'not_solved';
  if (!came.test(said) || otherwise.test(said)) return null;
  return not.test(said) ? 'not_solved' : 'solved';
}
