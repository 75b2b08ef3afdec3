/**
 * What a person still has and what is gone: "password and mailbox are fine, only the device is lost" is about the device.
 * A small grammar over the concepts of a message, clause by clause; it knows things to have, words that say how they are,
 * and the small words that may stand between. What it is not sure of it leaves unsaid.
 */
export type Holding = 'ok' | 'lost';

const thing = 1;
/** May stand inside a phrase: articles, "my", "still", names of account types. */
const filler = 2;
/** "have", "know": the thing that follows is there. */
const having = 4;
/** "read", "open": the thing is there if the person can, or still does. */
const using = 8;
const negation = 16;
const fine = 32;
const loss = 64;
const being = 128;
/** A new clause starts here. */
const border = 256;
const joining = 512;
/** Makes a statement a question, a wish or a condition. */
const unreal = 1024;
/** After a thing it makes another thing of it: "password reset", "code generator". */
const another = 2048;

const roles = new Map<string, number>();
function role(bits: number, words: string): void {
  for (const word of words.split(' ')) roles.set(word, (roles.get(word) ?? 0) | bits);
}
role(
  thing,
  'password passkey mfa device devices phone email mailbox mailprovider username user name names id ids alias link links url address code authenticator app ' +
    'securitykey hardwaretoken token key keys number numbers sim credentials creds login portal account invitation fob backup',
);
role(
  filler,
  'a an the my our your his her their its this that these those still also both all aws amazon root iam console identitycenter own old same ' +
    'first main actual already even always now again very me i we it of us one right other everything two registered perfectly ' +
    'of idea clue just totally definitely indeed really completely probably apparently fully personal private company work admin member',
);
role(having, 'have has having got ive weve know knows remember remembers hold possess recall had');
role(using, 'read reads open opens access reach use receive see check arrive answer');
role(
  negation,
  'not no dont doesnt didnt isnt arent wasnt werent never without cant wont havent hasnt nor neither nothing minus longer zero lack lacks',
);
role(
  fine,
  'fine ok okay work works working worked correct good valid known right accepted intact alright opens arrive up available safe unchanged',
);
role(
  loss,
  'lost gone missing stolen broken forgot wrong rejected refused invalid unknown vanished disappeared wiped erased deleted dead empty away expired incorrect ' +
    'misses miss lacking dropped lose declined failing fails unavailable disconnected destroyed useless escapes slipped',
);
role(being, 'is are was were am be been being seem seems looks look do does get gets goes got has have did');
role(
  border,
  'but only except however yet although though while whereas because so then if when since until after before unless instead',
);
role(joining, 'and or plus nor with as well');
role(
  unreal,
  'how do does did should would could where what which who need want must might may if whether can to please',
);
role(
  another,
  'reset resets recovery manager managers policy field form page screen prompt generator change settings rules expiry entry center',
);

const far = 6;

/** For each concept how the thing is that it names, if the message says. @param breaks places that a sign stands before */
export function holdings(concepts: readonly string[], breaks: ReadonlySet<number>): Array<Holding | undefined> {
  const found: Array<Holding | undefined> = new Array(concepts.length).fill(undefined);
  const bits = concepts.map((concept) => roles.get(concept) ?? 0);
  const is = (i: number, wanted: number) => ((bits[i] ?? 0) & wanted) !== 0;
  const open = (i: number) => i >= 0 && i < bits.length && !is(i, border);

  /** Said after the thing: "… is fine", "… and mailbox are not lost". */
  function after(i: number): Holding | undefined {
    let denied = false;
    let list = true;
    for (let j = i + 1, steps = 0; steps < far; j++, steps++) {
      if (!open(j)) return undefined;
      if (breaks.has(j) && !(list && is(j, thing | filler))) return undefined;
      if (is(j, fine)) return denied || noneOf(i) ? 'lost' : 'ok';
      if (is(j, loss)) return denied ? undefined : 'lost';
      if (is(j, negation)) denied = true;
      else if (is(j, being)) list = false;
      else if (is(j, thing | joining)) {
        if (!list) return undefined;
      } else if (!is(j, filler)) return undefined;
    }
    return undefined;
  }

  /** "no code arrives", "none of the links work". */
  function noneOf(i: number): boolean {
    let j = i - 1;
    while (open(j) && is(j, filler | thing) && !breaks.has(j + 1)) j--;
    return open(j) && is(j, negation) && !breaks.has(j + 1);
  }

  /** Said before the thing: "I still have …", "lost my phone and …". */
  function before(i: number): Holding | undefined {
    for (let j = i - 1, steps = 0; steps < far; j--, steps++) {
      if (!open(j)) return undefined;
      if (breaks.has(j + 1) && !is(j, thing)) return undefined;
      if (is(j, loss)) return is(j - 1, negation) ? undefined : 'lost';
      if (is(j, using)) return usable(j);
      if (is(j, having)) return stated(j, 'ok');
      if (is(j, negation)) return 'lost';
      if (is(j, fine) && !is(j, filler) && j === i - 1) return stated(j, 'ok');
      if (!is(j, filler | thing | joining)) return undefined;
    }
    return undefined;
  }

  /** A verb of having, unless it is asked about, wished for or denied. */
  function stated(j: number, holding: Holding): Holding | undefined {
    for (let k = j - 1, steps = 0; steps < 4; k--, steps++) {
      if (!open(k) || breaks.has(k + 1)) return holding;
      if (is(k, negation)) return 'lost';
      if (is(k, unreal)) return undefined;
      if (!is(k, filler)) return holding;
    }
    return holding;
  }

  function usable(j: number): Holding | undefined {
    const previous = concepts[j - 1];
    if (is(j - 1, negation)) return 'lost';
    if (previous === 'can' || previous === 'still') {
      const first = concepts[j - 2] === 'can' || concepts[j - 2] === 'still' ? j - 2 : j - 1;
      return is(first - 1, unreal) ? undefined : 'ok';
    }
    if (previous === 'to' && concepts[j - 2] === 'able') return stated(j - 2, 'ok');
    return undefined;
  }

  for (let i = concepts.length - 1; i >= 0; i--) {
    if (!is(i, thing)) continue;
    const joined = !breaks.has(i + 1);
    if (joined && is(i + 1, another)) continue;
    if (joined && is(i + 1, thing)) found[i] = found[i + 1];
    else found[i] = after(i) ?? before(i);
  }
  return found;
}
